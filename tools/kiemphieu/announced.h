// Whether a standing result may be shown to the hall: it is signed.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "kiemphieu/record_view.h"

namespace kp {

/// Purpose: the contests whose standing result has at least max(1, signatures_required) signers who count, by
/// the verifier's own judgement (docs/formats.md §11); with `on_paper`, where no digital signature is
/// required, all that stand.
/// Errors into `notes`, as warnings: slides/not-signed slides/paper-not-enough, and what the verifier says of
/// signers who do not count; seal/not-a-result and seal/other-result of results that cannot be shown at all
std::set<std::string> announced_contests(const RecordView& view, bool on_paper, Language language,
                                         Findings& notes);

}  // namespace kp
