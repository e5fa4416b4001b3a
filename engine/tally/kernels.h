// Positional counts of one bit plane, with the test of each ballot fused in.
//
// One job in three versions (base/processor.h). The plain twin, count_plane_plainly, says in a few lines what
// all of them compute; tests hold every version to it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/processor.h"

namespace kp {

/// How many bits a ballot's part of the plane may have to be counted.
struct BitLimits {
  std::int64_t least = 0;
  std::int64_t most = 0;
};

/// One plane: ballot after ballot, `words_per_ballot` words (a power of two) each. Bits beyond the last row
/// are 0.
struct Plane {
  const std::uint64_t* words = nullptr;
  std::size_t ballots = 0;
  std::size_t words_per_ballot = 1;
};

/// What a kernel adds to. In: `bits` = 64 × words_per_ballot counters.
struct PlaneCount {
  std::int64_t below = 0;        ///< ballots with fewer bits than `least`; they count nowhere else
  std::int64_t above = 0;        ///< ballots with more bits than `most`; likewise
  std::int64_t* bits = nullptr;  ///< how many of the other ballots have each bit
};

/// Purpose: adds the counts of `plane` to `sum`. In: at most kMostKernelWords words a ballot.
/// Cost: one pass over the plane; nothing is allocated.
using CountPlane = void (*)(const Plane& plane, BitLimits limits, PlaneCount& sum);

/// 4,096 rows; longer ballots are counted by the plain twin.
inline constexpr std::size_t kMostKernelWords = 64;

/// Purpose: the version for instructions that run here.
CountPlane kernel(Instructions instructions);

/// Purpose: the plain twin of every kernel, for any number of words.
void count_plane_plainly(const Plane& plane, BitLimits limits, PlaneCount& sum);

}  // namespace kp
