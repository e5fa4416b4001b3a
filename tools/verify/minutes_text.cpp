#include "verify/minutes_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "base/text.h"

namespace kp::verify {
namespace {

constexpr double kSameLine = 0.35;        // of a word's height: how far apart middles of one line may be
constexpr double kBetweenLines = 1.0;     // of a line's height: how far below it a cell may go on
constexpr double kMostAboveFigures = 70;  // points: heads stand no further above their figures
constexpr double kBodyTop = 56;           // points from the upper edge: heads of pages stand above

/// Words beside each other, from left to right.
struct TextLine {
  double top = 0;
  double bottom = 0;
  std::vector<const PlacedWord*> words;
};

double centre(const PlacedWord& word) {
  return (word.top + word.bottom) / 2;
}

std::vector<TextLine> lines_of(const WordsOfPage& page) {
  std::vector<const PlacedWord*> words;
  for (const PlacedWord& word : page) words.push_back(&word);
  std::stable_sort(words.begin(), words.end(),
                   [](const PlacedWord* a, const PlacedWord* b) { return centre(*a) < centre(*b); });
  std::vector<TextLine> lines;
  double middle = 0;
  for (const PlacedWord* word : words) {
    if (lines.empty() || centre(*word) - middle > kSameLine * word->height()) {
      lines.push_back({word->top, word->bottom, {}});
      middle = centre(*word);
    }
    TextLine& line = lines.back();
    line.words.push_back(word);
    line.top = std::min(line.top, word->top);
    line.bottom = std::max(line.bottom, word->bottom);
  }
  for (TextLine& line : lines) {
    std::stable_sort(line.words.begin(), line.words.end(),
                     [](const PlacedWord* a, const PlacedWord* b) { return a->left < b->left; });
  }
  return lines;
}

bool is_number(std::string_view text) {
  constexpr std::size_t kMostDigits = 9;
  return !text.empty() && text.size() <= kMostDigits &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_share(std::string_view text) {
  constexpr std::size_t kDecimals = 2;
  const std::size_t point = text.find('.');
  return point != std::string_view::npos && text.size() == point + 1 + kDecimals &&
         is_number(text.substr(0, point)) && is_number(text.substr(point + 1));
}

std::string joined(const std::vector<const PlacedWord*>& words, std::size_t from, std::size_t to) {
  std::string text;
  for (std::size_t i = from; i < to; ++i) text += (text.empty() ? "" : " ") + words[i]->text;
  return text;
}

/// A row while it is read: where its name may go on.
struct OpenRow {
  ShownRow row;
  double lane = 0;        // right edge of the row to its left, where there is one
  double name_left = 0;   // right edge of its number
  double name_right = 0;  // left edge of its first figure
  double name_bottom = 0;
  double right = 0;             // right edge of its last figure
  std::vector<double> columns;  // middles of its figures
  bool ended = false;
};

// Where in `words` from `from` on the figures of a row begin; nothing when none does.
std::optional<std::size_t> figures_in(const std::vector<const PlacedWord*>& words, std::size_t from,
                                      const RowForm& form) {
  for (std::size_t i = from; i + form.figures <= words.size(); ++i) {
    const auto begin = words.begin() + static_cast<std::ptrdiff_t>(i);
    const auto all_numbers = [&](std::size_t first, std::size_t last) {
      return std::all_of(begin + static_cast<std::ptrdiff_t>(first),
                         begin + static_cast<std::ptrdiff_t>(last),
                         [](const PlacedWord* word) { return is_number(word->text); });
    };
    if (!form.graded) {
      if (all_numbers(0, 1) && is_share(words[i + 1]->text) && all_numbers(2, form.figures)) return i;
      continue;
    }
    if (!all_numbers(0, form.figures)) continue;
    // A name may end in a number: of a longer run the last ones are the figures.
    while (i + form.figures < words.size() && is_number(words[i + form.figures]->text)) ++i;
    return i;
  }
  return std::nullopt;
}

/// Reads the rows of one page.
class RowReader {
 public:
  RowReader(std::size_t page, const RowForm& form) : page_(page), form_(form) {}

  std::vector<ShownRow> read(const WordsOfPage& words) {
    for (const TextLine& line : lines_of(words)) {
      if (const TextLine rest = begin_rows(line); !rest.words.empty()) go_on(rest);
    }
    for (OpenRow& one : open_) close(one);
    std::stable_sort(rows_.begin(), rows_.end(),
                     [](const ShownRow& a, const ShownRow& b) { return a.top < b.top; });
    return std::move(rows_);
  }

 private:
  // Opens the rows that begin in a line. Returns its other words: beside a row that begins, a name of another
  // lane may go on.
  TextLine begin_rows(const TextLine& line) {
    TextLine rest{line.top, line.bottom, {}};
    std::vector<OpenRow> begun;
    std::size_t from = 0;
    while (from < line.words.size()) {
      while (from < line.words.size() && in_open_name(*line.words[from]))
        rest.words.push_back(line.words[from++]);
      const std::optional<std::size_t> at = figures_in(line.words, from, form_);
      const std::size_t end = at ? *at + form_.figures : line.words.size();
      if (at && is_number(line.words[from]->text) && has_name(line, from + 1, *at)) {
        begun.push_back(open(line, from, *at));
      } else {
        rest.words.insert(rest.words.end(), line.words.begin() + static_cast<std::ptrdiff_t>(from),
                          line.words.begin() + static_cast<std::ptrdiff_t>(end));
      }
      from = end;
    }
    for (OpenRow& one : begun) {
      std::erase_if(open_, [&](OpenRow& other) {
        const bool same_lane = other.name_left < one.name_right && one.name_left < other.name_right;
        if (same_lane) close(other);
        return same_lane;
      });
      for (const OpenRow& other : open_) {
        if (other.right <= one.name_left) one.lane = std::max(one.lane, other.right);
      }
      open_.push_back(std::move(one));
    }
    return rest;
  }

  [[nodiscard]] bool in_open_name(const PlacedWord& word) const {
    return std::any_of(open_.begin(), open_.end(), [&](const OpenRow& one) {
      return !one.ended && word.middle() > one.name_left && word.middle() < one.name_right;
    });
  }

  // A line of nothing but figures is no row.
  static bool has_name(const TextLine& line, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      if (!is_number(line.words[i]->text)) return true;
    }
    return false;
  }

  OpenRow open(const TextLine& line, std::size_t from, std::size_t at) const {
    OpenRow one;
    one.row = {page_, line.top, line.words[from]->text, joined(line.words, from + 1, at), {}};
    for (std::size_t i = at; i < at + form_.figures; ++i) {
      one.row.figures.push_back(line.words[i]->text);
      one.columns.push_back(line.words[i]->middle());
    }
    one.name_left = line.words[from]->right;
    one.name_right = line.words[at]->left;
    one.right = line.words[at + form_.figures - 1]->right;
    one.name_bottom = line.bottom;
    if (form_.graded) one.row.figures.resize(2 * form_.figures - 1);
    return one;
  }

  // Words below open rows belong to the cell under which they stand.
  void go_on(const TextLine& line) {
    for (OpenRow& one : open_) {
      if (one.ended) continue;
      const double room = kBetweenLines * (line.bottom - line.top);
      const bool other = std::any_of(line.words.begin(), line.words.end(), [&](const PlacedWord* word) {
        return word->middle() > one.lane && word->middle() < one.name_left;
      });
      one.ended = other || line.top - one.name_bottom > room;
      if (one.ended) continue;
      one.name_bottom = line.bottom;
      for (const PlacedWord* word : line.words) take(one, *word);
    }
  }

  void take(OpenRow& one, const PlacedWord& word) const {
    if (word.middle() > one.name_left && word.middle() < one.name_right) {
      one.row.name += " " + word.text;
      return;
    }
    if (!form_.graded || !word.text.ends_with("%")) return;
    const std::size_t options = form_.figures - 1;
    const auto nearest = std::min_element(one.columns.begin(), one.columns.end(), [&](double a, double b) {
      return std::abs(a - word.middle()) < std::abs(b - word.middle());
    });
    const auto column = static_cast<std::size_t>(nearest - one.columns.begin());
    if (column < options) one.row.figures[form_.figures + column] += word.text;
  }

  void close(OpenRow& one) { rows_.push_back(std::move(one.row)); }

  std::size_t page_;
  const RowForm& form_;
  std::vector<OpenRow> open_;
  std::vector<ShownRow> rows_;
};

std::string_view key_of(std::string_view head) {
  constexpr auto kHeads = std::to_array<std::pair<std::string_view, std::string_view>>({
      // "Hợp lệ" ends "Không hợp lệ", and "Valid" "Invalid": the longer ones first.
      {"Khônghợplệ", "invalid"},
      {"Invalid", "invalid"},
      {"Hợplệ", "valid"},
      {"Valid", "valid"},
      {"Phátra", "issued"},
      {"Issued", "issued"},
      {"Thuvề", "returned"},
      {"Returned", "returned"},
  });
  for (const auto& [words, key] : kHeads) {
    if (head.find(words) != std::string_view::npos) return key;
  }
  return {};
}

// What stands above each figure of a line, each word above the figure that it is nearest to.
ShownFigures named_by_heads(const TextLine& figures, const std::vector<TextLine>& lines, std::size_t index) {
  std::vector<std::string> heads(figures.words.size());
  for (std::size_t i = 0; i < index; ++i) {
    if (figures.top - lines[i].top > kMostAboveFigures) continue;
    for (const PlacedWord* word : lines[i].words) {
      const auto nearest = std::min_element(
          figures.words.begin(), figures.words.end(), [&](const PlacedWord* a, const PlacedWord* b) {
            return std::abs(a->middle() - word->middle()) < std::abs(b->middle() - word->middle());
          });
      heads[static_cast<std::size_t>(nearest - figures.words.begin())] += word->text;
    }
  }
  ShownFigures shown;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    // Two figures below one head: one of them was put over the other.
    if (heads[i].empty()) return {};
    if (const std::string_view key = key_of(heads[i]); !key.empty())
      shown.emplace(key, figures.words[i]->text);
  }
  return shown;
}

}  // namespace

std::string ShownRow::in_words() const {
  std::string words = number + ". " + name + ":";
  for (std::size_t i = 0; i < figures.size(); ++i) words += (i == 0 ? " " : ", ") + figures[i];
  return words;
}

std::vector<ShownRow> rows_shown(const std::vector<WordsOfPage>& pages, const RowForm& form) {
  std::vector<ShownRow> rows;
  for (std::size_t page = 0; page < pages.size(); ++page) {
    for (ShownRow& row : RowReader(page, form).read(pages[page])) rows.push_back(std::move(row));
  }
  return rows;
}

ShownFigures figures_shown(const std::vector<WordsOfPage>& pages) {
  constexpr std::size_t kLeast = 4;
  for (const WordsOfPage& page : pages) {
    const std::vector<TextLine> lines = lines_of(page);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const bool figures =
          std::all_of(lines[i].words.begin(), lines[i].words.end(),
                      [](const PlacedWord* word) { return is_number(word->text) || word->text == "–"; });
      if (!figures || lines[i].words.size() < kLeast) continue;
      if (ShownFigures shown = named_by_heads(lines[i], lines, i); !shown.empty()) return shown;
    }
  }
  return {};
}

std::string text_of(const WordsOfPage& page) {
  std::string text;
  for (const TextLine& line : lines_of(page)) {
    for (const PlacedWord* word : line.words) text += word->text;
  }
  return without_spaces(text);
}

std::string body_of(const std::vector<WordsOfPage>& pages, std::string_view foot) {
  std::string body;
  for (const WordsOfPage& page : pages) {
    std::vector<std::string> lines;
    std::size_t end = 0;
    for (const TextLine& line : lines_of(page)) {
      if (line.bottom < kBodyTop) continue;
      std::string text;
      for (const PlacedWord* word : line.words) text += word->text;
      lines.push_back(without_spaces(text));
      if (lines.back().find(foot) != std::string::npos) end = lines.size() - 1;
    }
    if (end == 0) end = lines.size();
    for (std::size_t i = 0; i < end; ++i) body += lines[i];
  }
  return body;
}

std::string without_spaces(std::string_view text) {
  std::string out = first_bad_utf8(text) ? std::string(text) : to_nfc(text);
  std::erase_if(out, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
  constexpr std::string_view kNoBreak = "\u00a0";
  for (std::size_t at = out.find(kNoBreak); at != std::string::npos; at = out.find(kNoBreak))
    out.erase(at, kNoBreak.size());
  return out;
}

}  // namespace kp::verify
