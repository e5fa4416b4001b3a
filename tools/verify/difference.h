// Where two JSON values differ, member by member.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/json.h"

namespace kp::verify {

/// One place where a value is not what it must be.
struct Difference {
  std::string pointer;
  std::string found;     ///< canonical, cut short; "-" when there is nothing
  std::string expected;  ///< the same
};

/// Purpose: the places where `found` is not `expected`, at most `most` of them.
/// Returns: in the order of keys and elements; a member that is there or missing without reason stands for
/// all of it. Cost: linear in both.
std::vector<Difference> differences(const Json& expected, const Json& found, std::size_t most);

}  // namespace kp::verify
