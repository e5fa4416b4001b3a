// Published cases, clauses worked out and doubtful rules, as data: every vector of testdata/vectors is played
// on the engine and on the verifier.
//
// A file is {topic, source, vectors}; a vector is {id, rules, cases} and, where they differ from the file's,
// {source, unverified, says}. Its cases are of one of these kinds ("check"):
//   result       ballots or counts in; members of the result out, from engine and verifier alike
//   definition   a contest as it would be defined; its findings, base, line and surplus
//   list         a prepared list and the counts of a poll on it; the list that the two give
//   order        names; their order on a list
//   percent      shares and how they are printed
//   box          figures of the hall; what the gate says
//   structure    a list; what is reported of it
//   information  rules that stand in the table for people; no program holds anyone to them
// A key that is not known here fails the test, so that nothing in a vector is ever passed over.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <numeric>
#include <set>
#include <sstream>

#include "base/canon.h"
#include "base/share.h"
#include "catch.h"
#include "contest/definition.h"
#include "contest/list_rules.h"
#include "kiemphieu/report.h"
#include "proceedings/gate.h"
#include "proceedings/list_building.h"
#include "proceedings/setup.h"
#include "support/both_programs.h"
#include "verify/canon.h"
#include "verify/definitions.h"
#include "verify/gate.h"
#include "verify/polls.h"

using namespace kp;
using test::BothCounts;
using test::BothResults;

namespace {

namespace fs = std::filesystem;

Json file_json(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  const Result<Json> json = parse_json(text.str(), path.filename().string());
  CAPTURE(path.string());
  for (const Finding& found : json ? Findings() : json.findings()) FAIL(found.where);
  return *json;
}

// Fails on every key of `object` that is not one of `known`.
void only_keys(const Json& object, const std::set<std::string>& known) {
  for (const auto& [key, value] : object.members()) {
    CAPTURE(key);
    CHECK(known.contains(key));
  }
}

Json or_else(const Json& object, std::string_view key, Json otherwise) {
  const Json* value = object.find(key);
  return value == nullptr ? std::move(otherwise) : *value;
}

std::string text_or(const Json& object, std::string_view key, std::string_view otherwise) {
  return or_else(object, key, otherwise).string();
}

// Marks as they stand in a CSV, or in runs: [["a", 180], [".", 40]].
std::string marks_of(const Json& marks) {
  if (marks.is_string()) return marks.string();
  std::string all;
  for (const Json& run : marks.array()) {
    for (std::int64_t i = 0; i < run.array()[1].integer(); ++i) all += run.array()[0].string();
  }
  return all;
}

// Rows from names, or as they are; or so many of one family, in name order. Numbered.
Json rows_of(const Json& names) {
  const bool invented = !names.is_array();
  const Json many = names.is_integer() ? Json::object({{"count", names}}) : names;
  if (invented) only_keys(many, {"count", "family", "nominated", "women"});
  Json::Array rows;
  const std::size_t count =
      invented ? static_cast<std::size_t>(many.at("count").integer()) : names.array().size();
  for (std::size_t i = 0; i < count; ++i) {
    Json row = Json::object({});
    if (invented) {
      row.set("name", text_or(many, "family", "Trần") + " Văn " +
                          std::string(1, static_cast<char>('A' + i / 26)) + "." +
                          std::string(1, static_cast<char>('A' + i % 26)));
      if (const Json* nominated = many.find("nominated")) row.set("nominated", *nominated);
      if (const Json* women = many.find("women"))
        row.set("sex", static_cast<std::int64_t>(i) < women->integer() ? "female" : "male");
    } else if (names.array()[i].is_string()) {
      row.set("name", names.array()[i]);
    } else {
      row = names.array()[i];
    }
    row.set("no", static_cast<std::int64_t>(i + 1));
    rows.push_back(std::move(row));
  }
  return rows;
}

Json contest_json(const Json& given) {
  only_keys(given, {"id", "question", "office", "ballot", "seats", "round", "revote", "prepared", "among",
                    "kind", "electorate", "fraction_of", "names"});
  Json json = given;
  Json rows = rows_of(given.at("names"));
  Json::Object kept;
  for (const auto& [key, value] : given.members()) {
    if (key != "names") kept.emplace_back(key, value);
  }
  json = Json::object(std::move(kept));
  const auto put = [&](std::string_view key, const Json& value) {
    if (json.find(key) == nullptr) json.set(key, value);
  };
  put("id", "cuoc-bau");
  put("title", "Lấy phiếu");
  put("question", "election");
  put("office", "committee");
  const std::int64_t seats = or_else(json, "seats", 0).integer();
  put("ballot",
      word(required_form(*named<Question>(json.at("question").string()), rows.array().size(), seats)));
  json.set("rows", std::move(rows));
  return json;
}

/// A case with the congress around its contest.
struct Setting {
  Congress congress;
  const Contest& contest() const { return congress.contests.back(); }
  const Electorate& electorate() const { return kp::electorate_of(congress, contest()); }
};

Json electorate_json(const Json& given) {
  only_keys(given, {"summoned", "deductions", "present"});
  Json::Array deductions;
  std::int64_t base = given.at("summoned").integer();
  const Json all = or_else(given, "deductions", Json::object({}));
  for (const auto& [reason, count] : all.members()) {
    deductions.push_back(Json::object({{"reason", reason}, {"count", count}}));
    base -= count.integer();
  }
  return Json::object({{"summoned", given.at("summoned")},
                       {"deductions", std::move(deductions)},
                       {"present", or_else(given, "present", base)}});
}

const std::set<std::string> kSettingKeys = {"check",      "regulation", "meeting", "level",
                                            "electorate", "board",      "contest", "others"};

Setting setting_of(const Json& given, std::set<std::string> keys) {
  keys.insert(kSettingKeys.begin(), kSettingKeys.end());
  only_keys(given, keys);
  Json::Array board = {Json::object({{"name", "Lê Văn Trưởng"}, {"role", "head"}})};
  const Json members = or_else(given, "board", Json::Array());
  for (const Json& member : members.array()) {
    board.push_back(Json::object({{"name", member}, {"role", "member"}}));
  }
  Json::Array contests;
  const Json others = or_else(given, "others", Json::Array());
  for (const Json& other : others.array()) contests.push_back(contest_json(other));
  contests.push_back(contest_json(given.at("contest")));
  const Json json = Json::object({{"format", "kiemphieu/congress@1"},
                                  {"id", "dai-hoi"},
                                  {"title", "Đại hội"},
                                  {"unit", "Đảng bộ"},
                                  {"term", "2025-2030"},
                                  {"date", "2025-10-15"},
                                  {"kind", text_or(given, "meeting", "delegates")},
                                  {"level", text_or(given, "level", "base")},
                                  {"regulation", text_or(given, "regulation", "190-QD/TW")},
                                  {"purpose", "practice"},
                                  {"electorate", electorate_json(given.at("electorate"))},
                                  {"board", std::move(board)},
                                  {"signatures_required", 0},
                                  {"passes_required", 1},
                                  {"contests", std::move(contests)}});
  Result<Congress> congress = parse_congress(canonical(json), "congress.json");
  for (const Finding& found : congress ? Findings() : congress.findings()) FAIL(found.where);
  return {std::move(congress).value()};
}

std::int64_t ballots_in(const Counts& counts) {
  return std::accumulate(counts.invalid_by.begin(), counts.invalid_by.end(), counts.valid);
}

// Ballot by ballot: each with its marks, flags, how often it occurs, and the verdict on it.
BothCounts count_ballots(const Contest& contest, const Json& given) {
  std::vector<std::string> marks;
  std::vector<std::uint8_t> verifier_flags;
  std::vector<std::string> verdicts;
  Ballots ballots(contest.ballot, contest.rows.size());
  const verify::BallotRule rule = verify::rule_of(contest);
  for (const Json& ballot : given.array()) {
    only_keys(ballot, {"marks", "flags", "times", "verdict"});
    const std::string flags = text_or(ballot, "flags", "");
    Flags ours;
    FlagFault fault;
    REQUIRE(parse_flags(flags, ours, fault));
    for (std::int64_t i = 0; i < or_else(ballot, "times", 1).integer(); ++i) {
      marks.push_back(marks_of(ballot.at("marks")));
      REQUIRE(verify::marks_fit(marks.back(), rule));
      verifier_flags.push_back(*verify::parse_flags(flags));
      verdicts.push_back(text_or(ballot, "verdict", "valid"));
      ballots.append(static_cast<std::uint32_t>(marks.size()), marks.back(), ours);
    }
  }
  const std::vector<Verdict> judged = judge(contest, ballots);
  std::vector<verify::Ballot> theirs;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    theirs.push_back({marks[i], verifier_flags[i], nullptr});
    const std::optional<verify::Reason> reason = verify::judge(rule, theirs.back());
    CAPTURE(i + 1, marks[i]);
    CHECK(word(judged[i]) == verdicts[i]);
    CHECK((reason ? verify::word(*reason) : "valid") == verdicts[i]);
  }
  return {count(ballots, judged), verify::count(rule, theirs)};
}

// Published totals: votes of each row ([votes, how many rows have them] for runs), or options of each row.
BothCounts counts_of(const Contest& contest, const Json& given) {
  only_keys(given, {"valid", "invalid", "votes", "options"});
  const std::int64_t valid = given.at("valid").integer();
  std::vector<std::vector<std::int64_t>> options;
  if (const Json* votes = given.find("votes")) {
    for (const Json& one : votes->array()) {
      const bool run = one.is_array();
      const std::int64_t v = run ? one.array()[0].integer() : one.integer();
      const auto times = static_cast<std::size_t>(run ? one.array()[1].integer() : 1);
      const bool strike = contest.ballot == BallotForm::strike;
      const std::vector<std::int64_t> row = strike ? std::vector{v} : std::vector{v, valid - v};
      options.insert(options.end(), times, row);
    }
  } else {
    for (const Json& row : given.at("options").array()) {
      options.emplace_back();
      for (const Json& n : row.array()) options.back().push_back(n.integer());
    }
  }
  REQUIRE(options.size() == contest.rows.size());
  BothCounts both{Counts(options.size()), verify::no_counts(options.size())};
  both.engine.valid = both.verifier.valid = valid;
  const Json invalid = or_else(given, "invalid", Json::object({}));
  for (const auto& [reason, n] : invalid.members()) {
    const std::optional<verify::Reason> named = verify::reason_named(reason);
    REQUIRE(named);
    both.verifier.invalid[static_cast<std::size_t>(*named)] = n.integer();
    both.engine.invalid_by[static_cast<std::size_t>(*named) + 1] = n.integer();
  }
  for (std::size_t r = 0; r < options.size(); ++r) {
    std::int64_t left = valid;
    for (std::size_t o = 0; o < options[r].size(); ++o) {
      both.engine.rows[r].options[o] = both.verifier.rows[r].option[o] = options[r][o];
      left -= options[r][o];
    }
    REQUIRE(left >= 0);
    both.engine.rows[r].none = both.verifier.rows[r].none = left;
  }
  return both;
}

// The first place where `got` is not what `expected` says, "" when there is none. Members that `expected`
// does not name may be anything; a member that `got` does not have is a fault of the vector.
std::string first_difference(const Json& expected, const Json& got, const std::string& place) {
  if (expected.is_object() && got.is_object()) {
    for (const auto& [key, value] : expected.members()) {
      const Json* there = got.find(key);
      if (there == nullptr) return pointer_to(place, key) + " is no member";
      if (std::string at = first_difference(value, *there, pointer_to(place, key)); !at.empty()) return at;
    }
    return {};
  }
  if (expected.is_array() && got.is_array() && expected.array().size() == got.array().size()) {
    for (std::size_t i = 0; i < expected.array().size(); ++i) {
      std::string at = first_difference(expected.array()[i], got.array()[i], pointer_to(place, i));
      if (!at.empty()) return at;
    }
    return {};
  }
  return expected == got ? "" : place + " is " + canonical(got);
}

// The expected rows of a vector may be runs too: [{"times": 18, …}].
Json without_runs(const Json& expected) {
  const Json* rows = expected.find("rows");
  if (rows == nullptr) return expected;
  Json::Array all;
  for (const Json& row : rows->array()) {
    Json::Object members;
    for (const auto& [key, value] : row.members()) {
      if (key != "times") members.emplace_back(key, value);
    }
    all.insert(all.end(), static_cast<std::size_t>(or_else(row, "times", 1).integer()),
               Json::object(std::move(members)));
  }
  Json out = expected;
  out.set("rows", std::move(all));
  return out;
}

/// What a vector's cases have shown, to be held against the rules that it names.
struct Shown {
  std::set<std::string> steps;
  std::set<std::string> findings;
  std::set<Regulation> regulations;
  bool has_result = false;
};

// The results of both programs, held to each other.
BothResults results_of(const Setting& setting, const Contest& contest, const verify::Box& box,
                       const BothCounts& counts) {
  BothResults results = test::results_of(setting.congress, contest, box, counts);
  CHECK(first_difference(results.engine, results.verifier, "engine and verifier") == "");
  return results;
}

void note_steps(const Json& result, Shown& shown) {
  for (const Json& step : result.at("steps").array()) shown.steps.insert(step.at("rule").string());
  shown.has_result = true;
}

void play_result(const Json& given, Shown& shown) {
  const Setting setting = setting_of(given, {"ballots", "counts", "issued", "returned", "expect"});
  const Contest& contest = setting.contest();
  const Json* ballots = given.find("ballots");
  REQUIRE((ballots == nullptr) != (given.find("counts") == nullptr));
  const BothCounts counts =
      ballots != nullptr ? count_ballots(contest, *ballots) : counts_of(contest, given.at("counts"));
  const std::int64_t returned = or_else(given, "returned", ballots_in(counts.engine)).integer();
  const std::int64_t issued = or_else(given, "issued", returned).integer();
  const BothResults results = results_of(setting, contest, {issued, returned}, counts);
  const Json expected = without_runs(given.at("expect"));
  CHECK(first_difference(expected, results.engine, "engine") == "");
  CHECK(first_difference(expected, results.verifier, "verifier") == "");
  note_steps(results.engine, shown);
}

// What the verifier says of a list after this poll.
std::size_t verifier_warnings(const Setting& setting, const Contest& list, const Contest& poll,
                              const Json& result, bool decided) {
  verify::Contests contests;
  verify::ContestState& polled = contests.add(poll, 1);
  verify::ResultState standing;
  standing.decided = decided;
  standing.next_seats = result.at("next").at("seats").integer();
  for (const Json& row : result.at("rows").array()) {
    standing.standings.push_back(row.at("standing").string());
  }
  polled.last_result = std::move(standing);
  polled.stands = true;
  const verify::ContestState& state = contests.add(list, 1);
  verify::Faults faults;
  verify::check_polls(setting.congress, contests, state, faults);
  return faults.listed().size();
}

void play_list(const Json& given, Shown& shown) {
  const Setting setting = setting_of(given, {"poll", "counts", "take", "expect"});
  const Json& expect = given.at("expect");
  only_keys(expect, {"names", "length", "surplus", "cap", "form", "findings"});
  const Result<Contest> poll = parse_contest(contest_json(given.at("poll")));
  REQUIRE(poll);
  const BothCounts counts = counts_of(*poll, given.at("counts"));
  const std::int64_t cast = ballots_in(counts.engine);
  const BothResults results = results_of(setting, *poll, {cast, cast}, counts);
  note_steps(results.engine, shown);

  std::set<std::uint32_t> taken;
  const Json take = or_else(given, "take", Json::Array());
  for (const Json& no : take.array()) taken.insert(static_cast<std::uint32_t>(no.integer()));
  const Result<Contest> list = joined_list(setting.contest(), *poll, results.engine.at("rows"), taken);
  REQUIRE(list);
  Json::Array names;
  for (const Row& row : list->rows) names.emplace_back(row.name);
  Json::Array findings;
  for (const Finding& found : check_contest(setting.congress, *list, "", {})) {
    findings.emplace_back(finding_row(found.code).code);
  }
  const auto length = static_cast<std::int64_t>(list->rows.size());
  const Json figures = Json::object({{"names", std::move(names)},
                                     {"length", length},
                                     {"surplus", length - list->seats},
                                     {"cap", surplus_cap(list->seats)},
                                     {"form", word(list->ballot)},
                                     {"findings", std::move(findings)}});
  CHECK(first_difference(expect, figures, "list") == "");

  // The verifier agrees with the joined list, and would miss the names were they not joined.
  const bool decided = given.find("take") != nullptr;
  CHECK(verifier_warnings(setting, *list, *poll, results.verifier, decided) == 0);
  const bool changed = list->json != setting.contest().json;
  if (changed && !decided)
    CHECK(verifier_warnings(setting, setting.contest(), *poll, results.verifier, decided) > 0);
}

void play_definition(const Json& given, Shown& shown) {
  const Setting setting = setting_of(given, {"expect"});
  const Json& expect = given.at("expect");
  only_keys(expect, {"findings", "base", "line", "surplus", "cap", "form"});
  const Contest& contest = setting.contest();
  Json::Array all;
  std::multiset<std::string> errors;
  for (const Finding& found : check_congress(setting.congress)) {
    const std::string code(finding_row(found.code).code);
    const bool error = found.severity == Severity::error;
    all.emplace_back(error ? code : "warning " + code);
    if (error) errors.insert(code);
    shown.findings.insert(code);
  }
  CHECK(first_difference(expect.at("findings"), all, "findings") == "");

  verify::Faults faults;
  verify::check_definition(setting.congress, contest, "", faults);
  std::multiset<std::string> theirs;
  for (const Finding& fault : faults.listed()) theirs.insert(std::string(finding_row(fault.code).code));
  CHECK(theirs == errors);

  const Base base = base_of(setting.electorate());
  const verify::Majority majority = verify::majority_of(setting.electorate());
  const auto rows = static_cast<std::int64_t>(contest.rows.size());
  const Json figures = Json::object({{"base", base.count},
                                     {"line", base.line},
                                     {"surplus", rows - contest.seats},
                                     {"cap", surplus_cap(contest.seats)},
                                     {"form", word(contest.ballot)},
                                     {"findings", std::move(all)}});
  CHECK(first_difference(expect, figures, "figures") == "");
  CHECK((majority.count == base.count && majority.line == base.line));
}

void play_order(const Json& given) {
  only_keys(given, {"check", "names", "expect"});
  std::vector<Row> rows;
  for (const Json& name : given.at("names").array()) {
    Row row;
    row.name = name.is_string() ? name.string() : name.at("name").string();
    if (!name.is_string()) {
      only_keys(name, {"name", "joined"});
      row.joined = name.at("joined").string();
    }
    row.json = name;
    rows.push_back(std::move(row));
  }
  std::stable_sort(rows.begin(), rows.end(), comes_before);
  Json::Array order;
  for (const Row& row : rows) order.push_back(row.json);
  CHECK(first_difference(given.at("expect"), order, "order") == "");
}

void play_percent(const Json& given) {
  only_keys(given, {"check", "shares"});
  for (const Json& share : given.at("shares").array()) {
    only_keys(share, {"n", "of", "expect"});
    CAPTURE(share.at("n").integer(), share.at("of").integer());
    CHECK(percent(share.at("n").integer(), share.at("of").integer()) == share.at("expect").string());
    CHECK(verify::percent_text(share.at("n").integer(), share.at("of").integer()) ==
          share.at("expect").string());
  }
}

void play_box(const Json& given, Shown& shown) {
  const Setting setting = setting_of(given, {"issued", "returned", "expect"});
  const std::int64_t issued = given.at("issued").integer();
  const std::int64_t returned = given.at("returned").integer();
  ContestHistory history;
  history.contest = setting.contest();
  history.electorate = setting.electorate();
  history.boxes.push_back({1, issued, returned, std::nullopt, ""});
  Json::Array said;
  for (const Finding& found : check_box(history, 0)) said.emplace_back(finding_row(found.code).code);
  CHECK(first_difference(given.at("expect").at("engine"), said, "engine") == "");
  for (const Json& code : said) shown.findings.insert(code.string());

  verify::Contests contests;
  verify::ContestState& state = contests.add(setting.contest(), 1);
  state.box = verify::BoxState{1, {issued, returned}};
  verify::Faults faults;
  verify::check_gate(setting.congress, contests, state, faults);
  Json::Array theirs;
  for (const Finding& fault : faults.listed()) {
    // No bundle is modelled here, so their sum is of no interest.
    if (fault.code != Code::verify_gate_sum) theirs.emplace_back(finding_row(fault.code).code);
  }
  CHECK(first_difference(given.at("expect").at("verifier"), theirs, "verifier") == "");
  only_keys(given.at("expect"), {"engine", "verifier"});
}

void play_structure(const Json& given) {
  const Setting setting = setting_of(given, {"expect"});
  const History history = unbegun(setting.congress);
  const Json report = Json::object(report_json(report_on(history, history.contests.back().contest)));
  CHECK(first_difference(given.at("expect"), report, "report") == "");
}

void play(const Json& given, Shown& shown) {
  const std::string& check = given.at("check").string();
  CAPTURE(check);
  shown.regulations.insert(*regulation_named(text_or(given, "regulation", "190-QD/TW")));
  if (check == "result") return play_result(given, shown);
  if (check == "definition") return play_definition(given, shown);
  if (check == "list") return play_list(given, shown);
  if (check == "order") return play_order(given);
  if (check == "percent") return play_percent(given);
  if (check == "box") return play_box(given, shown);
  if (check == "structure") return play_structure(given);
  CHECK(check == "information");
  only_keys(given, {"check", "outcome"});
  CHECK_FALSE(given.at("outcome").string().empty());
}

// The rules that a vector names are rows of the table; those that are applied show in its cases; when one of
// them is unverified the vector says so.
void check_rules(const Json& vector, const Shown& shown) {
  bool unverified = false;
  for (const Json& id : vector.at("rules").array()) {
    CAPTURE(id.string());
    for (const Regulation regulation : shown.regulations) {
      const std::optional<Rule> rule = rule_named(regulation, id.string());
      REQUIRE(rule);
      unverified = unverified || rule->grade == Grade::unverified;
      const std::vector<std::string_view> uses = words_of(rule->used_by);
      if (shown.has_result && uses == std::vector<std::string_view>{"step"})
        CHECK(shown.steps.contains(id.string()));
    }
  }
  CHECK(or_else(vector, "unverified", false).boolean() == unverified);
}

std::vector<fs::path> vector_files() {
  std::vector<fs::path> files;
  for (const fs::directory_entry& file :
       fs::directory_iterator(fs::path(KP_SOURCE_DIR) / "testdata/vectors")) {
    files.push_back(file.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

TEST_CASE("shares of every n of every base up to 250 are rounded half up, by both programs") {
  for (std::int64_t of = 1; of <= 250; ++of) {
    for (std::int64_t n = 0; n <= of; ++n) {
      const std::string text = percent(n, of);
      const std::int64_t hundredths =
          std::stoll(text.substr(0, text.size() - 3)) * 100 + std::stoll(text.substr(text.size() - 2));
      CAPTURE(n, of, text);
      REQUIRE(((2 * hundredths - 1) * of <= 20'000 * n && 20'000 * n < (2 * hundredths + 1) * of));
      REQUIRE(verify::percent_text(n, of) == text);
    }
  }
}

TEST_CASE("every vector holds for engine and verifier, and says so when it stands on an unverified rule") {
  std::map<std::string, int> series;
  std::set<std::string> ids;
  std::set<std::string> steps;
  for (const fs::path& path : vector_files()) {
    const Json file = file_json(path);
    only_keys(file, {"topic", "source", "vectors"});
    CHECK(file.at("topic").string() == path.stem().string());
    CHECK_FALSE(file.at("source").string().empty());
    for (const Json& vector : file.at("vectors").array()) {
      only_keys(vector, {"id", "says", "source", "rules", "unverified", "cases"});
      const std::string& id = vector.at("id").string();
      INFO("vector " << id << " of " << path.filename().string());
      CHECK(ids.insert(id).second);
      ++series[id.substr(0, id.find_first_of("-0123456789"))];
      CHECK_FALSE(vector.at("cases").array().empty());
      Shown shown;
      for (std::size_t i = 0; i < vector.at("cases").array().size(); ++i) {
        INFO("case " << i + 1);
        play(vector.at("cases").array()[i], shown);
      }
      check_rules(vector, shown);
      steps.merge(shown.steps);
    }
  }
  // Every rule that can be a step is one in some vector.
  for (std::size_t i = 0; i < rule_count(); ++i) {
    const Rule rule = rule_row(Regulation::qd_190_2024, static_cast<RuleId>(i));
    CAPTURE(rule.id);
    if (rule.used_by.starts_with("step")) CHECK(steps.contains(std::string(rule.id)));
  }
  // The study of sources has 24 published cases, 24 worked out and 10 doubtful; the field 13 published
  // tallies.
  CHECK(series["P"] == 24);
  CHECK(series["D"] == 24);
  CHECK(series["U"] == 10);
  CHECK(series["F"] == 13);
  CHECK(series["K"] >= 7);  // our own
  CHECK(series.size() == 5);
}
