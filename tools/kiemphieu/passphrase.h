// A passphrase or PIN from the person at the terminal, without showing it.
#pragma once

#include <string>

namespace kp {

/// Purpose: asks on the controlling terminal with echo off. Returns "" when there is no terminal.
std::string ask_secret(const std::string& prompt);

}  // namespace kp
