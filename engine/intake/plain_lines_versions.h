// The versions themselves, for plain_lines.cpp alone. Each stands in a file of its own, compiled for its
// instructions.
#pragma once

#include "intake/plain_lines.h"

namespace kp {

/// One version, by form.
struct PlainLineTakers {
  TakePlainLines by_form[4];
};

extern const PlainLineTakers plain_line_takers_portable;
#ifdef __x86_64__
extern const PlainLineTakers plain_line_takers_avx2;
#endif

}  // namespace kp
