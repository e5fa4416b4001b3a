// The spot check: how many ballots, which ones, and how many misread ones could change who is elected; each
// held against trying everything.
#include <algorithm>
#include <bit>
#include <iterator>
#include <set>

#include "audit/chance.h"
#include "audit/draw.h"
#include "audit/margin.h"
#include "audit/report.h"
#include "catch.h"
#include "support/definitions.h"

using namespace kp;

namespace {

using Votes = std::vector<std::int64_t>;

// Of all samples of `sample` from `population` ballots, the first `misread` of them misread: how many there
// are, and how many hold at most `tolerated` misread ones.
struct Samples {
  std::int64_t all = 0;
  std::int64_t missing = 0;
};

Samples try_samples(const Doubted& doubted, std::int64_t sample) {
  Samples samples;
  const unsigned misread = (1U << doubted.misread) - 1;
  for (unsigned set = 0; set < 1U << doubted.population; ++set) {
    if (std::popcount(set) != sample) continue;
    ++samples.all;
    if (std::popcount(set & misread) <= doubted.tolerated) ++samples.missing;
  }
  return samples;
}

// What one ballot gives: bit r of it set when row r has a vote; 0 is an invalid ballot too.
using Ballot = unsigned;
using Stack = std::vector<Ballot>;

// Every stack of `ballots` ballots with at most `most` votes each, as sorted lists.
std::vector<Stack> all_stacks(std::size_t rows, std::int64_t most, std::size_t ballots) {
  std::vector<Stack> stacks = {{}};
  for (std::size_t i = 0; i < ballots; ++i) {
    std::vector<Stack> longer;
    for (const Stack& stack : stacks) {
      for (Ballot ballot = stack.empty() ? 0 : stack.back(); ballot < 1U << rows; ++ballot) {
        if (std::popcount(ballot) > most) continue;
        longer.push_back(stack);
        longer.back().push_back(ballot);
      }
    }
    stacks = std::move(longer);
  }
  return stacks;
}

Votes votes_of(const Stack& stack, std::size_t rows) {
  Votes votes(rows);
  for (const Ballot ballot : stack) {
    for (std::size_t row = 0; row < rows; ++row) votes[row] += (ballot >> row) & 1U;
  }
  return votes;
}

// How many ballots must be altered to make one stack of the other.
std::int64_t altered(const Stack& left, const Stack& right) {
  Stack common;
  std::set_intersection(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(common));
  return static_cast<std::int64_t>(left.size() - common.size());
}

struct TinyElection {
  std::size_t rows = 0;
  std::int64_t votes_a_ballot = 0;
  std::size_t ballots = 0;
  Terms terms;
};

// Holds least_misread against altering every stack into every other one. Returns the stacks tried.
std::size_t check_by_trying(const TinyElection& election) {
  const std::vector<Stack> stacks = all_stacks(election.rows, election.votes_a_ballot, election.ballots);
  std::vector<Standings> standings;
  for (const Stack& stack : stacks)
    standings.push_back(stand(votes_of(stack, election.rows), election.terms));
  for (std::size_t now = 0; now < stacks.size(); ++now) {
    std::optional<std::int64_t> other_standing;
    std::optional<std::int64_t> other_elected;
    for (std::size_t then = 0; then < stacks.size(); ++then) {
      if (standings[then].rows == standings[now].rows) continue;
      const std::int64_t ballots = altered(stacks[now], stacks[then]);
      if (!other_standing || ballots < *other_standing) other_standing = ballots;
      const bool elected_differ = std::set(standings[then].order.begin(), standings[then].order.end()) !=
                                  std::set(standings[now].order.begin(), standings[now].order.end());
      if (elected_differ && (!other_elected || ballots < *other_elected)) other_elected = ballots;
    }
    const Votes votes = votes_of(stacks[now], election.rows);
    const std::optional<std::int64_t> least =
        least_misread(votes, election.terms, static_cast<std::int64_t>(election.ballots));
    CAPTURE(votes, election.terms.seats, election.terms.line.value_or(-1), election.ballots);
    CHECK(least == other_standing);
    if (other_elected) CHECK(least <= other_elected);
  }
  return stacks.size();
}

}  // namespace

TEST_CASE("the chance of missing is that of all samples, tried one by one") {
  for (std::int64_t population = 1; population <= 8; ++population) {
    for (std::int64_t misread = 1; misread <= population; ++misread) {
      for (std::int64_t tolerated = 0; tolerated < misread; ++tolerated) {
        const Doubted doubted{population, misread, tolerated};
        std::int64_t before = 10000;
        for (std::int64_t sample = 0; sample <= population; ++sample) {
          const Samples tried = try_samples(doubted, sample);
          const std::int64_t chance = chance_of_missing(doubted, sample);
          CAPTURE(population, misread, tolerated, sample);
          CHECK(chance == (tried.missing * 10000 + tried.all - 1) / tried.all);
          CHECK(chance <= before);
          before = chance;
        }
      }
    }
  }
}

TEST_CASE("more misread ballots are never easier to miss, so the least number is the one to doubt") {
  for (std::int64_t misread = 3; misread < 60; ++misread) {
    CHECK(chance_of_missing({60, misread + 1, 2}, 20) <= chance_of_missing({60, misread, 2}, 20));
  }
}

TEST_CASE("the least sample is within the risk and one ballot fewer is not") {
  for (const std::int64_t population : {1, 2, 9, 348, 1580, 250000}) {
    for (const std::int64_t misread : {1, 2, 7, 40}) {
      for (const std::int64_t tolerated : {0, 1, 3}) {
        if (misread > population || tolerated >= misread) continue;
        const Doubted doubted{population, misread, tolerated};
        for (const std::int64_t risk : {1, 500, 1000, 9999}) {
          const std::int64_t sample = least_sample(doubted, risk);
          CAPTURE(population, misread, tolerated, risk, sample);
          CHECK(sample >= 1);
          CHECK(chance_of_missing(doubted, sample) <= risk);
          CHECK(chance_of_missing(doubted, sample - 1) > risk);
        }
      }
    }
  }
  // 348 ballots, one misread is enough: 95 % of them must be looked at, and that is 331 ballots.
  CHECK(least_sample({348, 1, 0}, 500) == 331);
}

TEST_CASE("no fewer altered ballots change a standing, and just so many do: every stack, strike and agree") {
  std::size_t tried = 0;
  for (std::size_t rows = 1; rows <= 3; ++rows) {
    for (std::size_t ballots = 1; ballots <= 4; ++ballots) {
      for (std::int64_t seats = 1; seats <= static_cast<std::int64_t>(rows); ++seats) {
        // A list longer than the seats is struck: at most `seats` votes a ballot. Otherwise each row has its
        // box.
        for (std::int64_t line = 0; line <= static_cast<std::int64_t>(ballots) + 1; ++line) {
          const Terms terms{seats, line == 0 ? std::nullopt : std::optional(line)};
          tried += check_by_trying({rows, seats, ballots, terms});
        }
      }
    }
  }
  CHECK(tried > 5000);
}

TEST_CASE("one misread ballot moves a pair by two votes and the line by one") {
  CHECK(least_misread(Votes{200, 190, 100}, Terms{2, 175}, 300) == 16);  // 190 falls below 175
  CHECK(least_misread(Votes{200, 190, 180}, Terms{2, 100}, 300) == 5);   // 190 and 180 meet at 185
  CHECK(least_misread(Votes{200, 190, 181}, Terms{2, 100}, 300) == 5);   // 185 and 186
  CHECK(least_misread(Votes{200, 190, 170}, Terms{3, 175}, 300) == 5);   // 170 reaches 175
  CHECK(least_misread(Votes{200, 190, 190}, Terms{2, 100}, 300) == 1);   // a tie breaks
  CHECK(least_misread(Votes{3, 2}, Terms{2, 9}, 5) == std::nullopt);     // nobody can reach 9 with 5 ballots
}

TEST_CASE("the draw is the one that six lines of Python give (docs/audit.md)") {
  CHECK(draw("31415926535897932384", "committee", 348, 12) ==
        std::vector<std::int64_t>{63, 300, 172, 173, 138, 49, 78, 313, 115, 153, 338, 340});
  CHECK(draw("31415926535897932384", "committee", 5, 5) == std::vector<std::int64_t>{2, 4, 1, 3, 0});
  CHECK(draw("31415926535897932384", "committee", 348, 5) ==
        std::vector<std::int64_t>{63, 300, 172, 173, 138});
}

TEST_CASE("digests beyond the last whole round favour nobody") {
  Digest digest;
  digest.fill(0xff);  // 2^256 − 1, and 2^256 leaves 1 when divided by 3
  CHECK(place_of(digest, 3) == std::nullopt);
  CHECK(place_of(digest, 2) == 1);
  digest[31] = 0xfe;
  CHECK(place_of(digest, 3) == 2);
}

TEST_CASE("a seed is at least twenty digits, in groups if one likes") {
  CHECK(seed_in("3141 5926 5358 9793 2384") == "31415926535897932384");
  CHECK(seed_in("3141592653589793238") == std::nullopt);
  CHECK(seed_in("3141592653589793238x") == std::nullopt);
}
