// kiemphieu-pages.so: a document becomes a PDF. See pages_library.h.
#include <cairo-pdf.h>

#include <algorithm>
#include <exception>
#include <numbers>
#include <set>

#include "paper/breaking.h"
#include "paper/pages_library.h"
#include "paper/pango/fonts.h"
#include "paper/pango/typeset.h"

namespace kp::paper {
namespace {

constexpr double kMillimetre = 72 / 25.4;
constexpr double kPageWidth = 210 * kMillimetre;
constexpr double kPageHeight = 297 * kMillimetre;
constexpr double kLeft = 30 * kMillimetre;
constexpr double kRight = 15 * kMillimetre;
constexpr double kTop = 20 * kMillimetre;
constexpr double kEdge = 10 * kMillimetre;  ///< head and foot keep this far from the paper's edge
constexpr double kTextWidth = kPageWidth - kLeft - kRight;
constexpr double kHeadSize = 9;
constexpr double kFootSize = 8;
constexpr double kFootGap = 10;
constexpr double kRule = 0.5;

struct DestroyCairo {
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};

cairo_status_t append(void* pdf, const unsigned char* bytes, unsigned int length) {
  try {
    static_cast<std::string*>(pdf)->append(reinterpret_cast<const char*>(bytes), length);
    return CAIRO_STATUS_SUCCESS;
  } catch (const std::exception&) {
    return CAIRO_STATUS_WRITE_ERROR;
  }
}

/// Puts what was set and broken onto the surface, page after page.
class Printer {
 public:
  Printer(const Document& document, const Fonts& fonts, cairo_t* cairo)
      : document_(document), typeset_(fonts, kTextWidth), cairo_(cairo) {
    for (const Words& line : document.foot) {
      for (Piece& piece : typeset_.set_lines(line, kFootSize, Align::left)) {
        foot_height_ += piece.height;
        foot_.push_back(std::move(piece));
      }
    }
    foot_top_ = kPageHeight - kEdge - foot_height_;
    for (const Block& block : document.body) flows_.push_back(typeset_.set(block));
  }

  std::size_t print() {
    std::vector<Flow> flows;
    for (const SetFlow& set : flows_) flows.push_back(set.flow);
    const std::vector<PlacedPage> pages = break_pages(flows, foot_top_ - kFootGap - kTop);
    for (std::size_t i = 0; i < pages.size(); ++i) {
      draw_watermark();
      draw_head(i == 0 ? document_.first_head : document_.later_head);
      draw_body(pages[i]);
      draw_foot(i + 1, pages.size());
      cairo_show_page(cairo_);
    }
    return pages.size();
  }

 private:
  void draw(const Piece& piece, double x, double y) {
    for (const Line& line : piece.lines) {
      cairo_move_to(cairo_, x + line.x, y + line.baseline);
      pango_cairo_show_layout_line(cairo_, line.line);
      if (line.underline > 0) underline(line, x, y);
    }
  }

  void underline(const Line& line, double x, double y) {
    PangoRectangle extents;
    pango_layout_line_get_extents(line.line, nullptr, &extents);
    const double below = y + line.baseline + line.underline;
    cairo_set_line_width(cairo_, kRule);
    rule(x + line.x, below, x + line.x + pango_units_to_double(extents.width), below);
  }

  void rule(double x, double y, double to_x, double to_y) {
    cairo_move_to(cairo_, x, y);
    cairo_line_to(cairo_, to_x, to_y);
    cairo_stroke(cairo_);
  }

  // Outlines, not text: a search or a copy of the page finds the page's own words only.
  void draw_watermark() {
    if (document_.watermark.empty()) return;
    constexpr double kSize = 84;
    constexpr double kGrey = 0.88;
    PangoLayout* layout = typeset_.layout({{document_.watermark, true}}, kSize, 0, Align::left);
    int width = 0;
    int height = 0;
    pango_layout_get_size(layout, &width, &height);
    cairo_save(cairo_);
    cairo_translate(cairo_, kPageWidth / 2, kPageHeight / 2);
    cairo_rotate(cairo_, -std::numbers::pi / 3.4);
    cairo_move_to(cairo_, -pango_units_to_double(width) / 2, -pango_units_to_double(height) / 2);
    pango_cairo_layout_path(cairo_, layout);
    cairo_set_source_rgb(cairo_, kGrey, kGrey, kGrey);
    cairo_fill(cairo_);
    cairo_restore(cairo_);
  }

  void draw_head(const Words& words) {
    if (words.empty()) return;
    double y = kEdge;
    for (const Piece& piece : typeset_.set_lines(words, kHeadSize, Align::center)) {
      draw(piece, kLeft, y);
      y += piece.height;
    }
  }

  void draw_foot(std::size_t page, std::size_t of) {
    cairo_set_line_width(cairo_, kRule);
    rule(kLeft, foot_top_ - 3, kLeft + kTextWidth, foot_top_ - 3);
    double y = foot_top_;
    double last = foot_top_;
    for (const Piece& piece : foot_) {
      draw(piece, kLeft, y);
      last = y;
      y += piece.height;
    }
    const std::string number = document_.page_word + " " + std::to_string(page) + "/" + std::to_string(of);
    for (const Piece& piece : typeset_.set_lines({{number}}, kFootSize, Align::right))
      draw(piece, kLeft, last);
  }

  void draw_body(const PlacedPage& page) {
    for (std::size_t i = 0; i < page.size(); ++i) {
      const Placed& placed = page[i];
      const SetFlow& set = flows_[placed.flow];
      const Piece& piece = placed.is_head ? set.head : set.pieces[placed.strip];
      const double x = kLeft + static_cast<double>(placed.lane) * set.lane_step;
      const double y = kTop + placed.y;
      draw(piece, x, y);
      if (!set.ruled) continue;
      const bool ends =
          i + 1 == page.size() || page[i + 1].flow != placed.flow || page[i + 1].lane != placed.lane;
      const bool starts = i == 0 || page[i - 1].flow != placed.flow || page[i - 1].lane != placed.lane;
      draw_cells(set, piece, x, y, {starts, ends});
    }
  }

  struct Ends {
    bool above = false;
    bool below = false;
  };

  // The lines around the cells of one strip.
  void draw_cells(const SetFlow& set, const Piece& piece, double x, double y, Ends on_page) {
    cairo_set_line_width(cairo_, kRule);
    const double below = y + piece.height;
    for (const double edge : set.edges) rule(x + edge, y, x + edge, below);
    if (piece.first_of_row || on_page.above) rule(x + set.edges.front(), y, x + set.edges.back(), y);
    if (piece.last_of_row || on_page.below) rule(x + set.edges.front(), below, x + set.edges.back(), below);
  }

  const Document& document_;
  Typeset typeset_;
  cairo_t* cairo_;
  std::vector<Piece> foot_;
  double foot_height_ = 0;
  double foot_top_ = 0;
  std::vector<SetFlow> flows_;
};

void collect(const Fonts& fonts, const Words& words, std::set<char32_t>& missing) {
  for (const Span& span : words) {
    for (const char32_t character : fonts.missing_in(span.text)) missing.insert(character);
  }
}

std::vector<char32_t> missing_in(const Document& document, const Fonts& fonts) {
  std::set<char32_t> missing;
  collect(fonts, document.first_head, missing);
  collect(fonts, document.later_head, missing);
  for (const Words& line : document.foot) collect(fonts, line, missing);
  for (const Block& block : document.body) {
    if (const auto* paragraph = std::get_if<Paragraph>(&block)) {
      collect(fonts, paragraph->words, missing);
    } else {
      for (const Words& cell : std::get<Table>(block).head) collect(fonts, cell, missing);
      for (const std::vector<Words>& row : std::get<Table>(block).rows) {
        for (const Words& cell : row) collect(fonts, cell, missing);
      }
    }
  }
  return {missing.begin(), missing.end()};
}

void make(const Document& document, MadePages& made) {
  // Looked up once a process: a dossier has the minutes of many contests.
  static const Fonts& fonts = *new Fonts;
  if (!fonts.found()) {
    made.trouble = PagesTrouble::no_font;
    return;
  }
  made.missing = missing_in(document, fonts);
  const std::unique_ptr<cairo_surface_t, DestroyCairo> surface(
      cairo_pdf_surface_create_for_stream(append, &made.pdf, kPageWidth, kPageHeight));
  const std::string midnight = document.date + "T00:00:00Z";
  cairo_pdf_surface_restrict_to_version(surface.get(), CAIRO_PDF_VERSION_1_5);
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, document.title.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, midnight.c_str());
  {
    const std::unique_ptr<cairo_t, DestroyCairo> cairo(cairo_create(surface.get()));
    made.pages = Printer(document, fonts, cairo.get()).print();
  }
  cairo_surface_finish(surface.get());
  if (const cairo_status_t status = cairo_surface_status(surface.get()); status != CAIRO_STATUS_SUCCESS) {
    made.trouble = PagesTrouble::failed;
    made.why = cairo_status_to_string(status);
  }
}

}  // namespace
}  // namespace kp::paper

extern "C" {

int kiemphieu_pages_mark() {
  return kp::paper::kPagesMark;
}

void kiemphieu_make_pages(const kp::paper::Document& document, kp::paper::MadePages& made) {
  try {
    kp::paper::make(document, made);
  } catch (const std::exception& error) {
    made.trouble = kp::paper::PagesTrouble::failed;
    made.why = error.what();
  }
}
}
