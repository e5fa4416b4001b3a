// The totals of a count by hand, as a team typed them from its sheets (CSV) → numbers.
//
// Head `no,a` for a ballot to strike, `no,a,b,none,several` for agree, with c for confidence and c,d for
// rating: what stands over the columns of the count sheet. One line each, in any order: `valid` and the
// number of valid ballots; a reason (`too-many` …) and the number of ballots invalid for it, left out where
// there are none; each number of the list and its totals. Separated by comma, semicolon or tab; a column
// `name` may stand anywhere and is not read.
#pragma once

#include <string>
#include <string_view>

#include "ballots/hand_tally.h"
#include "base/result.h"

namespace kp {

/// Purpose: what one file of totals says. Whether its sums can be right is for sheet/hand_count.h.
/// Errors: names/… of a file that is no CSV · hand/line (file:line) · hand/line-missing (file)
Result<HandTally> parse_totals(std::string_view bytes, const std::string& file, const Contest& contest);

}  // namespace kp
