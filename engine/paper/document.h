// A paper: what stands on it, before anyone decided where.
//
// The folder makes pages: a document of plain values (this file), where its pages break (breaking.h), and the
// PDF (render.h). It knows nothing of elections. Pango and Cairo do the work in a library of its own
// (pango/), opened only when a page is made; none of their types is seen outside. Lengths on paper are the
// only numbers of the engine that may have fractions.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace kp::paper {

using Points = double;  ///< a length on paper, 1/72 inch

inline constexpr Points kMillimetre = 72 / 25.4;
inline constexpr Points kA4Width = 210 * kMillimetre;
inline constexpr Points kA4Height = 297 * kMillimetre;

enum class Align : std::uint8_t { left, center, right, justify };

/// Text in one face; a line feed starts a new line.
struct Span {
  std::string text;
  bool bold = false;
  bool italic = false;
  bool underlined = false;  ///< a thin line below what hangs under the letters; for whole lines
  Points size = 0;          ///< 0: that of the block
};
using Words = std::vector<Span>;

/// Text that may break between pages, yet leaves no single line behind or ahead.
struct Paragraph {
  Words words;
  Points size = 12.5;
  Align align = Align::justify;
  Points left = 0;        ///< from the left edge of the text
  Points first_line = 0;  ///< further in, of the first line; negative: hangs
  Points before = 0;      ///< space above; dropped at the top of a page
  bool keep_with_next = false;
  bool new_page = false;  ///< begins one
};

struct Column {
  double share = 1;  ///< of the table's width, in proportion
  Align align = Align::left;
};

/// Rows of cells. The head stands again on every page that the table reaches.
struct Table {
  std::vector<Column> columns;
  std::vector<Words> head;  ///< empty, or one for each column
  std::vector<std::vector<Words>> rows;
  Points size = 12;
  Points before = 0;
  Points spread = 0;   ///< more room above and below what a row says, as forms need it
  bool ruled = true;   ///< lines around the cells
  bool whole = false;  ///< never broken unless it is longer than a page
  bool keep_with_next = false;
  std::size_t abreast = 1;  ///< lanes side by side on a page, read one after the other
};

/// A QR code with words to the right of it; never broken. Error correction M (15 %); drawn as squares.
struct QrCode {
  std::string text;   ///< what a reader gives back; of digits, capitals and "$%*+-./:" only it stays small
  Points side = 100;  ///< of the whole, with the empty edge of four modules
  Words words;
  Points size = 10;  ///< of the words
  Points before = 0;
  bool keep_with_next = false;
};

/// What a printing press can set.
using Printed = std::variant<Paragraph, Table, QrCode>;

enum class Ink : std::uint8_t { blue, black, pencil };

/// The box that a pen's thousandths divide: the whole slip; a cell of its list; the square in the middle of
/// that cell, as high as the cell; what is printed in it (each line of it, when it has several).
enum class Anchor : std::uint8_t { slip, cell, square, text };

struct PenPlace {
  Anchor to = Anchor::slip;
  std::size_t row = 0;  ///< of the list, from 0; with `column` for all anchors but the slip
  std::size_t column = 0;
};

/// In thousandths of the anchor's width and height, from its upper left corner; beyond it too.
struct PenPoint {
  std::int32_t x = 0;
  std::int32_t y = 0;
};

/// One smooth line of a pen through its points; a single point is a dot.
struct PenStroke {
  PenPlace place;
  std::vector<PenPoint> points;
  Ink ink = Ink::blue;
};

/// A few words written with a pen. They can be searched for in the PDF, like print.
struct PenWords {
  PenPlace place;
  PenPoint at;  ///< where they begin, on their base line
  std::string text;
  Points size = 12;
  std::int32_t degrees = 0;  ///< how far they rise to the right
  Ink ink = Ink::blue;
};

/// A small sheet: what is printed on it, and what a pen left on it.
struct Slip {
  std::vector<Printed> body;  ///< smaller when it would not fit
  std::size_t list = 0;       ///< which block of the body is the table that pens point into
  std::string stamp;          ///< in a red ring at the upper left, "" for none; a line feed starts a new line
  Words edge;                 ///< the last line, at the lower edge
  std::vector<PenStroke> strokes;
  std::vector<PenWords> words;
};

/// Slips of one size, as many on a page as it holds, with lines to cut along. They fill pages of their own,
/// without head, foot and margin; the document's watermark goes across each slip.
struct Slips {
  Points width = 0;  ///< at most a page's
  Points height = 0;
  std::vector<Slip> slips;
};

using Block = std::variant<Paragraph, Table, QrCode, Slips>;

/// A4, upright. What stands at the head and foot of every page stands there besides the body.
struct Document {
  std::string title;                ///< for the list of open windows, not printed
  std::string date;                 ///< YYYY-MM-DD; the PDF says it was made then, so that bytes repeat
  std::string watermark;            ///< across every page, "" for none
  Words first_head;                 ///< top of the first page
  Words later_head;                 ///< top of the others
  std::vector<Words> foot;          ///< bottom of every page, one line each
  std::string page_word = "Trang";  ///< "Trang 1/3", at the right of the last foot line
  std::vector<Block> body;
};

}  // namespace kp::paper
