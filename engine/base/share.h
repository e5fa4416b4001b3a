// Shares, exactly.
#pragma once

#include <cstdint>
#include <string>

namespace kp {

/// Purpose: n × 100 / base as minutes print it: an exact rational rounded half up to two decimals, "98.29".
/// In: n ≥ 0, base ≥ 0. A base of 0 gives "0.00": of nothing there is no share.
/// Rules: contract §7.
std::string percent(std::int64_t n, std::int64_t base);

/// Purpose: whether n / base is more than numerator / denominator, exactly. In: all ≥ 0, denominator > 0.
bool is_more_than(std::int64_t n, std::int64_t base, std::int64_t numerator, std::int64_t denominator);

}  // namespace kp
