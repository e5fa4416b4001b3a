// How wrong the reading of the paper must have been to give a wrong election (docs/audit.md has the proof).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "outcome/election.h"

namespace kp {

/// Purpose: the least number of ballots that must be read differently for some row to get another standing
/// (elected, tied, not elected).
/// Promise: no set of fewer ballots, changed in whatever way, changes any standing. With just so many some
/// set of ballots with these votes does.
/// In: `votes` in ballot order; `ballots` in all, valid or not, each vote ≤ ballots.
/// Returns: nothing when no reading of these ballots gives another standing. Cost: rows² log rows log
/// ballots.
std::optional<std::int64_t> least_misread(std::span<const std::int64_t> votes, const Terms& terms,
                                          std::int64_t ballots);

}  // namespace kp
