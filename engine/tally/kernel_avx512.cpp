// The kernel for processors with AVX-512 and its bit counter: eight words a vector.
#ifdef __x86_64__

#include <immintrin.h>

#include <utility>

#include "tally/kernel_versions.h"

#ifdef __clang__
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vpopcntdq"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512vpopcntdq")
#endif

namespace kp {
namespace {

constexpr std::size_t kLanes = 8;

#include "tally/kernel_vector.inc"

KP_INLINE Vector lane_popcount(const Vector& v) {
  return reinterpret_cast<Vector>(_mm512_popcnt_epi64(reinterpret_cast<__m512i>(v)));
}

KP_INLINE Vector parity(const Vector& a, const Vector& b, const Vector& c) {
  return reinterpret_cast<Vector>(_mm512_ternarylogic_epi64(
      reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b), reinterpret_cast<__m512i>(c), 0x96));
}

KP_INLINE Vector majority(const Vector& a, const Vector& b, const Vector& c) {
  return reinterpret_cast<Vector>(_mm512_ternarylogic_epi64(
      reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b), reinterpret_cast<__m512i>(c), 0xe8));
}

struct Judge : Limited {
  KP_INLINE explicit Judge(BitLimits limits) : Limited(limits) {}

  // `in` without the ballots whose number of bits, `chosen` in each of their words, is outside the limits.
  KP_INLINE Vector keep(const Vector& in, const Vector& chosen) {
    const __m512i bits = reinterpret_cast<__m512i>(chosen);
    const __mmask8 too_few = _mm512_cmplt_epi64_mask(bits, reinterpret_cast<__m512i>(least));
    const __mmask8 too_many = _mm512_cmpgt_epi64_mask(bits, reinterpret_cast<__m512i>(most));
    below = add_one(below, too_few);
    above = add_one(above, too_many);
    const auto kept = static_cast<__mmask8>(~(too_few | too_many));
    return reinterpret_cast<Vector>(_mm512_maskz_mov_epi64(kept, reinterpret_cast<__m512i>(in)));
  }

  KP_INLINE static Vector add_one(const Vector& sum, __mmask8 where) {
    const __m512i words = reinterpret_cast<__m512i>(sum);
    return reinterpret_cast<Vector>(_mm512_mask_sub_epi64(words, where, words, _mm512_set1_epi64(-1)));
  }
};

#include "tally/kernel_body.inc"

}  // namespace

void count_plane_avx512(const Plane& plane, BitLimits limits, PlaneCount& sum) {
  count_plane(plane, limits, sum);
}

}  // namespace kp

#ifdef __clang__
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#endif
