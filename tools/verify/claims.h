// The counts that a result states, for when the ballots are not there to be counted.
//
// Then the votes are taken from the result itself, and all that follows from them is still worked out anew;
// the figures must at least be able to come from ballots.
#pragma once

#include <string>

#include "base/json.h"
#include "verify/faults.h"
#include "verify/recount.h"

namespace kp::verify {

/// Purpose: the counts that `result` states for `rows` rows of this form; what is no figure counts as 0.
Counts claimed_counts(const BallotRule& rule, const Json& result);

/// Purpose: whether counts can come from ballots: each row sums to the valid ones; a strike-out ballot
/// chooses from
///          one to `seats` names; all together are as many as the bundles' entries state.
/// In: `place` of the result; `ballots` that the record states.
/// Errors: result/arithmetic, into `faults`.
void check_arithmetic(const BallotRule& rule, const Counts& counts, std::int64_t ballots,
                      const std::string& place, Faults& faults);

}  // namespace kp::verify
