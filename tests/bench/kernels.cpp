// How fast each kernel counts a plane of 256 MiB with the validity test, beside a plain sum of the same
// words.
//
// A measurement and no test: it says how long, never whether. ./dev bench; docs/benchmarks.md.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <numeric>
#include <string>
#include <vector>

#include "tally/kernels.h"

namespace {

// KP_BENCH_MIB makes it smaller, to see that it runs.
std::size_t plane_words() {
  constexpr std::size_t kMebibytes = 256;
  const char* given = std::getenv("KP_BENCH_MIB");
  return (given == nullptr ? kMebibytes : std::strtoul(given, nullptr, 10)) * (std::size_t{1} << 20U) / 8;
}

// Ballots of so many rows, most names left standing.
const std::vector<std::uint64_t>& plane_of(std::size_t rows, std::size_t width) {
  static std::vector<std::uint64_t> words(plane_words());
  std::uint64_t state = 1;
  for (std::size_t i = 0; i < words.size(); ++i) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    const std::size_t first = i % width * 64;
    const std::size_t here = rows <= first ? 0 : std::min<std::size_t>(rows - first, 64);
    const std::uint64_t mask = here == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << here) - 1;
    words[i] = (state | (state << 21U)) & mask;
  }
  return words;
}

void set_bytes(benchmark::State& state) {
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(plane_words() * 8));
}

void read_sum(benchmark::State& state) {
  const std::vector<std::uint64_t>& words = plane_of(64, 1);
  constexpr std::size_t kLanes = 8;
  using Vector = std::uint64_t __attribute__((vector_size(kLanes * 8)));
  for (auto turn : state) {
    Vector sums[4] = {};
    const auto* vectors = reinterpret_cast<const std::uint64_t*>(words.data());
    for (std::size_t i = 0; i + 4 * kLanes <= words.size(); i += 4 * kLanes) {
      for (std::size_t lane = 0; lane < 4; ++lane) {
        Vector v;
        __builtin_memcpy(&v, vectors + i + lane * kLanes, sizeof v);
        sums[lane] += v;
      }
    }
    benchmark::DoNotOptimize(sums);
  }
  set_bytes(state);
}

void count_plane(benchmark::State& state, kp::CountPlane count_plane_by, std::size_t rows) {
  const std::size_t width = rows <= 64 ? 1 : 4;
  const std::vector<std::uint64_t>& words = plane_of(rows, width);
  const kp::Plane plane{words.data(), words.size() / width, width};
  std::vector<std::int64_t> bits(width * 64);
  for (auto turn : state) {
    kp::PlaneCount count{0, 0, bits.data()};
    count_plane_by(plane, {1, static_cast<std::int64_t>(rows * 5 / 6)}, count);
    benchmark::DoNotOptimize(bits.data());
  }
  set_bytes(state);
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  benchmark::RegisterBenchmark("read_sum", read_sum);
  for (const kp::Instructions instructions : kp::kAllInstructions) {
    if (!kp::runs_here(instructions)) continue;
    for (const std::size_t rows : {30U, 230U}) {
      const std::string name = std::string(kp::word(instructions)) + "/" + std::to_string(rows);
      const kp::CountPlane kernel = kp::kernel(instructions);
      benchmark::RegisterBenchmark(
          name.c_str(), [kernel, rows](benchmark::State& state) { count_plane(state, kernel, rows); });
    }
  }
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
