// Small congresses for tests, built in a line.
#pragma once

#include <string>
#include <vector>

#include "contest/congress.h"
#include "contest/majority.h"

namespace kp::test {

/// Purpose: an election of `names` rows ("A", "B" …), its form as §3 prescribes.
Contest election(std::size_t names, std::int64_t seats, Office office = Office::committee);

/// Purpose: a contest of another question.
Contest poll(Question question, std::size_t names, std::int64_t seats = 0);

/// Purpose: a congress of official delegates with one contest and a board of three and a technician.
Congress congress_of(const Contest& contest, std::int64_t summoned);

/// Purpose: the bytes of that congress's definition.
std::string bytes_of(const Contest& contest, std::int64_t summoned);

}  // namespace kp::test
