// Minutes as a PDF, from a result that stands in a record or a dossier.
#pragma once

#include <string>
#include <vector>

#include "paper/render.h"
#include "proceedings/history.h"

namespace kp {

/// What minutes are made from besides the result: a record or a dossier as it is now.
struct Evening {
  const std::vector<std::string>& entries;
  const std::string& congress;  ///< the bytes of congress.json
};

/// Purpose: the minutes of `standing`.
/// Promise: the same bytes whatever was entered after the result.
/// Errors: seal/other-result when the record before it is not the one that the result names; those of replay
///         and of paper::render
Result<paper::Rendered> minutes_pages(const ResultEntry& standing, const Evening& evening, Language language);

}  // namespace kp
