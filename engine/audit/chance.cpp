#include "audit/chance.h"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>

#include "base/check.h"

namespace kp {
namespace {

using boost::multiprecision::cpp_int;

constexpr std::int64_t kHundredths = 10000;

cpp_int choose(std::int64_t of, std::int64_t taken) {
  if (taken < 0 || taken > of) return 0;
  taken = std::min(taken, of - taken);
  cpp_int ways = 1;
  for (std::int64_t i = 1; i <= taken; ++i) {
    ways *= of - taken + i;
    ways /= i;
  }
  return ways;
}

}  // namespace

std::int64_t chance_of_missing(const Doubted& doubted, std::int64_t sample) {
  KP_ASSERT(sample >= 0 && sample <= doubted.population);
  KP_ASSERT(doubted.misread >= 1 && doubted.misread <= doubted.population);
  // Which of the two sets was drawn and which was misread makes no difference to how they meet; the smaller
  // one makes the smaller numbers.
  const std::int64_t few = std::min(sample, doubted.misread);
  const std::int64_t many = std::max(sample, doubted.misread);
  cpp_int missing = 0;
  for (std::int64_t met = 0; met <= std::min(few, doubted.tolerated); ++met) {
    missing += choose(many, met) * choose(doubted.population - many, few - met);
  }
  const cpp_int all = choose(doubted.population, few);
  const cpp_int rounded_up = (missing * kHundredths + all - 1) / all;
  return static_cast<std::int64_t>(rounded_up);
}

std::int64_t least_sample(const Doubted& doubted, std::int64_t risk) {
  KP_ASSERT(doubted.tolerated < doubted.misread);
  const auto enough = [&](std::int64_t sample) { return chance_of_missing(doubted, sample) <= risk; };
  // Doubling first: numbers stay small when a small sample will do.
  std::int64_t most = 1;
  while (most < doubted.population && !enough(most)) most = std::min(most * 2, doubted.population);
  std::int64_t too_few = most / 2;
  while (most - too_few > 1) {
    const std::int64_t middle = too_few + (most - too_few) / 2;
    (enough(middle) ? most : too_few) = middle;
  }
  return most;
}

}  // namespace kp
