// ballots and tally: which ballots are valid, and what their rows add up to.
#include <algorithm>

#include "ballots/ballots.h"
#include "ballots/validity.h"
#include "catch.h"
#include "mock/random.h"
#include "support/definitions.h"
#include "tally/counts.h"

using namespace kp;
using test::election;
using test::poll;

namespace {

Ballots ballots_of(const Contest& contest, const std::vector<std::pair<std::string, Flags>>& read) {
  Ballots ballots(contest.ballot, contest.rows.size());
  std::uint32_t number = 0;
  for (const auto& [marks, flags] : read) ballots.append(++number, marks, flags);
  return ballots;
}

Verdict verdict_on(const Contest& contest, const std::string& marks, Flags flags = {}) {
  return judge(contest, ballots_of(contest, {{marks, flags}})).front();
}

Flags flags_of(std::string_view text) {
  Flags flags;
  FlagFault fault;
  REQUIRE(parse_flags(text, flags, fault));
  return flags;
}

// The same count, letter by letter: the plain twin of count().
Counts count_plainly(const Contest& contest, const Ballots& ballots, const std::vector<Verdict>& verdicts) {
  Counts counts(contest.rows.size());
  for (std::size_t i = 0; i < ballots.size(); ++i) {
    if (verdicts[i] != Verdict::valid) {
      ++counts.invalid_by[static_cast<std::size_t>(verdicts[i])];
      continue;
    }
    ++counts.valid;
    const std::string marks = ballots.marks(i);
    for (std::size_t row = 0; row < marks.size(); ++row) {
      RowCount& votes = counts.rows[row];
      ++(marks[row] == '.'   ? votes.none
         : marks[row] == '*' ? votes.several
                             : votes.options[static_cast<std::size_t>(marks[row] - 'a')]);
    }
  }
  return counts;
}

std::string random_marks(Random& random, BallotForm form, std::size_t rows) {
  std::string letters = ".";
  for (const char c : std::string("abcd*")) {
    if (mark_of(c, form)) letters.push_back(c);
  }
  std::string marks;
  for (std::size_t row = 0; row < rows; ++row) marks.push_back(letters[random.below(letters.size())]);
  return marks;
}

}  // namespace

TEST_CASE("each form has its own marks and no others (contract 4)") {
  const auto letters = [](BallotForm form) {
    std::string all;
    for (char c = ' '; c < 127; ++c) {
      if (mark_of(c, form)) all.push_back(c);
    }
    return all;
  };
  CHECK(letters(BallotForm::strike) == ".?a");
  CHECK(letters(BallotForm::agree) == "*.?ab");
  CHECK(letters(BallotForm::confidence) == "*.?abc");
  CHECK(letters(BallotForm::rating) == "*.?abcd");
}

TEST_CASE("a surplus ballot of 3 seats and 4 names with 0 to 4 strikes (D-8; R6.1, R6.6, R6.7)") {
  const Contest contest = election(4, 3);
  CHECK(verdict_on(contest, "aaaa") == Verdict::too_many);
  CHECK(verdict_on(contest, "aaa.") == Verdict::valid);
  CHECK(verdict_on(contest, "a.a.") == Verdict::valid);
  CHECK(verdict_on(contest, "...a") == Verdict::valid);
  CHECK(verdict_on(contest, "....") == Verdict::nobody);
}

TEST_CASE("a one-name ballot: agree, disagree, neither, both (D-9; R6.3, R6.8)") {
  const Contest contest = election(1, 1, Office::secretary);
  CHECK(verdict_on(contest, "a") == Verdict::valid);
  CHECK(verdict_on(contest, "b") == Verdict::valid);
  CHECK(verdict_on(contest, ".") == Verdict::one_name_box);
  CHECK(verdict_on(contest, "*") == Verdict::one_name_box);
}

TEST_CASE("several names without a surplus: a row lost does not lose the ballot (D-10, U-5; R6.4, D3)") {
  const Contest contest = election(5, 5, Office::inspection);
  CHECK(verdict_on(contest, "*.aba") == Verdict::valid);
  CHECK(verdict_on(contest, "bbbbb") == Verdict::valid);
  CHECK(verdict_on(contest, ".....") == Verdict::valid);
}

TEST_CASE("the one-name rule is for elections only, the nobody rule for two names or more") {
  CHECK(verdict_on(poll(Question::withdrawal, 1), ".") == Verdict::valid);
  CHECK(verdict_on(poll(Question::introduction, 1, 1), ".") == Verdict::valid);
  CHECK(verdict_on(poll(Question::introduction, 2, 1), "..") == Verdict::nobody);
  CHECK(verdict_on(poll(Question::introduction, 2, 1), "aa") == Verdict::too_many);
}

TEST_CASE("the first reason that applies makes a ballot invalid (contract 5)") {
  const Contest contest = election(4, 3);
  CHECK(verdict_on(contest, "aaaa", flags_of("not-issued|signed")) == Verdict::not_issued);
  CHECK(verdict_on(contest, "aaaa", flags_of("outside-name|marked")) == Verdict::outside_name);
  CHECK(verdict_on(contest, "aaaa", flags_of("signed")) == Verdict::marked);
  CHECK(verdict_on(contest, "aaa.", flags_of("written-on")) == Verdict::marked);
  CHECK(verdict_on(contest, "aaa.", flags_of("marked")) == Verdict::marked);
  CHECK(verdict_on(contest, "aaa.", Flags(Flag::ruled_invalid)) == Verdict::ruled_invalid);
}

TEST_CASE("flags are read strictly and written back as they were") {
  Flags flags;
  FlagFault fault;
  CHECK(to_text(flags_of("not-issued|outside-name|signed|written-on|marked")) ==
        "not-issued|outside-name|signed|written-on|marked");
  CHECK(flags_of("").none());
  CHECK_FALSE(parse_flags("torn", flags, fault));
  CHECK(fault.word == "torn");
  CHECK_FALSE(parse_flags("signed|signed", flags, fault));
  CHECK(fault.repeated);
  CHECK_FALSE(parse_flags("signed|", flags, fault));
  CHECK_FALSE(parse_flags("|signed", flags, fault));
  CHECK_FALSE(parse_flags("ruled-invalid", flags, fault));
}

TEST_CASE("an edit gives new ballots and leaves the old ones as they were") {
  const Contest contest = election(70, 60);
  std::string marks(70, 'a');
  const Ballots before = ballots_of(contest, {{marks, {}}, {marks, {}}});
  std::string struck = marks;
  struck[65] = '.';
  const std::vector<Edit> edits = {{2, struck, Flags(Flag::marked)}, {9, struck, {}}};
  const Ballots after = before.with(edits);
  CHECK(before.marks(1) == marks);
  CHECK(after.marks(0) == marks);
  CHECK(after.marks(1) == struck);
  CHECK(after.flags(1).has(Flag::marked));
  CHECK(after.find(2) == 1);
  CHECK(after.find(9) == after.size());
  CHECK_FALSE(before == after);
}

TEST_CASE("counting by bit planes equals counting letter by letter, for every form and around word edges") {
  Random random(20251015);
  for (const Question question : {Question::election, Question::withdrawal, Question::introduction,
                                  Question::confidence, Question::rating}) {
    for (const std::size_t rows : {1U, 2U, 30U, 63U, 64U, 65U, 127U, 128U, 129U, 230U}) {
      const auto seats = static_cast<std::int64_t>(rows / 2 + 1);
      const Contest contest = question == Question::election
                                  ? election(rows, seats)
                                  : poll(question, rows, question == Question::introduction ? seats : 0);
      Ballots ballots(contest.ballot, rows);
      for (std::uint32_t number = 1; number <= 40; ++number) {
        const Flags flags = random.per_mille(100) ? Flags(static_cast<Flag>(random.below(6))) : Flags();
        ballots.append(number, random_marks(random, contest.ballot, rows), flags);
      }
      const std::vector<Verdict> verdicts = judge(contest, ballots);
      const Counts counts = count(ballots, verdicts);
      CHECK(counts == count_plainly(contest, ballots, verdicts));
      CHECK(counts.accepted() == 40);
      for (const RowCount& row : counts.rows) {
        std::int64_t sum = row.none + row.several;
        for (const std::int64_t option : row.options) sum += option;
        CHECK(sum == counts.valid);  // per row everything sums to the valid ballots
      }
    }
  }
}

TEST_CASE("property: the union of two bundles counts as the sum of both, whatever their order") {
  Random random(7);
  const Contest contest = election(9, 5);
  for (int trial = 0; trial < 200; ++trial) {
    Ballots all(contest.ballot, 9), left(contest.ballot, 9), right(contest.ballot, 9);
    for (std::uint32_t number = 1; number <= 30; ++number) {
      const std::string marks = random_marks(random, contest.ballot, 9);
      const Flags flags = random.per_mille(100) ? Flags(Flag::marked) : Flags();
      all.append(number, marks, flags);
      (random.below(2) == 0 ? left : right).append(number, marks, flags);
    }
    const Counts whole = count(all, judge(contest, all));
    Counts sum = count(left, judge(contest, left));
    sum += count(right, judge(contest, right));
    Counts other_way = count(right, judge(contest, right));
    other_way += count(left, judge(contest, left));
    CHECK(sum == whole);
    CHECK(other_way == whole);
  }
}
