// What is drawn on every kind of page: set text, the lines of tables, the watermark.
#pragma once

#include <cairo.h>

#include <string>
#include <vector>

#include "paper/breaking.h"
#include "paper/pango/typeset.h"

namespace kp::paper {

struct Box {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

class Canvas {
 public:
  explicit Canvas(cairo_t* cairo) : cairo_(cairo) {}

  void draw(const Piece& piece, double x, double y);
  void rule(double x, double y, double to_x, double to_y);
  /// Purpose: everything that one page has of `flows`, with the lines of its tables.
  void body(const std::vector<SetFlow>& flows, const PlacedPage& page, double x, double y);
  /// Purpose: `text` in large pale letters across `box`, as outlines: a search or a copy of the page finds
  /// the page's own words only. "" draws nothing.
  void watermark(Typeset& typeset, const std::string& text, const Box& box);

 private:
  struct Ends {
    bool above = false;
    bool below = false;
  };
  void cells(const SetFlow& set, const Piece& piece, double x, double y, Ends on_page);

  cairo_t* cairo_;
};

}  // namespace kp::paper
