// A passphrase from the person at the terminal, without showing it.
#pragma once

#include <string>

#include "base/finding.h"

namespace kp {

/// Purpose: asks on the controlling terminal with echo off. Returns "" when there is no terminal.
std::string ask_passphrase(Language language);

}  // namespace kp
