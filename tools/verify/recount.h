// The count itself: what each row received on valid ballots, and how many ballots are invalid for which
// reason.
//
// Counts can be added and taken away again, so that a ruling or a retraction changes a total without reading
// a bundle twice. Never decides anything; never sees a name.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "verify/marks.h"

namespace kp::verify {

/// What one row received on valid ballots; the six figures sum to the number of valid ballots.
struct RowCounts {
  std::array<std::int64_t, 4> option{};  ///< a b c d
  std::int64_t none = 0;
  std::int64_t several = 0;

  bool operator==(const RowCounts&) const = default;
};

struct Counts {
  std::int64_t valid = 0;
  std::array<std::int64_t, kReasons> invalid{};  ///< by Reason
  std::vector<RowCounts> rows;                   ///< in ballot order

  bool operator==(const Counts&) const = default;
};

/// Purpose: counts of nothing for a list of `rows` names.
Counts no_counts(std::size_t rows);

/// Purpose: the number of ballots that are invalid, whatever the reason.
std::int64_t invalid_of(const Counts& counts);

/// Purpose: counts one judged ballot `times` times (1, or −1 to take it away).
/// In: `marks` one a row of `counts`; those of an invalid ballot are not looked at.
void count_ballot(Counts& counts, std::string_view marks, std::optional<Reason> invalid, std::int64_t times);

/// Purpose: adds `more` to `counts` `times` times. In: lists of one length.
void add_counts(Counts& counts, const Counts& more, std::int64_t times);

/// Purpose: judges and counts ballots.
/// In: marks (or the ruling's marks) that fit `rule` and hold no `?`.
/// Cost: linear in ballots × rows.
Counts count(const BallotRule& rule, std::span<const Ballot> ballots);

}  // namespace kp::verify
