#include "keying/typed_ballot.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "base/text.h"

namespace kp {
namespace {

constexpr std::string_view kFlagKeys = "pnkvr";  // in the order of Flag; the last flag is for rulings only
constexpr std::string_view kMarkKeys = ".abcd*?";
constexpr std::string_view kSpaces = " ,;+\t";
constexpr char kOnly = '/';
constexpr char kTo = '-';

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_among(char c, std::string_view characters) {
  return characters.find(c) != std::string_view::npos;
}

std::size_t digits_of(std::size_t number) {
  return std::to_string(number).size();
}

// The mark of a number without a letter; nothing where a level must be named.
std::optional<char> plain_mark(BallotForm form) {
  if (form == BallotForm::strike) return letter(Mark::none);
  return form == BallotForm::agree ? std::optional(letter(Mark::b)) : std::nullopt;
}

/// Reads one line from left to right.
class Line {
 public:
  Line(std::string_view text, const BundleShape& shape)
      : text_(text), shape_(shape), plain_(plain_mark(shape.form)) {
    ballot_.marks.assign(shape.rows, letter(Mark::a));
    std::transform(text_.begin(), text_.end(), text_.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
  }

  Result<KeyedBallot> run() && {
    skip_spaces();
    if (auto fault = take_whole_ballot()) return std::move(*fault);
    for (skip_spaces(); at_ < text_.size(); skip_spaces()) {
      const char c = text_[at_];
      const std::optional<Finding> fault = is_digit(c)              ? take_numbers()
                                           : is_among(c, kFlagKeys) ? take_flag()
                                                                    : std::optional(foreign_character());
      if (fault) return *fault;
    }
    return std::move(ballot_);
  }

 private:
  [[nodiscard]] bool ends_at(std::size_t at) const {
    return at >= text_.size() || is_among(text_[at], kSpaces);
  }

  void skip_spaces() {
    while (at_ < text_.size() && is_among(text_[at_], kSpaces)) ++at_;
  }

  // A mark that stands alone in front is that of every row; "/" leaves only the names that follow.
  std::optional<Finding> take_whole_ballot() {
    if (at_ >= text_.size()) return std::nullopt;
    const char c = text_[at_];
    if (c == kOnly && shape_.form == BallotForm::strike) {
      ballot_.marks.assign(shape_.rows, letter(Mark::none));
      plain_ = letter(Mark::a);
      ++at_;
    } else if (is_among(c, kMarkKeys) && ends_at(at_ + 1)) {
      if (!mark_of(c, shape_.form)) return finding(Code::key_mark, {}, {std::string(1, c)});
      ballot_.marks.assign(shape_.rows, c);
      ++at_;
    }
    return std::nullopt;
  }

  std::optional<Finding> take_flag() {
    const auto flag = static_cast<Flag>(kFlagKeys.find(text_[at_]));
    if (ballot_.flags.has(flag)) return finding(Code::key_flag_twice, {}, {std::string(1, text_[at_])});
    ballot_.flags.insert(flag);
    ++at_;
    return std::nullopt;
  }

  // The digits from here on, as the numbers they stand for: one, or several when each has all its digits.
  std::optional<Finding> read_digits(std::vector<std::size_t>& numbers) {
    const std::size_t start = at_;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    const std::string_view run = std::string_view(text_).substr(start, at_ - start);
    const std::size_t width = digits_of(shape_.rows);
    const std::size_t step = run.size() <= width ? run.size() : width;
    if (run.size() % step != 0) {
      return finding(Code::key_digits, {}, {std::string(run), std::to_string(width)});
    }
    for (std::size_t i = 0; i < run.size(); i += step) {
      std::size_t number = 0;
      std::from_chars(run.data() + i, run.data() + i + step, number);
      if (number < 1 || number > shape_.rows) {
        return finding(Code::key_row, {}, {std::string(run.substr(i, step)), std::to_string(shape_.rows)});
      }
      numbers.push_back(number);
    }
    return std::nullopt;
  }

  // "7", "0712", "3-9", each with a mark behind it or the plain one.
  std::optional<Finding> take_numbers() {
    std::vector<std::size_t> numbers;
    if (auto fault = read_digits(numbers)) return fault;
    std::size_t last = numbers.back();
    if (at_ < text_.size() && text_[at_] == kTo) {
      ++at_;
      std::vector<std::size_t> to;
      if (at_ >= text_.size() || !is_digit(text_[at_])) return finding(Code::key_range, {}, {"", ""});
      if (auto fault = read_digits(to)) return fault;
      if (to.size() != 1 || to.front() <= last) {
        return finding(Code::key_range, {}, {std::to_string(last), std::to_string(to.front())});
      }
      last = to.front();
    }
    std::optional<char> mark = plain_;
    const bool written = at_ < text_.size() && is_among(text_[at_], kMarkKeys);
    if (written) mark = text_[at_++];
    if (mark && !mark_of(*mark, shape_.form)) return finding(Code::key_mark, {}, {std::string(1, *mark)});
    // A mark behind a run of numbers is that of the last one.
    for (std::size_t i = 0; i + 1 < numbers.size(); ++i) {
      if (auto fault = put(numbers[i], plain_)) return fault;
    }
    for (std::size_t number = numbers.back(); number <= last; ++number) {
      if (auto fault = put(number, mark)) return fault;
    }
    return std::nullopt;
  }

  std::optional<Finding> put(std::size_t number, std::optional<char> mark) {
    const std::string shown = std::to_string(number);
    if (!mark) return finding(Code::key_level_missing, {}, {shown});
    if (!named_.insert(number).second) return finding(Code::key_row_twice, {}, {shown});
    ballot_.marks[number - 1] = *mark;
    return std::nullopt;
  }

  // Shows the whole character, which may be more than a byte: a letter of a Vietnamese keyboard.
  [[nodiscard]] Finding foreign_character() const {
    std::size_t end = at_ + 1;
    while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0U) == 0x80U) ++end;
    const std::string character = text_.substr(at_, end - at_);
    const bool shown = !first_bad_utf8(character) && !has_hidden_character(character);
    return finding(Code::key_character, {}, {shown ? character : "?"});
  }

  std::string text_;
  BundleShape shape_;
  std::optional<char> plain_;
  std::size_t at_ = 0;
  KeyedBallot ballot_;
  std::set<std::size_t> named_;
};

void add_word(std::string& text, const std::string& word) {
  if (!text.empty()) text.push_back(' ');
  text += word;
}

}  // namespace

Result<KeyedBallot> parse_typed(std::string_view text, const BundleShape& shape) {
  return Line(text, shape).run();
}

std::string typed_text(const KeyedBallot& ballot, BallotForm form) {
  const std::string& marks = ballot.marks;
  const auto left = static_cast<std::size_t>(std::count(marks.begin(), marks.end(), letter(Mark::a)));
  const auto plain = static_cast<std::size_t>(std::count(marks.begin(), marks.end(), plain_mark(form)));
  const bool only = form == BallotForm::strike && left > 0 && left < plain;
  const bool alike = marks.size() > 1 && marks.front() != letter(Mark::a) &&
                     marks.find_first_not_of(marks.front()) == std::string::npos;
  std::string text;
  if (only) text.push_back(kOnly);
  if (alike) text.push_back(marks.front());
  for (std::size_t i = 0; i + 1 < kFlagCount; ++i) {
    if (ballot.flags.has(static_cast<Flag>(i))) add_word(text, std::string(1, kFlagKeys[i]));
  }
  const char unnamed = letter(only ? Mark::none : Mark::a);
  const std::optional<char> unlettered = only ? std::optional(letter(Mark::a)) : plain_mark(form);
  for (std::size_t row = 0; row < marks.size() && !alike; ++row) {
    if (marks[row] == unnamed) continue;
    std::string word = std::to_string(row + 1);
    if (marks[row] != unlettered) word.push_back(marks[row]);
    add_word(text, word);
  }
  return text;
}

KeyedBallot preview_typed(std::string_view text, const BundleShape& shape) {
  for (std::size_t length = text.size();; --length) {
    Result<KeyedBallot> ballot = parse_typed(text.substr(0, length), shape);
    if (ballot) return std::move(ballot).value();
    KP_ASSERT(length > 0);  // nothing at all is always a ballot
  }
}

char key_of(Flag flag) {
  return kFlagKeys[static_cast<std::size_t>(flag)];
}

}  // namespace kp
