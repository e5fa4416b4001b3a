#include "base/processor.h"

// What glibc found out of the processor. The compiler's own __builtin_cpu_supports asks it again at each
// start, and in a virtual machine every question is answered by the host: 0.06 ms.
#ifdef __x86_64__
#define _Bool bool  // the header is written in C; g++ would take it so, clang++ not
#include <sys/platform/x86.h>
#undef _Bool
#endif

#include <algorithm>
#include <cstdlib>

#include "base/check.h"

namespace kp {
namespace {

constexpr std::array<std::string_view, kAllInstructions.size()> kWords = {"portable", "avx2", "avx512"};

Instructions choose() {
  if (const char* forced = std::getenv("KP_KERNEL"); forced != nullptr && *forced != '\0') {
    const std::optional<Instructions> named = find_instructions(forced);
    KP_ASSERT(named.has_value());
    return *named;
  }
  return *std::find_if(kAllInstructions.rbegin(), kAllInstructions.rend(), runs_here);
}

}  // namespace

std::string_view word(Instructions instructions) {
  return kWords[static_cast<std::size_t>(instructions)];
}

bool runs_here(Instructions instructions) {
  switch (instructions) {
    case Instructions::portable:
      return true;
#ifdef __x86_64__
    case Instructions::avx2:
      return CPU_FEATURE_ACTIVE(AVX2);
    case Instructions::avx512:
      return CPU_FEATURE_ACTIVE(AVX2) && CPU_FEATURE_ACTIVE(AVX512F) && CPU_FEATURE_ACTIVE(AVX512BW) &&
             CPU_FEATURE_ACTIVE(AVX512_VPOPCNTDQ);
#endif
    default:
      return false;
  }
}

std::optional<Instructions> find_instructions(std::string_view name) {
  for (const Instructions instructions : kAllInstructions) {
    if (word(instructions) == name && runs_here(instructions)) return instructions;
  }
  return std::nullopt;
}

Instructions chosen_instructions() {
  static const Instructions chosen = choose();
  return chosen;
}

}  // namespace kp
