// Every election of up to three names and four ballots, in both ballot forms: engine and verifier agree on
// everything.
//
// The two share no counting code and were written apart from each other, from docs/formats.md. Order does not
// matter (property tests hold that), so every set of ballots stands for all its orders. Both decide from the
// counts alone, so counts are compared for every set, and decisions once for every count that occurs. The
// other questions are compared in the same way on up to two rows.
#include <algorithm>
#include <set>

#include "ballots/ballots.h"
#include "ballots/validity.h"
#include "catch.h"
#include "contest/majority.h"
#include "outcome/election.h"
#include "sheet/sheet.h"
#include "support/definitions.h"
#include "tally/counts.h"
#include "verify/expected.h"

using namespace kp;

namespace {

constexpr std::size_t kMostBallots = 4;

std::vector<std::string> all_marks(BallotForm form, std::size_t rows) {
  std::string letters = ".";
  for (const char c : std::string("abcd*")) {
    if (mark_of(c, form)) letters.push_back(c);
  }
  std::vector<std::string> all = {""};
  for (std::size_t row = 0; row < rows; ++row) {
    std::vector<std::string> longer;
    for (const std::string& marks : all) {
      for (const char c : letters) longer.push_back(marks + c);
    }
    all = std::move(longer);
  }
  return all;
}

// Calls `visit` with every set of up to kMostBallots of `all`, repeats allowed.
template <class Visit>
void each_set(const std::vector<std::string>& all, std::vector<std::string>& chosen, std::size_t from,
              const Visit& visit) {
  visit(chosen);
  if (chosen.size() == kMostBallots) return;
  for (std::size_t i = from; i < all.size(); ++i) {
    chosen.push_back(all[i]);
    each_set(all, chosen, i, visit);
    chosen.pop_back();
  }
}

template <class Visit>
void each_set(const std::vector<std::string>& all, const Visit& visit) {
  std::vector<std::string> chosen;
  each_set(all, chosen, 0, visit);
}

Counts engine_counts(const Contest& contest, const std::vector<std::string>& marks) {
  Ballots ballots(contest.ballot, contest.rows.size());
  std::uint32_t number = 0;
  for (const std::string& ballot : marks) ballots.append(++number, ballot, {});
  return count(ballots, judge(contest, ballots));
}

std::vector<verify::Ballot> verifier_ballots(const std::vector<std::string>& marks) {
  std::vector<verify::Ballot> ballots;
  for (const std::string& ballot : marks) ballots.push_back({ballot, 0, nullptr});
  return ballots;
}

bool same_counts(const Counts& ours, const verify::Counts& theirs) {
  bool same = ours.valid == theirs.valid && ours.rows.size() == theirs.rows.size();
  for (std::size_t i = 0; i < verify::kReasons; ++i)
    same = same && ours.invalid_by[i + 1] == theirs.invalid[i];
  for (std::size_t r = 0; same && r < ours.rows.size(); ++r) {
    same = ours.rows[r].options == theirs.rows[r].option && ours.rows[r].none == theirs.rows[r].none &&
           ours.rows[r].several == theirs.rows[r].several;
  }
  return same;
}

bool same_decision(const Contest& contest, const Counts& counts, std::int64_t line,
                   const verify::Decision& theirs) {
  std::vector<std::int64_t> votes;
  for (const RowCount& row : counts.rows) votes.push_back(row.options[0]);
  const ElectionOutcome ours = decide_election(contest, Level::base, votes, line);
  const Terms terms{contest.seats, contest.revote ? std::nullopt : std::optional(line)};
  const auto flip = flips(votes, terms, counts.valid);
  const auto rank = ranks(votes);
  bool same = word(ours.outcome) == verify::word(theirs.outcome) && ours.standings.order == theirs.elected &&
              ours.standings.open_seats == theirs.open_seats &&
              word(ours.next.action) == verify::word(theirs.action) && ours.next.rows == theirs.next_rows &&
              ours.next.seats == theirs.next_seats;
  for (std::size_t r = 0; same && r < votes.size(); ++r) {
    const verify::RowDecision& row = theirs.rows[r];
    same = row.votes == votes[r] && row.rank == rank[r] && row.flip == flip[r] &&
           word(ours.standings.rows[r]) == verify::word(*row.standing);
  }
  return same;
}

Electorate electorate_of(std::int64_t base) {
  return {base, {}, base};
}

// The whole result of both, member by member; slower, for the smaller spaces.
bool same_result(const Congress& congress, const Contest& contest, const std::vector<std::string>& marks) {
  const Electorate& electorate = congress.electorate;
  const auto cast = static_cast<std::int64_t>(marks.size());
  SheetInput input{congress, contest, electorate};
  input.issued = cast;
  input.returned = cast;
  input.counts = engine_counts(contest, marks);
  const Json::Object ours = make_sheet(input);
  const verify::Box box{cast, cast};
  const verify::Evaluation evaluation =
      verify::evaluate(congress, contest, electorate, box, verifier_ballots(marks));
  Contest with_electorate = contest;
  with_electorate.electorate = electorate;
  const verify::ResultFrame frame{congress, with_electorate, box, 0, 0, "", "x", 0, std::string(64, '0')};
  const Json theirs = verify::expected_result(frame, evaluation);
  return std::all_of(ours.begin(), ours.end(), [&](const Json::Member& member) {
    const Json* value = theirs.find(member.first);
    return value != nullptr && *value == member.second;
  });
}

}  // namespace

TEST_CASE(
    "every set of up to four ballots over up to three names, strike-out and agree: counts and outcome "
    "agree") {
  std::size_t sets = 0;
  std::size_t decisions = 0;
  for (std::size_t names = 1; names <= 3; ++names) {
    for (std::int64_t seats = 1; seats <= static_cast<std::int64_t>(names); ++seats) {
      Contest contest = test::election(names, seats);
      const verify::BallotRule rule = verify::rule_of(contest);
      std::set<std::vector<std::int64_t>> decided;
      std::size_t different = 0;
      each_set(all_marks(contest.ballot, names), [&](const std::vector<std::string>& marks) {
        ++sets;
        const Counts counts = engine_counts(contest, marks);
        const verify::Counts theirs = verify::count(rule, verifier_ballots(marks));
        if (!same_counts(counts, theirs)) ++different;
        std::vector<std::int64_t> key = {counts.valid};
        for (const RowCount& row : counts.rows) key.push_back(row.options[0]);
        if (!decided.insert(std::move(key)).second) return;
        for (const std::int64_t base : {1, 2, 4, 6}) {
          for (const bool revote : {false, true}) {
            contest.revote = revote;
            const verify::Decision decision =
                verify::decide(contest, Level::base, electorate_of(base), {4, 4}, theirs);
            if (!same_decision(contest, counts, base / 2 + 1, decision)) ++different;
            ++decisions;
          }
        }
        contest.revote = false;
      });
      CAPTURE(names, seats);
      CHECK(different == 0);
    }
  }
  CHECK(sets == 70 + 70 + 4845 + 495 + 495 + 814385);
  CHECK(decisions > 3000);
}

TEST_CASE("every set of up to four ballots over up to two rows, every question: the whole result agrees") {
  std::size_t compared = 0;
  for (const Question question :
       {Question::election, Question::opinion, Question::withdrawal, Question::introduction,
        Question::confidence, Question::rating, Question::survey}) {
    // Four options on two rows are too many sets for four ballots at a time; one row shows every band.
    const std::size_t most_rows = question == Question::rating || question == Question::confidence ? 1 : 2;
    for (std::size_t rows = 1; rows <= most_rows; ++rows) {
      for (const std::int64_t base : {1, 2, 4}) {
        const Contest contest = question == Question::election
                                    ? test::election(rows, 1)
                                    : test::poll(question, rows, has_seats(question) ? 1 : 0);
        const Congress congress = test::congress_of(contest, base);
        std::size_t different = 0;
        each_set(all_marks(contest.ballot, rows), [&](const std::vector<std::string>& marks) {
          if (!same_result(congress, contest, marks)) ++different;
          ++compared;
        });
        CAPTURE(word(question), rows, base);
        CHECK(different == 0);
      }
    }
  }
  CHECK(compared > 40'000);
}
