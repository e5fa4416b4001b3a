// What one team counted by hand: totals, without the ballots they are of.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "ballots/validity.h"
#include "contest/congress.h"

namespace kp {

/// The totals of all bundles, as one team has them.
struct HandTally {
  std::int64_t valid = 0;
  std::array<std::int64_t, kVerdictCount> invalid_by{};
  std::vector<std::vector<std::int64_t>> rows;  ///< in ballot order, each in the order of tally_columns

  bool operator==(const HandTally&) const = default;
};

/// Purpose: what is tallied for each row, as it is typed: {"a"} of a ballot to strike, of the others one
/// letter an option, then "none" and "several".
std::vector<std::string> tally_columns(BallotForm form);

/// Purpose: the reasons for which a ballot of this contest can be invalid, in the order of Verdict.
std::vector<Verdict> possible_reasons(const Contest& contest);

/// Purpose: whether it is an election of one name, agree or not, in which every valid ballot has one box.
bool is_one_name_election(const Contest& contest);

}  // namespace kp
