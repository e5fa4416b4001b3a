// Plausible Vietnamese names for people who do not exist.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "mock/random.h"

namespace kp {

/// Purpose: `count` different names, in the order in which they were drawn.
/// In: count ≤ kMostMockNames.
std::vector<std::string> mock_names(Random& random, std::size_t count);

inline constexpr std::size_t kMostMockNames = 5000;

}  // namespace kp
