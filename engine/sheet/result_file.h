// A result file from outside, read with distrust: what it says may be altered, but it has the shape that
// screens and paper count on.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace kp {

/// The largest result file that is read, in bytes.
inline constexpr std::uint64_t kMostResultBytes = 64U << 20U;

/// Purpose: a result from the bytes of its file.
/// Promise: canonical; every key that docs/formats.md §9 asks of its question is there with its type; rows
///          are numbered 1, 2, 3 …; numbers of people point to rows. Whether its figures are right only the
///          record and the ballots can tell.
/// Errors: json/… schema/… seal/not-a-result
Result<Json> parse_result(std::string_view bytes, const std::string& file);

}  // namespace kp
