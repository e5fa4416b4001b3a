// A deck as one HTML file for the hall's projector.
//
// Self-contained: style, script and text are in it, and a content security policy by digest forbids the
// browser to fetch anything or to run any other script, so that not even a name that slipped through as
// markup could. Sizes are reasoned in docs/formats.md §15.
#pragma once

#include <string>
#include <string_view>

#include "sheet/slides.h"

namespace kp {

/// How every such file begins.
inline constexpr std::string_view kPageBegins = "<!DOCTYPE html>";

/// Purpose: the bytes of the file. Promise: same deck, same bytes; every text stands in it escaped.
std::string slides_page(const Deck& deck);

}  // namespace kp
