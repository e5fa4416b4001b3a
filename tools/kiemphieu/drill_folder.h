// The folders of an exercise: the team's, and the trainer's with the answers and the history.
//
//   TEAM/drill.json         which exercise this is
//   TEAM/nhiem-vu.txt       what to do
//   TEAM/…                  the material, without the answers
//   TEAM/found.json         what the team found
//   TRAINER/<drill>/answers.json   and congress.json
//   TRAINER/history.jsonl   one line a score, by team; no names of persons
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace kp {

/// An exercise as it was handed to a team.
struct Drill {
  std::string id;
  std::string team;
};

struct DrillStart {
  std::string material;
  std::string answers;  ///< path of the answers file
  std::string team_folder;
  std::string trainer_folder;
  std::string team;
  Language language = Language::vi;
};

/// Purpose: copies the material to the team and the answers to the trainer.
/// Promise: no answers file, whatever its name, comes to the team; nothing that is there is overwritten.
/// Errors: drill/no-answers drill/inside drill/official mock/answers file/exists; those of files
Result<Drill> start_drill(const DrillStart& start);

/// Purpose: the exercise in a team's folder. Errors: drill/not-a-drill
Result<Drill> read_drill(const std::string& team_folder);

/// One line of the history.
struct DrillRun {
  std::string at;
  std::string drill;
  std::string team;
  std::int64_t points = 0;
  std::int64_t of = 0;
  std::vector<std::string> missed;  ///< kinds of faults
};

/// Purpose: what teams scored before, in order. A line that cannot be read is a warning: drill/history
std::vector<DrillRun> read_history(const std::string& trainer_folder, Findings& notes);

/// Purpose: one more line.
Done append_history(const std::string& trainer_folder, const DrillRun& run);

}  // namespace kp
