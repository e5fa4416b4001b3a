#include "sheet/slides_page.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "sheet/screen_texts.h"

namespace kp {
namespace {

// Text between tags or within quotes of a file that a browser reads.
std::string escaped(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

std::string element(std::string_view tag, std::string_view kind, std::string_view text) {
  return fmt::format("<{} class=\"{}\">{}</{}>\n", tag, kind, escaped(text), tag);
}

std::string figures_html(const std::vector<Figure>& figures) {
  if (figures.empty()) return "";
  std::string html = "<div class=\"figures\">\n";
  for (const Figure& figure : figures) {
    html += "<div class=\"figure\">\n" + element("b", "value", figure.value) +
            element("span", "label", figure.label) + "</div>\n";
  }
  return html + "</div>\n";
}

std::string row_html(const std::vector<std::string>& row) {
  std::string html = "<tr>";
  for (std::size_t i = 0; i < row.size(); ++i) {
    const std::string_view kind = i == 0 ? "no" : i == 1 ? "name" : "votes";
    html += fmt::format("<td class=\"{}\"><span>{}</span></td>", kind, escaped(row[i]));
  }
  return html + "</tr>\n";
}

std::string lane_html(const Slide& slide, std::size_t from, std::size_t to) {
  std::string html = "<table><thead><tr><th></th><th></th>";
  for (const std::string& head : slide.heads) html += fmt::format("<th>{}</th>", escaped(head));
  html += "</tr></thead><tbody>\n";
  for (std::size_t i = from; i < to; ++i) html += row_html(slide.rows[i]);
  return html + "</tbody></table>\n";
}

std::string rows_html(const Slide& slide) {
  if (slide.rows.empty()) return "";
  const std::size_t count = slide.rows.size();
  const std::size_t first = slide.two_lanes ? (count + 1) / 2 : count;
  std::string html = fmt::format("<div class=\"lanes {}\">\n", slide.two_lanes ? "two" : "one");
  html += lane_html(slide, 0, first);
  if (first < count) html += lane_html(slide, first, count);
  return html + "</div>\n";
}

std::string slide_html(const Deck& deck, std::size_t index) {
  const Slide& slide = deck.slides[index];
  const bool vi = deck.language == Language::vi;
  const bool plain = slide.figures.empty() && slide.rows.empty() && slide.cautions.empty();
  std::string html =
      fmt::format("<section id=\"{}\"{}>\n", escaped(slide.id), plain ? " class=\"plain\"" : "");
  if (deck.practice) {
    html += element("div", "practice",
                    vi ? "DIỄN TẬP – không phải kết quả thật" : "PRACTICE – not a real result");
    html += fmt::format("<div class=\"across\"><span>{}</span></div>\n", vi ? "DIỄN TẬP" : "PRACTICE");
  }
  if (!slide.mark.empty()) html += element("div", "byhand", slide.mark);
  html += "<header>\n" + element("h1", "heading", slide.heading) +
          element("h2", "subheading", slide.subheading) + "</header>\n<main>\n";
  html += figures_html(slide.figures) + rows_html(slide);
  for (const std::string& sentence : slide.sentences) html += element("p", "sentence", sentence);
  for (const std::string& caution : slide.cautions) html += element("p", "caution", "⚠ " + caution);
  html += "</main>\n<footer>\n" + element("span", "unit", deck.unit);
  if (index == 0) {
    html += element("span", "keys",
                    vi ? "→ ← Home End chuyển trang · F toàn màn hình · B tắt hình"
                       : "→ ← Home End turn pages · F full screen · B blank");
  }
  return html + element("span", "page", fmt::format("{}/{}", index + 1, deck.slides.size())) +
         "</footer>\n</section>\n";
}

std::string source_of(std::string_view text) {
  return "'sha256-" + base64(sha256(text)) + "'";
}

}  // namespace

std::string slides_page(const Deck& deck) {
  std::string html = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {}; script-src "
      "{}; "
      "base-uri 'none'; form-action 'none'\">\n<title>{}{}</title>\n<style>{}</style>\n</head>\n<body>\n",
      deck.language == Language::vi ? "vi" : "en", source_of(screen_style()), source_of(screen_script()),
      deck.practice ? (deck.language == Language::vi ? "DIỄN TẬP – " : "PRACTICE – ") : "",
      escaped(deck.title), screen_style());
  for (std::size_t i = 0; i < deck.slides.size(); ++i) html += slide_html(deck, i);
  return html + fmt::format("<script>{}</script>\n</body>\n</html>\n", screen_script());
}

}  // namespace kp
