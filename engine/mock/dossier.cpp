#include "mock/dossier.h"

#include <algorithm>

#include "contest/list_rules.h"
#include "mock/planning.h"
#include "mock/steering.h"
#include "proceedings/board_acts.h"
#include "proceedings/setup.h"

namespace kp {
namespace {

// Enters all bundles of a contest. Returns: what the voters handed in.
Counts enter_bundles(PlayedRecord& record, const ContestPlan& plan) {
  MockBundles bundles(plan);
  std::vector<MockBundle> all;
  for (auto next = bundles.next(); !next.empty(); next = bundles.next()) {
    all.insert(all.end(), std::make_move_iterator(next.begin()), std::make_move_iterator(next.end()));
  }
  record.enter(plan.contest.id, all);
  return bundles.counts();
}

// Two people of the board who may act.
People two_of(const Board& board) {
  People two;
  for (const BoardMember& member : board) {
    if (member.role != Role::technician && two.size() < 2) two.push_back(member.name);
  }
  return two;
}

Done confirm(PlayedRecord& record, const std::string& id) {
  const History now = record.history();
  const ContestHistory& contest = *now.find(id);
  const Result<std::int64_t> waiting = ballots_waiting(contest, record.fetch());
  if (!waiting) return waiting.findings();
  if (*waiting == 0) return done();
  const Board& board = board_of(now.congress, contest.contest);
  const Result<Act> act = confirm_flags({contest, board, two_of(board), ""}, *waiting);
  if (!act) return act.findings();
  record.append(*act);
  return done();
}

// The votes of the last one elected and of the one after exchanged, so that everything still adds up.
Counts forged(Counts counts, std::int64_t seats) {
  const std::vector<std::size_t> order = by_votes(counts);
  const std::size_t last = std::min(order.size(), static_cast<std::size_t>(seats)) - 1;
  if (last + 1 < order.size()) {
    std::swap(counts.rows[order[last]], counts.rows[order[last + 1]]);
  } else {
    RowCount& row = counts.rows[order[last]];
    std::swap(row.options[0], row.options[1]);
  }
  return counts;
}

// Those whose ballots were invalid, at least one, deducted as if the rules did.
Electorate smaller_base(Electorate electorate, CongressKind kind, const Counts& counts) {
  const std::vector<std::string_view> reasons = deduction_reasons(kind);
  electorate.deductions.push_back(
      {std::string(reasons.front()), std::max<std::int64_t>(1, counts.invalid())});
  return electorate;
}

void falsify(Json& result, const ContestPlan& plan, const std::set<PlantKind>& faults,
             const Congress& congress, Counts counts) {
  ContestPlan false_plan = plan;
  if (faults.contains(PlantKind::forged_result)) counts = forged(std::move(counts), plan.contest.seats);
  if (faults.contains(PlantKind::wrong_base))
    false_plan.electorate = smaller_base(plan.electorate, kind_of(congress, plan.contest), counts);
  const Json sheet = sheet_of(congress, false_plan, counts);
  for (const Json::Member& member : sheet.members()) result.set(member.first, member.second);
}

}  // namespace

Result<PlayedRecord> play(const MockElection& election, const std::set<PlantKind>& faults) {
  const Congress& congress = election.congress();
  PlayedRecord record(congress, election.right_bytes(), congress.date + "T12:00:00Z");
  const auto lies_in = [&](const std::string& contest) {
    return std::any_of(election.planted().begin(), election.planted().end(), [&](const Planted& place) {
      return place.contest == contest && faults.contains(place.fault);
    });
  };
  for (ContestPlan plan : election.contests()) {
    const std::string& id = plan.contest.id;
    plan.faults.clear();
    const History now = record.history();
    const Board& board = board_of(congress, plan.contest);
    const Result<Act> box =
        count_box(*now.find(id), {plan.ballots(), plan.ballots(), {}, "", ""}, {head_of(board)});
    if (!box) return box.findings();
    record.append(*box);
    Counts counts = enter_bundles(record, plan);
    if (Done confirmed = confirm(record, id); !confirmed) return confirmed.findings();
    Result<Json> result = record.draw_up(id);
    if (!result) return result.findings();
    const bool here = lies_in(id);
    if (here) falsify(*result, plan, faults, congress, std::move(counts));
    record.enter_result(id, *result);
    if (here) break;
  }
  return record;
}

}  // namespace kp
