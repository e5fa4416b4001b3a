// Plausible people who do not exist, as a list of candidates describes them.
//
// Shares, of 1,000 people: 173 women, 148 of a minority, 108 under 40 and 480 from 40 to 50, 749 sitting
// members (women, minorities, under 40, re-elected: what was published of the upper-base congresses of 2020,
// as we read figures that had lost their labels, docs/mock.md; the rest is our assumption). They joined the
// Party between 20 and 34 years of age. Names go with sex and people, the Kinh family names about as often as
// they are borne. Ages are as of 15 October 2025, the date of all congresses that mock makes up. Frozen: what
// is drawn, and in which order.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/json.h"
#include "mock/random.h"

namespace kp {

struct MockPerson {
  std::string name;
  bool woman = false;
  std::string born;       ///< YYYY-MM-DD
  std::string joined;     ///< Party admission
  std::string ethnicity;  ///< "Kinh", "Tày" …
  bool incumbent = false;
};

/// Purpose: `count` people of different names, in the order in which they were drawn.
/// In: count ≤ kMostMockPeople.
std::vector<MockPerson> mock_people(Random& random, std::size_t count);

/// Purpose: rows for a list, in name order, numbered from 1, each with what is known of the person.
Json::Array rows_of(std::vector<MockPerson> people);

inline constexpr std::size_t kMostMockPeople = 5000;

}  // namespace kp
