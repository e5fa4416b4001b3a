// The scenario set (testdata/scenario-set), built into the program: small elections, one an outcome.
//
// Its files stay the only source; the build puts them in. What comes of a case is never stored: it is counted
// and decided when it is asked for, by what counts every election.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "contest/congress.h"

namespace kp {

/// Purpose: the case `name` as its file has it, if there is one.
std::optional<Json> scenario_named(std::string_view name);

/// Purpose: the definition of a case, as bytes of a congress.json: its contest `c` in a practice congress of
/// its electorate.
std::string scenario_definition(const Json& scenario);

/// The ballots of a case as a bundle, numbered from 1.
struct ScenarioBundle {
  std::string csv;
  std::int64_t size = 0;
};
ScenarioBundle scenario_bundle(const Json& scenario);

/// A case counted: its congress, and the members of its result that follow from the count.
struct ScenarioResult {
  Congress congress;
  Json sheet;
};

/// Purpose: counts a case with all its flags confirmed and its rulings applied.
/// In: a case without `decision`.
ScenarioResult scenario_result(const Json& scenario);

}  // namespace kp
