#include "intake/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "base/text.h"
#include "intake/csv_by_shape.h"

namespace kp {
namespace {

constexpr std::size_t kMostFindings = 20;
constexpr std::size_t kMostNumberDigits = 9;

/// A field of a line, with the column (from 1) it starts in.
struct Field {
  std::string_view text;
  std::size_t column = 1;
};

using Fields = std::array<Field, 3>;

struct Line {
  std::string_view text;  // without its line end
  std::size_t number = 1;
};

/// Takes lines off the front of a text.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  std::optional<Line> next() {
    if (rest_.empty()) return std::nullopt;
    const std::size_t end = rest_.find('\n');
    std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return Line{line, ++number_};
  }

 private:
  std::string_view rest_;
  std::size_t number_ = 0;
};

class Parser {
 public:
  Parser(const std::string& file, const BundleShape& shape) : file_(file), shape_(shape) {}

  Result<Ballots> run(std::string_view bytes) && {
    if (bytes.empty()) return finding(Code::csv_empty, file_ + ":1:1");
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    Lines lines(bytes);
    read_header(lines.next());
    std::size_t blank = 0;  // the first blank line, 0 while there is none
    while (const std::optional<Line> line = lines.next()) {
      if (line->text.empty()) {
        if (blank == 0) blank = line->number;
        continue;
      }
      if (blank != 0) {
        note(Code::csv_blank_line, blank, 1);
        blank = 0;
      }
      read_ballot(*line);
    }
    if (read_.empty() && findings_.empty()) return finding(Code::csv_no_ballots, file_ + ":1:1");
    sort_ballots();
    if (passed_over_ > 0) {
      findings_.push_back(finding(Code::findings_more, file_, {std::to_string(passed_over_)}));
    }
    if (!findings_.empty()) return std::move(findings_);
    return collect();
  }

 private:
  struct Ballot {
    std::uint32_t number = 0;
    std::size_t line = 0;
    std::string_view marks;
    Flags flags;
  };

  void note(Code code, std::size_t line, std::size_t column, Args args = {}) {
    if (findings_.size() >= kMostFindings) {
      ++passed_over_;
      return;
    }
    findings_.push_back(finding(code, fmt::format("{}:{}:{}", file_, line, column), std::move(args)));
  }

  // Splits a line into its three fields, or says what is wrong with it.
  bool split(const Line& line, Fields& fields) {
    const std::size_t most = shape_.rows + kMostAroundMarks;
    if (line.text.size() > most) {
      note(Code::csv_line_too_long, line.number, most + 1, {std::to_string(most)});
      return false;
    }
    if (const auto bad = first_bad_utf8(line.text)) {
      note(Code::csv_utf8, line.number, *bad + 1);
      return false;
    }
    std::size_t at = 0;
    std::size_t count = 0;
    while (true) {
      const std::size_t start = at;
      std::string_view text;
      if (at < line.text.size() && line.text[at] == '"') {
        const std::size_t close = line.text.find('"', at + 1);
        const std::size_t after = close + 1;
        if (close == std::string_view::npos || (after < line.text.size() && line.text[after] != ',')) {
          note(Code::csv_quote, line.number, at + 1);
          return false;
        }
        text = line.text.substr(at + 1, close - at - 1);
        at = after;
      } else {
        at = std::min(line.text.find(',', at), line.text.size());
        text = line.text.substr(start, at - start);
      }
      if (count < fields.size()) fields[count] = {text, start + 1};
      ++count;
      if (at == line.text.size()) break;
      ++at;  // the comma
    }
    if (count != fields.size()) {
      note(Code::csv_fields, line.number, 1, {std::to_string(count)});
      return false;
    }
    return true;
  }

  void read_header(const std::optional<Line>& line) {
    Fields fields;
    if (line && !line->text.empty()) {
      if (!split(*line, fields)) return;
      if (fields[0].text == "ballot" && fields[1].text == "marks" && fields[2].text == "flags") return;
    }
    note(Code::csv_header, 1, 1);
  }

  void read_ballot(const Line& line) {
    Fields fields;
    if (!split(line, fields)) return;
    const std::optional<std::uint32_t> number = read_number(line, fields[0]);
    const bool marks = check_marks(line, fields[1]);
    const std::optional<Flags> flags = read_flags(line, fields[2]);
    if (number && marks && flags) read_.push_back({*number, line.number, fields[1].text, *flags});
  }

  std::optional<std::uint32_t> read_number(const Line& line, const Field& field) {
    const std::string_view text = field.text;
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    if (whole && text.front() != '0' && text.size() <= kMostNumberDigits) return number;
    note(Code::csv_ballot_number, line.number, field.column);
    return std::nullopt;
  }

  bool check_marks(const Line& line, const Field& field) {
    // A spreadsheet that was told to quote may quote anything; a letter is counted, not a byte.
    if (field.text.size() != shape_.rows) {
      note(Code::csv_row_length, line.number, field.column,
           {std::to_string(field.text.size()), std::to_string(shape_.rows)});
      return false;
    }
    bool good = true;
    for (std::size_t row = 0; row < field.text.size(); ++row) {
      if (mark_of(field.text[row], shape_.form)) continue;
      note(Code::csv_mark, line.number, field.column + row, {std::to_string(row + 1), allowed_letters()});
      good = false;
      break;
    }
    return good;
  }

  std::optional<Flags> read_flags(const Line& line, const Field& field) {
    Flags flags;
    FlagFault fault;
    if (parse_flags(field.text, flags, fault)) return flags;
    note(fault.repeated ? Code::csv_flag_repeated : Code::csv_flag, line.number, field.column, {fault.word});
    return std::nullopt;
  }

  [[nodiscard]] std::string allowed_letters() const {
    std::string letters;
    for (std::size_t i = 0; i < kMarkCount; ++i) {
      const char c = letter(static_cast<Mark>(i));
      if (mark_of(c, shape_.form)) letters += std::string(letters.empty() ? "" : " ") + c;
    }
    return letters;
  }

  void sort_ballots() {
    std::stable_sort(read_.begin(), read_.end(),
                     [](const Ballot& a, const Ballot& b) { return a.number < b.number; });
    for (std::size_t i = 1; i < read_.size(); ++i) {
      if (read_[i - 1].number == read_[i].number) {
        note(Code::csv_duplicate_ballot, read_[i].line, 1,
             {std::to_string(read_[i].number), std::to_string(read_[i - 1].line)});
      }
    }
  }

  [[nodiscard]] Ballots collect() const {
    Ballots ballots(shape_.form, shape_.rows);
    for (const Ballot& ballot : read_) ballots.append(ballot.number, ballot.marks, ballot.flags);
    return ballots;
  }

  const std::string& file_;
  const BundleShape& shape_;
  std::vector<Ballot> read_;
  Findings findings_;
  std::size_t passed_over_ = 0;
};

}  // namespace

Result<Ballots> parse_carefully(std::string_view bytes, const std::string& file, const BundleShape& shape) {
  return Parser(file, shape).run(bytes);
}

Result<Ballots> parse_ballots(std::string_view bytes, const std::string& file, const BundleShape& shape) {
  if (std::optional<Ballots> ballots = parse_by_shape(bytes, shape)) return *std::move(ballots);
  return parse_carefully(bytes, file, shape);
}

}  // namespace kp
