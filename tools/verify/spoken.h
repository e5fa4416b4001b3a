// The words of files as people read them.
#pragma once

#include <string_view>

#include "base/finding.h"

namespace kp::verify {

/// Purpose: an outcome, action, standing, band, reason, decision, method or kind of entry in words.
/// Returns: `word` itself when it is none of them.
std::string_view spoken(std::string_view word, Language language);

}  // namespace kp::verify
