// Every contest of up to three rows and four ballots, whatever the question: engine and verifier agree on
// everything.
//
// The two share no counting code and were written apart from each other, from docs/formats.md. Order does not
// matter (property tests hold that), so every set of ballots stands for all its orders. Both decide from the
// counts alone, so counts are compared for every set, and what follows from them once for every count that
// occurs. Five and six letters a row make too many sets of four ballots over three rows (11 and 95 million):
// there, and where nothing tells the question from an opinion poll but what is decided, it is two or three.
#include <algorithm>
#include <set>

#include "ballots/ballots.h"
#include "ballots/validity.h"
#include "base/canon.h"
#include "catch.h"
#include "contest/majority.h"
#include "outcome/election.h"
#include "proceedings/decisions.h"
#include "sheet/sheet.h"
#include "support/both_programs.h"
#include "support/definitions.h"
#include "tally/counts.h"

using namespace kp;

namespace {

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

// Calls `visit` with every set of up to `most` of `all`, repeats allowed.
template <class Visit>
void grow_set(const std::vector<std::string>& all, std::size_t most, std::vector<std::string>& chosen,
              std::size_t from, const Visit& visit) {
  visit(chosen);
  if (chosen.size() == most) return;
  for (std::size_t i = from; i < all.size(); ++i) {
    chosen.push_back(all[i]);
    grow_set(all, most, chosen, i, visit);
    chosen.pop_back();
  }
}

template <class Visit>
void each_set(const Contest& contest, std::size_t most, const Visit& visit) {
  std::vector<std::string> chosen;
  grow_set(all_marks(contest.ballot, contest.rows.size()), most, chosen, 0, visit);
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

Electorate everyone(std::int64_t base) {
  return {base, {}, base};
}

// The whole result of both, member by member.
bool same_result(const Congress& congress, const Contest& contest, const verify::Box& box,
                 const test::BothCounts& counts) {
  const test::BothResults results = test::results_of(congress, contest, box, counts);
  const Json::Object& ours = results.engine.members();
  return std::all_of(ours.begin(), ours.end(), [&](const Json::Member& member) {
    const Json* value = results.verifier.find(member.first);
    return value != nullptr && *value == member.second;
  });
}

// Every figure of a count; or, for more than two rows, only those that something is decided from.
std::vector<std::int64_t> key_of(const Contest& contest, const Counts& counts) {
  std::vector<std::int64_t> key(counts.invalid_by.begin(), counts.invalid_by.end());
  key.push_back(counts.valid);
  const bool decisive_only = counts.rows.size() > 2 && contest.question != Question::rating;
  const std::size_t decisive = contest.question == Question::withdrawal   ? 1
                               : contest.question == Question::confidence ? 2
                                                                          : 0;
  for (const RowCount& row : counts.rows) {
    if (decisive_only) {
      key.push_back(row.options[decisive]);
    } else {
      key.insert(key.end(), row.options.begin(), row.options.end());
      key.insert(key.end(), {row.none, row.several});
    }
  }
  return key;
}

/// What was compared, and how often it was not the same.
struct Tally {
  std::size_t sets = 0;
  std::size_t results = 0;
  std::size_t different = 0;
};

// A contest under one electorate.
struct Setting {
  Congress congress;
  Contest contest;
  std::int64_t not_returned = 0;  ///< below 0: an excess that was accepted
};

// The counts of every set of up to `most` ballots, and under every setting the result of every count.
// In: settings of one list and form.
void compare_all(const std::vector<Setting>& settings, std::size_t most, Tally& tally) {
  const Contest& contest = settings.front().contest;
  const verify::BallotRule rule = verify::rule_of(contest);
  std::set<std::vector<std::int64_t>> seen;
  each_set(contest, most, [&](const std::vector<std::string>& marks) {
    ++tally.sets;
    const test::BothCounts counts{engine_counts(contest, marks),
                                  verify::count(rule, verifier_ballots(marks))};
    if (!same_counts(counts.engine, counts.verifier)) ++tally.different;
    if (!seen.insert(key_of(contest, counts.engine)).second) return;
    const auto cast = static_cast<std::int64_t>(marks.size());
    for (const Setting& setting : settings) {
      ++tally.results;
      const verify::Box box{cast + setting.not_returned, cast};
      if (!same_result(setting.congress, setting.contest, box, counts)) ++tally.different;
    }
  });
}

// A poll under every base, and every value of what else its question reads.
std::vector<Setting> settings_of(const Contest& poll) {
  std::vector<Setting> settings;
  const auto add = [&](const Contest& contest) {
    settings.push_back({test::congress_of(contest, 1), contest, -1});
    settings.push_back({test::congress_of(contest, 2), contest, 1});
    settings.push_back({test::congress_of(contest, 4), contest});
  };
  Contest contest = poll;
  if (poll.question == Question::opinion) {
    for (const std::int64_t prepared : {0, 2, 3, 4}) {
      contest.prepared = prepared;
      add(contest);
    }
  } else if (poll.question == Question::confidence || poll.question == Question::rating) {
    for (const FractionOf of : {FractionOf::base, FractionOf::returned, FractionOf::valid}) {
      contest.fraction_of = of;
      add(contest);
    }
  } else {
    add(contest);
  }
  return settings;
}

// How many ballots over this many rows are still few enough sets.
std::size_t most_ballots(Question question, std::size_t rows) {
  if (question == Question::rating && rows > 1) return 5 - rows;
  return rows < 3 || question == Question::opinion || question == Question::introduction ? 4 : 3;
}

// The further round that the engine opens on such a first round, if its outcome leads to one.
std::optional<Contest> round_after(const Contest& contest, const Electorate& electorate, const Json& result) {
  const std::string& outcome = result.at("outcome").string();
  if (outcome == "filled") return std::nullopt;
  ContestHistory parent;
  parent.contest = contest;
  parent.electorate = electorate;
  parent.results.emplace_back();
  parent.results.back().result = result;
  DecisionText decision;
  decision.action = outcome == "tied" ? DecisionAction::revote : DecisionAction::vote_again;
  return further_round(parent, decision, contest.round + 1).value();
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
      each_set(contest, 4, [&](const std::vector<std::string>& marks) {
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
                verify::decide(contest, Level::base, everyone(base), {4, 4}, theirs);
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

TEST_CASE(
    "every set of ballots over up to three rows, every question but election: the whole result agrees") {
  Tally tally;
  for (const Question question : {Question::opinion, Question::withdrawal, Question::introduction,
                                  Question::confidence, Question::rating, Question::survey}) {
    for (std::size_t rows = 1; rows <= 3; ++rows) {
      const std::int64_t most_seats = has_seats(question) ? static_cast<std::int64_t>(rows) : 0;
      for (std::int64_t seats = std::min<std::int64_t>(1, most_seats); seats <= most_seats; ++seats) {
        const std::vector<Setting> settings = settings_of(test::poll(question, rows, seats));
        Tally one;
        compare_all(settings, most_ballots(question, rows), one);
        CAPTURE(word(question), rows, seats);
        CHECK(one.different == 0);
        tally.sets += one.sets;
        tally.results += one.results;
      }
    }
  }
  CHECK(tally.sets > 2'500'000);
  CHECK(tally.results > 50'000);
}

TEST_CASE(
    "every set of ballots over up to two names, every office that has rules of its own: the whole result "
    "agrees") {
  Tally tally;
  for (const Office office : {Office::committee, Office::secretary, Office::delegates}) {
    for (std::size_t names = 1; names <= 2; ++names) {
      for (std::int64_t seats = 1; seats <= static_cast<std::int64_t>(names); ++seats) {
        std::vector<Setting> settings;
        for (const std::int64_t base : {1, 2, 4}) {
          for (const std::int64_t round : {1, 2, 3}) {
            Contest contest = test::election(names, seats, office);
            contest.round = round;
            contest.revote = round == 2;
            settings.push_back({test::congress_of(contest, base), contest, base - 2});
            settings.back().congress.level = round == 3 ? Level::branch : Level::base;
          }
        }
        compare_all(settings, 4, tally);
      }
    }
  }
  CHECK(tally.different == 0);
  CHECK(tally.results > 10'000);
}

TEST_CASE(
    "every further round that a first round over up to three names can lead to: the whole result agrees") {
  std::set<std::string> opened;
  Tally tally;
  for (std::size_t names = 1; names <= 3; ++names) {
    for (std::int64_t seats = 1; seats <= static_cast<std::int64_t>(names); ++seats) {
      const Contest first = test::election(names, seats);
      const Congress congress = test::congress_of(first, 2);
      std::set<std::vector<std::int64_t>> seen;
      each_set(first, 4, [&](const std::vector<std::string>& marks) {
        SheetInput input{congress, first, congress.electorate};
        input.counts = engine_counts(first, marks);
        if (!seen.insert(key_of(first, *input.counts)).second) return;
        const std::optional<Contest> second =
            round_after(first, congress.electorate, Json::object(make_sheet(input)));
        if (!second || !opened.insert(canonical(second->json)).second) return;
        compare_all({{congress, *second}}, 3, tally);
      });
    }
  }
  // Short: each list of names with as many seats as names, or fewer, that can remain; tied: each pair, and
  // all.
  CHECK(opened.size() == 16);
  CHECK(tally.different == 0);
  CHECK(tally.results > 1'000);
}
