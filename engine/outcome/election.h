// Who is elected: articles 32 of 244-QĐ/TW and 30 of 190-QĐ/TW, as contract §7 states them.
//
// Votes in, a value out. A tie, a short election, an exhausted one are ordinary outcomes: nothing here ever
// chooses between persons with equal votes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "contest/congress.h"

namespace kp {

enum class Outcome : std::uint8_t { filled, short_, tied, exhausted, void_, done };
enum class Action : std::uint8_t { none, revote, vote_again, presiding_body_decides, superior_appoints };
enum class Standing : std::uint8_t { elected, tied, not_elected };

std::string_view word(Outcome outcome);
std::string_view word(Action action);
std::string_view word(Standing standing);
Text spoken(Outcome outcome);
Text spoken(Action action);
Text spoken(Standing standing);

/// What comes next, if the presiding body so decides.
struct Next {
  Action action = Action::none;
  std::vector<std::uint32_t> rows;  ///< numbers, in ballot order
  std::int64_t seats = 0;
};

/// The terms of one election.
struct Terms {
  std::int64_t seats = 0;
  /// The votes it takes; nothing in a re-vote, which needs no majority.
  std::optional<std::int64_t> line;
};

/// Who stands how, by votes alone.
struct Standings {
  std::vector<Standing> rows;  ///< in ballot order
  std::vector<std::uint32_t>
      order;                ///< numbers of the elected, most votes first, equal votes in ballot order
  std::int64_t passed = 0;  ///< how many reached the line
  std::int64_t open_seats = 0;
  bool tie = false;  ///< more are tied at the last seat than seats are left
};

/// Purpose: the standings of an election.
/// In: `votes` in ballot order; a row's number is its index + 1.
/// Rules: majority/over-half majority/highest-first tie/last-seat tie/revote-no-line tie/no-tie-break.
/// Cost: n log n in rows.
Standings stand(std::span<const std::int64_t> votes, const Terms& terms);

struct ElectionOutcome {
  Standings standings;
  Outcome outcome = Outcome::filled;
  Next next;
};

/// Purpose: the outcome of an election and what comes next.
/// Rules: those of `stand`, and round/short round/delegates-continue round/branch-secretary tie/revote-tied.
ElectionOutcome decide_election(const Contest& contest, Level level, std::span<const std::int64_t> votes,
                                std::int64_t line);

/// Purpose: ranks by votes; equal votes share one (1, 2, 2, 4).
std::vector<std::int64_t> ranks(std::span<const std::int64_t> votes);

/// Purpose: for each row, the least change of its own votes alone that would give it another standing: fewer
/// for the elected, more for those not elected, either for the tied; nothing when no change within 0 … valid
/// does. Cost: rows² × log valid.
std::vector<std::optional<std::int64_t>> flips(std::span<const std::int64_t> votes, const Terms& terms,
                                               std::int64_t valid);

/// Purpose: the numbers of the rows that `wanted` holds for, in ballot order.
template <class Row, class Wanted>
std::vector<std::uint32_t> numbers_where(const std::vector<Row>& rows, Wanted wanted) {
  std::vector<std::uint32_t> numbers;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (wanted(rows[i])) numbers.push_back(static_cast<std::uint32_t>(i + 1));
  }
  return numbers;
}

}  // namespace kp
