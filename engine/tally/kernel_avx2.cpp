// The kernel for processors with AVX2: four words a vector, bits counted by looking up half bytes.
#ifdef __x86_64__

#include <immintrin.h>

#include <utility>

#include "tally/kernel_versions.h"

#ifdef __clang__
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2")
#endif

namespace kp {
namespace {

constexpr std::size_t kLanes = 4;

#include "tally/kernel_vector.inc"

KP_INLINE Vector lane_popcount(const Vector& v) {
  const __m256i bits_of = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,  //
                                           0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
  const Vector low_half = Vector{} + 0x0f0f0f0f0f0f0f0fU;
  const __m256i low = reinterpret_cast<__m256i>(v & low_half);
  const __m256i high = reinterpret_cast<__m256i>((v >> 4) & low_half);
  const __m256i bytes =
      _mm256_add_epi8(_mm256_shuffle_epi8(bits_of, low), _mm256_shuffle_epi8(bits_of, high));
  return reinterpret_cast<Vector>(_mm256_sad_epu8(bytes, __m256i{}));
}

KP_INLINE Vector parity(const Vector& a, const Vector& b, const Vector& c) {
  return a ^ b ^ c;
}

KP_INLINE Vector majority(const Vector& a, const Vector& b, const Vector& c) {
  return (a & b) | ((a ^ b) & c);
}

struct Judge : Limited {
  KP_INLINE explicit Judge(BitLimits limits) : Limited(limits) {}

  // `in` without the ballots whose number of bits, `chosen` in each of their words, is outside the limits.
  KP_INLINE Vector keep(const Vector& in, const Vector& chosen) {
    const Vector too_few = greater(least, chosen);
    const Vector too_many = greater(chosen, most);
    below -= too_few;
    above -= too_many;
    return in & ~(too_few | too_many);
  }

  KP_INLINE static Vector greater(const Vector& a, const Vector& b) {
    using Signed = std::int64_t __attribute__((vector_size(kLanes * 8)));
    return reinterpret_cast<Vector>(reinterpret_cast<Signed>(a) > reinterpret_cast<Signed>(b));
  }
};

#include "tally/kernel_body.inc"

}  // namespace

void count_plane_avx2(const Plane& plane, BitLimits limits, PlaneCount& sum) {
  count_plane(plane, limits, sum);
}

}  // namespace kp

#ifdef __clang__
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#endif
