// The versions themselves, for kernels.cpp alone. Each stands in a file of its own, compiled for its
// instructions.
#pragma once

#include "tally/kernels.h"

namespace kp {

void count_plane_portable(const Plane& plane, BitLimits limits, PlaneCount& sum);
#ifdef __x86_64__
void count_plane_avx2(const Plane& plane, BitLimits limits, PlaneCount& sum);
void count_plane_avx512(const Plane& plane, BitLimits limits, PlaneCount& sum);
#endif

}  // namespace kp
