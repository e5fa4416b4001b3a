// What a kernel, or its plain twin, counts in a plane: a value that can be compared.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "tally/kernels.h"

namespace kp::test {

struct KernelSum {
  std::int64_t below = 0;
  std::int64_t above = 0;
  std::vector<std::int64_t> bits;
  bool operator==(const KernelSum&) const = default;
};

/// Purpose: the plane counted from nought by `count`, a kernel or count_plane_plainly.
template <class Count>
KernelSum sum_of(const Count& count, const Plane& plane, BitLimits limits) {
  std::vector<std::int64_t> bits(plane.words_per_ballot * 64);
  PlaneCount totals{0, 0, bits.data()};
  count(plane, limits, totals);
  return {totals.below, totals.above, std::move(bits)};
}

}  // namespace kp::test
