// What a group of people on a list looks like: women, ages, minorities, first-time and re-elected, degrees.
//
// For reports that go to the higher committee and for the targets a list steers by; none of it ever decides
// who is elected. What a definition does not state is counted as not stated and never guessed. Knows no
// votes.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "contest/congress.h"

namespace kp {

struct Structure {
  std::int64_t people = 0;
  std::int64_t women = 0;
  std::int64_t sex_not_stated = 0;
  std::int64_t under_40 = 0;
  std::int64_t from_40_to_50 = 0;
  std::int64_t over_50 = 0;
  std::int64_t age_not_stated = 0;
  std::int64_t ages = 0;  ///< sum, in full years, of those whose age is known
  std::int64_t minorities = 0;
  std::int64_t ethnicity_not_stated = 0;
  std::int64_t re_elected = 0;  ///< those in office now
  std::int64_t first_time = 0;
  std::int64_t term_not_stated = 0;
  std::map<std::string, std::int64_t> degrees;  ///< as they are spelt, by number
  std::int64_t degree_not_stated = 0;
};

/// Purpose: the age in full years on a day. In: `day` "YYYY-MM-DD"; `born` the same or only its year or
/// month, then as if the birthday had passed. Returns: below 0 when born after the day.
std::int64_t age_on(std::string_view born, std::string_view day);

/// Purpose: the structure of these people on the congress's day. In: a `born` that is no date on or before
/// the day states no age. Rules: topic structure. Cost: linear.
Structure structure_of(std::span<const Row> people, std::string_view day);

/// Purpose: the mean of the ages that are known, two decimals, exact and rounded half up; "" when none is.
std::string mean_age(const Structure& structure);

}  // namespace kp
