// The two ways in which a person meets the keying desk.
#pragma once

#include "kiemphieu/keying_desk.h"

namespace kp {

/// How the keyer left.
enum class KeyingEnd : std::uint8_t { finished, paused };

/// How it looks.
struct KeyingLook {
  Language language = Language::vi;
  bool practice = false;
};

/// Purpose: keying on a full screen (ncurses), drawn on standard error.
/// Returns: nothing when this terminal cannot do it; the caller then goes line by line.
std::optional<KeyingEnd> key_on_screen(KeyingDesk& desk, const KeyingLook& look);

/// Purpose: the same, line by line: lines from standard input, answers on standard error.
KeyingEnd key_by_lines(KeyingDesk& desk, const KeyingLook& look);

}  // namespace kp
