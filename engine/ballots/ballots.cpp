#include "ballots/ballots.h"

#include <algorithm>
#include <bit>

#include "base/check.h"

namespace kp {
namespace {

constexpr std::size_t kWordBits = 64;

// Whether the form has a plane for this mark; "none" is what no plane has.
bool has_plane(Mark mark, BallotForm form) {
  return mark != Mark::none && mark_of(letter(mark), form).has_value();
}

}  // namespace

Ballots::Ballots(BallotForm form, std::size_t rows)
    : form_(form), rows_(rows), words_(std::bit_ceil((rows + kWordBits - 1) / kWordBits)) {}

void Ballots::append(std::uint32_t number, std::string_view marks, Flags flags) {
  KP_ASSERT(numbers_.empty() || numbers_.back() < number);
  numbers_.push_back(number);
  flags_.push_back(flags);
  for (std::size_t i = 0; i < kMarkCount; ++i) {
    if (has_plane(static_cast<Mark>(i), form_)) planes_[i].resize(planes_[i].size() + words_);
  }
  put_marks(numbers_.size() - 1, marks);
}

void Ballots::put_marks(std::size_t index, std::string_view marks) {
  KP_ASSERT(marks.size() == rows_);
  for (std::size_t row = 0; row < rows_; ++row) {
    const std::optional<Mark> mark = mark_of(marks[row], form_);
    KP_ASSERT(mark.has_value());
    if (*mark == Mark::none) continue;
    planes_[static_cast<std::size_t>(*mark)][index * words_ + row / kWordBits] |= std::uint64_t{1}
                                                                                  << (row % kWordBits);
  }
}

std::span<const std::uint64_t> Ballots::words(Mark mark, std::size_t index) const {
  return plane(mark).subspan(index * words_, words_);
}

std::string Ballots::marks(std::size_t index) const {
  std::string text(rows_, letter(Mark::none));
  for (std::size_t i = 0; i < kMarkCount; ++i) {
    if (planes_[i].empty()) continue;
    const std::span<const std::uint64_t> bits = words(static_cast<Mark>(i), index);
    for (std::size_t row = 0; row < rows_; ++row) {
      if ((bits[row / kWordBits] >> (row % kWordBits) & 1U) != 0) text[row] = letter(static_cast<Mark>(i));
    }
  }
  return text;
}

std::size_t Ballots::find(std::uint32_t number) const {
  const auto it = std::lower_bound(numbers_.begin(), numbers_.end(), number);
  return it != numbers_.end() && *it == number ? static_cast<std::size_t>(it - numbers_.begin()) : size();
}

Ballots Ballots::with(std::span<const Edit> edits) const {
  Ballots edited = *this;
  for (const Edit& edit : edits) {
    const std::size_t index = find(edit.ballot);
    if (index == size()) continue;
    for (std::vector<std::uint64_t>& plane : edited.planes_) {
      if (!plane.empty())
        std::fill_n(plane.begin() + static_cast<std::ptrdiff_t>(index * words_), words_, 0U);
    }
    edited.put_marks(index, edit.marks);
    edited.flags_[index] = edit.flags;
  }
  return edited;
}

}  // namespace kp
