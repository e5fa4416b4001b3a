// The kernel for any processor: two words a vector, which every compiler can lower to what the machine has.
#include <utility>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "tally/kernel_versions.h"

namespace kp {
namespace {

constexpr std::size_t kLanes = 2;

#include "tally/kernel_vector.inc"

// Bits are summed in pairs, fours and eights of neighbours, then bytes.
KP_INLINE Vector lane_popcount(Vector v) {
  v -= (v >> 1) & 0x5555555555555555U;
  v = (v & 0x3333333333333333U) + ((v >> 2) & 0x3333333333333333U);
  v = (v + (v >> 4)) & 0x0f0f0f0f0f0f0f0fU;
#ifdef __SSE2__
  return reinterpret_cast<Vector>(_mm_sad_epu8(reinterpret_cast<__m128i>(v), __m128i{}));
#else
  v += v >> 8;
  v += v >> 16;
  v += v >> 32;
  return v & 0xffU;
#endif
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

  // A machine without 64-bit comparisons has 32-bit ones: both halves of a word are given the value.
  KP_INLINE static Vector greater(const Vector& a, const Vector& b) {
    using Halves = std::int32_t __attribute__((vector_size(kLanes * 8)));
    return reinterpret_cast<Vector>(reinterpret_cast<Halves>(a | a << 32) >
                                    reinterpret_cast<Halves>(b | b << 32));
  }
};

#include "tally/kernel_body.inc"

}  // namespace

void count_plane_portable(const Plane& plane, BitLimits limits, PlaneCount& sum) {
  count_plane(plane, limits, sum);
}

}  // namespace kp
