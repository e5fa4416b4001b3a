// Minutes as a PDF, from a result that stands in a record or a dossier.
#pragma once

#include "kiemphieu/recount.h"
#include "paper/render.h"
#include "sheet/minutes.h"

namespace kp {

/// Purpose: the minutes of `standing`. In: what was there before it.
/// Promise: the same bytes whatever was entered after the result.
/// Errors: seal/other-result when the record before it is not the one that the result names; those of replay
///         and of paper::render
Result<paper::Rendered> minutes_pages(const ResultEntry& standing, const Before& before,
                                      PaperLanguage language);

}  // namespace kp
