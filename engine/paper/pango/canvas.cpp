#include "paper/pango/canvas.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace kp::paper {
namespace {

constexpr double kRule = 0.5;

}  // namespace

void Canvas::draw(const Piece& piece, double x, double y) {
  // One path for all: bars that touch are to show no seam.
  for (const Bar& bar : piece.bars) cairo_rectangle(cairo_, x + bar.x, y + bar.y, bar.width, bar.height);
  if (!piece.bars.empty()) cairo_fill(cairo_);
  for (const Line& line : piece.lines) {
    cairo_move_to(cairo_, x + line.x, y + line.baseline);
    pango_cairo_show_layout_line(cairo_, line.line);
    const double below = y + line.baseline + line.underline;
    if (line.underline > 0) rule(x + line.x, below, x + line.x + line.width, below);
  }
}

void Canvas::rule(double x, double y, double to_x, double to_y) {
  cairo_set_line_width(cairo_, kRule);
  cairo_move_to(cairo_, x, y);
  cairo_line_to(cairo_, to_x, to_y);
  cairo_stroke(cairo_);
}

void Canvas::body(const std::vector<SetFlow>& flows, const PlacedPage& page, double left, double top) {
  for (std::size_t i = 0; i < page.size(); ++i) {
    const Placed& placed = page[i];
    const SetFlow& set = flows[placed.flow];
    const Piece& piece = placed.is_head ? set.head : set.pieces[placed.strip];
    const double x = left + static_cast<double>(placed.lane) * set.lane_step;
    const double y = top + placed.y;
    draw(piece, x, y);
    if (!set.ruled) continue;
    const bool ends =
        i + 1 == page.size() || page[i + 1].flow != placed.flow || page[i + 1].lane != placed.lane;
    const bool starts = i == 0 || page[i - 1].flow != placed.flow || page[i - 1].lane != placed.lane;
    cells(set, piece, x, y, {starts, ends});
  }
}

// The lines around the cells of one strip.
void Canvas::cells(const SetFlow& set, const Piece& piece, double x, double y, Ends on_page) {
  const double below = y + piece.height;
  for (const double edge : set.edges) rule(x + edge, y, x + edge, below);
  if (piece.first_of_row || on_page.above) rule(x + set.edges.front(), y, x + set.edges.back(), y);
  if (piece.last_of_row || on_page.below) rule(x + set.edges.front(), below, x + set.edges.back(), below);
}

void Canvas::watermark(Typeset& typeset, const std::string& text, const Box& box) {
  if (text.empty()) return;
  constexpr double kOfDiagonal = 0.081;  // 84 points on A4
  constexpr double kGrey = 0.88;
  const double size = std::round(kOfDiagonal * std::hypot(box.width, box.height));
  PangoLayout* layout = typeset.layout({{text, true}}, size, 0, Align::left);
  int width = 0;
  int height = 0;
  pango_layout_get_size(layout, &width, &height);
  // Up the diagonal, a little steeper on an upright sheet, flatter on a wide one.
  const double angle = box.height > box.width ? std::numbers::pi / 3.4 : std::numbers::pi / 6;
  cairo_save(cairo_);
  cairo_translate(cairo_, box.x + box.width / 2, box.y + box.height / 2);
  cairo_rotate(cairo_, -angle);
  cairo_move_to(cairo_, -pango_units_to_double(width) / 2, -pango_units_to_double(height) / 2);
  pango_cairo_layout_path(cairo_, layout);
  cairo_set_source_rgb(cairo_, kGrey, kGrey, kGrey);
  cairo_fill(cairo_);
  cairo_restore(cairo_);
}

}  // namespace kp::paper
