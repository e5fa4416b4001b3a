#include "mock/mock.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/canon.h"
#include "contest/definition.h"
#include "contest/list_rules.h"
#include "mock/list_faults.h"
#include "mock/planning.h"

namespace kp {
namespace {

constexpr std::size_t kMostId = 64;

// The numbers of those elected in the last contest of `definition`, most votes first.
Result<std::vector<std::uint32_t>> elected_in_last(const Json& definition, const MockOptions& options) {
  const Result<Congress> congress = parse_congress(canonical(definition), "congress.json");
  if (!congress) return congress.findings();
  const std::size_t last = congress->contests.size() - 1;
  const Result<ContestPlan> plan =
      plan_contest(*congress, last, place_faults(*congress, options.plants)[last], options);
  if (!plan) return plan.findings();
  const Json sheet = sheet_of(*congress, *plan, run(*plan).counts);
  std::vector<std::uint32_t> elected;
  for (const Json& no : sheet.at("elected").array()) {
    elected.push_back(static_cast<std::uint32_t>(no.integer()));
  }
  return elected;
}

// How many ballots of a contest a team rules on, and corrects, before its result is right.
std::int64_t acts_on(std::span<const Planted> planted, PlantKind kind, const std::string& contest) {
  return std::count_if(planted.begin(), planted.end(),
                       [&](const Planted& place) { return place.fault == kind && place.contest == contest; });
}

}  // namespace

Result<MockElection> MockElection::make(const MockOptions& options) {
  if (!in_bounds(options)) return finding(Code::mock_options);
  Result<Json> definition =
      mock_definition(options, [&](const Json& so_far) { return elected_in_last(so_far, options); });
  if (!definition) return definition.findings();
  return prepare(std::move(definition).value(), "congress.json", options);
}

Result<MockElection> MockElection::rehearse(Json definition, const std::string& file,
                                            const MockOptions& options) {
  if (Result<Congress> given = parse_congress(canonical(definition), file); !given) return given.findings();
  if (!in_bounds(options)) return finding(Code::mock_options);
  definition.set("id", ("dien-tap-" + definition.at("id").string()).substr(0, kMostId));
  definition.set("purpose", word(Purpose::practice));
  if (const std::int64_t asked = definition.at("passes_required").integer();
      asked > options.passes.value_or(asked))
    definition.set("passes_required", *options.passes);
  return prepare(std::move(definition), file, options);
}

Result<MockElection> MockElection::prepare(Json definition, const std::string& file,
                                           const MockOptions& options) {
  constexpr std::int64_t kTwoSigners = 2;
  if (options.plants.contains(PlantKind::missing_signature) &&
      definition.at("signatures_required") == Json(0))
    definition.set("signatures_required", kTwoSigners);
  std::string bytes = canonical(definition);
  Result<Congress> congress = parse_congress(bytes, file);
  if (!congress) return congress.findings();
  if (Findings findings = check_congress(*congress); has_error(findings)) return findings;
  if (congress->contests.empty()) return finding(Code::mock_rehearsal, file);
  MockElection made(std::move(congress).value());
  made.right_bytes_ = std::move(bytes);
  const std::vector<std::set<PlantKind>> placed = place_faults(made.congress_, options.plants);
  for (const PlantKind kind : options.plants) {
    if (std::none_of(placed.begin(), placed.end(), [&](const auto& faults) { return faults.contains(kind); }))
      return finding(Code::mock_plant, file, {std::string(plant_row(kind).word)});
  }
  for (std::size_t i = 0; i < placed.size(); ++i) {
    Result<ContestPlan> plan = plan_contest(made.congress_, i, placed[i], options);
    if (!plan) return plan.findings();
    made.plans_.push_back(std::move(plan).value());
    // A list is lengthened first: the numbers of the other faults are those of the list as it is written.
    for (const PlantKind kind :
         {PlantKind::surplus, PlantKind::misprinted_list, PlantKind::candidate_on_board}) {
      if (!placed[i].contains(kind)) continue;
      Planted place;
      definition = plant_in_list(kind, std::move(definition), i, made.plans_[i].seed, place);
      made.planted_.push_back(std::move(place));
    }
    for (const PlantKind kind : placed[i]) {
      if (plant_row(kind).stage != PlantStage::dossier) continue;
      Planted place;
      place.fault = kind;
      place.contest = made.plans_[i].contest.id;
      made.planted_.push_back(std::move(place));
    }
  }
  made.congress_bytes_ = canonical(definition);
  return made;
}

Json MockElection::answers(std::span<const Counts> counts, std::span<const Planted> in_bundles) const {
  KP_ASSERT(counts.size() == plans_.size());
  Json::Object contests;
  for (std::size_t i = 0; i < plans_.size(); ++i) {
    const std::string& id = plans_[i].contest.id;
    const Json sheet = sheet_of(congress_, plans_[i], counts[i]);
    Json::Object base = sheet.at("base").members();
    std::erase_if(base, [](const Json::Member& member) { return member.first.starts_with("sentence"); });
    Json ballots = sheet.at("ballots");
    ballots.set("rulings", acts_on(in_bundles, PlantKind::doubtful_marks, id));
    ballots.set("corrections", acts_on(in_bundles, PlantKind::typist, id));
    Json::Object expected = {{"ballots", std::move(ballots)}, {"base", Json::object(std::move(base))}};
    for (const char* key : {"rows", "elected", "outcome", "open_seats"}) {
      if (const Json* value = sheet.find(key)) expected.emplace_back(key, *value);
    }
    contests.emplace_back(id, Json::object(std::move(expected)));
  }
  Json::Array planted;
  for (const Planted& place : planted_) planted.push_back(to_json(place));
  for (const Planted& place : in_bundles) planted.push_back(to_json(place));
  return Json::object({{"format", kAnswersFormat},
                       {"contests", Json::object(std::move(contests))},
                       {"planted", std::move(planted)}});
}

}  // namespace kp
