#include "audit/draw.h"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <set>

#include "base/check.h"

namespace kp {

std::optional<std::string> seed_in(std::string_view typed) {
  std::string digits;
  for (const char c : typed) {
    if (c == ' ') continue;
    if (c < '0' || c > '9') return std::nullopt;
    digits += c;
  }
  return digits.size() >= kLeastSeedDigits ? std::optional(digits) : std::nullopt;
}

std::optional<std::int64_t> place_of(const Digest& digest, std::int64_t population) {
  using boost::multiprecision::cpp_int;
  KP_ASSERT(population >= 1);
  cpp_int number;
  import_bits(number, digest.begin(), digest.end());
  const cpp_int all = cpp_int(1) << 256U;
  if (number >= all - all % population) return std::nullopt;
  return static_cast<std::int64_t>(cpp_int(number % population));
}

std::vector<std::int64_t> draw(const std::string& seed, const std::string& contest, std::int64_t population,
                               std::int64_t sample) {
  KP_ASSERT(sample >= 0 && sample <= population);
  std::vector<std::int64_t> places;
  std::set<std::int64_t> drawn;
  for (std::int64_t n = 1; static_cast<std::int64_t>(places.size()) < sample; ++n) {
    const std::optional<std::int64_t> place =
        place_of(sha256(seed + "/" + contest + "/" + std::to_string(n)), population);
    if (place && drawn.insert(*place).second) places.push_back(*place);
  }
  return places;
}

}  // namespace kp
