// The version for processors with AVX2: thirty-two marks at once.
#ifdef __x86_64__

#include <immintrin.h>

#include "intake/plain_lines_versions.h"

#ifdef __clang__
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2")
#endif

namespace kp {
namespace {

constexpr std::size_t kStep = 32;

KP_INLINE std::uint64_t equal(const char* at, char mark) {
  __m256i letters;
  __builtin_memcpy(&letters, at, sizeof letters);
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(letters, _mm256_set1_epi8(mark))));
}

#include "intake/plain_lines_body.inc"

}  // namespace

const PlainLineTakers plain_line_takers_avx2 = kTakers;

}  // namespace kp

#ifdef __clang__
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#endif
