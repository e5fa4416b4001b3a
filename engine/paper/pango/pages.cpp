// kiemphieu-pages.so: a document becomes a PDF. See pages_library.h.
#include <cairo-pdf.h>

#include <exception>
#include <set>

#include "paper/breaking.h"
#include "paper/pages_library.h"
#include "paper/pango/canvas.h"
#include "paper/pango/fonts.h"
#include "paper/pango/slips.h"
#include "paper/pango/typeset.h"

namespace kp::paper {
namespace {

constexpr double kLeft = 30 * kMillimetre;
constexpr double kRight = 15 * kMillimetre;
constexpr double kTop = 20 * kMillimetre;
constexpr double kEdge = 10 * kMillimetre;  ///< head and foot keep this far from the paper's edge
constexpr double kTextWidth = kA4Width - kLeft - kRight;
constexpr double kHeadSize = 9;
constexpr double kFootSize = 8;
constexpr double kFootGap = 10;

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

/// What shares pages: blocks that flow from page to page, or slips.
struct Section {
  std::vector<SetFlow> flows;
  std::vector<PlacedPage> placed;
  const Slips* slips = nullptr;
};

/// Puts what was set and broken onto the surface, page after page.
class Printer {
 public:
  Printer(const Document& document, const Fonts& fonts, cairo_t* cairo)
      : document_(document), fonts_(fonts), typeset_(fonts, kTextWidth), cairo_(cairo), canvas_(cairo) {
    for (const Words& line : document.foot) {
      for (Piece& piece : typeset_.set_lines(line, kFootSize, Align::left)) {
        foot_height_ += piece.height;
        foot_.push_back(std::move(piece));
      }
    }
    foot_top_ = kA4Height - kEdge - foot_height_;
    for (const Block& block : document.body) add(block);
    if (sections_.empty()) sections_.emplace_back();
    for (Section& section : sections_) place(section);
  }

  std::size_t print() {
    std::size_t page = 0;
    for (const Section& section : sections_) {
      if (section.slips != nullptr) {
        page += print_slips(fonts_, cairo_, {*section.slips, document_.watermark, kA4Width, kA4Height});
        continue;
      }
      for (const PlacedPage& placed : section.placed) {
        canvas_.watermark(typeset_, document_.watermark, {0, 0, kA4Width, kA4Height});
        draw_head(page == 0 ? document_.first_head : document_.later_head);
        canvas_.body(section.flows, placed, kLeft, kTop);
        draw_foot(++page);
        cairo_show_page(cairo_);
      }
    }
    return pages_;
  }

 private:
  void add(const Block& block) {
    if (const Slips* slips = std::get_if<Slips>(&block)) {
      sections_.emplace_back().slips = slips;
      return;
    }
    const Paragraph* paragraph = std::get_if<Paragraph>(&block);
    const bool opens = paragraph != nullptr && paragraph->new_page;
    if (sections_.empty() || sections_.back().slips != nullptr || opens) sections_.emplace_back();
    std::visit([this](const auto& kind) { add_flow(kind); }, block);
  }

  template <class Kind>
  void add_flow(const Kind& kind) {
    sections_.back().flows.push_back(typeset_.set(kind));
  }
  void add_flow(const Slips&) {}

  void place(Section& section) {
    if (section.slips != nullptr) {
      pages_ += pages_of(*section.slips, kA4Width, kA4Height);
      return;
    }
    std::vector<Flow> flows;
    for (const SetFlow& set : section.flows) flows.push_back(set.flow);
    section.placed = break_pages(flows, foot_top_ - kFootGap - kTop);
    pages_ += section.placed.size();
  }

  void draw_head(const Words& words) {
    if (words.empty()) return;
    double y = kEdge;
    for (const Piece& piece : typeset_.set_lines(words, kHeadSize, Align::center)) {
      canvas_.draw(piece, kLeft, y);
      y += piece.height;
    }
  }

  void draw_foot(std::size_t page) {
    canvas_.rule(kLeft, foot_top_ - 3, kLeft + kTextWidth, foot_top_ - 3);
    double y = foot_top_;
    double last = foot_top_;
    for (const Piece& piece : foot_) {
      canvas_.draw(piece, kLeft, y);
      last = y;
      y += piece.height;
    }
    const std::string number =
        document_.page_word + " " + std::to_string(page) + "/" + std::to_string(pages_);
    for (const Piece& piece : typeset_.set_lines({{number}}, kFootSize, Align::right))
      canvas_.draw(piece, kLeft, last);
  }

  const Document& document_;
  const Fonts& fonts_;
  Typeset typeset_;
  cairo_t* cairo_;
  Canvas canvas_;
  std::vector<Piece> foot_;
  double foot_height_ = 0;
  double foot_top_ = 0;
  std::vector<Section> sections_;
  std::size_t pages_ = 0;
};

void collect(const Fonts& fonts, const Words& words, std::set<char32_t>& missing) {
  for (const Span& span : words) {
    for (const char32_t character : fonts.missing_in(span.text)) missing.insert(character);
  }
}

void collect(const Fonts& fonts, const Paragraph& paragraph, std::set<char32_t>& missing) {
  collect(fonts, paragraph.words, missing);
}

void collect(const Fonts& fonts, const Table& table, std::set<char32_t>& missing) {
  for (const Words& cell : table.head) collect(fonts, cell, missing);
  for (const std::vector<Words>& row : table.rows) {
    for (const Words& cell : row) collect(fonts, cell, missing);
  }
}

void collect(const Fonts& fonts, const QrCode& code, std::set<char32_t>& missing) {
  collect(fonts, code.words, missing);
}

void collect(const Fonts& fonts, const Slips& slips, std::set<char32_t>& missing) {
  for (const Slip& slip : slips.slips) {
    for (const Printed& block : slip.body) {
      std::visit([&](const auto& kind) { collect(fonts, kind, missing); }, block);
    }
    collect(fonts, Words{{slip.stamp}}, missing);
    collect(fonts, slip.edge, missing);
    for (const PenWords& words : slip.words) collect(fonts, Words{{words.text}}, missing);
  }
}

std::vector<char32_t> missing_in(const Document& document, const Fonts& fonts) {
  std::set<char32_t> missing;
  collect(fonts, document.first_head, missing);
  collect(fonts, document.later_head, missing);
  for (const Words& line : document.foot) collect(fonts, line, missing);
  for (const Block& block : document.body) {
    std::visit([&](const auto& kind) { collect(fonts, kind, missing); }, block);
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
      cairo_pdf_surface_create_for_stream(append, &made.pdf, kA4Width, kA4Height));
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
