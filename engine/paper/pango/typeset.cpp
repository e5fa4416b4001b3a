#include "paper/pango/typeset.h"

#include <qrencode.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <numeric>
#include <string>
#include <system_error>

#include "paper/pages_library.h"

namespace kp::paper {
namespace {

constexpr double kCellSide = 4;
constexpr double kCellAbove = 1.2;
constexpr double kCellBelow = 1.5;
constexpr double kBetweenLanes = 8;
constexpr double kAboveUnderline = 1.2;
constexpr int kQuiet = 4;  ///< modules left white around a QR code (ISO/IEC 18004)

int units(double points) {
  return pango_units_from_double(points);
}

double points(int units) {
  return pango_units_to_double(units);
}

struct FreeDescription {
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
struct FreeAttributes {
  void operator()(PangoAttrList* attributes) const { pango_attr_list_unref(attributes); }
};
struct FreeIterator {
  void operator()(PangoLayoutIter* iterator) const { pango_layout_iter_free(iterator); }
};

void add_attribute(PangoAttrList* attributes, PangoAttribute* attribute, std::size_t from, std::size_t to) {
  attribute->start_index = static_cast<guint>(from);
  attribute->end_index = static_cast<guint>(to);
  pango_attr_list_insert(attributes, attribute);
}

// Whether the text at byte `at` of the words is to be underlined.
bool is_underlined(const Words& words, std::size_t at) {
  for (const Span& span : words) {
    if (at < span.text.size()) return span.underlined;
    at -= span.text.size();
  }
  return false;
}

// The lines of a layout of `words`, each as a piece of its own. The font's own underline would cross the dots
// below Vietnamese letters.
std::vector<Piece> lines_of(PangoLayout* layout, const Words& words, double left) {
  std::vector<Piece> pieces;
  const std::unique_ptr<PangoLayoutIter, FreeIterator> at(pango_layout_get_iter(layout));
  do {
    PangoRectangle ink;
    PangoRectangle extents;
    pango_layout_iter_get_line_extents(at.get(), &ink, &extents);
    int top = 0;
    int bottom = 0;
    pango_layout_iter_get_line_yrange(at.get(), &top, &bottom);
    Piece piece;
    piece.height = points(bottom - top);
    const int baseline = pango_layout_iter_get_baseline(at.get());
    PangoLayoutLine* line = pango_layout_iter_get_line_readonly(at.get());
    const bool underlined = is_underlined(words, static_cast<std::size_t>(line->start_index));
    const double above = points(baseline - top);
    piece.lines.push_back({line, left + points(extents.x), above,
                           underlined ? points(ink.y + ink.height - baseline) + kAboveUnderline : 0,
                           points(extents.width), piece.height, above});
    pieces.push_back(std::move(piece));
  } while (pango_layout_iter_next_line(at.get()) != FALSE);
  return pieces;
}

// All of `more` drawn besides what `piece` has, further down by `below`.
void draw_into(Piece& piece, const Piece& more, double below, std::size_t column) {
  for (Line line : more.lines) {
    line.baseline += below;
    line.column = column;
    piece.lines.push_back(line);
  }
}

double height_of(const std::vector<Piece>& pieces) {
  return std::accumulate(pieces.begin(), pieces.end(), 0.0,
                         [](double sum, const Piece& piece) { return sum + piece.height; });
}

struct FreeQr {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

// The dark modules of a QR code, those that touch in a row as one bar.
std::vector<Bar> bars_of(const std::string& text, double side) {
  const std::unique_ptr<QRcode, FreeQr> code(
      QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1));
  if (code == nullptr) throw std::system_error(errno, std::generic_category(), "QR");
  const int width = code->width;
  const double module = side / (width + 2 * kQuiet);
  const auto is_dark = [&](int row, int column) {
    return column < width && (code->data[row * width + column] & 1U) != 0;
  };
  std::vector<Bar> bars;
  for (int row = 0; row < width; ++row) {
    for (int column = 0; column < width; ++column) {
      const int from = column;
      while (is_dark(row, column)) ++column;
      if (column == from) continue;
      bars.push_back({(from + kQuiet) * module, (row + kQuiet) * module, (column - from) * module, module});
    }
  }
  return bars;
}

Words bold(Words words) {
  for (Span& span : words) span.bold = true;
  return words;
}

}  // namespace

PangoLayout* Typeset::layout(const Words& words, double size, double width, Align align) {
  Owned<PangoLayout>& layout = layouts_.emplace_back(pango_layout_new(context_.get()));
  std::string text;
  const std::unique_ptr<PangoAttrList, FreeAttributes> attributes(pango_attr_list_new());
  for (const Span& span : words) {
    const std::size_t from = text.size();
    text += span.text;
    if (span.bold)
      add_attribute(attributes.get(), pango_attr_weight_new(PANGO_WEIGHT_BOLD), from, text.size());
    if (span.italic)
      add_attribute(attributes.get(), pango_attr_style_new(PANGO_STYLE_ITALIC), from, text.size());
    if (span.size > 0) {
      add_attribute(attributes.get(), pango_attr_size_new_absolute(units(span.size)), from, text.size());
    }
  }
  add_attribute(attributes.get(), pango_attr_insert_hyphens_new(FALSE), 0, text.size());
  const std::unique_ptr<PangoFontDescription, FreeDescription> font(pango_font_description_new());
  pango_font_description_set_family_static(font.get(), kFontFamily);
  pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_attributes(layout.get(), attributes.get());
  pango_layout_set_auto_dir(layout.get(), FALSE);
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  if (width > 0) pango_layout_set_width(layout.get(), units(width));
  pango_layout_set_justify(layout.get(), align == Align::justify ? TRUE : FALSE);
  pango_layout_set_alignment(layout.get(), align == Align::center  ? PANGO_ALIGN_CENTER
                                           : align == Align::right ? PANGO_ALIGN_RIGHT
                                                                   : PANGO_ALIGN_LEFT);
  pango_layout_set_text(layout.get(), text.c_str(), static_cast<int>(text.size()));
  return layout.get();
}

std::vector<Piece> Typeset::set_lines(const Words& words, double size, Align align) {
  return lines_of(layout(words, size, width_, align), words, 0);
}

SetFlow Typeset::set(const Printed& block) {
  return std::visit([this](const auto& kind) { return set(kind); }, block);
}

SetFlow Typeset::set(const Paragraph& paragraph) {
  SetFlow set;
  PangoLayout* text = layout(paragraph.words, paragraph.size, width_ - paragraph.left, paragraph.align);
  pango_layout_set_indent(text, units(paragraph.first_line));
  set.pieces = lines_of(text, paragraph.words, paragraph.left);
  set.flow.before = paragraph.before;
  const std::size_t lines = set.pieces.size();
  for (std::size_t i = 0; i < lines; ++i) {
    const bool last = i + 1 == lines;
    set.flow.body.push_back(
        {set.pieces[i].height, 0, last ? paragraph.keep_with_next : i == 0 || i + 2 == lines});
  }
  return set;
}

SetFlow Typeset::set(const QrCode& code) {
  SetFlow set;
  Piece piece;
  piece.bars = bars_of(code.text, code.side);
  const std::vector<Piece> lines =
      lines_of(layout(code.words, code.size, width_ - code.side, Align::left), code.words, code.side);
  piece.height = std::max(code.side, height_of(lines));
  double below = (piece.height - height_of(lines)) / 2;
  for (const Piece& line : lines) {
    draw_into(piece, line, below, 0);
    below += line.height;
  }
  set.flow.before = code.before;
  set.flow.body.push_back({piece.height, 0, code.keep_with_next});
  set.pieces.push_back(std::move(piece));
  return set;
}

SetFlow Typeset::set(const Table& table) {
  SetFlow set;
  set.ruled = table.ruled;
  set.flow.before = table.before;
  set.flow.abreast = std::max<std::size_t>(1, table.abreast);
  const double lanes = static_cast<double>(set.flow.abreast);
  const double lane_width = (width_ - kBetweenLanes * (lanes - 1)) / lanes;
  set.lane_step = lane_width + kBetweenLanes;
  double shares = 0;
  for (const Column& column : table.columns) shares += column.share;
  set.edges.push_back(0);
  for (const Column& column : table.columns)
    set.edges.push_back(set.edges.back() + lane_width * column.share / shares);

  for (std::size_t row = 0; row < table.rows.size(); ++row) add_row(set, table, row);
  if (table.head.empty()) return set;
  std::vector<std::vector<Piece>> cells;
  for (std::size_t c = 0; c < table.head.size(); ++c) {
    const double width = set.edges[c + 1] - set.edges[c] - 2 * kCellSide;
    const Words words = bold(table.head[c]);
    cells.push_back(
        lines_of(layout(words, table.size, width, Align::center), words, set.edges[c] + kCellSide));
    set.head.height = std::max(set.head.height, height_of(cells.back()) + kCellAbove + kCellBelow);
  }
  for (std::size_t c = 0; c < cells.size(); ++c) {
    double below = (set.head.height - height_of(cells[c])) / 2;
    for (const Piece& line : cells[c]) {
      draw_into(set.head, line, below, c);
      below += line.height;
    }
  }
  set.head.first_of_row = set.head.last_of_row = true;
  set.flow.head = set.head.height;
  return set;
}

// A row becomes as many strips as its longest cell has lines, kept together while they fit on a page.
void Typeset::add_row(SetFlow& set, const Table& table, std::size_t number) {
  const std::vector<Words>& row = table.rows[number];
  std::vector<Piece> strips;
  for (std::size_t c = 0; c < row.size(); ++c) {
    const double width = set.edges[c + 1] - set.edges[c] - 2 * kCellSide;
    const std::vector<Piece> lines =
        lines_of(layout(row[c], table.size, width, table.columns[c].align), row[c], set.edges[c] + kCellSide);
    if (strips.size() < lines.size()) strips.resize(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      strips[i].height = std::max(strips[i].height, lines[i].height);
      draw_into(strips[i], lines[i], 0, c);
    }
  }
  strips.front().first_of_row = true;
  strips.front().height += kCellAbove + table.spread;
  for (Line& line : strips.front().lines) line.baseline += kCellAbove + table.spread;
  strips.back().last_of_row = true;
  strips.back().height += kCellBelow + table.spread;

  // No row stands alone under its head or alone on the next page.
  const bool last = number + 1 == table.rows.size();
  const bool second_last = number + 2 == table.rows.size();
  const bool together = table.ruled && table.abreast <= 1 && (number == 0 || second_last);
  const bool with_next = last ? table.keep_with_next : table.whole || together;
  for (std::size_t i = 0; i < strips.size(); ++i) {
    set.flow.body.push_back({strips[i].height, 0, i + 1 < strips.size() || with_next});
    set.pieces.push_back(std::move(strips[i]));
  }
}

}  // namespace kp::paper
