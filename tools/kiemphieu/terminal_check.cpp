#include "kiemphieu/terminal_check.h"

#include <ncursesw/curses.h>
// curses.h first
#include <ncursesw/term.h>
#include <unistd.h>

#include <cstdint>

namespace kp {

bool can_place_cursor() {
  // newterm leaves memory behind for a terminal it does not know, so it is not tried on one.
  int known = 0;
  if (::setupterm(nullptr, STDERR_FILENO, &known) != OK) return false;
  const char* const place = ::tigetstr("cup");
  const bool can = place != nullptr && reinterpret_cast<std::intptr_t>(place) != -1;
  ::del_curterm(cur_term);
  return can;
}

}  // namespace kp
