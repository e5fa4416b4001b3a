// What stands on one ballot, and whether the ballot is valid.
//
// The verifier's own reading of formats.md §3 and §6: nothing here is shared with the engine. A mark is one
// character a row; flags are bits; a ruling of the board replaces both. Pure values: no file, no clock, no
// finding.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "contest/congress.h"

namespace kp::verify {

/// What the reader of a ballot observed beside the marks; the board confirms it. Bits of a `flags` byte.
inline constexpr std::uint8_t kFlagNotIssued = 1;
inline constexpr std::uint8_t kFlagOutsideName = 2;
inline constexpr std::uint8_t kFlagSigned = 4;
inline constexpr std::uint8_t kFlagWrittenOn = 8;
inline constexpr std::uint8_t kFlagMarked = 16;

/// Why a ballot is invalid; the first that applies, in this order.
enum class Reason : std::uint8_t {
  not_issued,
  outside_name,
  marked,
  ruled_invalid,
  too_many,
  nobody,
  one_name_box
};
inline constexpr std::size_t kReasons = 7;

/// What a contest's definition says about its ballots, and nothing else of it.
struct BallotRule {
  BallotForm form = BallotForm::strike;
  std::size_t rows = 0;
  std::int64_t seats = 0;
  bool election = false;

  bool operator==(const BallotRule&) const = default;
};

/// What the board concluded on one ballot: its marks, or why it is invalid.
struct Ruling {
  std::string marks;  ///< "" when `invalid` is given
  std::optional<Reason> invalid;

  bool operator==(const Ruling&) const = default;
};

/// One ballot as the count sees it: flags already confirmed, `ruling` null when there is none.
struct Ballot {
  std::string_view marks;
  std::uint8_t flags = 0;
  const Ruling* ruling = nullptr;
};

/// Purpose: the ballot rule of a contest.
BallotRule rule_of(const Contest& contest);

/// Purpose: the number of options a form offers: 1, 2, 3, 4.
std::size_t options_of(BallotForm form);

/// Purpose: whether `mark` may stand on a ballot of this form (formats.md §3).
bool is_mark(char mark, BallotForm form);

/// Purpose: whether `marks` is one admissible mark for each row.
bool marks_fit(std::string_view marks, const BallotRule& rule);

/// Purpose: the flags that a text names, separated by `|`, none twice; nothing when it is no such list.
std::optional<std::uint8_t> parse_flags(std::string_view text);

/// Purpose: why a ballot with these marks and confirmed flags is invalid; nothing when it is valid.
/// In: `marks` that fit `rule`.
/// Rules: formats.md §6; 17(2) of 244, 15(2) of 190.
std::optional<Reason> judge(const BallotRule& rule, std::string_view marks, std::uint8_t flags);

/// Purpose: the same for a ballot with its ruling: `invalid` is its reason, `marks` replace marks and flags.
std::optional<Reason> judge(const BallotRule& rule, const Ballot& ballot);

/// Purpose: the word that stands for a reason in files, and back.
std::string_view word(Reason reason);
std::optional<Reason> reason_named(std::string_view text);

/// Purpose: whether a ruling may give this reason (the others follow from the marks).
bool can_be_ruled(Reason reason);

}  // namespace kp::verify
