// What the ballots that elect nobody say: opinions, withdrawals, confidence, rating (contract §7).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "outcome/election.h"
#include "tally/counts.h"

namespace kp {

enum class PollStanding : std::uint8_t { listed, dropped, tied, not_supported, stays, withdrawn };
std::string_view word(PollStanding standing);

struct PollOutcome {
  std::vector<PollStanding> rows;  ///< in ballot order
  std::int64_t supported = 0;      ///< opinions: how many passed 30 % of those present
  std::int64_t room = 0;           ///< opinions: how many names the list can still take
  Outcome outcome = Outcome::done;
  Next next;
};

/// Purpose: which names from the floor go on the list.
/// In: `votes` in ballot order; `present` of the electorate.
/// Rules: poll/floor-support (strictness of 30 %: secondary) poll/highest-to-cap poll/tie-at-cut
/// (unverified).
PollOutcome decide_opinion(const Contest& contest, std::span<const std::int64_t> votes, std::int64_t present);

/// Purpose: who stays on the list although asking to go.
/// In: `against`, the votes not to let them go. Rules: poll/withdrawal (secondary).
PollOutcome decide_withdrawal(std::span<const std::int64_t> against, std::int64_t base);

enum class Band : std::uint8_t { none, low_over_half, low_two_thirds, excellent, good, satisfactory, failed };
std::string_view word(Band band);

/// Purpose: the band of one row in a confidence vote. In: `of`, what the fractions are of.
/// Rules: poll/confidence-low-over-half poll/confidence-low-two-thirds (what they are of: unverified).
Band confidence_band(const RowCount& row, std::int64_t of);

/// Purpose: the band of one row in a rating: the option with more than half. Rules: poll/rating (unverified).
Band rating_band(const RowCount& row, std::int64_t of);

}  // namespace kp
