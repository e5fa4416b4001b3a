// outcome: who is elected, what comes next, how far each is from another standing; the polls.
#include "catch.h"
#include "mock/random.h"
#include "outcome/election.h"
#include "outcome/polls.h"
#include "support/definitions.h"

using namespace kp;
using test::election;
using test::poll;

namespace {

using Votes = std::vector<std::int64_t>;
using Numbers = std::vector<std::uint32_t>;

struct Setting {
  Office office = Office::committee;
  std::int64_t round = 1;
  bool revote = false;
  Level level = Level::base;
};

ElectionOutcome decide(Votes votes, std::int64_t seats, std::int64_t base, const Setting& setting = {}) {
  Contest contest = election(votes.size(), seats, setting.office);
  contest.round = setting.round;
  contest.revote = setting.revote;
  return decide_election(contest, setting.level, votes, base / 2 + 1);
}

// The least change that gives a row another standing, by trying every one.
std::optional<std::int64_t> flip_plainly(const Votes& votes, std::size_t row, const Terms& terms,
                                         std::int64_t valid) {
  const Standing now = stand(votes, terms).rows[row];
  for (std::int64_t k = 1; k <= valid; ++k) {
    for (const std::int64_t change : {-k, k}) {
      if (change < 0 && now == Standing::not_elected) continue;
      if (change > 0 && now == Standing::elected) continue;
      Votes changed = votes;
      changed[row] += change;
      if (changed[row] < 0 || changed[row] > valid) continue;
      if (stand(changed, terms).rows[row] != now) return k;
    }
  }
  return std::nullopt;
}

int height(Standing standing) {
  return standing == Standing::elected ? 2 : standing == Standing::tied ? 1 : 0;
}

}  // namespace

TEST_CASE("exactly one half fails, one more passes (R8.1, D-7, P1)") {
  const ElectionOutcome outcome = decide({5, 6}, 2, 10);
  CHECK(outcome.standings.rows == std::vector{Standing::not_elected, Standing::elected});
  CHECK(outcome.outcome == Outcome::short_);
  CHECK(outcome.next.action == Action::presiding_body_decides);
  CHECK(outcome.next.rows == Numbers{1});
  CHECK(outcome.next.seats == 1);
}

TEST_CASE("the base is not the ballots returned: 22, 21, 20 of a base of 42 (D-11, R7.5)") {
  const ElectionOutcome outcome = decide({22, 21, 20}, 2, 42);
  CHECK(outcome.standings.order == Numbers{1});
  CHECK(outcome.outcome == Outcome::short_);
}

TEST_CASE("more over one half than seats: the highest (R8.2, D-12)") {
  const ElectionOutcome outcome = decide({18, 15, 13, 12}, 3, 20);
  CHECK(outcome.standings.order == Numbers{1, 2, 3});
  CHECK(outcome.standings.rows[3] == Standing::not_elected);
  CHECK(outcome.outcome == Outcome::filled);
  CHECK(outcome.next.action == Action::none);
  CHECK(outcome.next.rows.empty());
}

TEST_CASE("a tie above the last seat changes nothing (R8.11, D-13; 18-way tie of Thanh Hoá 2025)") {
  CHECK(decide({18, 14, 14, 12}, 3, 20).standings.order == Numbers{1, 2, 3});
  Votes votes(22, 486);
  votes[20] = 300;
  votes[21] = 290;
  const ElectionOutcome outcome = decide(votes, 21, 486);
  CHECK(outcome.outcome == Outcome::filled);
  CHECK(outcome.standings.rows[21] == Standing::not_elected);
}

TEST_CASE("a tie below the line changes nothing (R8.1, D-14)") {
  const ElectionOutcome outcome = decide({18, 15, 10, 10}, 3, 20);
  CHECK(outcome.standings.order == Numbers{1, 2});
  CHECK(outcome.outcome == Outcome::short_);
  CHECK(outcome.next.rows == Numbers{3, 4});
  CHECK(outcome.next.seats == 1);
}

TEST_CASE("a tie at the last seat is never broken (R8.3, R8.5, U-1)") {
  const ElectionOutcome outcome = decide({18, 15, 12, 12}, 3, 20);
  CHECK(outcome.standings.order == Numbers{1, 2});
  CHECK(outcome.outcome == Outcome::tied);
  CHECK(outcome.next.action == Action::revote);
  CHECK(outcome.next.rows == Numbers{3, 4});
  CHECK(outcome.next.seats == 1);
  // All equal, more of them than seats: nobody is elected.
  const ElectionOutcome all = decide({15, 15, 15}, 2, 20);
  CHECK(all.standings.order.empty());
  CHECK(all.next.rows == Numbers{1, 2, 3});
  CHECK(all.next.seats == 2);
}

TEST_CASE("in a re-vote nobody needs the line; tied again is for the congress (U-2, U-3)") {
  const ElectionOutcome won = decide({9, 8}, 1, 20, {Office::committee, 2, true});
  CHECK(won.outcome == Outcome::filled);
  CHECK(won.standings.order == Numbers{1});
  const ElectionOutcome tied = decide({10, 10}, 1, 20, {Office::committee, 2, true});
  CHECK(tied.outcome == Outcome::tied);
  CHECK(tied.next.action == Action::presiding_body_decides);
  CHECK(tied.standings.order.empty());
}

TEST_CASE("in a further round the line applies again (R8.10, U-4)") {
  CHECK(decide({10, 11}, 1, 20, {Office::committee, 2}).standings.order == Numbers{2});
  CHECK(decide({10, 10}, 1, 20, {Office::committee, 2}).outcome == Outcome::short_);
}

TEST_CASE("delegates short in round one vote again, later the congress decides (R8.7, P17)") {
  CHECK(decide({5, 4}, 1, 20, {Office::delegates}).next.action == Action::vote_again);
  CHECK(decide({5, 4}, 1, 20, {Office::alternate_delegates}).next.action == Action::vote_again);
  CHECK(decide({5, 4}, 1, 20, {Office::delegates, 2}).next.action == Action::presiding_body_decides);
  CHECK(decide({5, 4}, 1, 20, {Office::committee}).next.action == Action::presiding_body_decides);
}

TEST_CASE("a branch secretary without a majority at the third vote is appointed (R8.8, P18)") {
  const auto third = [](Level level, Office office, std::int64_t round) {
    return decide({6, 6}, 1, 12, {office, round, false, level}).outcome;
  };
  CHECK(third(Level::branch, Office::secretary, 3) == Outcome::exhausted);
  CHECK(third(Level::branch, Office::secretary, 4) == Outcome::exhausted);
  CHECK(third(Level::branch, Office::secretary, 2) == Outcome::short_);
  CHECK(third(Level::base, Office::secretary, 3) == Outcome::short_);
  CHECK(third(Level::branch, Office::deputy_secretary, 3) == Outcome::short_);
  const ElectionOutcome outcome = decide({6, 6}, 1, 12, {Office::secretary, 3, false, Level::branch});
  CHECK(outcome.next.action == Action::superior_appoints);
  CHECK(outcome.next.rows.empty());
  CHECK(outcome.next.seats == 1);
}

TEST_CASE("equal votes share a rank: 1, 2, 2, 4 (contract 8)") {
  CHECK(ranks(Votes{12, 15, 12, 9}) == Votes{2, 1, 2, 4});
  CHECK(ranks(Votes{0, 0}) == Votes{1, 1});
}

TEST_CASE("the elected are named in order of votes, equal votes in ballot order (R4.7)") {
  CHECK(decide({12, 18, 15, 15}, 4, 20).standings.order == Numbers{2, 3, 4, 1});
}

TEST_CASE("flip equals trying every change, for every small election") {
  for (std::int64_t valid = 0; valid <= 4; ++valid) {
    for (std::int64_t a = 0; a <= valid; ++a) {
      for (std::int64_t b = 0; b <= valid; ++b) {
        for (std::int64_t c = 0; c <= valid; ++c) {
          for (std::int64_t seats = 1; seats <= 3; ++seats) {
            for (std::int64_t line = 0; line <= 4; ++line) {
              const Votes votes = {a, b, c};
              const Terms terms{seats, line == 0 ? std::nullopt : std::optional(line)};
              const auto flip = flips(votes, terms, valid);
              for (std::size_t row = 0; row < 3; ++row)
                CHECK(flip[row] == flip_plainly(votes, row, terms, valid));
            }
          }
        }
      }
    }
  }
}

TEST_CASE("property: one more vote never hurts, and never costs anyone else more than it must") {
  Random random(190);
  for (int trial = 0; trial < 3000; ++trial) {
    const std::size_t rows = 1 + random.below(8);
    Votes votes;
    for (std::size_t row = 0; row < rows; ++row) votes.push_back(static_cast<std::int64_t>(random.below(12)));
    const Terms terms{static_cast<std::int64_t>(1 + random.below(rows)),
                      random.below(4) == 0 ? std::nullopt : std::optional<std::int64_t>(random.below(12))};
    const Standings before = stand(votes, terms);
    const std::size_t lucky = random.below(rows);
    ++votes[lucky];
    const Standings after = stand(votes, terms);
    CHECK(height(after.rows[lucky]) >= height(before.rows[lucky]));
    for (std::size_t row = 0; row < rows; ++row) {
      if (row != lucky) CHECK(height(after.rows[row]) <= height(before.rows[row]));
    }
    CHECK(static_cast<std::int64_t>(after.order.size()) + after.open_seats == terms.seats);
  }
}

TEST_CASE(
    "floor nominees: more than 30 % of those present, then from the highest to the cap (R2.5, R2.7, D-17, "
    "D-18)") {
  Contest contest = poll(Question::opinion, 4, 10);
  contest.prepared = 11;
  // Seats 10, cap 3, 11 prepared: room for two.
  const PollOutcome outcome = decide_opinion(contest, Votes{40, 35, 31, 30}, 100);
  CHECK(outcome.rows == std::vector{PollStanding::listed, PollStanding::listed, PollStanding::dropped,
                                    PollStanding::not_supported});
  CHECK(outcome.outcome == Outcome::done);
  CHECK(outcome.supported == 3);
  CHECK(outcome.room == 2);
}

TEST_CASE("a tie at the cut of an opinion poll is for the congress (R2.8, U-8)") {
  Contest contest = poll(Question::opinion, 3, 10);
  contest.prepared = 11;
  const PollOutcome outcome = decide_opinion(contest, Votes{40, 35, 35}, 100);
  CHECK(outcome.rows == std::vector{PollStanding::listed, PollStanding::tied, PollStanding::tied});
  CHECK(outcome.outcome == Outcome::tied);
  CHECK(outcome.next.action == Action::presiding_body_decides);
  CHECK(outcome.next.rows == Numbers{2, 3});
  CHECK(outcome.next.seats == 1);
  // A tie that fits, and no room at all.
  contest.prepared = 10;
  CHECK(decide_opinion(contest, Votes{40, 35, 35}, 100).outcome == Outcome::done);
  contest.prepared = 20;
  CHECK(decide_opinion(contest, Votes{40, 35, 35}, 100).rows == std::vector(3, PollStanding::dropped));
}

TEST_CASE("a person stays on the list only when more than half vote against letting them go (R13.4)") {
  CHECK(decide_withdrawal(Votes{10, 11}, 20).rows ==
        std::vector{PollStanding::withdrawn, PollStanding::stays});
}

TEST_CASE("confidence: none at one half, a band above it, another from two thirds (R15.2, R15.3, D-23)") {
  const auto band = [](std::int64_t low, std::int64_t of) {
    RowCount row;
    row.options[2] = low;
    return confidence_band(row, of);
  };
  CHECK(band(25, 50) == Band::none);
  CHECK(band(26, 50) == Band::low_over_half);
  CHECK(band(33, 50) == Band::low_over_half);
  CHECK(band(34, 50) == Band::low_two_thirds);
  CHECK(band(40, 60) == Band::low_two_thirds);
  CHECK(band(0, 0) == Band::none);
}

TEST_CASE("rating: the level with more than one half, else none (R16)") {
  const auto band = [](std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t d) {
    RowCount row;
    row.options = {a, b, c, d};
    return rating_band(row, 20);
  };
  CHECK(band(11, 9, 0, 0) == Band::excellent);
  CHECK(band(10, 10, 0, 0) == Band::none);
  CHECK(band(0, 0, 2, 18) == Band::failed);
  CHECK(band(1, 1, 12, 6) == Band::satisfactory);
}
