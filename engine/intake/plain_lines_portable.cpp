// The version for any processor: sixteen marks at once where there is SSE2, as on every x86-64.
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "intake/plain_lines_versions.h"

namespace kp {
namespace {

constexpr std::size_t kStep = 16;

KP_INLINE std::uint64_t equal(const char* at, char mark) {
#ifdef __SSE2__
  __m128i letters;
  __builtin_memcpy(&letters, at, sizeof letters);
  return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(letters, _mm_set1_epi8(mark))));
#else
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < kStep; ++i) bits |= std::uint64_t{at[i] == mark} << i;
  return bits;
#endif
}

#include "intake/plain_lines_body.inc"

}  // namespace

const PlainLineTakers plain_line_takers_portable = kTakers;

}  // namespace kp
