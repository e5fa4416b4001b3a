// Which articles were applied, in which order: the `steps` of a result (formats.md §9).
//
// The words come from the rule table (rules/ruleset.h); which rules, and when, is worked out here from the
// specification's table and from nothing the result says.
#pragma once

#include <vector>

#include "contest/congress.h"
#include "rules/ruleset.h"
#include "verify/outcome.h"

namespace kp::verify {

/// Purpose: the rules that led to `decision`, in the order of formats.md §9. Empty for a void result.
/// In: `kind` that holds for the contest; `counts` that `decision` was made from.
std::vector<RuleId> steps_of(const Contest& contest, CongressKind kind, const Box& box, const Counts& counts,
                             const Decision& decision);

}  // namespace kp::verify
