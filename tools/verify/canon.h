// The verifier's own writer of canonical JSON, and its own percentages.
//
// Written from formats.md §1 and shared with nothing: if the engine's writer and this one ever disagree, one
// of them is wrong and a digest shows it.
#pragma once

#include <cstdint>
#include <string>

#include "base/json.h"

namespace kp::verify {

/// Purpose: the canonical bytes of `value`: keys by byte, no space, only the escapes that JSON requires.
/// In: texts in UTF-8; at most a few dozen levels.
/// Cost: linear in the bytes written.
std::string canonical_bytes(const Json& value);

/// Purpose: n × 100 / base, half up, two decimals, "98.29"; of a base of 0, "0.00".
/// In: 0 ≤ n ≤ 10^13, 0 ≤ base ≤ 10^13.
std::string percent_text(std::int64_t n, std::int64_t base);

}  // namespace kp::verify
