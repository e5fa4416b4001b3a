#include "sheet/bilingual.h"

#include <utility>

#include "base/check.h"

namespace kp {
namespace {

using paper::Paragraph;
using paper::Points;
using paper::QrCode;
using paper::Slips;
using paper::Span;
using paper::Table;
using paper::Words;

constexpr Points kBelowRule = 3;   // a line of this size keeps the next one off the rule
constexpr Points kSmaller = 0.82;  // of the size that the first language has

std::string text_of(const Words& words) {
  std::string text;
  for (const Span& span : words) text += span.text;
  return text;
}

Words small_italics(Words words, Points size) {
  for (Span& span : words) {
    span.italic = true;
    span.size = (span.size > 0 ? span.size : size) * kSmaller;
  }
  return words;
}

// The cell's spans are its lines (a role, a hint, room to sign, a name): each has its other words below it.
Words line_by_line(const Words& first, const Words& second, Points size) {
  if (first.size() != second.size()) {
    Words both = first;
    both.push_back({"\n"});
    for (const Span& span : small_italics(second, size)) both.push_back(span);
    return both;
  }
  Words both;
  for (std::size_t i = 0; i < first.size(); ++i) {
    both.push_back(first[i]);
    if (first[i].text == second[i].text) continue;
    Span other = small_italics({second[i]}, size).front();
    other.underlined = false;
    // A line that ends or begins with a line feed has its own already.
    const bool apart = other.text.starts_with('\n') || first[i].text.ends_with('\n');
    if (!apart) other.text.insert(other.text.begin(), '\n');
    if (first[i].underlined) both.push_back({"\n ", false, false, false, kBelowRule});
    both.push_back(std::move(other));
  }
  return both;
}

Words side_by_side(const Words& first, const Words& second, const char* between) {
  if (text_of(first) == text_of(second)) return first;
  Words both = first;
  both.push_back({between});
  for (Span span : second) {
    span.italic = true;
    both.push_back(std::move(span));
  }
  return both;
}

void join(Paragraph first, const Paragraph& second, std::vector<paper::Block>& into) {
  if (text_of(first.words) == text_of(second.words)) {
    into.emplace_back(std::move(first));
    return;
  }
  Paragraph below = second;
  below.words = small_italics(second.words, second.size);
  below.size = second.size * kSmaller;
  below.before = 0;
  below.new_page = false;
  first.keep_with_next = true;
  into.emplace_back(std::move(first));
  into.emplace_back(std::move(below));
}

void join(Table first, const Table& second, std::vector<paper::Block>& into) {
  KP_ASSERT(first.head.size() == second.head.size() && first.rows.size() == second.rows.size());
  for (std::size_t c = 0; c < first.head.size(); ++c) {
    first.head[c] = line_by_line(first.head[c], second.head[c], first.size);
  }
  for (std::size_t r = 0; r < first.rows.size(); ++r) {
    KP_ASSERT(first.rows[r].size() == second.rows[r].size());
    for (std::size_t c = 0; c < first.rows[r].size(); ++c) {
      first.rows[r][c] = line_by_line(first.rows[r][c], second.rows[r][c], first.size);
    }
  }
  into.emplace_back(std::move(first));
}

void join(QrCode first, const QrCode& second, std::vector<paper::Block>& into) {
  first.words = line_by_line(first.words, second.words, first.size);
  into.emplace_back(std::move(first));
}

void join(Slips first, const Slips&, std::vector<paper::Block>& into) {
  into.emplace_back(std::move(first));
}

}  // namespace

paper::Document laid_together(paper::Document first, const paper::Document& second) {
  KP_ASSERT(first.body.size() == second.body.size() && first.foot.size() == second.foot.size());
  std::vector<paper::Block> body;
  for (std::size_t i = 0; i < first.body.size(); ++i) {
    std::visit(
        [&](auto&& block) {
          using Kind = std::decay_t<decltype(block)>;
          const Kind* other = std::get_if<Kind>(&second.body[i]);
          KP_ASSERT(other != nullptr);
          join(std::forward<decltype(block)>(block), *other, body);
        },
        std::move(first.body[i]));
  }
  first.body = std::move(body);
  first.first_head = side_by_side(first.first_head, second.first_head, " / ");
  // What it is stands on the first page in both; the heads of the others have room for the banner.
  if (first.later_head.size() > 1) {
    first.later_head.erase(first.later_head.begin());
    first.later_head.insert(first.later_head.begin(), first.first_head.begin(), first.first_head.end());
  }
  for (std::size_t i = 0; i < first.foot.size(); ++i) {
    Words& line = first.foot[i];
    // A label and its digits: both labels before them.
    if (line.size() == 2 && line.back().text == second.foot[i].back().text) {
      line.insert(line.begin() + 1, {"/ " + second.foot[i].front().text, false, true});
      continue;
    }
    line = side_by_side(line, second.foot[i], " / ");
  }
  if (first.page_word != second.page_word) first.page_word += "/" + second.page_word;
  return first;
}

}  // namespace kp
