#include "drill/scenario.h"

#include <algorithm>
#include <vector>

#include "ballots/validity.h"
#include "base/canon.h"
#include "base/check.h"
#include "contest/definition.h"
#include "drill/scenario_texts.h"
#include "intake/csv.h"
#include "sheet/sheet.h"
#include "tally/counts.h"

namespace kp {
namespace {

Json list_of(const Json& contest) {
  Json::Array rows;
  for (std::int64_t no = 1; no <= contest.at("rows").integer(); ++no) {
    const std::string number = (no < 10 ? "0" : "") + std::to_string(no);
    rows.push_back(Json::object({{"no", no}, {"name", "Người " + number}}));
  }
  return rows;
}

// What a ruling says of a ballot: a reason that makes it invalid, or its marks.
Edit edit_of(const Json& ruling, const Ballots& ballots) {
  Edit edit{static_cast<std::uint32_t>(ruling.array()[0].integer()), ruling.array()[1].string(), {}};
  for (const Flag flag : {Flag::not_issued, Flag::outside_name, Flag::marked, Flag::ruled_invalid}) {
    if (word(flag) != edit.marks) continue;
    return {edit.ballot, ballots.marks(ballots.find(edit.ballot)), Flags(flag)};
  }
  return edit;
}

}  // namespace

std::optional<Json> scenario_named(std::string_view name) {
  // The files are canonical: no space stands in a member. A line that cannot be the case is not parsed.
  const std::string member = "\"case\":\"" + std::string(name) + "\"";
  for (const std::string_view family : scenario_texts()) {
    for (std::size_t from = 0; from < family.size();) {
      const std::size_t end = std::min(family.find('\n', from), family.size());
      const std::string_view line = family.substr(from, end - from);
      from = end + 1;
      if (line.find(member) == std::string_view::npos) continue;
      Json scenario = parse_json(line, "scenario-set").value();
      if (scenario.at("case").string() == name) return scenario;
    }
  }
  return std::nullopt;
}

std::string scenario_definition(const Json& scenario) {
  const Json& given = scenario.at("contest");
  Json contest = given;
  const Question question = named<Question>(given.at("question").string()).value();
  const std::int64_t seats = given.find("seats") == nullptr ? 0 : given.at("seats").integer();
  const auto rows = static_cast<std::size_t>(given.at("rows").integer());
  contest.set("id", "c");
  contest.set("title", scenario.at("about"));
  contest.set("ballot", word(required_form(question, rows, seats)));
  contest.set("rows", list_of(given));
  const Json& meeting = scenario.at("meeting");
  Json::Array deductions;
  for (const Json::Member& less : meeting.at("less").members()) {
    deductions.push_back(Json::object({{"reason", less.first}, {"count", less.second}}));
  }
  return canonical(
      Json::object({{"format", "kiemphieu/congress@1"},
                    {"id", "tinh-huong"},
                    {"title", "Đại hội diễn tập"},
                    {"unit", "Đảng bộ diễn tập"},
                    {"term", "2025-2030"},
                    {"date", "2025-10-15"},
                    {"kind", meeting.at("kind")},
                    {"level", meeting.at("level")},
                    {"regulation", meeting.at("regulation")},
                    {"purpose", "practice"},
                    {"electorate", Json::object({{"summoned", meeting.at("summoned")},
                                                 {"deductions", std::move(deductions)},
                                                 {"present", meeting.at("present")}})},
                    {"board", Json::Array{Json::object({{"name", "Lê Văn Trưởng"}, {"role", "head"}}),
                                          Json::object({{"name", "Trần Thị Uỷ"}, {"role", "member"}})}},
                    {"signatures_required", 0},
                    {"passes_required", 1},
                    {"contests", Json::Array{std::move(contest)}}}));
}

ScenarioBundle scenario_bundle(const Json& scenario) {
  ScenarioBundle bundle{std::string(kCsvHeader) + "\n", 0};
  for (const Json& group : scenario.at("ballots").array()) {
    const Json::Array& parts = group.array();
    const std::string flags = parts.size() > 2 ? parts[2].string() : "";
    for (std::int64_t i = 0; i < parts[0].integer(); ++i)
      bundle.csv += std::to_string(++bundle.size) + "," + parts[1].string() + "," + flags + "\n";
  }
  return bundle;
}

ScenarioResult scenario_result(const Json& scenario) {
  KP_ASSERT(scenario.find("decision") == nullptr);
  Congress congress = parse_congress(scenario_definition(scenario), "congress.json").value();
  const Contest& contest = congress.contests.front();
  const ScenarioBundle bundle = scenario_bundle(scenario);
  Ballots ballots = parse_ballots(bundle.csv, "ballots.csv", {contest.ballot, contest.rows.size()}).value();
  std::vector<Edit> edits;
  if (const Json* rulings = scenario.find("rulings")) {
    for (const Json& ruling : rulings->array()) edits.push_back(edit_of(ruling, ballots));
  }
  ballots = ballots.with(edits);
  const Json* issued = scenario.find("issued");
  SheetInput input{congress, contest, congress.electorate};
  input.issued = issued == nullptr ? bundle.size : issued->integer();
  input.returned = bundle.size;
  input.rulings = static_cast<std::int64_t>(edits.size());
  input.counts = count(ballots, judge(contest, ballots));
  Json sheet = Json::object(make_sheet(input));
  return {std::move(congress), std::move(sheet)};
}

}  // namespace kp
