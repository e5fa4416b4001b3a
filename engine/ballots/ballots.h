// The ballots of one bundle as bit planes.
//
// For each kind of mark one plane: ballot after ballot, a fixed number of 64-bit words (a power of two), bit
// r of it set when row r (counted from 0) bears that mark. Every row of every ballot has exactly one mark, so
// "none" needs no plane. The layout is what the tally kernels read.
//
// A value: it is filled by append in ascending order of ballot numbers and not changed after that; a
// correction or a ruling makes a new one.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ballots/marks.h"

namespace kp {

/// Another reading of one ballot.
struct Edit {
  std::uint32_t ballot = 0;
  std::string marks;  ///< one letter a row, all of them letters of the form
  Flags flags;
};

/// What a bundle is made of, column by column; the planes as the file's head describes them.
struct BallotColumns {
  std::vector<std::uint32_t> numbers;
  std::vector<Flags> flags;
  std::array<std::vector<std::uint64_t>, kMarkCount> planes;

  bool operator==(const BallotColumns&) const = default;
};

class Ballots {
 public:
  Ballots(BallotForm form, std::size_t rows);

  /// Purpose: whole columns at once, for those who fill them faster than append does.
  /// In: a bundle of this form, as append would have made it; only its columns' lengths are looked at.
  static Ballots of_columns(BallotForm form, std::size_t rows, BallotColumns columns);

  /// Purpose: adds a ballot.
  /// In: `number` greater than the last one; `marks` one letter a row, all of them letters of the form.
  void append(std::uint32_t number, std::string_view marks, Flags flags);

  [[nodiscard]] BallotForm form() const { return form_; }
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t size() const { return columns_.numbers.size(); }
  [[nodiscard]] std::size_t words_per_ballot() const { return words_; }

  [[nodiscard]] std::span<const std::uint32_t> numbers() const { return columns_.numbers; }
  [[nodiscard]] std::span<const Flags> flags() const { return columns_.flags; }
  [[nodiscard]] Flags flags(std::size_t index) const { return columns_.flags[index]; }
  /// The plane of `mark`: size() × words_per_ballot() words, or none when the form has no such mark.
  [[nodiscard]] std::span<const std::uint64_t> plane(Mark mark) const {
    return columns_.planes[static_cast<std::size_t>(mark)];
  }
  /// The words of one ballot in the plane of `mark`.
  [[nodiscard]] std::span<const std::uint64_t> words(Mark mark, std::size_t index) const;

  /// Purpose: the marks of a ballot as they stand in a CSV line.
  [[nodiscard]] std::string marks(std::size_t index) const;
  /// Purpose: the index of the ballot with this number, or size() when there is none. Cost: logarithmic.
  [[nodiscard]] std::size_t find(std::uint32_t number) const;

  /// Purpose: these ballots with some of them read anew; edits of ballots that are not here are passed over.
  [[nodiscard]] Ballots with(std::span<const Edit> edits) const;

  bool operator==(const Ballots&) const = default;

 private:
  [[nodiscard]] bool lengths_fit(const BallotColumns& columns) const;
  void put_marks(std::size_t index, std::string_view marks);

  BallotForm form_;
  std::size_t rows_;
  std::size_t words_;
  BallotColumns columns_;
};

/// Purpose: how many words a ballot of so many rows takes in a plane.
std::size_t words_for(std::size_t rows);

/// Purpose: whether ballots of this form have a plane for this mark; "none" is what no plane has.
constexpr bool has_plane(Mark mark, BallotForm form) {
  return mark != Mark::none && mark_of(letter(mark), form).has_value();
}

/// The greatest number of a ballot.
inline constexpr std::uint32_t kMostBallotNumber = 999'999'999;

}  // namespace kp
