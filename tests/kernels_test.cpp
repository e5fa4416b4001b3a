// tally: every kernel gives what its plain twin gives, at every length, width, alignment and limit.
#include "tally/kernels.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "ballots/validity.h"
#include "catch.h"
#include "mock/random.h"
#include "support/definitions.h"
#include "support/guarded_page.h"
#include "support/kernel_sum.h"
#include "tally/counts.h"

using namespace kp;

namespace {

constexpr std::size_t kWidths[] = {1, 2, 4, 8};

// Words of which most bits are set, some all, some none.
std::vector<std::uint64_t> random_words(Random& random, std::size_t count) {
  std::vector<std::uint64_t> words(count);
  for (std::uint64_t& word : words) {
    const std::uint64_t kind = random.below(8);
    word = kind == 0 ? 0 : kind == 1 ? ~std::uint64_t{0} : random.next() | random.next();
  }
  return words;
}

void check_all(const Plane& plane, BitLimits limits) {
  const test::KernelSum plain = test::sum_of(count_plane_plainly, plane, limits);
  for (const Instructions instructions : kAllInstructions) {
    if (!runs_here(instructions)) continue;
    CAPTURE(word(instructions), plane.ballots, plane.words_per_ballot, limits.least, limits.most);
    CHECK(test::sum_of(kernel(instructions), plane, limits) == plain);
  }
}

}  // namespace

TEST_CASE("kernels agree at every length around their batches, for every width and limit") {
  Random random(20261125);
  for (std::size_t width = 1; width <= kMostKernelWords; width *= 2) {
    const std::vector<std::uint64_t> words = random_words(random, 300 * width);
    const auto bits = static_cast<std::int64_t>(width * 64);
    for (const std::size_t ballots : std::initializer_list<std::size_t>{
             0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 300}) {
      for (const BitLimits limits : {BitLimits{0, bits}, BitLimits{1, bits * 3 / 4},
                                     BitLimits{bits / 2, bits / 2}, BitLimits{1, 0}, BitLimits{0, 0}}) {
        check_all({words.data(), ballots, width}, limits);
      }
    }
  }
}

TEST_CASE("kernels agree when words do not begin at a multiple of a vector") {
  Random random(2);
  const std::vector<std::uint64_t> words = random_words(random, 16 + 600 * 4);
  for (std::size_t skipped = 0; skipped < 16; ++skipped) {
    for (const std::size_t width : kWidths) check_all({words.data() + skipped, 600 / width, width}, {1, 40});
  }
}

TEST_CASE("kernels read nothing beyond the last word") {
  const test::GuardedPage page;
  const std::size_t in_page = page.size() / sizeof(std::uint64_t);
  Random random(3);
  const std::vector<std::uint64_t> words = random_words(random, in_page);
  std::copy(words.begin(), words.end(), page.last<std::uint64_t>(in_page));
  for (const std::size_t width : kWidths) {
    for (std::size_t ballots = 1; ballots * width <= in_page && ballots < 140; ++ballots) {
      check_all({page.last<std::uint64_t>(ballots * width), ballots, width}, {1, 50});
    }
  }
}

TEST_CASE("counters carry through every level and are emptied before they overflow") {
  // More than one filling of the widest vector: 4,095 batches of 16 vectors of 8 words, every bit set.
  constexpr std::size_t kWords = (4095 * 16 + 40) * 8;
  const std::vector<std::uint64_t> words(kWords, ~std::uint64_t{0});
  for (const Instructions instructions : kAllInstructions) {
    if (!runs_here(instructions)) continue;
    CAPTURE(word(instructions));
    const test::KernelSum sum =
        test::sum_of(kernel(instructions), Plane{words.data(), kWords, 1}, BitLimits{0, 64});
    CHECK(std::all_of(sum.bits.begin(), sum.bits.end(),
                      [](std::int64_t n) { return n == static_cast<std::int64_t>(kWords); }));
  }
}

TEST_CASE("instructions are found by their name, and only where they run") {
  CHECK(find_instructions("portable") == Instructions::portable);
  CHECK_FALSE(find_instructions("abacus"));
  for (const Instructions instructions : kAllInstructions) {
    CHECK(find_instructions(word(instructions)).has_value() == runs_here(instructions));
  }
}

TEST_CASE("tally gives what judging and then counting gives, for every form, width and flag") {
  Random random(4);
  for (const auto& [form, letters] :
       {std::pair{BallotForm::strike, "aaa."}, std::pair{BallotForm::agree, "aab.*"},
        std::pair{BallotForm::confidence, "abc.*"}, std::pair{BallotForm::rating, "abcd.*"}}) {
    for (const std::int64_t row_count : {1, 2, 5, 64, 65, 130, 200, 300}) {
      const auto rows = static_cast<std::size_t>(row_count);
      Contest contest = test::election(rows, 1);
      contest.ballot = form;
      contest.seats = row_count * 3 / 4;
      Ballots ballots(form, rows);
      for (std::uint32_t number = 1; number <= 400; ++number) {
        const bool extreme = random.below(10) == 0;
        std::string marks(rows, random.below(2) == 0 ? '.' : 'a');
        for (char& mark : marks) {
          if (!extreme) mark = letters[random.below(std::strlen(letters))];
        }
        Flags flags;
        if (random.below(20) == 0) flags.insert(static_cast<Flag>(random.below(kFlagCount)));
        ballots.append(number, marks, flags);
      }
      CAPTURE(static_cast<int>(form), rows);
      CHECK(tally(contest, ballots) == count(ballots, judge(contest, ballots)));
    }
  }
}
