#include "mock/planning.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "contest/majority.h"
#include "outcome/election.h"
#include "sheet/sheet.h"

namespace kp {
namespace {

constexpr std::uint64_t kAttempts = 64;

bool suits(PlantKind kind, const Contest& contest) {
  const bool election = contest.question == Question::election;
  switch (kind) {
    case PlantKind::candidate_on_board:
      return election || contest.question == Question::opinion || contest.question == Question::withdrawal ||
             contest.question == Question::introduction;
    case PlantKind::misprinted_list:
      return contest.rows.size() >= 2;
    case PlantKind::surplus:
      return election && contest.round == 1 && !contest.revote &&
             (contest.office == Office::committee || contest.office == Office::standing_committee);
    case PlantKind::tie_at_last_seat:
      return election && !contest.revote && contest.ballot == BallotForm::strike;
    case PlantKind::exactly_half:
    case PlantKind::short_:
      return election && !contest.revote;
    case PlantKind::wrong_base:
    case PlantKind::forged_result:
      return election;
    default:
      return true;
  }
}

std::optional<PlantKind> outcome_among(const std::set<PlantKind>& faults) {
  for (const PlantKind kind : faults) {
    if (plant_row(kind).stage == PlantStage::outcome) return kind;
  }
  return std::nullopt;
}

// The names that other contests want among the elected of `contest`.
std::set<std::string> wanted_of(const Congress& congress, const Contest& contest) {
  std::set<std::string> wanted;
  for (const Contest& other : congress.contests) {
    if (other.among != contest.id) continue;
    for (const Row& row : other.rows) wanted.insert(name_key(row.name));
  }
  return wanted;
}

std::vector<std::string> keyers_of(const Board& board, std::int64_t passes) {
  std::vector<std::string> keyers;
  for (const BoardMember& member : board) {
    if (member.role == Role::technician) keyers.push_back(member.name);
  }
  for (std::int64_t n = 1; static_cast<std::int64_t>(keyers.size()) < passes; ++n) {
    keyers.push_back(fmt::format("Người nhập {}", n));
  }
  keyers.resize(static_cast<std::size_t>(passes));
  return keyers;
}

bool ends_as(PlantKind kind, const Json& sheet, const std::vector<std::int64_t>& rows) {
  if (sheet.at("outcome") != Json(plant_row(kind).finds)) return false;
  const Standing standing = kind == PlantKind::tie_at_last_seat ? Standing::tied : Standing::not_elected;
  return std::all_of(rows.begin(), rows.end(), [&](std::int64_t no) {
    const Json& row = sheet.at("rows").array()[static_cast<std::size_t>(no) - 1];
    return row.at("standing") == Json(word(standing)) &&
           (kind != PlantKind::exactly_half ||
            2 * row.at("votes").integer() == sheet.at("base").at("count").integer());
  });
}

// The fault that a run did not have, if any.
std::optional<PlantKind> missing_from(const MockRun& made, const std::set<PlantKind>& faults) {
  for (const PlantKind kind : faults) {
    const PlantStage stage = plant_row(kind).stage;
    if (stage != PlantStage::bundles && stage != PlantStage::count) continue;
    if (std::none_of(made.planted.begin(), made.planted.end(),
                     [&](const Planted& planted) { return planted.fault == kind; }))
      return kind;
  }
  return std::nullopt;
}

Finding cannot_plant(PlantKind kind, const Contest& contest) {
  return finding(Code::mock_plant, contest.id, {std::string(plant_row(kind).word)});
}

bool elects(const Json& sheet, const Contest& contest, const std::set<std::string>& wanted) {
  std::set<std::string> elected;
  if (const Json* numbers = sheet.find("elected")) {
    for (const Json& no : numbers->array()) {
      elected.insert(name_key(contest.rows[static_cast<std::size_t>(no.integer()) - 1].name));
    }
  }
  return std::includes(elected.begin(), elected.end(), wanted.begin(), wanted.end());
}

// Steers a plan to an outcome. Returns: whether it may end there.
bool steer_to(PlantKind kind, ContestPlan& plan, Counts honest) {
  std::optional<Aims> aims = aims_for(kind, plan.contest, honest, base_of(plan.electorate).count);
  if (!aims) return false;
  plan.honest = std::move(honest);
  plan.aims = std::move(aims->aims);
  Planted place;
  place.fault = kind;
  place.contest = plan.contest.id;
  place.rows = std::move(aims->rows);
  plan.settled = {std::move(place)};
  return true;
}

}  // namespace

MockRun run(const ContestPlan& plan) {
  MockBundles bundles(plan);
  while (!bundles.next().empty()) {
  }
  return {bundles.counts(), bundles.planted()};
}

Json sheet_of(const Congress& congress, const ContestPlan& plan, const Counts& counts) {
  SheetInput input{congress, plan.contest, plan.electorate};
  input.issued = plan.ballots();
  input.returned = plan.ballots();
  input.counts = counts;
  return Json::object(make_sheet(input));
}

std::vector<std::set<PlantKind>> place_faults(const Congress& congress, const std::set<PlantKind>& faults) {
  std::vector<std::set<PlantKind>> placed(congress.contests.size());
  for (const PlantKind kind : faults) {
    for (std::size_t i = 0; i < placed.size(); ++i) {
      const bool outcome = plant_row(kind).stage == PlantStage::outcome;
      if (!suits(kind, congress.contests[i]) || (outcome && outcome_among(placed[i]))) continue;
      placed[i].insert(kind);
      break;
    }
  }
  return placed;
}

Result<ContestPlan> plan_contest(const Congress& congress, std::size_t contest,
                                 const std::set<PlantKind>& faults, const MockOptions& options) {
  ContestPlan plan;
  plan.contest = congress.contests[contest];
  plan.electorate = electorate_of(congress, plan.contest);
  if (plan.ballots() < 1) return finding(Code::mock_rehearsal, plan.contest.id);
  plan.bundle_size = bundle_size_of(options, plan.ballots());
  plan.keyers = keyers_of(board_of(congress, plan.contest), passes_of(options, congress.passes_required));
  plan.faults = faults;
  const std::set<std::string> wanted = wanted_of(congress, plan.contest);
  if (!options.evening) plan.favoured = wanted;  // an evening's later lists were made of those elected
  const std::optional<PlantKind> outcome = outcome_among(faults);
  const bool election = plan.contest.question == Question::election;
  for (std::uint64_t attempt = 0; attempt < kAttempts; ++attempt) {
    plan.seed = Random(options.seed).next() ^ Random(contest * kAttempts + attempt).next();
    plan.honest.reset();
    plan.aims.clear();
    if (faults.empty() && wanted.empty() && !options.evening) return plan;
    MockRun made = run(plan);
    if (outcome) {
      if (!steer_to(*outcome, plan, std::move(made.counts))) return cannot_plant(*outcome, plan.contest);
      made = run(plan);
    }
    if (const auto missing = missing_from(made, faults)) return cannot_plant(*missing, plan.contest);
    const Json sheet = sheet_of(congress, plan, made.counts);
    if (outcome && !ends_as(*outcome, sheet, plan.settled.front().rows)) continue;
    if (!elects(sheet, plan.contest, wanted)) continue;
    if (options.evening && election && !outcome && sheet.at("outcome") != Json(word(Outcome::filled)))
      continue;
    return plan;
  }
  if (outcome) return cannot_plant(*outcome, plan.contest);
  return finding(Code::mock_rehearsal, plan.contest.id);
}

}  // namespace kp
