// The only source of chance in this project: numbers that follow from a seed, the same on every machine for
// ever.
//
// SplitMix64 (Steele, Lea, Flood 2014): state += 0x9E3779B97F4A7C15, then the state is mixed by
// z ^= z >> 30, z *= 0xBF58476D1CE4E5B9, z ^= z >> 27, z *= 0x94D049BB133111EB, z ^= z >> 31. Frozen: the
// same seed must give the same mock election in ten years. Never used for anything that counts.
#pragma once

#include <cstdint>

#include "base/check.h"

namespace kp {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }

  /// Purpose: a number 0 … n − 1, each as likely as any other: numbers beyond the last whole multiple of n
  /// are drawn again. In: n ≥ 1.
  std::uint64_t below(std::uint64_t n) {
    KP_ASSERT(n >= 1);
    const std::uint64_t beyond = (0 - n) % n;  // 2^64 mod n
    std::uint64_t drawn = next();
    while (drawn < beyond) drawn = next();
    return drawn % n;
  }

  /// Purpose: true in `part` of 1,000 draws.
  bool per_mille(std::uint64_t part) { return below(1000) < part; }

 private:
  std::uint64_t state_;
};

}  // namespace kp
