#include "paper/pango/slips.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "paper/breaking.h"
#include "paper/pango/canvas.h"
#include "paper/pango/typeset.h"

namespace kp::paper {
namespace {

constexpr double kInside = 9 * kMillimetre;  ///< from the cutting line to what is printed
constexpr double kEdgeSize = 7;
constexpr double kHigh = 1e6;  ///< higher than any slip: its body is never broken
constexpr double kPenWidth = 1.15;
constexpr double kPencilWidth = 0.7;

std::size_t fitting(double page, double slip) {
  return std::max<std::size_t>(1, static_cast<std::size_t>((page + 0.5) / slip));
}

void take_ink(cairo_t* cairo, Ink ink) {
  switch (ink) {
    case Ink::blue:
      cairo_set_source_rgb(cairo, 0.09, 0.16, 0.58);
      break;
    case Ink::black:
      cairo_set_source_rgb(cairo, 0.12, 0.12, 0.14);
      break;
    case Ink::pencil:
      cairo_set_source_rgb(cairo, 0.62, 0.62, 0.64);
      break;
  }
  cairo_set_line_width(cairo, ink == Ink::pencil ? kPencilWidth : kPenWidth);
}

/// One row of a slip's list as it came to stand.
struct RowPlace {
  Box box;
  struct Text {
    std::size_t column = 0;
    Box box;
  };
  std::vector<Text> texts;
};

/// A slip's body, set and placed.
struct SetSlip {
  std::vector<SetFlow> flows;
  PlacedPage page;
  std::vector<RowPlace> rows;  ///< of the list
  std::vector<double> edges;   ///< of the list's columns
  double height = 0;
};

/// Where a slip and its body lie on the page.
struct Frame {
  Box slip;
  double x = 0;
  double y = 0;
  double scale = 1;

  [[nodiscard]] Box on_page(const Box& inner) const {
    return {x + inner.x * scale, y + inner.y * scale, inner.width * scale, inner.height * scale};
  }
};

struct Spot {
  double x = 0;
  double y = 0;
};

Spot spot_in(const Box& box, const PenPoint& point) {
  constexpr double kWhole = 1000;
  return {box.x + box.width * point.x / kWhole, box.y + box.height * point.y / kWhole};
}

// The boxes that a pen is led by: one, or one a line of what is printed.
std::vector<Box> boxes_of(const PenPlace& place, const SetSlip& set, const Frame& frame) {
  if (place.to == Anchor::slip) return {frame.slip};
  if (place.row >= set.rows.size() || place.column + 1 >= set.edges.size()) return {};
  const RowPlace& row = set.rows[place.row];
  if (place.to == Anchor::text) {
    std::vector<Box> boxes;
    for (const RowPlace::Text& text : row.texts) {
      if (text.column == place.column) boxes.push_back(frame.on_page(text.box));
    }
    return boxes;
  }
  Box cell = row.box;
  cell.x += set.edges[place.column];
  cell.width = set.edges[place.column + 1] - set.edges[place.column];
  if (place.to == Anchor::square) {
    cell.x += (cell.width - cell.height) / 2;
    cell.width = cell.height;
  }
  return {frame.on_page(cell)};
}

// A smooth line through all spots (Catmull-Rom, as Bézier curves).
void trace(cairo_t* cairo, const std::vector<Spot>& spots) {
  cairo_move_to(cairo, spots.front().x, spots.front().y);
  if (spots.size() == 1) cairo_line_to(cairo, spots.front().x, spots.front().y);
  for (std::size_t i = 0; i + 1 < spots.size(); ++i) {
    const Spot& before = spots[i == 0 ? 0 : i - 1];
    const Spot& from = spots[i];
    const Spot& to = spots[i + 1];
    const Spot& after = spots[std::min(i + 2, spots.size() - 1)];
    cairo_curve_to(cairo, from.x + (to.x - before.x) / 6, from.y + (to.y - before.y) / 6,
                   to.x - (after.x - from.x) / 6, to.y - (after.y - from.y) / 6, to.x, to.y);
  }
  cairo_stroke(cairo);
}

class SlipPrinter {
 public:
  SlipPrinter(const Fonts& fonts, cairo_t* cairo, const SlipSheet& sheet)
      : sheet_(sheet),
        typeset_(fonts, sheet.slips.width - 2 * kInside),
        cairo_(cairo),
        canvas_(cairo),
        across_(fitting(sheet.page_width, sheet.slips.width)),
        down_(fitting(sheet.page_height, sheet.slips.height)) {}

  std::size_t print() {
    const std::vector<Slip>& slips = sheet_.slips.slips;
    const std::size_t each = across_ * down_;
    std::size_t pages = 0;
    for (std::size_t first = 0; first < slips.size(); first += each, ++pages) {
      for (std::size_t i = first; i < std::min(first + each, slips.size()); ++i) {
        const std::size_t column = (i - first) % across_;
        const std::size_t row = (i - first) / across_;
        draw(slips[i], static_cast<double>(column) * sheet_.slips.width,
             static_cast<double>(row) * sheet_.slips.height);
      }
      draw_cutting_lines();
      cairo_show_page(cairo_);
    }
    return pages;
  }

 private:
  void draw(const Slip& slip, double x, double y) {
    const double width = sheet_.slips.width;
    const double height = sheet_.slips.height;
    canvas_.watermark(typeset_, sheet_.watermark, {x, y, width, height});
    double bottom = y + height - kInside;
    const std::vector<Piece> edge = typeset_.set_lines(slip.edge, kEdgeSize, Align::center);
    for (std::size_t i = edge.size(); i-- > 0;) {
      bottom -= edge[i].height;
      canvas_.draw(edge[i], x + kInside, bottom);
    }
    const SetSlip set = set_slip(slip);
    const double scale = std::min(1.0, (bottom - y - kInside - 2) / set.height);
    // Smaller print stays in the middle.
    const Frame frame{
        {x, y, width, height}, x + kInside + (1 - scale) * (width - 2 * kInside) / 2, y + kInside, scale};
    cairo_save(cairo_);
    cairo_translate(cairo_, frame.x, frame.y);
    cairo_scale(cairo_, scale, scale);
    canvas_.body(set.flows, set.page, 0, 0);
    cairo_restore(cairo_);
    draw_stamp(slip.stamp, x, y);
    draw_pen(slip, set, frame);
  }

  SetSlip set_slip(const Slip& slip) {
    SetSlip set;
    std::vector<Flow> flows;
    for (const Printed& block : slip.body) {
      set.flows.push_back(typeset_.set(block));
      flows.push_back(set.flows.back().flow);
    }
    if (slip.list < set.flows.size()) set.edges = set.flows[slip.list].edges;
    set.page = break_pages(flows, kHigh).front();
    for (const Placed& placed : set.page) {
      const SetFlow& flow = set.flows[placed.flow];
      const Piece& piece = placed.is_head ? flow.head : flow.pieces[placed.strip];
      set.height = std::max(set.height, placed.y + piece.height);
      if (placed.flow != slip.list || placed.is_head || set.edges.empty()) continue;
      const double x = static_cast<double>(placed.lane) * flow.lane_step;
      if (piece.first_of_row) set.rows.push_back({{x, placed.y, set.edges.back(), 0}, {}});
      RowPlace& row = set.rows.back();
      row.box.height += piece.height;
      for (const Line& line : piece.lines) {
        row.texts.push_back(
            {line.column, {x + line.x, placed.y + line.baseline - line.above, line.width, line.height}});
      }
    }
    return set;
  }

  void draw_stamp(const std::string& stamp, double x, double y) {
    if (stamp.empty()) return;
    constexpr double kRadius = 8.5 * kMillimetre;
    constexpr double kStampSize = 7.5;
    cairo_save(cairo_);
    cairo_set_source_rgb(cairo_, 0.85, 0.15, 0.15);
    cairo_set_line_width(cairo_, 1.2);
    cairo_translate(cairo_, x + kInside + kRadius - 8, y + kInside + kRadius - 8);
    for (const double radius : {kRadius, kRadius - 2.5}) {
      cairo_new_sub_path(cairo_);
      cairo_arc(cairo_, 0, 0, radius, 0, 2 * std::numbers::pi);
      cairo_stroke(cairo_);
      cairo_set_line_width(cairo_, 0.5);
    }
    PangoLayout* layout = typeset_.layout({{stamp, true}}, kStampSize, 2 * kRadius, Align::center);
    int height = 0;
    pango_layout_get_size(layout, nullptr, &height);
    cairo_move_to(cairo_, -kRadius, -pango_units_to_double(height) / 2);
    pango_cairo_show_layout(cairo_, layout);
    cairo_restore(cairo_);
  }

  void draw_pen(const Slip& slip, const SetSlip& set, const Frame& frame) {
    cairo_save(cairo_);
    cairo_set_line_cap(cairo_, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cairo_, CAIRO_LINE_JOIN_ROUND);
    for (const PenStroke& stroke : slip.strokes) {
      if (stroke.points.empty()) continue;
      take_ink(cairo_, stroke.ink);
      for (const Box& box : boxes_of(stroke.place, set, frame)) {
        std::vector<Spot> spots;
        for (const PenPoint& point : stroke.points) spots.push_back(spot_in(box, point));
        trace(cairo_, spots);
      }
    }
    for (const PenWords& words : slip.words) {
      const std::vector<Box> boxes = boxes_of(words.place, set, frame);
      if (boxes.empty()) continue;
      const Spot at = spot_in(boxes.front(), words.at);
      cairo_save(cairo_);
      take_ink(cairo_, words.ink);
      cairo_translate(cairo_, at.x, at.y);
      cairo_rotate(cairo_, -words.degrees * std::numbers::pi / 180);
      cairo_move_to(cairo_, 0, 0);
      PangoLayout* layout = typeset_.layout({{words.text, false, true}}, words.size, 0, Align::left);
      pango_cairo_show_layout_line(cairo_, pango_layout_get_line_readonly(layout, 0));
      cairo_restore(cairo_);
    }
    cairo_restore(cairo_);
  }

  // Between slips only: what lies outside of them is not cut.
  void draw_cutting_lines() {
    cairo_save(cairo_);
    constexpr std::array<double, 2> kDashes = {4, 4};
    cairo_set_dash(cairo_, kDashes.data(), static_cast<int>(kDashes.size()), 0);
    cairo_set_source_rgb(cairo_, 0.6, 0.6, 0.6);
    for (std::size_t i = 1; i < across_; ++i) {
      const double x = static_cast<double>(i) * sheet_.slips.width;
      canvas_.rule(x, 0, x, sheet_.page_height);
    }
    for (std::size_t i = 1; i < down_; ++i) {
      const double y = static_cast<double>(i) * sheet_.slips.height;
      canvas_.rule(0, y, sheet_.page_width, y);
    }
    cairo_restore(cairo_);
  }

  const SlipSheet& sheet_;
  Typeset typeset_;
  cairo_t* cairo_;
  Canvas canvas_;
  std::size_t across_;
  std::size_t down_;
};

}  // namespace

std::size_t pages_of(const Slips& slips, double page_width, double page_height) {
  const std::size_t each = fitting(page_width, slips.width) * fitting(page_height, slips.height);
  return (slips.slips.size() + each - 1) / each;
}

std::size_t print_slips(const Fonts& fonts, cairo_t* cairo, const SlipSheet& sheet) {
  return SlipPrinter(fonts, cairo, sheet).print();
}

}  // namespace kp::paper
