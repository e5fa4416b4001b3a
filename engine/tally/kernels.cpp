#include "tally/kernels.h"

#include <array>
#include <bit>
#include <cstdlib>

#include "base/check.h"
#include "tally/kernel_versions.h"

namespace kp {
namespace {

bool always() {
  return true;
}

#ifdef __x86_64__
bool has_avx2() {
  return __builtin_cpu_supports("avx2") != 0;
}

bool has_avx512() {
  return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
         __builtin_cpu_supports("avx512vpopcntdq") != 0;
}
#endif

constexpr auto kKernels = std::to_array<Kernel>({
    {"portable", always, count_plane_portable},
#ifdef __x86_64__
    {"avx2", has_avx2, count_plane_avx2},
    {"avx512", has_avx512, count_plane_avx512},
#endif
});

const Kernel& choose() {
  if (const char* forced = std::getenv("KP_KERNEL"); forced != nullptr && *forced != '\0') {
    const Kernel* named = find_kernel(forced);
    KP_ASSERT(named != nullptr);
    return *named;
  }
  const Kernel* fastest = &kKernels.front();
  for (const Kernel& kernel : kKernels) {
    if (kernel.runs_here()) fastest = &kernel;
  }
  return *fastest;
}

}  // namespace

std::span<const Kernel> kernels() {
  return kKernels;
}

const Kernel* find_kernel(std::string_view name) {
  for (const Kernel& kernel : kKernels) {
    if (kernel.name == name && kernel.runs_here()) return &kernel;
  }
  return nullptr;
}

const Kernel& chosen_kernel() {
  static const Kernel& kernel = choose();
  return kernel;
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
