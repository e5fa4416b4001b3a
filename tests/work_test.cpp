// base: work on several threads gives what a plain loop gives. The preset tsan runs this too: the last case
// does with bundles what `import` does on its threads.
#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "base/digest.h"
#include "base/work_in_order.h"
#include "catch.h"
#include "intake/csv.h"
#include "support/definitions.h"
#include "tally/counts.h"

using namespace kp;

namespace {

std::vector<std::size_t> squares(std::size_t count, std::size_t threads) {
  std::vector<std::size_t> taken;
  work_in_order(
      count, threads,
      [](std::size_t i) {
        if (i % 7 == 0) std::this_thread::sleep_for(std::chrono::microseconds(200));
        return std::make_unique<std::size_t>(i * i);  // a value that can only be moved
      },
      [&](std::size_t i, std::unique_ptr<std::size_t> square) {
        CHECK(i == taken.size());
        taken.push_back(*square);
      });
  return taken;
}

}  // namespace

TEST_CASE("what is made and in which order it is taken does not depend on the number of threads") {
  for (const std::size_t count : {0U, 1U, 2U, 3U, 100U}) {
    const std::vector<std::size_t> plain = squares(count, 1);
    CHECK(plain.size() == count);
    for (const std::size_t threads : {2U, 3U, 5U}) CHECK(squares(count, threads) == plain);
  }
}

TEST_CASE("the calling thread makes, too, while what it is to take is not there") {
  std::promise<void> begun;
  std::vector<std::thread::id> makers(2);
  work_in_order(
      2, 2,
      [&](std::size_t i) {
        makers[i] = std::this_thread::get_id();
        if (i == 0) begun.get_future().wait_for(std::chrono::seconds(30));
        if (i == 1) begun.set_value();
        return i;
      },
      [](std::size_t, std::size_t) {});
  CHECK(makers[0] != makers[1]);
  CHECK((makers[0] == std::this_thread::get_id() || makers[1] == std::this_thread::get_id()));
}

TEST_CASE("no more values wait than two for each thread") {
  std::atomic<std::size_t> made = 0;
  std::size_t taken = 0;
  std::size_t most = 0;
  work_in_order(
      200, 2, [&](std::size_t i) { return ++made, i; },
      [&](std::size_t, std::size_t) {
        std::this_thread::sleep_for(std::chrono::microseconds(100));
        ++taken;
        most = std::max(most, made - taken);
      });
  CHECK(most > 1);
  CHECK(most <= 4);
}

TEST_CASE("what is thrown while making or taking arrives in its turn, and the threads end") {
  for (const std::size_t threads : {1U, 2U, 3U}) {
    std::size_t taken = 0;
    const auto make = [](std::size_t i) {
      if (i == 5) throw std::runtime_error("made badly");
      return i;
    };
    CHECK_THROWS_AS(work_in_order(50, threads, make, [&](std::size_t, std::size_t) { ++taken; }),
                    std::runtime_error);
    CHECK(taken == 5);
    const auto refuse = [](std::size_t i, std::size_t) {
      if (i == 3) throw std::logic_error("not taken");
    };
    CHECK_THROWS_AS(work_in_order(
                        50, threads, [](std::size_t i) { return i; }, refuse),
                    std::logic_error);
  }
}

TEST_CASE("bundles digested, parsed and counted on several threads are what a plain loop makes of them") {
  const Contest contest = test::election(70, 50);
  std::vector<std::string> bundles;
  std::uint32_t state = 1;
  for (std::size_t bundle = 0; bundle < 40; ++bundle) {
    std::string csv;
    for (std::uint32_t number = 1; number <= 50; ++number) {
      std::string marks(70, '.');
      for (char& mark : marks) mark = ((state = state * 1664525U + 1013904223U) >> 30U) == 0 ? '.' : 'a';
      // one bundle in four goes to the careful parser
      append_csv(csv, bundle % 4 == 0 ? 51 - number : number, marks,
                 number == 7 ? Flags(Flag::marked) : Flags());
    }
    bundles.push_back(csv);
  }
  const auto count_on = [&](std::size_t threads) {
    std::vector<std::string> digests;
    Counts sum(contest.rows.size());
    work_in_order(
        bundles.size(), threads,
        [&](std::size_t i) {
          const Result<Ballots> ballots =
              parse_ballots(bundles[i], "b.csv", {contest.ballot, contest.rows.size()});
          return std::pair(sha256_hex(bundles[i]), tally(contest, ballots.value()));
        },
        [&](std::size_t, const std::pair<std::string, Counts>& one) {
          digests.push_back(one.first);
          sum += one.second;
        });
    return std::pair(digests, sum);
  };
  const auto plain = count_on(1);
  CHECK(plain.second.accepted() == 40 * 50);
  for (const std::size_t threads : {2U, 3U, 4U}) CHECK(count_on(threads) == plain);
}
