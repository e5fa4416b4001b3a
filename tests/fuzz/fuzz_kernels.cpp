// Any bytes as a bit plane: every kernel that runs here counts what the plain twin counts.
//
// The first eight bytes say how wide a ballot is, what the limits are and where the plane begins; the others
// are the plane, again and again until it is some batches long.
#include <cstring>
#include <vector>

#include "fuzz/fuzz.h"
#include "support/kernel_sum.h"
#include "tally/kernels.h"

using namespace kp;

namespace {

constexpr std::size_t kHead = 8;
constexpr std::size_t kMostWords = 4096;

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < kHead + 8) return 0;
  const std::size_t width = std::size_t{1} << data[0] % 7U;
  const BitLimits limits{data[1] % 5, data[2] + 16 * (data[3] % 8)};
  const std::size_t skipped = data[4] % 8U;
  const std::size_t wanted = (data[5] + 256U * data[6]) % kMostWords;
  std::vector<std::uint64_t> words(skipped + wanted);
  for (std::size_t i = skipped; i < words.size(); ++i) {
    const std::size_t at = kHead + (i - skipped) * 8 % (size - kHead - 7);
    std::memcpy(&words[i], data + at, 8);
  }
  const Plane plane{words.data() + skipped, wanted / width, width};
  const test::KernelSum plain = test::sum_of(count_plane_plainly, plane, limits);
  for (const Instructions instructions : kAllInstructions) {
    if (runs_here(instructions)) KP_ASSERT(test::sum_of(kernel(instructions), plane, limits) == plain);
  }
  return 0;
}
