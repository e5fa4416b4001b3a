// From a definition to the plans of its contests: which chance each has, where its faults lie, whether it
// ends as it must.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "contest/congress.h"
#include "mock/bundles.h"
#include "mock/presets.h"

namespace kp {

/// What a contest gave when all its bundles were made.
struct MockRun {
  Counts counts;
  std::vector<Planted> planted;
};

/// Purpose: makes all bundles of a plan and keeps none. Cost: linear in ballots; memory of a few bundles.
MockRun run(const ContestPlan& plan);

/// Purpose: what follows from counts: ballots, base, rows, elected, outcome, open_seats, next, steps.
/// In: counts of that plan.
Json sheet_of(const Congress& congress, const ContestPlan& plan, const Counts& counts);

/// Purpose: for each fault that lies in one contest, which: the first that it suits; an outcome never lies
/// where another one does. Returns: the faults of each contest, in their order; faults that suit none are
/// left out.
std::vector<std::set<PlantKind>> place_faults(const Congress& congress, const std::set<PlantKind>& faults);

/// Purpose: the plan of one contest. Promise: played, it has the faults and the outcome planned, elects those
/// whom later contests want among its elected, and in an evening fills its seats.
/// In: `faults` of this contest. Errors: mock/plant mock/rehearsal
Result<ContestPlan> plan_contest(const Congress& congress, std::size_t contest,
                                 const std::set<PlantKind>& faults, const MockOptions& options);

}  // namespace kp
