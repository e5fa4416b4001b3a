#include "intake/plain_lines.h"

#include "intake/plain_lines_versions.h"

namespace kp {

TakePlainLines take_plain_lines(BallotForm form, [[maybe_unused]] Instructions instructions) {
  const auto index = static_cast<std::size_t>(form);
#ifdef __x86_64__
  if (instructions != Instructions::portable) return plain_line_takers_avx2.by_form[index];
#endif
  return plain_line_takers_portable.by_form[index];
}

}  // namespace kp
