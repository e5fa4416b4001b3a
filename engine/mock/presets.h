// Definitions for elections that never were: of any size, of five usual sizes, and of a full evening.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "contest/congress.h"
#include "mock/plants.h"

namespace kp {

struct MockOptions {
  std::uint64_t seed = 1;
  std::int64_t delegates = 348;
  std::int64_t seats = 55;
  std::int64_t names = 63;
  std::optional<std::int64_t> passes;       ///< 1 where nothing asks for more
  std::optional<std::int64_t> bundle_size;  ///< 50 where nothing asks for less
  CongressKind kind = CongressKind::delegates;
  Level level = Level::province;
  bool evening = false;  ///< all ballots of the congress and of the new committee's first meeting
  std::set<PlantKind> plants;
};

/// Purpose: a preset's sizes (branch commune district province national evening), if there is one of that
/// name.
std::optional<MockOptions> mock_preset(std::string_view name);

/// Purpose: how many passes and how large bundles an election of these options has: what was asked for, else
/// what its faults need. In: `most` voters of a contest.
std::int64_t passes_of(const MockOptions& options, std::int64_t otherwise);
std::int64_t bundle_size_of(const MockOptions& options, std::int64_t most);

/// Purpose: whether sizes are ones that mock can make.
bool in_bounds(const MockOptions& options);

/// Who is elected in the last contest of a definition, by numbers of rows, most votes first.
using Elect = std::function<Result<std::vector<std::uint32_t>>(const Json& definition)>;

/// Purpose: the definition. In: options in bounds; `elect` is asked by an evening, whose later lists are made
/// of people who were elected. Errors: those of `elect`
Result<Json> mock_definition(const MockOptions& options, const Elect& elect);

}  // namespace kp
