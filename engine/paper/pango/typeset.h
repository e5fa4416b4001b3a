// From blocks to lines of known height: what breaking.h places and pages.cpp draws.
#pragma once

#include <vector>

#include "paper/breaking.h"
#include "paper/document.h"
#include "paper/pango/fonts.h"

namespace kp::paper {

/// One line of text within a piece.
struct Line {
  PangoLayoutLine* line = nullptr;  ///< lives as long as its layout, which the Typeset keeps
  double x = 0;                     ///< from the left edge of its flow or lane
  double baseline = 0;              ///< below the piece's upper edge
  double underline = 0;             ///< below the baseline; 0 for none
  double width = 0;
  double height = 0;  ///< of the line as the font has it, `above` of it over the base line
  double above = 0;
  std::size_t column = 0;  ///< of its table
};

/// A rectangle within a piece, all of it ink.
struct Bar {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

/// What a strip looks like: one line of a paragraph, or the lines side by side in a table row; or a QR code
/// and the lines beside it.
struct Piece {
  std::vector<Line> lines;
  std::vector<Bar> bars = {};
  double height = 0;
  bool first_of_row = false;
  bool last_of_row = false;
};

/// A block, ready to be drawn.
struct SetFlow {
  Flow flow;
  Piece head;
  std::vector<Piece> pieces;  ///< one for each strip of flow.body
  bool ruled = false;
  std::vector<double> edges;  ///< left edge of each column and the right edge of the last, within a lane
  double lane_step = 0;       ///< from one lane's left edge to the next
};

/// Sets text in the one family; keeps the layouts that lines point into.
class Typeset {
 public:
  Typeset(const Fonts& fonts, double width) : context_(fonts.context()), width_(width) {}

  /// Purpose: a block, in its lines; slips have a page of their own and are not set here.
  SetFlow set(const Printed& block);
  SetFlow set(const Paragraph& paragraph);
  SetFlow set(const Table& table);
  SetFlow set(const QrCode& code);
  /// Purpose: words on lines of their own, not part of the body.
  std::vector<Piece> set_lines(const Words& words, double size, Align align);
  /// Purpose: one large text, for the watermark.
  PangoLayout* layout(const Words& words, double size, double width, Align align);

 private:
  void add_row(SetFlow& set, const Table& table, std::size_t number);

  Owned<PangoContext> context_;
  double width_;
  std::vector<Owned<PangoLayout>> layouts_;
};

}  // namespace kp::paper
