// What the terminal can do, asked before the screen is taken. Apart from the screen, since <term.h> takes
// common words as macros.
#pragma once

namespace kp {

/// Purpose: whether standard error is a terminal of a known kind that can place its cursor.
bool can_place_cursor();

}  // namespace kp
