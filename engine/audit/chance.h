// How many ballots to look at: the hypergeometric distribution, exactly.
//
// A sample is drawn from a population without putting ballots back. Every number here is an integer; nothing
// is rounded before it is compared.
#pragma once

#include <cstdint>

namespace kp {

/// The question that a sample answers: if at least `misread` of `population` ballots were misread, could the
/// sample hold at most `tolerated` of them?
struct Doubted {
  std::int64_t population = 0;  ///< ballots in all, 1 …
  std::int64_t misread = 0;     ///< 1 … population
  std::int64_t tolerated = 0;   ///< 0 … misread − 1
  bool operator==(const Doubted&) const = default;
};

/// Purpose: the chance, in hundredths of a percent and rounded up, that a sample of `sample` ballots holds at
/// most `tolerated` misread ones when `misread` are.
/// Promise: with more than `misread` misread ballots the chance is no greater. So it is within a limit given
/// in whole hundredths just when the exact chance is.
/// In: 0 ≤ sample ≤ population. Cost: min(sample, misread)² steps of a machine word, `tolerated` times.
std::int64_t chance_of_missing(const Doubted& doubted, std::int64_t sample);

/// Purpose: the least sample for which chance_of_missing is at most `risk`.
/// In: `risk` in hundredths of a percent, 0 … 10000. Returns: 1 … population.
std::int64_t least_sample(const Doubted& doubted, std::int64_t risk);

}  // namespace kp
