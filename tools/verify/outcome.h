// Who is elected, and what the other polls say: formats.md §8, worked out anew from the counts.
//
// Written from the specification alone. An election's standings come from each row's place among the others
// (how many are above, how many are equal), not from walking down the list; flip from the one threshold that
// matters. Pure: the same numbers always give the same decision.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "contest/congress.h"
#include "verify/recount.h"

namespace kp::verify {

/// What was counted in the hall.
struct Box {
  std::int64_t issued = 0;
  std::int64_t returned = 0;
};

/// The base and the line, recomputed: count = summoned − deductions, line = floor(count/2) + 1.
struct Majority {
  std::int64_t summoned = 0;
  std::int64_t deductions = 0;
  std::int64_t count = 0;
  std::int64_t line = 0;
};

enum class Outcome : std::uint8_t { filled, brief, tied, exhausted, nullified, done };
enum class Action : std::uint8_t { none, revote, vote_again, presiding_body_decides, superior_appoints };
enum class Standing : std::uint8_t {
  elected,
  tied,
  not_elected,
  listed,
  dropped,
  not_supported,
  stays,
  withdrawn
};
enum class Band : std::uint8_t { none, low_over_half, low_two_thirds, excellent, good, satisfactory, failed };

/// What follows for one row; which of these a result shows depends on the question (§9).
struct RowDecision {
  std::int64_t votes = 0;
  std::int64_t rank = 0;
  std::optional<Standing> standing;
  std::optional<std::int64_t> flip;
  Band band = Band::none;
};

struct Decision {
  Outcome outcome = Outcome::done;
  std::vector<RowDecision> rows;
  std::vector<std::uint32_t> elected;  ///< numbers, in order of votes; elections only
  std::int64_t open_seats = 0;
  Action action = Action::none;
  std::vector<std::uint32_t> next_rows;  ///< numbers, in ballot order
  std::int64_t next_seats = 0;
  bool more_than_room = false;  ///< more passed than seats, or more supported than there is room
};

/// Purpose: the base and line of an electorate.
/// Rules: R7.1 R7.2 R7.3 R8.1.
Majority majority_of(const Electorate& electorate);

/// Purpose: the number that a confidence, rating or survey result takes its shares of.
std::int64_t fraction_base(const Contest& contest, const Majority& majority, const Box& box,
                           const Counts& counts);

/// Purpose: what the counts decide.
/// In: `counts` of just the contest's rows; `level` of the congress.
/// Returns: rows in ballot order.
/// Rules: formats.md §8; R2.5 R2.7 R8.1–R8.8 R13.4 R15.2 R15.3.
/// Cost: n log n in the rows.
Decision decide(const Contest& contest, Level level, const Electorate& electorate, const Box& box,
                const Counts& counts);

/// Purpose: the decision on a contest that the presiding body declared void.
Decision decide_void(const Contest& contest);

/// Purpose: the words that stand for these values in files.
std::string_view word(Outcome value);
std::string_view word(Action value);
std::string_view word(Standing value);
std::string_view word(Band value);

}  // namespace kp::verify
