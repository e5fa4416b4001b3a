// The letters that stand for what a reader saw on a ballot (contract §4). Frozen: files are made of them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "contest/congress.h"

namespace kp {

/// What stands in one row of one ballot.
enum class Mark : std::uint8_t { none, a, b, c, d, several, unreadable };
inline constexpr std::size_t kMarkCount = 7;

/// The most options a form has (rating).
inline constexpr std::size_t kMostOptions = 4;

/// The letters, by Mark.
inline constexpr std::string_view kMarkLetters = ".abcd*?";

/// Purpose: the letter of a mark: . a b c d * ?
constexpr char letter(Mark mark) {
  return kMarkLetters[static_cast<std::size_t>(mark)];
}

/// Purpose: how many options a form offers in a row: strike 1, agree 2, confidence 3, rating 4.
constexpr std::size_t option_count(BallotForm form) {
  return static_cast<std::size_t>(form) + 1;
}

/// Purpose: the mark of a letter under `form`, or nothing when that form has no such mark.
constexpr std::optional<Mark> mark_of(char letter, BallotForm form) {
  const std::size_t index = kMarkLetters.find(letter);
  if (index == std::string_view::npos) return std::nullopt;
  const Mark mark = static_cast<Mark>(index);
  if (mark == Mark::none || mark == Mark::unreadable) return mark;
  if (mark == Mark::several) return form == BallotForm::strike ? std::nullopt : std::optional(mark);
  return index <= option_count(form) ? std::optional(mark) : std::nullopt;
}

/// A reader's observations about a whole ballot, and the ruling that makes it invalid outright.
/// An observation is the reader's until the board confirms it.
enum class Flag : std::uint8_t {
  not_issued,
  outside_name,
  signed_by_voter,
  written_on,
  marked,
  ruled_invalid
};
inline constexpr std::size_t kFlagCount = 6;

/// A set of flags.
class Flags {
 public:
  constexpr Flags() = default;
  constexpr explicit Flags(Flag flag) { insert(flag); }

  constexpr void insert(Flag flag) { bits_ = static_cast<std::uint8_t>(bits_ | bit(flag)); }
  [[nodiscard]] constexpr bool has(Flag flag) const { return (bits_ & bit(flag)) != 0; }
  [[nodiscard]] constexpr bool none() const { return bits_ == 0; }
  constexpr bool operator==(const Flags&) const = default;

 private:
  static constexpr std::uint8_t bit(Flag flag) {
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(flag));
  }
  std::uint8_t bits_ = 0;
};

/// Purpose: the word of a flag in files; ruled_invalid has one too ("ruled-invalid") but only rulings use it.
std::string_view word(Flag flag);
Text spoken(Flag flag);

/// Purpose: the flags field of a CSV line, "signed|written-on". Order as in the enumeration.
std::string to_text(Flags flags);

/// Why a flags field was refused: the word that is no flag, or the flag that stands twice.
struct FlagFault {
  std::string word;
  bool repeated = false;
};

/// Purpose: reads a flags field.
/// Returns: true and `flags` filled, or false and `fault` filled.
bool parse_flags(std::string_view field, Flags& flags, FlagFault& fault);

/// Purpose: the words for all of `flags`, with commas between them.
std::string spoken(Flags flags, Language language);

}  // namespace kp
