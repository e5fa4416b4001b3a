// Records that were made in a wrong way from the start, so that digests, tree and checkpoint all agree: every
// fault of an entry, the gate, a result or a signature that has a name, provoked with no other finding beside
// it.
#include "catch.h"
#include "support/dossier_evening.h"

namespace {

using namespace kp::test;
using kp::verify::Assurance;

const std::vector<std::string> kTwoOfBoard = {"Trần Thị Bình", "LÊ VĂN CƯỜNG"};

json congress_of_two_contests() {
  return congress_of({committee_contest(), secretary_contest()});
}

// A bundle of two ballots, the second with a flag.
void add_bundle(DossierBuilder& d) {
  d.add_bundle({.contest = "committee", .name = "B1", .csv = csv_of({"a..,", "a..,signed"})});
}

Set after_bundle(const std::string& kind, const json& body,
                 const std::vector<std::string>& by = kTwoOfBoard) {
  return wrong([&](DossierBuilder& d) {
    add_bundle(d);
    d.add(kind, body, by);
  });
}

}  // namespace

// ---------------------------------------------------------------------------------------------------------------
// The record
// ---------------------------------------------------------------------------------------------------------------

TEST_CASE("formats.md §4: a line that is no entry is named, with what is wrong in it") {
  // Entry 4 is a note; everything else in the record holds.
  const auto line = [](const std::function<void(std::string&)>& change) {
    DossierBuilder d(congress_of({committee_contest()}));
    d.add("note", {{"text", "một"}});
    d.add("note", {{"text", "hai"}});
    change(d.lines[1]);
    return found(verified(d.files()));
  };
  const auto entry = [&](const std::function<void(json&)>& change) {
    return line([&](std::string& text) { text = changed(json::parse(text), change).dump(); });
  };
  const auto replaced = [&](const std::string& from, const std::string& to) {
    return line([&](std::string& text) { text.replace(text.find(from), from.size(), to); });
  };
  CHECK(line([](std::string&) {}).empty());
  CHECK(replaced(",", ", ") == Set{"entry/not-canonical record.jsonl:2:30"});
  CHECK(replaced("{\"text\":\"một\"}", "[1") == Set{"json/syntax record.jsonl:2:44"});
  CHECK(replaced("một", "mo\xCC\xA3t") == Set{"json/not-nfc record.jsonl:2:45"});
  const auto marks = [](int n) {
    std::string out = "x";
    for (int i = 0; i < n; ++i) out += "\xCC\xA3";
    return out;
  };
  CHECK(replaced("một", marks(30)).empty());
  CHECK(replaced("một", marks(31)) == Set{"json/not-nfc record.jsonl:2:45"});
  CHECK(replaced("một", std::string("m\0t", 3)) == Set{"json/syntax record.jsonl:2:47"});
  CHECK(entry([](json& e) { e["more"] = 1; }) == Set{"entry/keys record.jsonl:2"});
  CHECK(entry([](json& e) { e.erase("by"); }) == Set{"entry/keys record.jsonl:2"});
  CHECK(entry([](json& e) { e["kind"] = "vote"; }) == Set{"entry/kind record.jsonl:2#/kind"});
  CHECK(entry([](json& e) { e["seq"] = -1; }) == Set{"entry/body record.jsonl:2#/seq"});
  CHECK(entry([](json& e) { e["seq"] = 7; }) == Set{"entry/seq record.jsonl:2", "entry/seq record.jsonl:3"});
  CHECK(entry([](json& e) { e["at"] = "2026-11-22 08:00:00"; }) == Set{"entry/time record.jsonl:2#/at"});
  CHECK(entry([](json& e) { e["at"] = "2026-11-22T07:59:59Z"; }) == Set{"entry/time-back record.jsonl:2"});
  CHECK(entry([](json& e) { e["by"] = json::array(); }) == Set{"entry/people record.jsonl:2#/by"});
  CHECK(entry([](json& e) { e["by"] = {"Lê Hoà", "LÊ  HÒA"}; }) == Set{"entry/people record.jsonl:2#/by"});
  CHECK(entry([](json& e) { e["by"] = {"A", "B", "C"}; }) == Set{"entry/people record.jsonl:2#/by"});
  CHECK(entry([](json& e) { e["body"] = json::array(); }) == Set{"entry/body record.jsonl:2#/body"});
  CHECK(entry([](json& e) { e["body"]["x"] = 1; }) == Set{"entry/body record.jsonl:2#/body/x"});
  CHECK(entry([](json& e) { e["body"]["text"] = 1; }) == Set{"entry/body record.jsonl:2#/body/text"});
  DossierBuilder d(congress_of({committee_contest()}));
  Files files = d.files();
  files["record.jsonl"].pop_back();
  CHECK(codes(verified(files)) == Set{"entry/line-end"});
  files["record.jsonl"] = "";
  CHECK(codes(verified(files)).contains("entry/none"));
  std::string garbage;
  for (int i = 0; i < 300; ++i) garbage += "x\n";
  files["record.jsonl"] = garbage;
  const Report report = verified(files);
  CHECK(codes(report) == Set{"json/syntax", "entry/not-replayed", "checkpoint/mismatch"});
  CHECK(report.findings.size() < 110);
}

TEST_CASE(
    "formats.md §17: a count by hand in a note is warned of, whoever entered it; other notes are silent") {
  const auto said = [](const std::string& text, bool by_two) {
    DossierBuilder d(congress_of({committee_contest()}));
    if (by_two) {
      d.add_by_two("note", {{"text", text}});
    } else {
      d.add("note", {{"text", text}});
    }
    return found(verified(d.files()));
  };
  CHECK(said("hand-count {}", true) == Set{"count/by-hand record.jsonl:2"});
  CHECK(said("hand-count {", false) == Set{"count/by-hand record.jsonl:2"});
  for (const std::string& text :
       {std::string("hand-count"), std::string("hand-count committee"), std::string(" hand-count {}"),
        std::string("Hand-count {}"), "ballot-proof committee " + std::string(64, '0')}) {
    CHECK(said(text, true).empty());
  }
}

TEST_CASE("formats.md §4: the members of every kind of body are held to their types") {
  const json ruling = {{"contest", "committee"}, {"bundle", "B1"}, {"ballot", 1}, {"note", "x"}};
  const auto misfit = [&](const std::string& kind, const json& body) {
    return wrong([&](DossierBuilder& d) { d.add(kind, body); }) == Set{"entry/body"};
  };
  CHECK(misfit("ruling", ruling));
  CHECK(misfit("ruling", changed(ruling, [](json& r) { r["marks"] = "a..", r["invalid"] = "marked"; })));
  CHECK(misfit("ruling", changed(ruling, [](json& r) { r["invalid"] = "too-many"; })));
  CHECK(misfit("ruling", changed(ruling, [](json& r) { r["marks"] = "axx"; })));
  CHECK(misfit("ruling", changed(ruling, [](json& r) { r["marks"] = "a..", r["note"] = ""; })));
  CHECK(misfit("ruling", changed(ruling, [](json& r) { r["marks"] = "a..", r["ballot"] = 0; })));
  CHECK(misfit("box", {{"contest", "committee"}, {"issued", -1}, {"returned", 0}}));
  CHECK(misfit("box", {{"contest", "Committee"}, {"issued", 1}, {"returned", 0}}));
  CHECK(misfit("confirmed", {{"contest", "committee"}, {"ballots", 0}}));
  CHECK(misfit("closed", {{"text", "x"}}));
  CHECK(misfit("contest", {{"contest", "committee"}}));
}

TEST_CASE("formats.md §5: a record begins with its congress, once, and ends when it is closed") {
  CHECK(wrong([](DossierBuilder& d) { d.lines.insert(d.lines.begin(), json::parse(d.lines[0]).dump()); }) ==
        Set{"entry/opened", "entry/seq"});
  CHECK(wrong([](DossierBuilder& d) {
          d.lines.clear(), d.add("note", {{"text", "x"}});
        }) == Set{"entry/opened"});
  CHECK(wrong([](DossierBuilder& d) {
          json entry = json::parse(d.lines[0]);
          entry["body"]["sha256"] = std::string(64, 'a');
          d.lines[0] = entry.dump();
        }) == Set{"entry/opened-differs"});
  CHECK(wrong([](DossierBuilder& d) {
          d.add("closed", json::object()), d.add("note", {{"text", "x"}});
        }) == Set{"entry/after-closed"});
}

TEST_CASE("formats.md §5: who may enter a box, an electorate and a list, and when") {
  const json congress = congress_of_two_contests();
  const json box = {{"contest", "committee"}, {"issued", 11}, {"returned", 11}};
  const json electorate = {
      {"contest", "committee"},
      {"electorate", {{"summoned", 11}, {"deductions", json::array()}, {"present", 11}}}};
  CHECK(wrong([](DossierBuilder& d) {
          d.add("box", {{"contest", "poll"}, {"issued", 1}, {"returned", 1}});
        }) == Set{"entry/unknown-contest"});
  CHECK(wrong([&](DossierBuilder& d) { d.add("box", box), d.add("box", box); }) ==
        Set{"entry/two-and-note", "entry/replaces"});
  CHECK(wrong([&](DossierBuilder& d) { d.add("box", changed(box, [](json& b) { b["replaces"] = 0; })); }) ==
        Set{"entry/replaces"});
  CHECK(wrong([&](DossierBuilder& d) { d.add("electorate", electorate); }).empty());
  CHECK(wrong([&](DossierBuilder& d) {
          d.add("electorate", electorate), d.add("electorate", electorate);
        }).empty());
  // One person may replace a list before the box; of an official congress it is said.
  const auto again = [](DossierBuilder& d) { d.add("contest", {{"contest", committee_contest()}}); };
  CHECK(wrong(again) == Set{"contest/replaced-by-one"});
  CHECK(wrong([](DossierBuilder& d) {
          d.add_by_two("contest", {{"contest", committee_contest()}});
        }).empty());
  CHECK(wrong(again, changed(congress, [](json& c) { c["purpose"] = "practice"; })).empty());
  CHECK(wrong([&](DossierBuilder& d) { d.add("box", box), d.add("electorate", electorate); }) ==
        Set{"entry/two-and-note"});
  CHECK(wrong([&](DossierBuilder& d) {
          d.add("electorate", changed(electorate, [](json& e) { e["electorate"]["present"] = 12; }));
        }) == Set{"electorate/present-over-base"});
  CHECK(wrong([&](DossierBuilder& d) {
          d.add("electorate", changed(electorate, [](json& e) { e["electorate"].erase("present"); }));
        }) == Set{"schema/missing-key"});
}

TEST_CASE("formats.md §5: who may retract, correct, rule and confirm, and of what") {
  const json ruling = {
      {"contest", "committee"}, {"bundle", "B1"}, {"ballot", 1}, {"marks", "a.."}, {"note", "x"}};
  const json correction = {{"contest", "committee"}, {"bundle", "B1"}, {"pass", 1},  {"ballot", 1},
                           {"marks", "a.."},         {"flags", ""},    {"note", "x"}};
  const json retracted = {{"contest", "committee"}, {"bundle", "B1"}, {"pass", 1}, {"seq", 1}, {"note", "x"}};
  CHECK(wrong([](DossierBuilder& d) { add_bundle(d), add_bundle(d); }) == Set{"entry/pass-again"});
  CHECK(after_bundle("retracted", retracted).empty());
  CHECK(after_bundle("retracted", retracted, {"Trần Thị Bình"}) == Set{"entry/two-of-board"});
  CHECK(after_bundle("retracted", retracted, {"Trần Thị Bình", "Phạm Kỹ Thuật"}) ==
        Set{"entry/two-of-board"});
  CHECK(after_bundle("retracted", retracted, {"Trần Thị Bình", "Người Lạ"}) == Set{"entry/two-of-board"});
  CHECK(after_bundle("retracted", changed(retracted, [](json& r) { r["seq"] = 0; })) ==
        Set{"entry/wrong-seq"});
  CHECK(after_bundle("retracted", changed(retracted, [](json& r) { r["pass"] = 2; })) ==
        Set{"entry/pass-not-in-force"});
  CHECK(after_bundle("correction", correction).empty());
  CHECK(after_bundle("correction", changed(correction, [](json& c) { c["ballot"] = 9; })) ==
        Set{"entry/no-ballot"});
  CHECK(after_bundle("correction", changed(correction, [](json& c) { c["marks"] = "a."; })) ==
        Set{"entry/marks"});
  CHECK(after_bundle("correction", changed(correction, [](json& c) { c["replaces"] = 0; })) ==
        Set{"entry/replaces"});
  CHECK(after_bundle("ruling", ruling).empty());
  CHECK(after_bundle("ruling", changed(ruling, [](json& r) { r["bundle"] = "B2"; })) ==
        Set{"entry/no-ballot"});
  CHECK(after_bundle("ruling", changed(ruling, [](json& r) { r["marks"] = "a?."; })) == Set{"entry/marks"});
  CHECK(after_bundle("confirmed", {{"contest", "committee"}, {"ballots", 1}}).empty());
  CHECK(after_bundle("confirmed", {{"contest", "committee"}, {"ballots", 2}}) == Set{"entry/confirmed"});
  CHECK(after_bundle("contest", {{"contest", committee_contest()}}) == Set{"entry/contest-frozen"});
}

TEST_CASE("formats.md §2: lists and boards that come into the record are held to the rules") {
  const json congress = congress_of_two_contests();
  CHECK(wrong([&](DossierBuilder& d) {
          d.add_by_two("contest", {{"contest", committee_contest()}});
        }).empty());
  CHECK(wrong([&](DossierBuilder& d) {
          d.add_by_two("contest",
                       {{"contest", changed(committee_contest(), [](json& c) { c["ballot"] = "agree"; })}});
        }) == Set{"list/ballot-form"});
  CHECK(wrong([&](DossierBuilder& d) {
          d.add_by_two("contest", {{"contest", changed(committee_contest(), [](json& c) {
                                      c["rows"][0]["name"] = "Lê Văn Cường";
                                    })}});
        }) == Set{"board/candidate-on-board"});
  CHECK(wrong([&](DossierBuilder& d) {
          d.add_by_two(
              "contest",
              {{"contest", changed(secretary_contest(), [](json& c) { c["rows"][0]["name"] = "Ai Đó"; })}});
        }) == Set{"list/not-among"});
  CHECK(wrong([](DossierBuilder&) {}, changed(congress, [](json& c) {
                c["contests"][1]["among"] = "poll";
              })) == Set{"contest/among-unknown"});
  CHECK(wrong([](DossierBuilder&) {}, changed(congress, [](json& c) {
                c["contests"][1]["id"] = "committee";
              })) == Set{"contest/duplicate-id"});
  CHECK(wrong([](DossierBuilder&) {}, changed(congress, [](json& c) { c["board"][1]["role"] = "head"; })) ==
        Set{"board/head"});
}

TEST_CASE("formats.md §5: what happens to a result, and to its contest while it stands") {
  const auto after = [](const std::function<void(DossierBuilder&)>& act) {
    DossierBuilder d = evening();
    act(d);
    return codes(verified(d.files()));
  };
  const json reopened = {{"contest", "committee"}, {"result", 7}, {"note", "x"}};
  CHECK(after([](DossierBuilder&) {}).empty());
  CHECK(after([](DossierBuilder& d) {
          d.add_by_two(
              "box",
              {{"contest", "committee"}, {"issued", 11}, {"returned", 10}, {"replaces", 1}, {"note", "x"}});
        }) == Set{"entry/result-stands"});
  CHECK(after([](DossierBuilder& d) {
          d.add_by_two("confirmed", {{"contest", "committee"}, {"ballots", 1}});
        }) == Set{"entry/result-stands"});
  CHECK(after([&](DossierBuilder& d) { d.add("reopened", reopened); }).contains("entry/two-of-board"));
  CHECK(after([&](DossierBuilder& d) {
          d.add_by_two("reopened", changed(reopened, [](json& r) { r["result"] = 6; }));
        }) == Set{"entry/not-standing"});
  CHECK(after([](DossierBuilder& d) { d.reopen("committee"); }).empty());
  CHECK(after([&](DossierBuilder& d) { d.reopen("committee"), d.add_by_two("reopened", reopened); }) ==
        Set{"entry/not-standing"});
}

TEST_CASE("formats.md §5: decisions") {
  const json congress = congress_of({committee_contest()});
  const json decision = {{"contest", "committee"}, {"votes_for", 9}, {"of", 11}, {"note", "x"}};
  const auto act = [&](const std::string& action) {
    return changed(decision, [&](json& d) { d["action"] = action; });
  };
  const auto before = [&](const json& body) {
    return wrong([&](DossierBuilder& d) { count_committee(d), d.add("decision", body); }, congress);
  };
  CHECK(before(act("void")).empty());
  CHECK(before(act("accept-excess")) == Set{"entry/decision"});
  CHECK(before(act("revote")) == Set{"entry/decision"});
  CHECK(before(act("adjourn")) == Set{"entry/decision"});
  CHECK(before(changed(act("void"), [](json& d) { d["votes_for"] = 12; })) == Set{"entry/votes"});
  // Seven, five and no votes for two seats of a line of six: short.
  const auto after = [&](const json& body, int times = 1) {
    DossierBuilder d(congress);
    d.add_result(kp::test::reference_result(counted(d, congress["contests"][0], kTied)));
    for (int i = 0; i < times; ++i) d.add("decision", body);
    return found(verified(d.files()));
  };
  json again = committee_contest();
  again["id"] = "committee-r2", again["round"] = 2, again["seats"] = 1;
  again["rows"].erase(0);
  for (int i = 0; i < 2; ++i)
    again["rows"][static_cast<std::size_t>(i)]["no"] = i + 1,
    again["rows"][static_cast<std::size_t>(i)]["from"] = i + 2;
  const json opening = changed(act("vote-again"), [&](json& d) { d["opens"] = again; });
  const auto opens = [&](const std::function<void(json&)>& change) {
    return after(changed(opening, [&](json& d) { change(d["opens"]); }));
  };
  const std::string at = "entry/opens record.jsonl:5#/body/opens";
  CHECK(after(opening).empty());
  CHECK(after(act("accept-short")).empty());
  CHECK(after(act("accept-short"), 2) == Set{"entry/decision record.jsonl:6#/body/action"});
  CHECK(after(act("vote-again")) == Set{"entry/decision record.jsonl:5#/body/action"});
  CHECK(after(act("void")) == Set{"entry/decision record.jsonl:5#/body/action"});
  CHECK(opens([](json& c) { c["round"] = 3; }) == Set{at + "/round"});
  CHECK(opens([](json& c) { c["id"] = "committee-r4"; }) == Set{at + "/id"});
  CHECK(opens([](json& c) { c["revote"] = true; }) == Set{at + "/revote"});
  CHECK(opens([](json& c) { c["title"] = "x"; }) == Set{at + "/title"});
  CHECK(opens([](json& c) { c["office"] = "other"; }) == Set{at + "/office"});
  CHECK(opens([](json& c) { c["seats"] = 2, c["ballot"] = "agree"; }) == Set{at + "/seats"});
  CHECK(opens([](json& c) { c["kind"] = "committee"; }).contains(at + "/kind"));
  CHECK(opens([](json& c) { c["rows"][0]["from"] = 1; }) == Set{at + "/rows/0/from"});
  CHECK(opens([](json& c) { c["rows"][0]["from"] = 3; }) == Set{at + "/rows/0"});
  CHECK(opens([](json& c) { c["rows"][0]["name"] = "x"; }) == Set{at + "/rows/0"});
  CHECK(opens([](json& c) { c["rows"][1].erase("from"); }).empty());
  CHECK(opens([](json& c) { c["question"] = 1; }) == Set{"schema/value record.jsonl:5#/body/opens/question"});
  // A contest that a decision opened keeps what was decided.
  DossierBuilder d(congress);
  d.add_result(kp::test::reference_result(counted(d, congress["contests"][0], kTied)));
  d.add("decision", opening);
  d.add("contest", {{"contest", changed(again, [](json& c) { c["office"] = "other"; })}});
  CHECK(codes(verified(d.files())) == Set{"entry/contest-pinned"});
}

// ---------------------------------------------------------------------------------------------------------------
// Gate, results, signatures
// ---------------------------------------------------------------------------------------------------------------

TEST_CASE("formats.md §7: a result that the gate would not have let through is named with the numbers") {
  const json one = congress_of({committee_contest()});
  const json two = changed(one, [](json& c) { c["passes_required"] = 2; });
  struct Gate {
    std::int64_t issued = 2;
    std::int64_t returned = 2;
    std::vector<BundleSpec> bundles = {};
  };
  const auto gate = [](const json& congress, const Gate& g) {
    DossierBuilder d(congress);
    if (g.issued >= 0)
      d.add("box", {{"contest", "committee"}, {"issued", g.issued}, {"returned", g.returned}});
    for (BundleSpec spec : g.bundles) {
      spec.contest = "committee", spec.name = "B1";
      d.add_bundle(spec);
    }
    const std::int64_t issued = std::max<std::int64_t>(g.issued, 0);
    const std::int64_t returned = g.issued < 0 ? 0 : g.returned;
    const ResultSpec spec{congress,
                          congress["contests"][0],
                          issued,
                          returned,
                          judged(congress["contests"][0], {"a..", "aa."}),
                          0,
                          0,
                          {},
                          false};
    d.add_result(kp::test::reference_result(spec));
    return found(verified(d.files()));
  };
  const BundleSpec good{.csv = csv_of({"a..,", "aa.,"})};
  const auto pass = [&](int number, const std::string& station, const std::string& by,
                        std::vector<std::string> lines) {
    return BundleSpec{.pass = number, .csv = csv_of(lines), .station = station, .by = by};
  };
  CHECK(gate(one, {.bundles = {good}}).empty());
  CHECK(gate(one, {.issued = -1, .bundles = {good}}) == Set{"result/gate-no-box committee"});
  CHECK(gate(one, {.issued = 12, .bundles = {good}}) == Set{"result/gate-issued committee"});
  CHECK(gate(one, {.issued = 1, .bundles = {good}}) == Set{"result/gate-returned committee"});
  CHECK(gate(one, {.issued = 3, .returned = 3, .bundles = {good}}) == Set{"result/gate-sum committee"});
  CHECK(gate(one, {.bundles = {{.csv = good.csv, .counted = 3}}}) == Set{"result/gate-counted committee/B1"});
  CHECK(gate(two, {.bundles = {good}}) == Set{"result/gate-passes committee/B1"});
  const std::vector<std::string> lines = {"a..,", "aa.,"};
  CHECK(gate(two, {.bundles = {pass(1, "M1", "An", lines), pass(2, "M2", "Bình", lines)}}).empty());
  CHECK(gate(two, {.bundles = {pass(1, "M1", "An", lines), pass(2, "M1", "Bình", lines)}}) ==
        Set{"result/gate-not-independent committee/B1"});
  CHECK(gate(two, {.bundles = {pass(1, "M1", "An", lines), pass(2, "M2", "AN", lines)}}) ==
        Set{"result/gate-not-independent committee/B1"});
  CHECK(gate(two, {.bundles = {pass(1, "M1", "", lines), pass(2, "M2", "", {"a..,", "a..,"})}}) ==
        Set{"result/gate-passes-differ committee/B1"});
  CHECK(gate(one, {.bundles = {{.csv = csv_of({"a..,", "a?.,"})}}}) ==
        Set{"result/gate-doubtful committee/B1"});
  CHECK(gate(one, {.bundles = {{.csv = csv_of({"a..,", "aa.,marked"})}}}) ==
        Set{"result/gate-doubtful committee/B1"});
  // The same ballots in another order agree.
  BundleSpec turned = pass(2, "M2", "", {});
  turned.csv = "ballot,marks,flags\n2,aa.,\n1,a..,\n";
  CHECK(gate(two, {.bundles = {pass(1, "M1", "", lines), turned}}).empty());
}

TEST_CASE("formats.md §7: names of a list among another's elected must be elected there") {
  const json congress = congress_of({committee_contest(), secretary_contest()});
  DossierBuilder d(congress);
  // Only the second and third are elected; the first stands for secretary.
  std::vector<std::string> marks(11, ".aa");
  d.add_result(kp::test::reference_result(counted(d, congress["contests"][0], marks)));
  d.add_result(
      kp::test::reference_result(counted(d, congress["contests"][1], std::vector<std::string>(11, "a"))));
  CHECK(found(verified(d.files())) == Set{"result/gate-not-elected secretary"});
}

TEST_CASE("formats.md §9: a result that differs from what ballots and rules give is named member by member") {
  const std::string at = "results/committee.json#";
  CHECK(with_result([](json& r) { r["rows"][1]["votes"] = 8; }) ==
        Set{"result/row-differs " + at + "/rows/1/votes"});
  CHECK(with_result([](json& r) { std::swap(r["elected"][0], r["elected"][1]); }) ==
        Set{"result/row-differs " + at + "/elected/0", "result/row-differs " + at + "/elected/1"});
  CHECK(with_result([](json& r) { r["outcome"] = "tied"; }) == Set{"result/differs " + at + "/outcome"});
  CHECK(with_result([](json& r) { r["base"]["line"] = 5; }) == Set{"result/differs " + at + "/base/line"});
  CHECK(with_result([](json& r) { r["ballots"]["invalid_by"]["marked"] = 2; }) ==
        Set{"result/differs " + at + "/ballots/invalid_by/marked"});
  CHECK(with_result([](json& r) { r["steps"].erase(0); }).contains("result/differs " + at + "/steps/0/rule"));
  CHECK(with_result([](json& r) { r["steps"][0]["text_vi"] = std::string(500, 'x'); }) ==
        Set{"result/differs " + at + "/steps/0/text_vi"});
  CHECK(with_result([](json& r) { r["more"] = 1; }) == Set{"result/differs " + at + "/more"});
  CHECK(with_result([](json& r) { r.erase("regulation"); }) == Set{"result/differs " + at + "/regulation"});
  CHECK(with_result([](json& r) { r["format"] = "kiemphieu/practice-result@1"; }) ==
        Set{"result/differs " + at + "/format"});
  CHECK(with_result([](json& r) { r["next"] = 3, r["rows"] = "x"; }) ==
        Set{"result/differs " + at + "/next", "result/row-differs " + at + "/rows"});
  DossierBuilder d = evening();
  json entry = json::parse(d.lines.back());
  entry["body"]["sha256"] = std::string(64, 'a');
  d.lines.back() = entry.dump();
  CHECK(codes(verified(d.files())) == Set{"result/digest"});
}

TEST_CASE("formats.md §10: a signature that does not hold, or is not the one it should be, is named") {
  const auto signed_wrong = [](const std::function<void(json&)>& change, bool second = false) {
    DossierBuilder d = evening();
    d.add_signature("committee", keys().head);
    if (second) d.add_signature("committee", keys().member);
    json entry = json::parse(d.lines.back());
    change(entry["body"]);
    d.lines.back() = entry.dump();
    return codes(verified(d.files()));
  };
  const std::string other = kp::test::base64_of(kp::test::sign_cms("something else", {keys().head}));
  const std::string content = evening().files().at("results/committee.json");
  const auto by = [&](const std::vector<KeyPair>& who, const char* digest = "SHA256") {
    return kp::test::base64_of(kp::test::sign_cms(content, who, digest));
  };
  CHECK(signed_wrong([](json&) {}).empty());
  CHECK(signed_wrong([](json& b) { b["result"] = 3; }).contains("entry/not-standing"));
  CHECK(signed_wrong([](json& b) { b["sha256"] = std::string(64, '0'); }).contains("signature/other-result"));
  CHECK(signed_wrong([](json& b) { b["p7s"] = "####"; }).contains("signature/bad"));
  CHECK(signed_wrong([](json& b) { b["p7s"] = "AAAA"; }).contains("signature/bad"));
  CHECK(signed_wrong([&](json& b) { b["p7s"] = other; }).contains("signature/bad"));
  CHECK(signed_wrong([&](json& b) { b["p7s"] = by({keys().head}, "SHA1"); }).contains("signature/bad"));
  CHECK(signed_wrong([&](json& b) { b["p7s"] = by({keys().member}); }).contains("signature/not-in-file"));
  CHECK(signed_wrong([&](json& b) { b["p7s"] = by({keys().member}); }, true).contains("signature/dropped"));
  // One signer is one signer, however often the record is told.
  DossierBuilder d =
      evening(changed(congress_of({committee_contest()}), [](json& c) { c["signatures_required"] = 2; }));
  d.add_signature("committee", keys().head);
  d.add("signed", json::parse(d.lines.back())["body"]);
  CHECK(codes(verified(d.files())) == Set{"signature/too-few"});
}
