#include "ballots/ballots.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <utility>

#include "base/check.h"

namespace kp {
namespace {

constexpr std::size_t kWordBits = 64;

}  // namespace

std::size_t words_for(std::size_t rows) {
  return std::bit_ceil((rows + kWordBits - 1) / kWordBits);
}

Ballots::Ballots(BallotForm form, std::size_t rows) : form_(form), rows_(rows), words_(words_for(rows)) {}

bool Ballots::lengths_fit(const BallotColumns& columns) const {
  const std::size_t size = columns.numbers.size();
  for (std::size_t i = 0; i < kMarkCount; ++i) {
    const std::size_t due = has_plane(static_cast<Mark>(i), form_) ? size * words_ : 0;
    if (columns.planes[i].size() != due) return false;
  }
  return columns.flags.size() == size;
}

Ballots Ballots::of_columns(BallotForm form, std::size_t rows, BallotColumns columns) {
  Ballots ballots(form, rows);
  KP_ASSERT(ballots.lengths_fit(columns));
  ballots.columns_ = std::move(columns);
  return ballots;
}

void Ballots::append(std::uint32_t number, std::string_view marks, Flags flags) {
  KP_ASSERT(columns_.numbers.empty() || columns_.numbers.back() < number);
  columns_.numbers.push_back(number);
  columns_.flags.push_back(flags);
  for (std::size_t i = 0; i < kMarkCount; ++i) {
    if (has_plane(static_cast<Mark>(i), form_)) columns_.planes[i].resize(columns_.planes[i].size() + words_);
  }
  put_marks(columns_.numbers.size() - 1, marks);
}

void Ballots::put_marks(std::size_t index, std::string_view marks) {
  KP_ASSERT(marks.size() == rows_);
  for (std::size_t row = 0; row < rows_; ++row) {
    const std::optional<Mark> mark = mark_of(marks[row], form_);
    KP_ASSERT(mark.has_value());
    if (*mark == Mark::none) continue;
    columns_.planes[static_cast<std::size_t>(*mark)][index * words_ + row / kWordBits] |=
        std::uint64_t{1} << (row % kWordBits);
  }
}

std::span<const std::uint64_t> Ballots::words(Mark mark, std::size_t index) const {
  return plane(mark).subspan(index * words_, words_);
}

std::string Ballots::marks(std::size_t index) const {
  std::string text(rows_, letter(Mark::none));
  for (std::size_t i = 0; i < kMarkCount; ++i) {
    if (columns_.planes[i].empty()) continue;
    const std::span<const std::uint64_t> bits = words(static_cast<Mark>(i), index);
    for (std::size_t row = 0; row < rows_; ++row) {
      if ((bits[row / kWordBits] >> (row % kWordBits) & 1U) != 0) text[row] = letter(static_cast<Mark>(i));
    }
  }
  return text;
}

std::size_t Ballots::find(std::uint32_t number) const {
  const auto it = std::lower_bound(columns_.numbers.begin(), columns_.numbers.end(), number);
  return it != columns_.numbers.end() && *it == number
             ? static_cast<std::size_t>(it - columns_.numbers.begin())
             : size();
}

Ballots Ballots::with(std::span<const Edit> edits) const {
  Ballots edited = *this;
  for (const Edit& edit : edits) {
    const std::size_t index = find(edit.ballot);
    if (index == size()) continue;
    for (std::vector<std::uint64_t>& plane : edited.columns_.planes) {
      if (!plane.empty())
        std::fill_n(plane.begin() + static_cast<std::ptrdiff_t>(index * words_), words_, 0U);
    }
    edited.put_marks(index, edit.marks);
    edited.columns_.flags[index] = edit.flags;
  }
  return edited;
}

}  // namespace kp
