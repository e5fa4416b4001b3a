// The style and the script of the hall's screen, built in from screen/slides.css and screen/slides.js.
// Inner part of slides_page.h.
#pragma once

#include <string_view>

namespace kp {

std::string_view screen_style();
std::string_view screen_script();

}  // namespace kp
