#include "intake/csv_by_shape.h"

#include <algorithm>
#include <bit>
#include <string>
#include <utility>

#include "intake/plain_lines.h"

namespace kp {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kMostReserved = std::size_t{1} << 16U;  // ballots

/// Reads the lines below the header: runs of plain ones by the chosen version, the others one by one.
class ShapeReader {
 public:
  ShapeReader(const BundleShape& shape, Instructions instructions)
      : shape_(shape), take_plain_lines_(take_plain_lines(shape.form, instructions)) {
    lines_.rows = shape.rows;
    lines_.words = words_for(shape.rows);
  }

  std::optional<Ballots> read(std::string_view text) && {
    // No line is shorter than one digit, the marks, two commas and LF.
    make_room(std::min(text.size() / (shape_.rows + 4) + 1, kMostReserved));
    const char* const end = text.data() + text.size();
    lines_.at = text.data();
    lines_.stop = end - std::min(text.size(), plain_line_reach(shape_.rows));
    while (lines_.at != end) {
      take_plain_lines_(lines_);
      if (lines_.at == end) break;
      if (lines_.taken == lines_.room) make_room(2 * lines_.room);
      if (!take_line({lines_.at, end})) return std::nullopt;
    }
    make_room(lines_.taken);
    return Ballots::of_columns(shape_.form, shape_.rows, std::move(columns_));
  }

 private:
  // Columns for so many ballots; those taken stay.
  void make_room(std::size_t ballots) {
    columns_.numbers.resize(ballots);
    columns_.flags.resize(ballots);
    lines_.numbers = columns_.numbers.data();
    for (std::size_t i = 0; i < kMarkCount; ++i) {
      if (!has_plane(static_cast<Mark>(i), shape_.form)) continue;
      columns_.planes[i].resize(ballots * lines_.words);
      lines_.planes[i] = columns_.planes[i].data();
    }
    lines_.room = ballots;
  }

  // The first line of `text`, which has flags or is too near the end of the file: without its flags, in a
  // place of its own, it is plain. Returns: whether it was taken.
  bool take_line(std::string_view text) {
    std::string_view line = text.substr(0, text.find('\n'));
    const std::size_t length = std::min(line.size() + 1, text.size());
    if (line.size() > shape_.rows + kMostAroundMarks) return false;
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::size_t comma = line.rfind(',');
    if (comma == std::string_view::npos) return false;
    FlagFault fault;
    if (!parse_flags(line.substr(comma + 1), columns_.flags[lines_.taken], fault)) return false;
    plain_line_.assign(line.substr(0, comma)).append(",\n");
    plain_line_.append(plain_line_reach(shape_.rows), '\0');
    PlainLines one = lines_;
    one.at = plain_line_.data();
    one.stop = one.at + 1;
    take_plain_lines_(one);
    if (one.taken == lines_.taken) return false;
    lines_.taken = one.taken;
    lines_.last = one.last;
    lines_.at += length;
    return true;
  }

  BundleShape shape_;
  TakePlainLines take_plain_lines_;
  PlainLines lines_;
  std::string plain_line_;
  BallotColumns columns_;
};

}  // namespace

std::optional<Ballots> parse_by_shape(std::string_view bytes, const BundleShape& shape,
                                      Instructions instructions) {
  if (std::endian::native != std::endian::little) return std::nullopt;
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  if (!bytes.starts_with(kCsvHeader)) return std::nullopt;
  bytes.remove_prefix(kCsvHeader.size());
  if (bytes.starts_with('\r')) bytes.remove_prefix(1);
  if (!bytes.starts_with('\n') || bytes.size() == 1) return std::nullopt;
  bytes.remove_prefix(1);
  return ShapeReader(shape, instructions).read(bytes);
}

}  // namespace kp
