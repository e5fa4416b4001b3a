// The gate: what must hold before a contest has a result (formats.md §7).
#pragma once

#include <cstdint>

#include "contest/congress.h"
#include "verify/contest_state.h"
#include "verify/faults.h"

namespace kp::verify {

/// Purpose: every condition of the gate that does not hold.
/// In: the contest as the record left it just before its `result`; `line` of that entry.
/// Returns: whether the ballots can be counted all the same, that is, no ballot is in doubt and no passes
/// differ. Errors: gate-… codes of the family result/, into `faults` (where = contest, contest/bundle or
/// contest/bundle/ballot)
bool check_gate(const Congress& congress, const Contests& contests, const ContestState& state,
                Faults& faults);

}  // namespace kp::verify
