// Slips on their pages: print, stamp, and what a pen left.
#pragma once

#include <cairo.h>

#include <cstddef>
#include <string>

#include "paper/document.h"
#include "paper/pango/fonts.h"

namespace kp::paper {

/// A block of slips and the pages it goes on.
struct SlipSheet {
  const Slips& slips;
  const std::string& watermark;
  double page_width = 0;
  double page_height = 0;
};

/// Purpose: how many pages the slips fill.
std::size_t pages_of(const Slips& slips, double page_width, double page_height);

/// Purpose: draws them all, page after page. Returns: how many pages.
std::size_t print_slips(const Fonts& fonts, cairo_t* cairo, const SlipSheet& sheet);

}  // namespace kp::paper
