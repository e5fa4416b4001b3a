// Bugs, as opposed to bad input.
//
// KP_ASSERT states what only a mistake in this program can make false. It stays on in every build: a count
// that goes on after a broken promise is worth less than no count. Nothing that comes from a file, a disk, a
// key or a person may ever reach it; that is a Finding (finding.h).
#pragma once

namespace kp {

/// Says where the program broke its own promise and ends the process.
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);

}  // namespace kp

#define KP_ASSERT(condition) \
  (static_cast<bool>(condition) ? void() : ::kp::assertion_failed(#condition, __FILE__, __LINE__))
