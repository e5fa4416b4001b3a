// Faults of a definition: put into congress.json, while the ballots are those of the right list.
#pragma once

#include <cstdint>

#include "base/json.h"
#include "mock/plants.h"

namespace kp {

/// Purpose: plants a fault of stage `list` in one contest of a definition that has none.
/// In: a contest that the fault suits. Returns: the definition with it; `place` says where.
Json plant_in_list(PlantKind kind, Json definition, std::size_t contest, std::uint64_t seed, Planted& place);

}  // namespace kp
