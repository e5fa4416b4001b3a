#include "base/share.h"

#include <fmt/format.h>

#include <boost/multiprecision/cpp_int.hpp>

#include "base/check.h"

namespace kp {

using boost::multiprecision::cpp_int;
using boost::multiprecision::cpp_rational;

std::string percent(std::int64_t n, std::int64_t base) {
  KP_ASSERT(n >= 0 && base >= 0);
  if (base == 0) return "0.00";
  // Hundredths of a percent; adding one half and rounding down rounds half up.
  const cpp_rational hundredths = cpp_rational(n, base) * 10000 + cpp_rational(1, 2);
  const cpp_int rounded = numerator(hundredths) / denominator(hundredths);
  const cpp_int whole = rounded / 100;
  const cpp_int part = rounded % 100;
  return fmt::format("{}.{:02}", whole.str(), part.convert_to<int>());
}

bool is_more_than(std::int64_t n, std::int64_t base, std::int64_t numerator, std::int64_t denominator) {
  KP_ASSERT(n >= 0 && base >= 0 && numerator >= 0 && denominator > 0);
  return cpp_int(n) * denominator > cpp_int(base) * numerator;
}

}  // namespace kp
