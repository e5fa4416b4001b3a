// Canonical JSON: the one byte string that stands for a value.
//
// RFC 8785 restricted to integers and ASCII keys (contract §2): keys by byte order, no space, no final
// newline, strings escaped only where JSON requires it. Frozen: digests and signatures rest on it.
#pragma once

#include <string>

#include "base/json.h"

namespace kp {

/// Purpose: the canonical bytes of `value`.
/// In: texts already UTF-8 and NFC; integers within ±kMostInteger (anything else is a bug).
std::string canonical(const Json& value);

}  // namespace kp
