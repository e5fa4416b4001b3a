// Planted faults: what can be wrong with a mock election, what a good team notices, and where it was put.
//
// The table (plants.def) says of each kind what all elections with it have in common; a Planted says where
// the fault lies in one of them. Both together are what a drill is scored against. Frozen: the words of the
// kinds and the keys of a Planted (docs/mock.md), which answers files are made of. Nothing here reads
// ballots.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "base/json.h"
#include "base/result.h"
#include "rules/ruleset.h"

namespace kp {

/// Every fault of the table, in its order.
enum class PlantKind : std::uint8_t {
#define KP_PLANT(name, word, stage, finder, finds, rule, notice_vi, notice_en, then_vi, then_en) name,
#include "mock/plants.def"
#undef KP_PLANT
};

/// When a good team notices, in the order of an evening.
enum class PlantStage : std::uint8_t {
  list,     ///< while the definition is proofread, before a record is opened
  bundles,  ///< when the bundles come in
  count,    ///< when passes are compared and figures reconciled
  outcome,  ///< in the result itself, which is right and must be understood
  dossier,  ///< afterwards, in the dossier that was handed in
};

/// Which of our means finds it.
enum class PlantFinder : std::uint8_t { check, import, compare, gate, result, verify };

struct Plant {
  PlantKind kind;
  std::string_view word;  ///< "extra-ballots"
  PlantStage stage;
  PlantFinder finder;
  std::string_view finds;  ///< code of the finding, or the outcome where the finder is `result`
  RuleId rule;             ///< what it stands on; rule_row() has the article
  Text notice;             ///< what a good team notices
  Text then;               ///< what it does about it
};

/// Purpose: the whole table.
std::span<const Plant> plants();

/// Purpose: the row of a kind. Cost: constant.
const Plant& plant_row(PlantKind kind);

/// Purpose: the kind that `word` names, if any.
std::optional<PlantKind> plant_named(std::string_view word);

std::string_view word(PlantStage stage);
std::string_view word(PlantFinder finder);
Text spoken(PlantStage stage);

/// The `format` of an answers file.
inline constexpr std::string_view kAnswersFormat = "kiemphieu/practice-answers@1";
inline constexpr std::uint64_t kMostAnswersBytes = std::uint64_t{64} << 20U;  ///< of such a file that is read

/// Where one fault lies. What does not apply is empty or 0.
struct Planted {
  PlantKind fault = PlantKind::typist;
  std::string contest;
  std::string bundle;
  std::int64_t pass = 0;
  std::int64_t ballot = 0;         ///< its number in the bundle
  std::vector<std::int64_t> rows;  ///< numbers on the list, ascending
  std::string marks;               ///< of the whole ballot, as the voter meant it
  std::int64_t count = 0;          ///< ballots too many; what the count sheet says
  std::string of;                  ///< the bundle whose ballots these really are

  bool operator==(const Planted&) const = default;
};

/// Purpose: the place as findings name it: contest, contest/bundle or contest/bundle/ballot.
std::string where(const Planted& planted);

/// Purpose: an element of `planted` in an answers file (docs/mock.md).
Json to_json(const Planted& planted);

/// Purpose: what was planted, from an answers file that `mock` wrote.
/// Errors: mock/answers
Result<std::vector<Planted>> parse_planted(const Json& answers, const std::string& file);

}  // namespace kp
