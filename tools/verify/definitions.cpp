#include "verify/definitions.h"

#include <set>
#include <utility>
#include <vector>

#include "base/text.h"
#include "contest/definition.h"
#include "contest/list_rules.h"
#include "verify/reader.h"

namespace kp::verify {
namespace {

void add_errors(Findings findings, const std::string& prefix, Faults& faults) {
  for (Finding& finding : findings) {
    if (finding.severity != Severity::error) continue;
    finding.where = prefix + finding.where;
    faults.add(std::move(finding));
  }
}

// The same contest without names, board members and reference: what is left are the rules on numbers.
Contest without_names(const Contest& contest) {
  Contest bare;
  bare.question = contest.question;
  bare.office = contest.office;
  bare.ballot = contest.ballot;
  bare.seats = contest.seats;
  bare.round = contest.round;
  bare.revote = contest.revote;
  bare.kind = contest.kind;
  bare.electorate = contest.electorate;
  bare.board = Board();
  bare.json = Json::object({});
  bare.rows.resize(contest.rows.size());
  for (std::size_t i = 0; i < contest.rows.size(); ++i) {
    bare.rows[i].no = contest.rows[i].no;
    bare.rows[i].json = Json::object({});
  }
  return bare;
}

// A congress of nothing but this board, so that the rules on boards can be asked alone.
Congress around_board(const Congress& congress, const Board& board) {
  Congress around;
  around.date = "2000-01-01";
  around.kind = congress.kind;
  around.electorate.summoned = 1;
  around.board = board;
  around.signatures_required = congress.signatures_required;
  return around;
}

void check_candidates(const Board& board, const Contest& contest, const std::string& place, Faults& faults) {
  const bool to_choose = contest.question == Question::election || contest.question == Question::opinion ||
                         contest.question == Question::withdrawal ||
                         contest.question == Question::introduction;
  if (!to_choose) return;
  std::set<std::string> members;
  for (const BoardMember& member : board) members.insert(name_key(member.name));
  for (std::size_t i = 0; i < contest.rows.size(); ++i) {
    if (!members.contains(name_key(contest.rows[i].name))) continue;
    const std::string where = pointer_to(pointer_to(place + "/rows", i), "name");
    faults.add(Code::board_candidate_on_board, where, {contest.rows[i].name});
  }
}

// A sitting member of the convening committee may not come onto the list from the floor (formats.md §2).
void check_sitting_members(const Congress& congress, const Contest& contest, const std::string& place,
                           Faults& faults) {
  const bool asks = contest.question == Question::election || contest.question == Question::opinion;
  const bool office = contest.office == Office::committee || contest.office == Office::standing_committee;
  if (!asks || !office || congress.level == Level::central) return;
  const auto states = [](const Row& row, std::string_view key, const Json& value) {
    const Json* stated = row.json.find(key);
    return stated != nullptr && *stated == value;
  };
  for (std::size_t i = 0; i < contest.rows.size(); ++i) {
    const Row& row = contest.rows[i];
    const bool floor = states(row, "nominated", "floor") || states(row, "nominated", "self");
    if (!floor || !states(row, "incumbent", true)) continue;
    faults.add(Code::list_incumbent_not_prepared, pointer_to(pointer_to(place + "/rows", i), "nominated"),
               {row.name});
  }
}

}  // namespace

std::optional<Congress> read_congress(std::string_view bytes, Faults& faults) {
  const std::string file = "congress.json";
  const Result<Json> json = read_json(bytes, {file, 1}, Form::any);
  if (!json) {
    faults.add(json.findings());
    return std::nullopt;
  }
  Result<Congress> congress = parse_congress(bytes, file);
  if (!congress) {
    add_errors(congress.findings(), file + "#", faults);
    return std::nullopt;
  }
  // Lifted out while the rules on the congress itself are asked: the contests' turn comes one by one.
  std::vector<Contest> contests = std::exchange(congress->contests, {});
  add_errors(check_congress(*congress), file + "#", faults);
  congress->contests = std::move(contests);
  std::set<std::string> ids;
  for (std::size_t i = 0; i < congress->contests.size(); ++i) {
    const Contest& contest = congress->contests[i];
    const std::string place = file + "#" + pointer_to("/contests", i);
    if (!ids.insert(contest.id).second) faults.add(Code::contest_duplicate_id, place + "/id", {contest.id});
    check_definition(*congress, contest, place, faults);
  }
  return std::move(congress).value();
}

std::optional<Contest> read_contest(const Json& json, const std::string& place, Faults& faults) {
  Result<Contest> contest = parse_contest(json);
  if (contest) return std::move(contest).value();
  add_errors(contest.findings(), place, faults);
  return std::nullopt;
}

std::optional<Electorate> read_electorate(const Json& json, CongressKind kind, const std::string& place,
                                          Faults& faults) {
  // The schema knows electorates as a part of a contest: the smallest contest around this one.
  Json::Array rows = {Json::object({{"no", 1}, {"name", "-"}})};
  const Json around = Json::object({{"id", "x"},
                                    {"title", "-"},
                                    {"question", "survey"},
                                    {"office", "other"},
                                    {"ballot", "agree"},
                                    {"rows", std::move(rows)},
                                    {"electorate", json}});
  const Result<Contest> contest = parse_contest(around);
  if (!contest) {
    add_errors(contest.findings(), place, faults);
    return std::nullopt;
  }
  add_errors(check_electorate(kind, *contest->electorate, "/electorate"), place, faults);
  return contest->electorate;
}

void check_definition(const Congress& congress, const Contest& contest, const std::string& place,
                      Faults& faults) {
  Findings findings = check_contest(congress, without_names(contest), "", {});
  std::erase_if(findings, [](const Finding& finding) { return finding.where.starts_with("/board"); });
  for (Finding& finding : findings) {
    const bool of_congress = !contest.electorate && finding.where.starts_with("/electorate");
    finding.where.insert(0, of_congress ? "congress.json#" : place);
  }
  add_errors(std::move(findings), "", faults);
  if (contest.board) add_errors(check_congress(around_board(congress, *contest.board)), place, faults);
  check_candidates(board_of(congress, contest), contest, place, faults);
  check_sitting_members(congress, contest, place, faults);
}

void check_among(const Contests& contests, const ContestState& state, const std::string& place,
                 Faults& faults) {
  const std::string& among = state.contest.among;
  if (among.empty()) return;
  if (among == state.contest.id || contests.find(among) == nullptr) {
    return faults.add(Code::contest_among_unknown, place + "/among", {among});
  }
  if (const std::int64_t row = first_not_among(contests, state, false); row >= 0) {
    const auto index = static_cast<std::size_t>(row);
    faults.add(Code::list_not_among, pointer_to(place + "/rows", index),
               {state.contest.rows[index].name, among});
  }
}

}  // namespace kp::verify
