#include "intake/table.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace kp {
namespace {

constexpr std::string_view kUtf8Mark("\xEF\xBB\xBF");

std::string place(const std::string& file, std::string_view bytes, std::size_t at) {
  const std::string_view before = bytes.substr(0, at);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t start = before.rfind('\n');
  return fmt::format("{}:{}:{}", file, line, at - (start == std::string_view::npos ? 0 : start + 1) + 1);
}

/// Cuts one text into lines of cells.
class Cutter {
 public:
  Cutter(std::string_view bytes, char separator) : bytes_(bytes), separator_(separator) {}

  /// Whether every quote that opens a cell is closed; else unclosed() is the line it opens on.
  bool run() {
    while (at_ < bytes_.size()) {
      const char c = bytes_[at_];
      if (c == '"' && tidied(cell_).empty()) {
        if (!take_quoted()) return false;
      } else if (c == separator_) {
        end_cell();
      } else if (c == '\n' || c == '\r') {
        end_line();
        if (c == '\r' && at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '\n') ++at_;
        ++number_;
      } else {
        cell_.push_back(c);
      }
      ++at_;
    }
    end_line();
    return true;
  }

  [[nodiscard]] std::size_t unclosed() const { return line_.number; }
  std::vector<TableLine> lines() && { return std::move(lines_); }

 private:
  // From an opening quote to its closing one.
  bool take_quoted() {
    for (++at_; at_ < bytes_.size(); ++at_) {
      const char c = bytes_[at_];
      if (c == '\n') ++number_;
      if (c == '"') {
        if (at_ + 1 == bytes_.size() || bytes_[at_ + 1] != '"') return true;
        ++at_;
      }
      cell_.push_back(c);
    }
    return false;
  }

  void end_cell() {
    line_.cells.push_back(tidied(to_nfc(cell_)));
    cell_.clear();
  }

  void end_line() {
    end_cell();
    const bool blank = std::all_of(line_.cells.begin(), line_.cells.end(),
                                   [](const std::string& cell) { return cell.empty(); });
    if (!blank) lines_.push_back(std::move(line_));
    line_ = {number_ + 1, {}};
  }

  std::string_view bytes_;
  char separator_;
  std::size_t at_ = 0;
  std::size_t number_ = 1;
  std::string cell_;
  TableLine line_ = {1, {}};
  std::vector<TableLine> lines_;
};

}  // namespace

Done check_table_text(std::string_view bytes, const std::string& file) {
  if (bytes.starts_with(kUtf8Mark)) bytes.remove_prefix(kUtf8Mark.size());
  // A zip (.xlsx, .ods) or the older .xls, given as they are.
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("\xD0\xCF\x11\xE0")) {
    return finding(Code::names_workbook, file);
  }
  const std::size_t bad = std::min(first_bad_utf8(bytes).value_or(bytes.size()), bytes.find('\0'));
  if (bad < bytes.size()) return finding(Code::names_encoding, place(file, bytes, bad));
  if (tidied(bytes).empty()) return finding(Code::names_empty, file);
  return done();
}

Result<std::vector<TableLine>> parse_table(std::string_view bytes, const std::string& file, char separator) {
  if (bytes.starts_with(kUtf8Mark)) bytes.remove_prefix(kUtf8Mark.size());
  Cutter cutter(bytes, separator);
  if (!cutter.run()) return finding(Code::names_quote, fmt::format("{}:{}", file, cutter.unclosed()));
  return std::move(cutter).lines();
}

}  // namespace kp
