// Paper before the count, and instead of it: the proof of the ballot, the totals of a count by hand.
#include <algorithm>

#include "base/canon.h"
#include "catch.h"
#include "contest/definition.h"
#include "intake/totals.h"
#include "mock/random.h"
#include "proceedings/ballot_proof.h"
#include "proceedings/hand_count_note.h"
#include "proceedings/setup.h"
#include "sheet/fallback_forms.h"
#include "sheet/hand_count.h"
#include "support/definitions.h"
#include "support/evening.h"

using namespace kp;
using test::csv_of;
using test::Evening;
using test::two;

namespace {

using Codes = std::vector<std::string>;

Codes codes_of(const Findings& findings) {
  Codes codes;
  for (const Finding& finding : findings) codes.emplace_back(finding_row(finding.code).code);
  return codes;
}

Evening evening_of(const Contest& contest, std::int64_t present) {
  return Evening(test::congress_of(contest, present), test::bytes_of(contest, present));
}

void count(Evening& evening, const Contest& contest, std::int64_t returned) {
  const History history = evening.history();
  evening.append(count_box(*history.find(contest.id), {returned, returned, {}, "", ""}, {"A"}).value());
}

// What the two are asked for, as they would type it.
std::array<std::string, 2> groups_for(const Contest& contest) {
  const std::string digest = ballot_digest(contest);
  std::array<std::string, 2> typed;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    const auto& [one, other] = kGroupsToType[i];
    typed[i] = std::string(digest_group(digest, one)) + " " + std::string(digest_group(digest, other));
  }
  return typed;
}

Result<Json> by_hand(const Evening& evening, const std::string& contest, std::vector<HandTally> teams) {
  const History history = evening.history();
  return make_hand_count(history, *history.find(contest), {std::move(teams), "Mất điện"},
                         {"dai-hoi-0123456789abcdef", 1, std::string(64, '0')});
}

Codes faults_of(const Evening& evening, const std::string& contest, const HandTally& tally) {
  const Result<Json> made = by_hand(evening, contest, {tally});
  return made ? Codes{} : codes_of(made.findings());
}

// The totals that a team counts which counts right: those of the result.
HandTally tally_of(const Json& result, const Contest& contest) {
  HandTally tally;
  tally.valid = result.at("ballots").at("valid").integer();
  for (std::size_t i = 1; i < kVerdictCount; ++i) {
    const Json* n = result.at("ballots").at("invalid_by").find(word(static_cast<Verdict>(i)));
    tally.invalid_by[i] = n == nullptr ? 0 : n->integer();
  }
  for (const Json& row : result.at("rows").array()) {
    std::vector<std::int64_t>& figures = tally.rows.emplace_back();
    if (const Json* options = row.find("options")) {
      for (const Json& option : options->array()) figures.push_back(option.integer());
    } else {
      figures.push_back(row.at("votes").integer());
      if (contest.ballot == BallotForm::agree) figures.push_back(row.at("against").integer());
    }
    if (contest.ballot == BallotForm::strike) continue;
    figures.push_back(row.at("none").integer());
    figures.push_back(row.at("several").integer());
  }
  return tally;
}

std::string letters_of(BallotForm form) {
  switch (form) {
    case BallotForm::strike:
      return "aaa.";
    case BallotForm::agree:
      return "aaab.*";
    case BallotForm::confidence:
      return "abc.*";
    case BallotForm::rating:
      return "abcd.*";
  }
  return "";
}

}  // namespace

TEST_CASE("formats.md §17: two people type what stands on the paper of the list, and nothing else passes") {
  const Contest contest = test::election(4, 3);
  Evening evening = evening_of(contest, 10);
  const History history = evening.history();
  const ContestHistory& known = *history.find("committee");
  const std::array<std::string, 2> right = groups_for(known.contest);
  const auto faults = [&](const People& by, const std::array<std::string, 2>& typed) {
    const Result<Act> act = confirm_proof(known, by, typed);
    return act ? Codes{} : codes_of(act.findings());
  };
  CHECK(faults(two(), right).empty());
  std::array<std::string, 2> loud = right;
  for (char& c : loud[0]) c = c == ' ' ? '-' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  loud[1] = "  " + loud[1] + ".";
  CHECK(faults(two(), loud).empty());
  CHECK(faults(two(), {right[1], right[0]}) == Codes{"proof/other-list", "proof/other-list"});
  CHECK(faults(two(), {right[0], right[1].substr(0, 4)}) == Codes{"proof/other-list"});
  CHECK(faults(two(), {right[0] + " " + right[0], right[1]}) == Codes{"proof/other-list"});
  CHECK(faults(two(), {"", right[1]}) == Codes{"proof/other-list"});
  for (std::size_t i = 0; i < right[0].size(); ++i) {
    std::array<std::string, 2> wrong = right;
    wrong[0][i] = wrong[0][i] == '0' ? '1' : '0';
    if (right[0][i] != ' ') CHECK(faults(two(), wrong) == Codes{"proof/other-list"});
  }
  CHECK(faults({"Lê Văn Trưởng"}, right) == Codes{"people/two-needed"});
}

TEST_CASE("formats.md §17: a proof holds for the list it was of, whatever comes between") {
  const Contest contest = test::election(4, 3);
  Evening evening = evening_of(contest, 10);
  CHECK_FALSE(evening.history().find("committee")->is_proofed());
  const std::array<std::string, 2> right = groups_for(evening.history().find("committee")->contest);
  evening.append(confirm_proof(*evening.history().find("committee"), two(), right).value());
  CHECK(evening.history().find("committee")->is_proofed());
  // Notes that are no proof change nothing.
  const std::string digest = ballot_digest(evening.history().find("committee")->contest);
  for (const std::string& text :
       {std::string("ballot-proof committee"), "ballot-proof committee " + digest + "0",
        "ballot-proof other " + std::string(64, '0'), std::string("ghi chú")}) {
    evening.append({"note", Json::object({{"text", text}}), two()});
  }
  evening.append({"note", Json::object({{"text", "ballot-proof committee " + std::string(64, '0')}}), {"A"}});
  CHECK(evening.history().find("committee")->is_proofed());
  Json other = contest.json;
  other.set("title", "Bầu lại");
  Findings notes;
  evening.append(add_contest(evening.history(), parse_contest(other).value(), two(), notes).value());
  CHECK_FALSE(evening.history().find("committee")->is_proofed());
  CHECK(evening.history().find("committee")->proofed == digest);
  evening.append(add_contest(evening.history(), parse_contest(contest.json).value(), two(), notes).value());
  CHECK(evening.history().find("committee")->is_proofed());
  count(evening, contest, 10);
  const Result<Act> late = confirm_proof(*evening.history().find("committee"), two(), right);
  REQUIRE_FALSE(late.ok());
  CHECK(codes_of(late.findings()) == Codes{"proof/too-late"});
}

TEST_CASE("formats.md §17: totals are read whatever their separator and order; what is no total is named") {
  const Contest strike = test::election(3, 2);
  const auto read = [](const Contest& contest, const std::string& text) {
    return parse_totals(text, "t.csv", contest);
  };
  const Result<HandTally> one = read(strike, "no,a\nvalid,9\ntoo-many,1\n1,9\n2,5\n3,0\n");
  REQUIRE(one.ok());
  CHECK(one->valid == 9);
  CHECK(one->invalid_by[static_cast<std::size_t>(Verdict::too_many)] == 1);
  CHECK(one->rows == std::vector<std::vector<std::int64_t>>{{9}, {5}, {0}});
  for (const std::string text :
       {"\xEF\xBB\xBFno;name;a\r\n3;C;0\r\n1;A;9\r\nvalid;;9\r\n2;B;5\r\ntoo-many;;1\r\n",
        "a\tno\n9\tvalid\n9\t1\n5\t2\n0\t3\n1\ttoo-many\n\n"}) {
    const Result<HandTally> other = read(strike, text);
    REQUIRE(other.ok());
    CHECK(*other == *one);
  }
  const auto wrong = [&](const Contest& contest, const std::string& lines) {
    const Result<HandTally> tally = read(contest, lines);
    return tally ? Codes{} : codes_of(tally.findings());
  };
  const Codes line = {"hand/line"};
  const std::string good = "no,a\nvalid,9\n1,9\n2,5\n3,0\n";
  CHECK(wrong(strike, good).empty());
  for (const std::string more :
       {"3,0\n", "valid,9\n", "4,1\n", "0,1\n", "spoiled,1\n", "one-name-box,1\n", ",1\n"})
    CHECK(wrong(strike, good + more) == line);
  for (const std::string cell : {"x", "-1", "1.5", "1234567890", "", "1 2"})
    CHECK(wrong(strike, "no,a\nvalid,9\n1,9\n2,5\n3," + cell + "\n") == line);
  CHECK(wrong(strike, "no,b\n") == line);
  CHECK(wrong(strike, "no,a,a\n") == line);
  CHECK(wrong(strike, "no,a\n1,9\n3,0\n") == Codes{"hand/line-missing", "hand/line-missing"});
  const Contest agree = test::election(2, 2);
  CHECK(wrong(agree, "no,a,b,none,several\nvalid,3\n1,3,0,0,0\n2,1,1,1,0\n").empty());
  CHECK(wrong(agree, "no,a,b,none,several\nvalid,3,,,\n1,3,0,0,0\n2,1,1,1,0\n").empty());
  CHECK(wrong(agree, "no,a,b,none,several\nvalid,3,,,1\n1,3,0,0,0\n2,1,1,1,0\n") == line);
  CHECK(wrong(agree, "no,a,b,none,several\nvalid,3\n1,3,0,0\n2,1,1,1,0\n") == line);
  CHECK(wrong(agree, "no,a,b,none,several\nvalid,3\ntoo-many,1\n1,3,0,0,0\n2,1,1,1,0\n") == line);
}

TEST_CASE("property: right totals by hand give what the ballots give, in every question and form") {
  Random random(17);
  const std::vector<Contest> contests = {test::election(4, 3),
                                         test::election(1, 1),
                                         test::election(3, 3),
                                         test::poll(Question::opinion, 4, 3),
                                         test::poll(Question::withdrawal, 3),
                                         test::poll(Question::introduction, 4, 2),
                                         test::poll(Question::confidence, 3),
                                         test::poll(Question::rating, 3),
                                         test::poll(Question::survey, 2)};
  for (int trial = 0; trial < 90; ++trial) {
    const Contest& contest = contests[static_cast<std::size_t>(trial) % contests.size()];
    CAPTURE(trial, contest.id);
    const std::string letters = letters_of(contest.ballot);
    std::vector<std::string> marks(12);
    for (std::string& ballot : marks) {
      for (std::size_t row = 0; row < contest.rows.size(); ++row)
        ballot += letters[random.below(letters.size())];
    }
    Evening evening = evening_of(contest, 12);
    count(evening, contest, 12);
    const Evening before = evening;
    evening.bundle(contest.id, "01", 1, csv_of(marks));
    const Result<Json> result = evening.draw_up(contest.id);
    REQUIRE(result.ok());
    const Result<Json> hand = by_hand(before, contest.id, {tally_of(*result, contest)});
    REQUIRE(hand.ok());
    for (const std::string_view key :
         {"contest", "base", "ballots", "rows", "elected", "outcome", "open_seats", "next", "steps"}) {
      REQUIRE((result->find(key) == nullptr) == (hand->find(key) == nullptr));
      if (result->find(key) != nullptr) CHECK(canonical(hand->at(key)) == canonical(result->at(key)));
    }
    const Result<Json> figures = figures_of_hand_count(*hand);
    if (!figures) FAIL(line_of(figures.findings().front(), Language::en));
    CHECK(figures->at("outcome") == hand->at("outcome"));
  }
}

TEST_CASE("formats.md §17: totals that cannot be of ballots are refused with both numbers") {
  const Contest strike = test::election(4, 3);
  Evening evening = evening_of(strike, 12);
  HandTally right;
  right.valid = 10;
  right.invalid_by[static_cast<std::size_t>(Verdict::too_many)] = 2;
  right.rows = {{10}, {9}, {7}, {4}};
  CHECK(faults_of(evening, "committee", right) == Codes{"gate/no-box"});
  count(evening, strike, 12);
  CHECK(faults_of(evening, "committee", right).empty());
  const auto with = [&](const std::function<void(HandTally&)>& change) {
    HandTally tally = right;
    change(tally);
    return faults_of(evening, "committee", tally);
  };
  CHECK(with([](HandTally& t) { t.rows[1] = {11}; }) == Codes{"hand/row-sum", "hand/votes-sum"});
  CHECK(with([](HandTally& t) { t.rows[3] = {5}; }) == Codes{"hand/votes-sum"});
  CHECK(with([](HandTally& t) { t.rows = {{9}, {0}, {0}, {0}}; }) == Codes{"hand/votes-sum"});
  CHECK(with([](HandTally& t) { t.rows = {{10}, {0}, {0}, {0}}; }).empty());
  CHECK(with([](HandTally& t) { t.invalid_by[1] = 1; }) == Codes{"hand/returned"});
  HandTally other = right;
  other.rows[2] = {6};
  other.valid = 9;
  const Result<Json> differ = by_hand(evening, "committee", {right, other});
  REQUIRE_FALSE(differ.ok());
  CHECK(codes_of(differ.findings()) == Codes{"hand/teams-differ", "hand/teams-differ"});

  const Contest one = test::election(1, 1, Office::secretary);
  Evening single = evening_of(one, 5);
  count(single, one, 5);
  HandTally box;
  box.valid = 4;
  box.invalid_by[static_cast<std::size_t>(Verdict::one_name_box)] = 1;
  box.rows = {{3, 1, 0, 0}};
  CHECK(faults_of(single, one.id, box).empty());
  box.rows = {{3, 0, 1, 0}};
  CHECK(faults_of(single, one.id, box) == Codes{"hand/row-sum"});
  box.rows = {{3, 1, 0, 1}};
  CHECK(faults_of(single, one.id, box) == Codes{"hand/row-sum"});
}

TEST_CASE("formats.md §17: a count by hand is a note by two of the board and never a result") {
  const Contest strike = test::election(4, 3);
  Evening evening = evening_of(strike, 12);
  count(evening, strike, 12);
  HandTally right;
  right.valid = 12;
  right.rows = {{12}, {9}, {7}, {4}};
  const Result<Json> document = by_hand(evening, "committee", {right});
  REQUIRE(document.ok());
  CHECK(document->at("format").string() == "kiemphieu/practice-hand-count@1");
  History official = evening.history();
  official.congress.purpose = Purpose::official;
  const Result<Json> real = make_hand_count(official, *official.find("committee"), {{right}, "Mất điện"},
                                            {"x", 0, std::string(64, '0')});
  REQUIRE(real.ok());
  CHECK(real->at("format").string() == "kiemphieu/hand-count@1");
  const auto enter = [&](const People& by) {
    const History history = evening.history();
    const ContestHistory& contest = *history.find("committee");
    return enter_hand_count(contest, board_of(history.congress, contest.contest), *document, by);
  };
  CHECK_FALSE(enter({"Lê Văn Trưởng"}).ok());
  CHECK_FALSE(enter({"Lê Văn Trưởng", "Người Lạ"}).ok());
  const Result<Act> act = enter(two());
  REQUIRE(act.ok());
  CHECK(act->kind == "note");
  evening.append(*act);
  REQUIRE(evening.history().find("committee")->by_hand.has_value());
  CHECK(evening.history().find("committee")->by_hand->document == *document);
  CHECK(evening.history().find("committee")->results.empty());
  CHECK(evening.history().elected_in("committee").empty());
  // By one person, or not whole, it is a note like any other.
  const Evening before = evening;
  Json less = *document;
  less.set("hand", Json::object({{"reason", "x"}}));
  for (const Act& other :
       {Act{"note", act->body, {"A"}}, Act{"note", Json::object({{"text", "hand-count {}"}}), two()},
        Act{"note", Json::object({{"text", "hand-count " + canonical(less)}}), two()},
        Act{"note", Json::object({{"text", "hand-count {"}}), two()}}) {
    evening.append(other);
    CHECK(evening.history().find("committee")->by_hand->seq ==
          before.history().find("committee")->by_hand->seq);
  }
  // What it rests on changes, and it is gone.
  Evening anew = before;
  anew.append(count_box(*anew.history().find("committee"), {12, 11, {}, "", "đếm nhầm"}, two()).value());
  CHECK_FALSE(anew.history().find("committee")->by_hand.has_value());
  Evening declared_void = before;
  declared_void.append(
      {"decision",
       Json::object(
           {{"contest", "committee"}, {"action", "void"}, {"votes_for", 12}, {"of", 12}, {"note", "x"}}),
       {"A"}});
  CHECK_FALSE(declared_void.history().find("committee")->by_hand.has_value());
  CHECK(faults_of(declared_void, "committee", right) == Codes{"hand/void"});
  evening.bundle("committee", "01", 1, csv_of(std::vector<std::string>(12, "aaa.")));
  CHECK(evening.history().find("committee")->by_hand.has_value());
  REQUIRE(evening.result("committee").empty());
  const Result<Act> late = enter(two());
  REQUIRE_FALSE(late.ok());
  CHECK(codes_of(late.findings()) == Codes{"result/stands"});
  CHECK_FALSE(evening.history().find("committee")->by_hand.has_value());
  const std::int64_t seq = evening.history().find("committee")->standing()->seq;
  evening.append(
      {"reopened", Json::object({{"contest", "committee"}, {"result", seq}, {"note", "x"}}), two()});
  CHECK(evening.history().find("committee")->standing() == nullptr);
  CHECK_FALSE(evening.history().find("committee")->by_hand.has_value());
}

TEST_CASE("formats.md §17: paper for as many bundles as the present can fill") {
  CHECK(bundles_of({0, 50, 1}) == 1);
  CHECK(bundles_of({50, 50, 1}) == 1);
  CHECK(bundles_of({51, 50, 1}) == 2);
  CHECK(bundles_of({348, 50, 2}) == 7);
}
