#include "tally/kernels.h"

#include <bit>

#include "tally/kernel_versions.h"

namespace kp {

CountPlane kernel(Instructions instructions) {
  switch (instructions) {
#ifdef __x86_64__
    case Instructions::avx2:
      return count_plane_avx2;
    case Instructions::avx512:
      return count_plane_avx512;
#endif
    default:
      return count_plane_portable;
  }
}

void count_plane_plainly(const Plane& plane, BitLimits limits, PlaneCount& sum) {
  for (std::size_t ballot = 0; ballot < plane.ballots; ++ballot) {
    const std::uint64_t* words = plane.words + ballot * plane.words_per_ballot;
    std::int64_t chosen = 0;
    for (std::size_t w = 0; w < plane.words_per_ballot; ++w) chosen += std::popcount(words[w]);
    if (chosen < limits.least) {
      ++sum.below;
    } else if (chosen > limits.most) {
      ++sum.above;
    } else {
      for (std::size_t w = 0; w < plane.words_per_ballot; ++w) {
        for (std::uint64_t bits = words[w]; bits != 0; bits &= bits - 1) {
          ++sum.bits[w * 64 + static_cast<std::size_t>(std::countr_zero(bits))];
        }
      }
    }
  }
}

}  // namespace kp
