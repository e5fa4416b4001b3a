#include "kiemphieu/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

namespace kp {

Progress progress_on_terminal(std::string label) {
  if (::isatty(STDERR_FILENO) != 1) return {};
  using Clock = std::chrono::steady_clock;
  return [label = std::move(label), start = Clock::now(), shown = Clock::time_point()](
             std::size_t done, std::size_t of) mutable {
    const auto now = Clock::now();
    const bool last = done == of;
    const bool was_shown = shown != Clock::time_point();
    if (now - start < std::chrono::seconds(1) || (!last && now - shown < std::chrono::milliseconds(200)))
      return;
    if (last && !was_shown) return;
    shown = now;
    fmt::print(stderr, "\r{} {}/{}{}", label, done, of, last ? "\n" : "");
    std::fflush(stderr);
  };
}

}  // namespace kp
