#include "verify/bundle_parser.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace kp::verify {
namespace {

constexpr std::size_t kLineAllowance = 128;
constexpr std::size_t kMostNumberDigits = 9;
constexpr std::string_view kHeader = "ballot,marks,flags";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The number of a ballot, [1-9][0-9]{0,8}, or 0.
std::uint32_t ballot_number(std::string_view text) {
  if (text.empty() || text.size() > kMostNumberDigits || text.front() == '0') return 0;
  std::uint32_t number = 0;
  for (const char c : text) {
    if (c < '0' || '9' < c) return 0;
    number = 10 * number + static_cast<std::uint32_t>(c - '0');
  }
  return number;
}

// The fields of one line, unquoted; nothing when the quotes are not as RFC 4180 has them or there are not
// three.
std::optional<std::array<std::string, 3>> fields_of(std::string_view line) {
  std::array<std::string, 3> fields;
  std::size_t at = 0;
  for (std::size_t f = 0; f < fields.size(); ++f) {
    if (at < line.size() && line[at] == '"') {
      for (++at;; ++at) {
        if (at >= line.size()) return std::nullopt;
        if (line[at] == '"' && (++at >= line.size() || line[at] != '"')) break;
        fields[f].push_back(line[at]);
      }
    } else {
      while (at < line.size() && line[at] != ',' && line[at] != '"') fields[f].push_back(line[at++]);
    }
    const bool last = f + 1 == fields.size();
    if (last ? at != line.size() : at >= line.size() || line[at] != ',') return std::nullopt;
    ++at;
  }
  return fields;
}

}  // namespace

BundleParser::BundleParser(const ReadingTask& task) : task_(task), planes_(task.rule) {
  facts_.rule = task.rule;
  facts_.rest = no_counts(task.rule.rows);
  if (task_.apart == nullptr) task_.apart = std::make_shared<const std::vector<std::uint32_t>>();
  facts_.apart.resize(task_.apart->size());
}

bool BundleParser::fail(Code code, Args args) {
  if (!fault_) fault_ = BundleFault{code, line_, std::move(args)};
  return false;
}

bool BundleParser::feed(std::string_view bytes) {
  const std::size_t most = task_.rule.rows + kLineAllowance;
  while (!fault_ && !bytes.empty()) {
    if (carried_.empty()) {
      bytes.remove_prefix(take_plain_ballots(bytes));
      if (fault_ || bytes.empty()) break;
    }
    const std::size_t end = bytes.find('\n');
    const std::size_t length = std::min(end, bytes.size());
    // One byte more for the CR of a line that is just as long as it may be.
    if (carried_.size() + length > most + 1) {
      ++line_;
      return fail(Code::verify_bundle_line_too_long, {std::to_string(most)});
    }
    if (end == std::string_view::npos) {
      carried_.append(bytes);
      break;
    }
    if (carried_.empty()) {
      take_line(bytes.substr(0, end));
    } else {
      carried_.append(bytes.substr(0, end));
      const std::string whole = std::move(carried_);
      carried_.clear();
      take_line(whole);
    }
    bytes.remove_prefix(end + 1);
  }
  return !fault_;
}

// As many lines as are of the plain shape `12,..a,` + LF or CR LF and stand whole in `bytes`; everything else
// is left to take_line, which is slower and names faults.
std::size_t BundleParser::take_plain_ballots(std::string_view bytes) {
  const std::size_t rows = task_.rule.rows;
  const std::size_t longest = kMostNumberDigits + rows + 4;
  std::size_t at = 0;
  while (line_ > 0 && !blank_seen_ && bytes.size() - at >= longest) {
    const char* line = bytes.data() + at;
    std::size_t digits = 0;
    std::uint32_t number = 0;
    while (digits < kMostNumberDigits && '0' <= line[digits] && line[digits] <= '9') {
      number = 10 * number + static_cast<std::uint32_t>(line[digits++] - '0');
    }
    const char* marks = line + digits + 1;
    if (digits == 0 || line[0] == '0' || line[digits] != ',' || marks[rows] != ',') break;
    const std::size_t line_end = marks[rows + 1] == '\r' ? 2 : 1;
    if (marks[rows + line_end] != '\n') break;
    const std::string_view given(marks, rows);
    const MarkScan scan = planes_.look(given);
    if (!scan.admissible) break;  // a comma or a quote may stand there and make another line of it
    ++line_;
    take_ballot(number, given, 0, scan);
    at += digits + rows + 2 + line_end;
  }
  return at;
}

bool BundleParser::take_line(std::string_view line) {
  ++line_;
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.size() > task_.rule.rows + kLineAllowance) {
    return fail(Code::verify_bundle_line_too_long, {std::to_string(task_.rule.rows + kLineAllowance)});
  }
  if (line_ == 1) return take_header(line);
  if (line.empty()) {
    blank_seen_ = true;
    return true;
  }
  if (blank_seen_) return fail(Code::verify_bundle_blank_line);
  return take_ballot_line(line);
}

bool BundleParser::take_header(std::string_view line) {
  if (line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
  if (line == kHeader) return true;
  const auto fields = fields_of(line);
  const bool quoted =
      fields && (*fields)[0] == "ballot" && (*fields)[1] == "marks" && (*fields)[2] == "flags";
  return quoted || fail(Code::verify_bundle_header);
}

bool BundleParser::take_ballot_line(std::string_view line) {
  const auto fields = fields_of(line);
  if (!fields) return fail(Code::verify_bundle_fields);
  const std::uint32_t number = ballot_number((*fields)[0]);
  if (number == 0) return fail(Code::verify_bundle_number);
  const std::optional<std::uint8_t> flags = parse_flags((*fields)[2]);
  if (!flags) return fail(Code::verify_bundle_flags);
  if ((*fields)[1].size() != task_.rule.rows) {
    return fail(Code::verify_bundle_marks_length,
                {std::to_string((*fields)[1].size()), std::to_string(task_.rule.rows)});
  }
  const MarkScan scan = planes_.look((*fields)[1]);
  if (!scan.admissible) return fail(Code::verify_bundle_mark, {std::string(word(task_.rule.form))});
  take_ballot(number, (*fields)[1], *flags, scan);
  return true;
}

void BundleParser::take_ballot(std::uint32_t number, std::string_view marks, std::uint8_t flags,
                               const MarkScan& scan) {
  ascending_ = ascending_ && (numbers_.empty() || numbers_.back() < number);
  numbers_.push_back(number);
  ++facts_.ballots;
  if (!task_.apart->empty() && take_apart(number, marks, flags)) return;
  if (task_.compare) keep_for_comparison(number, marks, flags);
  if (flags != 0) ++facts_.rest_flagged;
  if (scan.unreadable) {
    facts_.rest_unreadable = true;
    return;
  }
  std::optional<Reason> invalid;
  if (flags != 0 || !planes_.show_validity(scan)) invalid = judge(task_.rule, marks, flags);
  if (invalid) {
    ++facts_.rest.invalid[static_cast<std::size_t>(*invalid)];
  } else {
    planes_.add(marks);
  }
}

// Whether the ballot is one of those set apart, which are kept as they are.
bool BundleParser::take_apart(std::uint32_t number, std::string_view marks, std::uint8_t flags) {
  const std::vector<std::uint32_t>& apart = *task_.apart;
  while (ascending_ && next_apart_ < apart.size() && apart[next_apart_] < number) ++next_apart_;
  const auto it = ascending_ ? apart.begin() + static_cast<std::ptrdiff_t>(next_apart_)
                             : std::lower_bound(apart.begin(), apart.end(), number);
  if (it == apart.end() || *it != number) return false;
  facts_.apart[static_cast<std::size_t>(it - apart.begin())] = Reading{std::string(marks), flags};
  return true;
}

void BundleParser::keep_for_comparison(std::uint32_t number, std::string_view marks, std::uint8_t flags) {
  for (const unsigned shift : {24U, 16U, 8U, 0U})
    kept_.push_back(static_cast<char>((number >> shift) & 0xFFU));
  kept_.append(marks);
  kept_.push_back(static_cast<char>(flags));
  if (flags != 0) facts_.rest_flagged_ballots.push_back(number);
}

bool BundleParser::finish() {
  if (!fault_ && !carried_.empty()) {
    const std::string last = std::move(carried_);
    carried_.clear();
    take_line(last);
  }
  if (!fault_ && line_ == 0) fail(Code::verify_bundle_header);
  if (!fault_ && facts_.ballots == 0) fail(Code::verify_bundle_no_ballots);
  if (!fault_ && !numbers_are_unique()) return false;
  if (fault_) return false;
  planes_.settle(facts_.rest);
  if (task_.compare) digest_rest();
  return true;
}

bool BundleParser::numbers_are_unique() {
  if (ascending_) return true;
  std::sort(numbers_.begin(), numbers_.end());
  const auto twice = std::adjacent_find(numbers_.begin(), numbers_.end());
  if (twice == numbers_.end()) return true;
  line_ = 0;
  return fail(Code::verify_bundle_twice, {std::to_string(*twice)});
}

void BundleParser::digest_rest() {
  std::sort(facts_.rest_flagged_ballots.begin(), facts_.rest_flagged_ballots.end());
  const std::size_t width = task_.rule.rows + 5;
  if (!ascending_) {
    // Big-endian numbers come first in each copy: sorting the copies sorts the ballots.
    std::vector<std::size_t> order(kept_.size() / width);
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto copy = [&](std::size_t i) { return std::string_view(kept_).substr(i * width, width); };
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return copy(a) < copy(b); });
    std::string sorted;
    sorted.reserve(kept_.size());
    for (const std::size_t i : order) sorted.append(copy(i));
    kept_ = std::move(sorted);
  }
  facts_.rest_digest = sha256(kept_);
  kept_ = {};
}

}  // namespace kp::verify
