// Which instructions this processor has beyond those that every one has.
//
// Fast paths come in versions named by these words, each in a file of its own, compiled for its instructions
// by attribute; no part of the build needs a flag for a processor. Which version runs changes nothing but the
// time.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

// A fast path is fast only as one function: its vectors then stay in registers.
#define KP_INLINE [[gnu::always_inline]] inline

namespace kp {

/// The slowest first; each is to be had wherever a later one is.
enum class Instructions : std::uint8_t {
  portable,  ///< any processor
  avx2,      ///< x86-64 with vectors of 32 bytes
  avx512,    ///< x86-64 with vectors of 64 bytes, compared byte by byte, and their bits counted
};
inline constexpr std::array kAllInstructions = {Instructions::portable, Instructions::avx2,
                                                Instructions::avx512};

/// Purpose: the word for them: portable avx2 avx512.
std::string_view word(Instructions instructions);

/// Purpose: whether this processor has them.
bool runs_here(Instructions instructions);

/// Purpose: the instructions that `name` means, or nothing when there are none of this name or this processor
/// lacks them.
std::optional<Instructions> find_instructions(std::string_view name);

/// Purpose: those that this process uses: what KP_KERNEL names, else the fastest that runs here.
/// In: KP_KERNEL, when set, names what runs here (a program asks find_instructions first).
Instructions chosen_instructions();

}  // namespace kp
