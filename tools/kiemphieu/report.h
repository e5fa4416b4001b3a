// The structure report of a contest: who is on the list, who was elected, against what the directives aim at.
//
// From the definition for the list, from standing results for the elected; before a result stands nothing is
// said of anyone elected. Never a vote.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contest/structure.h"
#include "kiemphieu/commands.h"
#include "proceedings/history.h"

namespace kp {

/// Someone on the list, or whom a further round added to it.
struct Listed {
  Row row;
  bool elected = false;
};

/// Whether an aim of the directives is reached; what is not stated may leave it open.
enum class Reach : std::uint8_t { reached, not_reached, not_enough_stated };

/// An aim that a list steers by, information only.
struct AimReport {
  Text label;
  Rule rule;                     ///< of topic structure: where the aim stands, how surely it was read
  std::optional<Reach> list;     ///< nothing where it is asked of the elected alone
  std::optional<Reach> elected;  ///< once there are any
};

struct StructureReport {
  const Contest* contest = nullptr;  ///< its first round, within the history
  std::vector<Listed> people;        ///< in ballot order; added ones behind
  Structure list;
  std::optional<std::int64_t> surplus;  ///< of the first list, where the question has seats
  std::optional<Structure> elected;     ///< once the contest has a standing result
  std::vector<std::string> alternates;  ///< runners-up that were made alternate delegates
  std::int64_t open_seats = 0;          ///< after all rounds with a standing result
  std::optional<bool>
      woman_in_standing;  ///< nothing while no such contest has a result, or sexes are not stated
  std::optional<std::string> secretary;  ///< who was elected secretary directly at the congress
  std::vector<AimReport> aims;
};

/// Purpose: the report on a contest and its further rounds.
/// In: an election, or another question, whose report is on the list alone.
StructureReport report_on(const History& history, const Contest& contest);

/// Purpose: the report for the screen, for programs, and as rows of a spreadsheet.
std::string report_text(const StructureReport& report, const Congress& congress, Language language);
Json::Object report_json(const StructureReport& report);
std::vector<std::vector<std::string>> report_cells(const StructureReport& report, const Congress& congress,
                                                   Language language);

/// Purpose: the command `report`, one of those that only look.
Command report_command();

}  // namespace kp
