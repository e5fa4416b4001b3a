// Whether a list is the one its polls gave (formats.md §5, "Lists and polls").
//
// A congress may decide otherwise, so what differs is named and nothing is refused.
#pragma once

#include <string>

#include "verify/contest_state.h"
#include "verify/faults.h"

namespace kp::verify {

/// Purpose: names every difference between the list of a first round and what the latest standing poll on it
/// says of each name. Errors: none; warnings list/outside-poll list/left-out
/// list/over-tied-places list/floor-without-poll, into `faults` (where =
/// contest or contest/row). Rules: formats.md §5.
/// Cost: linear in the names of all polls on the list, times the logarithm of their number.
void check_polls(const Congress& congress, const Contests& contests, const ContestState& state,
                 Faults& faults);

}  // namespace kp::verify
