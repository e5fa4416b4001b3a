// What the board and the presiding body may do, as the verifier follows it: flags that stay confirmed,
// rulings on ballots that are gone, an excess, names among another's elected, a new list, a further round
// opened anew.
#include "catch.h"
#include "support/dossier_evening.h"

namespace {

using namespace kp::test;

json correction_of(int ballot, const std::string& marks, const std::string& flags) {
  return {{"contest", "committee"}, {"bundle", "B1"}, {"pass", 1},        {"ballot", ballot},
          {"marks", marks},         {"flags", flags}, {"note", "gõ nhầm"}};
}

json ruling_of(int ballot) {
  return {{"contest", "committee"},
          {"bundle", "B1"},
          {"ballot", ballot},
          {"invalid", "not-issued"},
          {"note", "x"}};
}

json decision_of(const std::string& contest, const std::string& action) {
  return {{"contest", contest}, {"action", action}, {"votes_for", 9}, {"of", 11}, {"note", "x"}};
}

// A result of the committee on these ballots, with what else it states.
ResultSpec committee_of(DossierBuilder& d, std::int64_t issued, const std::vector<std::string>& marks) {
  ResultSpec spec{d.congress(),
                  d.congress()["contests"][0],
                  issued,
                  static_cast<std::int64_t>(marks.size()),
                  {},
                  0,
                  0,
                  {},
                  false};
  spec.ballots = judged(spec.contest, marks);
  return spec;
}

// Elected are the names of `marks`; "aa." on all ballots elects the first two.
void elect(DossierBuilder& d, const json& contest, const std::string& marks) {
  d.add_result(reference_result(counted(d, contest, std::vector<std::string>(11, marks))));
}

json among(const std::string& id, const std::string& name) {
  return changed(secretary_contest(), [&](json& c) { c["id"] = id, c["rows"][0]["name"] = name; });
}

}  // namespace

TEST_CASE("formats.md §5: alternates are the runners-up over the line, and equal votes are never divided") {
  // Base 11, line 6, four seats: 9 8 8 7 are elected, two have 6 each.
  json contest = contest_of("delegates", "election", "strike", 6, 4);
  contest["office"] = "delegates";
  const auto found_with = [&](const json& decision) {
    DossierBuilder d(congress_of({contest}));
    d.add_result(reference_result(counted(d, contest,
                                          {".aaa.a", ".aaa.a", "aa.aa.", "..aaaa", "aa.a.a", "a.aaa.",
                                           "aa.a.a", "a.a.aa", "aa.a.a", "a.a.aa", "aa..aa"})));
    d.add("decision", decision);
    return codes(verified(d.files()));
  };
  const auto taking = [](int alternates) {
    return changed(decision_of("delegates", "alternates"), [&](json& d) { d["alternates"] = alternates; });
  };
  CHECK(found_with(taking(2)) == Set{});
  CHECK(found_with(taking(1)) == Set{"entry/decision"});
  CHECK(found_with(taking(3)) == Set{"entry/decision"});
  CHECK(found_with(decision_of("delegates", "alternates")) == Set{"entry/decision"});
  CHECK(found_with(changed(decision_of("delegates", "accept-short"), [](json& d) { d["alternates"] = 2; })) ==
        Set{"entry/decision"});
}

TEST_CASE("formats.md §5: names and reasons of nothing but spaces are none") {
  const json box = {{"contest", "committee"}, {"issued", 2}, {"returned", 2}};
  const json again = changed(box, [](json& b) { b["replaces"] = 1, b["note"] = "  "; });
  CHECK(wrong([&](DossierBuilder& d) { d.add("box", box, {" "}); }) == Set{"entry/people"});
  CHECK(wrong([&](DossierBuilder& d) { d.add("box", box), d.add_by_two("box", again); }) ==
        Set{"entry/two-and-note"});
  CHECK(wrong([&](DossierBuilder& d) {
          d.add_bundle({.contest = "committee", .name = "B1", .csv = csv_of({"a..,"})});
          d.add_by_two("ruling", changed(ruling_of(1), [](json& r) { r["note"] = " \u00a0"; }));
        }) == Set{"entry/body"});
}

TEST_CASE(
    "formats.md §6: a flag stays confirmed through a correction that leaves it; one that comes new waits") {
  const auto evening_with = [](const std::function<void(DossierBuilder&)>& act, std::int64_t ballots) {
    DossierBuilder d(congress_of({committee_contest()}));
    d.add("box", {{"contest", "committee"}, {"issued", 2}, {"returned", 2}});
    d.add_bundle({.contest = "committee", .name = "B1", .csv = csv_of({"a..,", "a..,marked"})});
    d.add_by_two("confirmed", {{"contest", "committee"}, {"ballots", 1}});
    act(d);
    if (ballots > 0) d.add_by_two("confirmed", {{"contest", "committee"}, {"ballots", ballots}});
    ResultSpec spec = committee_of(d, 2, {"a.."});
    spec.ballots.push_back({"", "marked"});
    spec.returned = 2, spec.corrections = 1;
    d.add_result(reference_result(spec));
    return codes(verified(d.files()));
  };
  std::int64_t first = 0;
  const auto correct = [&](DossierBuilder& d, const std::string& flags) {
    first = d.add_by_two("correction", correction_of(2, "aa.", flags));
  };
  const auto correct_again = [&](DossierBuilder& d, const std::string& flags) {
    json again = correction_of(2, ".a.", flags);
    again["replaces"] = first;
    first = d.add_by_two("correction", again);
  };
  CHECK(evening_with([&](DossierBuilder& d) { correct(d, "marked"); }, 0) == Set{});
  CHECK(evening_with([&](DossierBuilder& d) { correct(d, "marked"); }, 1) == Set{"entry/confirmed"});
  CHECK(evening_with([&](DossierBuilder& d) { correct(d, "marked|signed"); }, 0) ==
        Set{"result/gate-doubtful"});
  CHECK(evening_with([&](DossierBuilder& d) { correct(d, "marked|signed"); }, 1) == Set{});
  CHECK(evening_with([&](DossierBuilder& d) { correct(d, "signed"), correct_again(d, "signed"); }, 0) ==
        Set{"result/gate-doubtful"});
  CHECK(evening_with([&](DossierBuilder& d) { correct(d, ""), correct_again(d, "marked"); }, 1) == Set{});
  CHECK(evening_with([&](DossierBuilder& d) { correct(d, "marked"), correct_again(d, "marked"); }, 0) ==
        Set{});
}

TEST_CASE("formats.md §5: a ruling counts only while a pass in force has its ballot") {
  const auto rekeyed = [](std::int64_t rulings, const std::vector<std::string>& lines, bool open) {
    DossierBuilder d(congress_of({committee_contest()}));
    d.add("box", {{"contest", "committee"}, {"issued", 3}, {"returned", 2}});
    const std::int64_t seq =
        d.add_bundle({.contest = "committee", .name = "B1", .csv = csv_of({"a..,", "a..,", "a..,"})});
    d.add_by_two("ruling", ruling_of(3));
    d.add_by_two("retracted",
                 {{"contest", "committee"}, {"bundle", "B1"}, {"pass", 1}, {"seq", seq}, {"note", "x"}});
    d.add_bundle({.contest = "committee", .name = "B1", .pass = 2, .csv = csv_of(lines), .station = "M2"});
    ResultSpec spec = committee_of(d, 3, {"a..", "a.."});
    spec.rulings = rulings;
    d.add_result(reference_result(spec));
    return codes(verified(open ? without(d.files(), "bundles/") : d.files()));
  };
  CHECK(rekeyed(0, {"a..,", "a..,"}, false) == Set{});
  CHECK(rekeyed(1, {"a..,", "a..,"}, false) == Set{"result/differs"});
  // Nobody can tell from a public dossier whether the new pass has the ballot.
  CHECK(rekeyed(0, {"a..,", "a..,"}, true) == Set{"count/not-recomputed"});
  CHECK(rekeyed(2, {"a..,", "a..,"}, true) == Set{"count/not-recomputed", "result/differs"});
}

TEST_CASE(
    "formats.md §5 §7: an excess is accepted when as many ballots are ruled not issued, and asked for "
    "again") {
  const auto accepted = [](const std::function<void(DossierBuilder&)>& act, std::int64_t rulings) {
    DossierBuilder d(congress_of({committee_contest()}));
    d.add("box", {{"contest", "committee"}, {"issued", 1}, {"returned", 2}});
    d.add_bundle({.contest = "committee", .name = "B1", .csv = csv_of({"a..,", "a..,"})});
    act(d);
    ResultSpec spec = committee_of(d, 1, {"a.."});
    spec.ballots.push_back(rulings > 0 ? Truth{"", "not-issued"} : Truth{"a..", ""});
    spec.returned = 2, spec.rulings = rulings;
    d.add_result(reference_result(spec));
    return found(verified(d.files()));
  };
  const json decision = decision_of("committee", "accept-excess");
  CHECK(
      accepted([&](DossierBuilder& d) { d.add_by_two("ruling", ruling_of(2)), d.add("decision", decision); },
               1) == Set{});
  CHECK(
      accepted([&](DossierBuilder& d) { d.add("decision", decision), d.add_by_two("ruling", ruling_of(2)); },
               1) == Set{"entry/decision record.jsonl:4#/body/action", "result/gate-returned committee"});
  CHECK(accepted(
            [&](DossierBuilder& d) {
              const std::int64_t ruling = d.add_by_two("ruling", ruling_of(2));
              d.add("decision", decision);
              json other = ruling_of(2);
              other.erase("invalid");
              other["marks"] = "a..", other["replaces"] = ruling;
              d.add_by_two("ruling", other);
            },
            0)
            .contains("result/gate-excess committee"));
}

TEST_CASE("formats.md §5: accept-short answers elections only") {
  json poll = contest_of("poll", "opinion", "agree", 2, 1);
  poll["prepared"] = 1;
  const auto after = [&](const std::string& action) {
    return wrong(
        [&](DossierBuilder& d) {
          d.add_result(reference_result(counted(d, poll, std::vector<std::string>(11, "aa"))));
          d.add("decision", decision_of("poll", action));
        },
        congress_of({poll}));
  };
  CHECK(after("list") == Set{});
  CHECK(after("accept-short") == Set{"entry/decision"});
}

TEST_CASE("formats.md §2: who is not elected is kept off a list among the elected as soon as that is known") {
  const json congress = congress_of({committee_contest()});
  const json committee = congress["contests"][0];
  const auto entered = [&](const std::string& marks, const std::function<void(DossierBuilder&)>& act) {
    return wrong([&](DossierBuilder& d) { elect(d, committee, marks), act(d); }, congress);
  };
  const json first = among("one", "Nguyễn Văn An");
  const json third = among("three", "Vũ Minh Sơn");
  CHECK(wrong([&](DossierBuilder& d) { d.add("contest", {{"contest", third}}); }, congress).empty());
  CHECK(entered("aa.", [&](DossierBuilder& d) { d.add("contest", {{"contest", first}}); }).empty());
  CHECK(entered("aa.", [&](DossierBuilder& d) {
          d.add("contest", {{"contest", third}});
        }) == Set{"list/not-among"});
  // The second and third stand again for the seat that is open.
  json again = committee;
  again["id"] = "committee-r2", again["round"] = 2, again["seats"] = 1;
  again["rows"].erase(0);
  for (std::size_t i = 0; i < 2; ++i) again["rows"][i]["no"] = i + 1, again["rows"][i]["from"] = i + 2;
  json opening = decision_of("committee", "vote-again");
  opening["opens"] = again;
  CHECK(entered("a..", [&](DossierBuilder& d) {
          d.add("decision", opening);
          d.add("contest", {{"contest", third}});
        }).empty());
  CHECK(entered("a..", [&](DossierBuilder& d) {
          d.add("decision", opening);
          elect(d, again, "a.");
          d.add("contest", {{"contest", third}});
        }) == Set{"list/not-among"});
  // Nobody stands twice; a decision with more votes than voters is none, and another can be taken.
  json twice = opening;
  twice["opens"]["rows"][1] = changed(again["rows"][0], [](json& row) { row["no"] = 2; });
  CHECK(entered("a..", [&](DossierBuilder& d) { d.add("decision", twice); }) == Set{"entry/opens"});
  const json hasty = changed(opening, [](json& d) { d["votes_for"] = 12, d["of"] = 11; });
  CHECK(entered("a..", [&](DossierBuilder& d) {
          d.add("decision", hasty);
          d.add("decision", opening);
        }) == Set{"entry/votes"});
}

TEST_CASE(
    "formats.md §5: a new list keeps the electorate entered for its contest; rulings about the old one go") {
  const json congress = congress_of({committee_contest()});
  const json smaller = {{"summoned", 10},
                        {"deductions", json::array({{{"reason", "exempt-absent"}, {"count", 1}}})},
                        {"present", 8}};
  const auto replaced = [&](const std::function<void(json&)>& change, const json& expected) {
    return wrong(
        [&](DossierBuilder& d) {
          d.add("electorate", {{"contest", "committee"}, {"electorate", smaller}});
          const std::int64_t seq =
              d.add_bundle({.contest = "committee", .name = "B1", .csv = csv_of({"a..,", "a..,"})});
          d.add_by_two("ruling", ruling_of(1));
          d.add_by_two(
              "retracted",
              {{"contest", "committee"}, {"bundle", "B1"}, {"pass", 1}, {"seq", seq}, {"note", "x"}});
          json list = changed(congress["contests"][0], change);
          d.add_by_two("contest", {{"contest", list}});
          d.add("box", {{"contest", "committee"}, {"issued", 2}, {"returned", 2}});
          d.add_bundle({.contest = "committee", .name = "B1", .pass = 2, .csv = csv_of({"aa.,", "aa.,"})});
          list["electorate"] = expected;
          ResultSpec spec{congress, list, 2, 2, judged(list, {"aa.", "aa."}), 0, 0, {}, false};
          d.add_result(reference_result(spec));
        },
        congress);
  };
  const auto renamed = [](json& c) { c["title"] = "Danh sách mới"; };
  const json own = {{"summoned", 9}, {"deductions", json::array()}, {"present", 9}};
  CHECK(replaced(renamed, smaller) == Set{});
  CHECK(replaced(renamed, congress["electorate"]).contains("result/differs"));
  CHECK(replaced([&](json& c) { c["electorate"] = own; }, own) == Set{});
  CHECK(replaced([](json& c) { c["kind"] = "committee"; }, smaller).contains("electorate/foreign-reason"));
}

TEST_CASE("formats.md §2: a deduction foreign to a contest's own kind stands where the congress has it") {
  const json congress =
      changed(congress_of({committee_contest()}), [](json& c) { c["contests"][0]["kind"] = "committee"; });
  CHECK(found(verified(DossierBuilder(congress).files())) ==
        Set{"electorate/foreign-reason congress.json#/electorate/deductions/0/reason"});
}

TEST_CASE("formats.md §5: a reopened contest opens its further round anew, or the one after a void one") {
  const json congress = congress_of({committee_contest()});
  const json committee = congress["contests"][0];
  // Elected is the first alone; after it is reopened, the second alone.
  const auto opening = [&](const std::vector<int>& from, int round) {
    json again = committee;
    again["id"] = "committee-r" + std::to_string(round), again["round"] = round, again["seats"] = 1;
    again["rows"] = json::array();
    for (const int no : from) {
      json row = committee["rows"][static_cast<std::size_t>(no - 1)];
      row["no"] = again["rows"].size() + 1, row["from"] = no;
      again["rows"].push_back(row);
    }
    return changed(decision_of("committee", "vote-again"), [&](json& d) { d["opens"] = again; });
  };
  const auto reopened = [&](const std::function<void(DossierBuilder&, const json&)>& between,
                            const json& decision) {
    return wrong(
        [&](DossierBuilder& d) {
          ResultSpec spec = counted(d, committee, std::vector<std::string>(11, "a.."));
          d.add_result(reference_result(spec));
          spec.replaces = d.result_digest("committee");
          const json first = opening({2, 3}, 2);
          d.add("decision", first);
          between(d, first["opens"]);
          d.reopen("committee");
          for (int ballot = 1; ballot <= 11; ++ballot)
            d.add_by_two("correction", correction_of(ballot, ".a.", ""));
          spec.ballots = judged(committee, std::vector<std::string>(11, ".a."));
          spec.corrections = 11;
          d.add_result(reference_result(spec));
          d.add("decision", decision);
        },
        congress);
  };
  const auto nothing = [](DossierBuilder&, const json&) {};
  const auto box = [](DossierBuilder& d, const json& second) {
    d.add("box", {{"contest", second["id"]}, {"issued", 11}, {"returned", 11}});
  };
  const auto nullified = [&](DossierBuilder& d, const json& second) {
    box(d, second);
    d.add("decision", decision_of("committee-r2", "void"));
    ResultSpec spec{congress, second, 11, 11, {}, 0, 0, {}, false};
    spec.nullified = true;
    d.add_result(reference_result(spec));
  };
  CHECK(reopened(nothing, opening({1, 3}, 2)) == Set{});
  CHECK(reopened(nothing, opening({1, 3}, 3)) == Set{"entry/opens"});
  CHECK(reopened(box, opening({1, 3}, 2)) == Set{"entry/opens", "result/parent-reopened"});
  const auto held = [](DossierBuilder& d, const json& second) { elect(d, second, "a."); };
  CHECK(reopened(held, opening({1, 3}, 2)) == Set{"entry/opens", "result/parent-reopened"});
  CHECK(reopened(held, opening({1, 3}, 3)) == Set{"entry/opens", "result/parent-reopened"});
  CHECK(reopened(nullified, opening({1, 3}, 3)) == Set{});
  CHECK(reopened(nullified, opening({1, 3}, 2)) == Set{"entry/opens"});
}
