// proceedings and sheet: the record's entries replayed, passes merged, the gate, and what order must not
// change.
#include <algorithm>

#include "base/canon.h"
#include "base/digest.h"
#include "catch.h"
#include "contest/definition.h"
#include "mock/random.h"
#include "proceedings/board_acts.h"
#include "proceedings/decisions.h"
#include "proceedings/gate.h"
#include "proceedings/results.h"
#include "proceedings/setup.h"
#include "sheet/sheet.h"
#include "support/definitions.h"
#include "support/evening.h"

using namespace kp;
using test::csv_of;
using test::Evening;
using test::two;

namespace {

const std::vector<std::string> kTen = {"aaa.", "aaa.", "aaa.", "aaa.", "aaa.",
                                       "aaa.", "aa.a", "aa.a", "aa.a", "aa.a"};

Evening evening_of(const Contest& contest, std::int64_t summoned) {
  return Evening(test::congress_of(contest, summoned), test::bytes_of(contest, summoned));
}

Evening evening_with_box(std::int64_t returned) {
  Evening evening = evening_of(test::election(4, 3), 10);
  evening.append(count_box(*evening.history().find("committee"), {10, returned, {}, "", ""}, {"A"}).value());
  return evening;
}

Result<Json> result_of(const Evening& evening, const std::string& contest = "committee") {
  const History history = evening.history();
  return make_result(history, *history.find(contest), evening.fetch(), {"x", 0, std::string(64, '0')}, {});
}

std::vector<std::string> codes_of(const Findings& findings) {
  std::vector<std::string> codes;
  for (const Finding& finding : findings) codes.emplace_back(finding_row(finding.code).code);
  return codes;
}

using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("property: the order of bundles, passes and ballots changes nothing outside record") {
  Random random(42);
  std::string first;
  for (int trial = 0; trial < 40; ++trial) {
    // The same 30 ballots in three bundles read twice each, everything in another order.
    std::vector<std::pair<int, int>> passes;
    for (int bundle = 1; bundle <= 3; ++bundle) {
      for (int pass = 1; pass <= 2; ++pass) passes.emplace_back(bundle, pass);
    }
    for (std::size_t i = passes.size(); i > 1; --i) std::swap(passes[i - 1], passes[random.below(i)]);
    Evening evening = evening_of(test::election(4, 3), 30);
    evening.append(count_box(*evening.history().find("committee"), {30, 30, {}, "", ""}, {"A"}).value());
    for (const auto& [bundle, pass] : passes) {
      std::vector<std::string> lines;
      for (std::size_t i = 0; i < kTen.size(); ++i) {
        lines.push_back(std::to_string(i + 1) + "," +
                        kTen[(i + static_cast<std::size_t>(bundle)) % kTen.size()] + ",\n");
      }
      for (std::size_t i = lines.size(); i > 1; --i) std::swap(lines[i - 1], lines[random.below(i)]);
      std::string csv = "ballot,marks,flags\n";
      for (const std::string& line : lines) csv += line;
      evening.bundle("committee", "0" + std::to_string(bundle), pass, csv);
    }
    const Result<Json> result = result_of(evening);
    REQUIRE(result.ok());
    if (first.empty()) first = canonical(*result);
    CHECK(canonical(*result) == first);
  }
}

TEST_CASE("property: splitting the ballots into other bundles gives the same result") {
  std::string whole;
  for (const std::size_t size : {10U, 5U, 3U, 1U}) {
    Evening evening = evening_with_box(10);
    for (std::size_t at = 0, n = 1; at < kTen.size(); at += size, ++n) {
      const auto from = kTen.begin() + static_cast<std::ptrdiff_t>(at);
      const auto to = kTen.begin() + static_cast<std::ptrdiff_t>(std::min(at + size, kTen.size()));
      evening.bundle("committee", "B" + std::to_string(n), 1, csv_of({from, to}));
    }
    const std::string result = canonical(result_of(evening).value());
    if (whole.empty()) whole = result;
    CHECK(result == whole);
  }
}

TEST_CASE("the gate names every figure that does not agree (contract 6)") {
  Evening evening = evening_of(test::election(4, 3), 10);
  CHECK(codes_of(result_of(evening).findings()) == Codes{"gate/no-box"});
  evening.append(count_box(*evening.history().find("committee"), {11, 12, {}, "", ""}, {"A"}).value());
  evening.bundle("committee", "01", 1, csv_of(kTen));
  CHECK(codes_of(result_of(evening).findings()) ==
        Codes{"gate/issued-over-present", "gate/returned-over-issued", "gate/ballots-not-returned"});
}

TEST_CASE("fewer returned than issued is allowed and reported (contract 6)") {
  Evening evening = evening_with_box(9);
  evening.bundle("committee", "01", 1, csv_of({kTen.begin(), kTen.begin() + 9}));
  const Json result = result_of(evening).value();
  const auto& steps = result.at("steps").array();
  CHECK(std::any_of(steps.begin(), steps.end(), [](const Json& step) {
    return step.at("rule") == Json("reconciliation/returned-fewer");
  }));
}

TEST_CASE("a confirmation settles the flags read before it, not those that come after (formats 6)") {
  Evening evening = evening_with_box(2);
  evening.bundle("committee", "01", 1, "ballot,marks,flags\n1,aaa.,signed\n");
  const auto waiting = [&] {
    const History history = evening.history();
    return ballots_waiting(*history.find("committee"), evening.fetch()).value();
  };
  CHECK(waiting() == 1);
  {
    const History history = evening.history();
    evening.append(confirm_flags({*history.find("committee"), history.congress.board, two(), ""}, 1).value());
  }
  CHECK(waiting() == 0);
  evening.bundle("committee", "02", 1, "ballot,marks,flags\n1,aaa.,marked\n");
  CHECK(waiting() == 1);
  CHECK(codes_of(result_of(evening).findings()) == Codes{"gate/doubtful"});
}

TEST_CASE("a correction that brings a flag makes the ballot wait again (formats 6)") {
  Evening evening = evening_with_box(1);
  evening.bundle("committee", "01", 1, "ballot,marks,flags\n1,aaa.,signed\n");
  const auto act = [&](auto make) {
    const History history = evening.history();
    evening.append(
        make(BoardAct{*history.find("committee"), history.congress.board, two(), "lý do"}).value());
  };
  act([&](const BoardAct& a) { return confirm_flags(a, 1); });
  CHECK(result_of(evening).ok());
  act([&](const BoardAct& a) {
    return correct(a, {"01", 1}, 1, {{}, Flags(Flag::marked)}, evening.fetch());
  });
  CHECK(codes_of(result_of(evening).findings()) == Codes{"gate/doubtful"});
  act([&](const BoardAct& a) { return rule_marks(a, {"01", 1}, "aaa.", evening.fetch()); });
  CHECK(result_of(evening)->at("ballots").at("valid") == Json(1));
  CHECK(result_of(evening)->at("ballots").at("corrections") == Json(1));
  CHECK(result_of(evening)->at("ballots").at("rulings") == Json(1));
}

TEST_CASE(
    "a retraction takes the pass and its corrections away; rulings stay for the pass keyed instead (formats "
    "5)") {
  Evening evening = evening_with_box(1);
  evening.bundle("committee", "01", 1, csv_of({"aaa."}));
  const auto act = [&](auto make) {
    const History history = evening.history();
    evening.append(
        make(BoardAct{*history.find("committee"), history.congress.board, two(), "lý do"}).value());
  };
  act([&](const BoardAct& a) { return correct(a, {"01", 1}, 1, {{{4, 'a'}}, {}}, evening.fetch()); });
  act([&](const BoardAct& a) { return rule_invalid(a, {"01", 1}, Verdict::marked, evening.fetch()); });
  act([&](const BoardAct& a) { return retract(a, "01", 1); });
  CHECK(evening.history().find("committee")->bundles_in_force().empty());
  CHECK(rulings_in_force(*evening.history().find("committee"), evening.fetch())->ballots == 0);
  evening.bundle("committee", "01", 2, csv_of({"aa.a"}));
  const Json ballots = result_of(evening)->at("ballots");
  CHECK(ballots.at("corrections") == Json(0));
  CHECK(ballots.at("rulings") == Json(1));
  CHECK(ballots.at("invalid_by") == Json::object({{"marked", 1}}));
}

TEST_CASE(
    "names among another contest's elected must be elected there when the result is made (contract 3)") {
  const Contest committee = test::election(4, 3);
  Json secretary = test::election(1, 1, Office::secretary).json;
  secretary.set("id", "secretary");
  secretary.set("among", "committee");
  Evening evening = evening_of(committee, 10);
  evening.append({"contest", Json::object({{"contest", secretary}}), {"A"}});
  evening.append(count_box(*evening.history().find("secretary"), {0, 0, {}, "", ""}, {"A"}).value());
  CHECK(codes_of(result_of(evening, "secretary").findings()) == Codes{"list/not-among"});
  evening.append(count_box(*evening.history().find("committee"), {10, 10, {}, "", ""}, {"A"}).value());
  evening.bundle("committee", "01", 1, csv_of(kTen));
  const History history = evening.history();
  const Json result = result_of(evening).value();
  evening.append(enter_result(*history.find("committee"), result, sha256_hex(canonical(result)), {"A"}));
  CHECK(result_of(evening, "secretary").ok());
}

TEST_CASE("a void re-vote is held again as a re-vote, with everyone on the list (formats 5)") {
  Contest contest = test::election(2, 1);
  Json json = contest.json;
  json.set("id", "committee-r2");
  json.set("round", 2);
  json.set("revote", true);
  Evening evening = evening_of(*parse_contest(json), 10);
  const auto step = [&](const Act& act) { evening.append(act); };
  step(count_box(*evening.history().find("committee-r2"), {10, 11, {}, "", ""}, {"A"}).value());
  Findings notes;
  const auto decided = [&](DecisionAction action) {
    const History history = evening.history();
    return decide({history, *history.find("committee-r2"), evening.fetch()}, {action, 9, 10, "lý do", {}, {}},
                  {"A"}, notes);
  };
  step(decided(DecisionAction::void_).value());
  const Json result = result_of(evening, "committee-r2").value();
  CHECK(result.at("outcome") == Json("void"));
  CHECK(result.at("rows").array().empty());
  CHECK(result.at("ballots").at("accepted") == Json(0));
  CHECK(result.at("next").at("rows") == Json(Json::Array{1, 2}));
  const History history = evening.history();
  step(enter_result(*history.find("committee-r2"), result, sha256_hex(canonical(result)), {"A"}));
  const Act again = decided(DecisionAction::vote_again).value();
  CHECK(again.body.at("opens").at("id") == Json("committee-r3"));
  CHECK(again.body.at("opens").at("revote") == Json(true));
}

TEST_CASE("entries that do not fit together are refused, whatever they say") {
  Evening evening = evening_with_box(10);
  evening.bundle("committee", "01", 1, csv_of(kTen));
  const std::string congress = test::bytes_of(test::election(4, 3), 10);
  const std::vector<std::string> good = evening.entries();
  REQUIRE(replay(good, congress).ok());
  CHECK_FALSE(replay({}, congress).ok());
  CHECK_FALSE(replay({good[1]}, congress).ok());
  CHECK_FALSE(replay(good, congress + " ").ok());
  // Every entry left out, doubled, swapped with the next, or with one byte changed to another letter.
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::vector<std::string> bad = good;
    bad.erase(bad.begin() + static_cast<std::ptrdiff_t>(i));
    if (i + 1 < good.size()) CHECK_FALSE(replay(bad, congress).ok());
    bad = good;
    bad.insert(bad.begin() + static_cast<std::ptrdiff_t>(i), good[i]);
    CHECK_FALSE(replay(bad, congress).ok());
    if (i + 1 < good.size()) {
      bad = good;
      std::swap(bad[i], bad[i + 1]);
      CHECK_FALSE(replay(bad, congress).ok());
    }
  }
  const auto with = [&](const std::string& kind, const Json& body) {
    std::vector<std::string> more = good;
    more.push_back(
        entry_bytes({static_cast<std::int64_t>(good.size()), "2025-10-15T00:00:00Z", {"A"}, kind, body}));
    return replay(more, congress).ok();
  };
  CHECK(with("note", Json::object({{"text", "x"}})));
  CHECK_FALSE(with("opened", Json::object({})));
  CHECK_FALSE(with("dance", Json::object({{"contest", "committee"}})));
  CHECK_FALSE(with("box", Json::object({{"contest", "nobody"}, {"issued", 1}, {"returned", 1}})));
  CHECK_FALSE(with("box", Json::object({{"contest", "committee"}, {"issued", "1"}, {"returned", 1}})));
  CHECK_FALSE(
      with("box", Json::object({{"contest", "committee"}, {"issued", 1}, {"returned", 1}, {"x", 1}})));
  CHECK_FALSE(with(
      "retracted",
      Json::object({{"contest", "committee"}, {"bundle", "02"}, {"pass", 1}, {"seq", 2}, {"note", "x"}})));
  CHECK_FALSE(
      with("ruling",
           Json::object(
               {{"contest", "committee"}, {"bundle", "01"}, {"ballot", 1}, {"marks", "a"}, {"note", "x"}})));
  CHECK_FALSE(with("ruling", Json::object({{"contest", "committee"},
                                           {"bundle", "01"},
                                           {"ballot", 1},
                                           {"invalid", "nobody"},
                                           {"note", "x"}})));
  CHECK_FALSE(with(
      "decision",
      Json::object(
          {{"contest", "committee"}, {"action", "revote"}, {"votes_for", 1}, {"of", 1}, {"note", "x"}})));
  CHECK_FALSE(with("result",
                   Json::object({{"contest", "committee"}, {"sha256", "x"}, {"result", Json::object({})}})));
  CHECK_FALSE(with("reopened", Json::object({{"contest", "committee"}, {"result", 1}, {"note", "x"}})));
  CHECK_FALSE(with("contest", Json::object({{"contest", Json::object({{"id", "x"}})}})));
}

TEST_CASE("a record says its time never goes back, and nothing follows its end") {
  Evening evening = evening_with_box(10);
  std::vector<std::string> entries = evening.entries();
  const std::string congress = test::bytes_of(test::election(4, 3), 10);
  const auto entry = [&](const std::string& at, const std::string& kind) {
    return entry_bytes({static_cast<std::int64_t>(entries.size()),
                        at,
                        {"A"},
                        kind,
                        kind == "closed" ? Json::object({}) : Json::object({{"text", "x"}})});
  };
  entries.push_back(entry("2025-10-14T23:59:59Z", "note"));
  CHECK_FALSE(replay(entries, congress).ok());
  entries.back() = entry_bytes({2, "2025-10-15T00:00:00Z", {"A"}, "closed", Json::object({})});
  CHECK(replay(entries, congress)->closed);
  entries.push_back(entry("2025-10-15T00:00:00Z", "note"));
  CHECK_FALSE(replay(entries, congress).ok());
}
