#include "intake/totals.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "intake/table.h"

namespace kp {
namespace {

constexpr std::size_t kMostDigits = 9;

std::optional<std::int64_t> number_in(const std::string& cell) {
  const bool digits = !cell.empty() && cell.size() <= kMostDigits &&
                      cell.find_first_not_of("0123456789") == std::string::npos;
  return digits ? std::optional(std::stoll(cell)) : std::nullopt;
}

/// Reads a table line by line into one tally.
class Reader {
 public:
  Reader(const Contest& contest, const std::string& file)
      : contest_(contest),
        file_(file),
        columns_(tally_columns(contest.ballot)),
        reasons_(possible_reasons(contest)),
        seen_(kVerdictCount + contest.rows.size()) {
    columns_.insert(columns_.begin(), "no");
    tally_.rows.resize(contest.rows.size());
  }

  // Whether the head has every column once, and no other but the name.
  bool take_head(const std::vector<std::string>& head) {
    places_.clear();
    for (const std::string& column : columns_) {
      const auto at = std::find(head.begin(), head.end(), column);
      if (at != head.end()) places_.push_back(static_cast<std::size_t>(at - head.begin()));
    }
    const auto names = static_cast<std::size_t>(std::count(head.begin(), head.end(), "name"));
    return places_.size() == columns_.size() && head.size() == columns_.size() + names;
  }

  void take(const TableLine& line) {
    if (!take_cells(line.cells)) findings_.push_back(wrong(line.number));
  }

  Result<HandTally> finish() && {
    if (findings_.empty()) {
      if (!seen_[0]) missing("valid");
      for (std::size_t row = 0; row < contest_.rows.size(); ++row) {
        if (!seen_[kVerdictCount + row]) missing(std::to_string(row + 1));
      }
    }
    if (!findings_.empty()) return findings_;
    return std::move(tally_);
  }

  [[nodiscard]] Finding wrong(std::size_t line) const {
    std::string reasons;
    for (const Verdict reason : reasons_)
      reasons += (reasons.empty() ? "" : ", ") + std::string(word(reason));
    return finding(Code::hand_line, fmt::format("{}:{}", file_, line),
                   {fmt::format("{}", fmt::join(columns_, ",")), reasons});
  }

 private:
  bool take_cells(const std::vector<std::string>& cells) {
    const auto cell = [&](std::size_t column) {
      return places_[column] < cells.size() ? cells[places_[column]] : std::string();
    };
    const std::string key = cell(0);
    std::vector<std::int64_t> figures;
    for (std::size_t column = 1; column < columns_.size(); ++column) {
      const std::optional<std::int64_t> figure = number_in(cell(column));
      if (figure) figures.push_back(*figure);
      // Of ballots there is one figure, and nothing behind it.
      if (!figure && (figures.empty() || !cell(column).empty())) return false;
    }
    const std::optional<std::int64_t> no = number_in(key);
    if (no) {
      if (*no < 1 || *no > static_cast<std::int64_t>(contest_.rows.size()) ||
          figures.size() + 1 != columns_.size())
        return false;
      tally_.rows[static_cast<std::size_t>(*no - 1)] = figures;
      return see(kVerdictCount + static_cast<std::size_t>(*no - 1));
    }
    if (figures.size() != 1) return false;
    if (key == word(Verdict::valid)) {
      tally_.valid = figures[0];
      return see(0);
    }
    const auto reason =
        std::find_if(reasons_.begin(), reasons_.end(), [&](Verdict verdict) { return word(verdict) == key; });
    if (reason == reasons_.end()) return false;
    tally_.invalid_by[static_cast<std::size_t>(*reason)] = figures[0];
    return see(static_cast<std::size_t>(*reason));
  }

  bool see(std::size_t line) {
    const bool first = !seen_[line];
    seen_[line] = true;
    return first;
  }

  void missing(const std::string& line) {
    findings_.push_back(finding(Code::hand_line_missing, file_, {line}));
  }

  const Contest& contest_;
  const std::string& file_;
  std::vector<std::string> columns_;
  std::vector<Verdict> reasons_;
  std::vector<bool> seen_;  ///< by verdict, then by row
  std::vector<std::size_t> places_;
  HandTally tally_;
  Findings findings_;
};

}  // namespace

Result<HandTally> parse_totals(std::string_view bytes, const std::string& file, const Contest& contest) {
  if (Done text = check_table_text(bytes, file); !text) return text.findings();
  Reader reader(contest, file);
  for (const char separator : {',', ';', '\t'}) {
    const Result<std::vector<TableLine>> lines = parse_table(bytes, file, separator);
    if (!lines) return lines.findings();
    if (lines->empty() || !reader.take_head(lines->front().cells)) continue;
    for (std::size_t i = 1; i < lines->size(); ++i) reader.take((*lines)[i]);
    return std::move(reader).finish();
  }
  return reader.wrong(1);
}

}  // namespace kp
