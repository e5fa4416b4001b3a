// What ties a signed paper to its result: a QR code for a reader, a line of digits for whoever types.
//
// Frozen: both layouts (formats.md §10). The verifier reads the line with code of its own.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"

namespace kp {

/// Purpose: what the QR code says: `KP1:<contest>:<digest>:<issued>:<returned>:<valid>:<invalid>:<outcome>`,
///          `KP1-PRACTICE` first in practice. Capitals, digits, `:` and `-` only.
/// In: `result` as parse_result (sheet/result_file.h) admits it, `sha256` of its bytes.
std::string qr_text(const Json& result, const std::string& sha256);

/// Purpose: the first 132 bits of the digest as eight groups of six digits, the last of each a check digit
///          that also knows the group's place.
/// Promise: one wrong digit in a group, two neighbours exchanged in it, or two groups exchanged: the check
///          digits show which.
/// In: 64 hex digits.
std::vector<std::string> digit_groups(const std::string& sha256);

}  // namespace kp
