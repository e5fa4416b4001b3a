// What a team found, held against the answers.
//
// Ten points a fault that is there: all of them for its kind and its place, five for the kind alone, three
// for the place alone. Five points a doubtful ballot read as the voter meant it. Ten points a contest: three
// for the outcome, four for who is elected, three for valid and invalid. What the team took for a fault and
// is none costs two, but never what was earned elsewhere.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "drill/found.h"
#include "mock/plants.h"

namespace kp {

/// The answers of one exercise.
struct DrillAnswers {
  std::vector<Planted> planted;
  std::vector<FoundResult> results;  ///< what a right count gives
};

/// Purpose: answers from the file that mock wrote. Errors: mock/answers
Result<DrillAnswers> parse_answers(const Json& json, const std::string& file);

enum class Match : std::uint8_t { found, other_place, other_kind, missed };

struct ScoredFault {
  Planted planted;
  Match match = Match::missed;
  std::string said;  ///< the place the team named, or the kind where only the place was right
  std::int64_t points = 0;
};

struct ScoredRuling {
  std::string where;
  std::string right;  ///< marks as the voter meant them
  std::string said;   ///< "" when the team did not rule on it
  std::int64_t points = 0;
};

struct ScoredResult {
  FoundResult right;
  bool given = false;
  bool outcome = false;  ///< right
  bool elected = false;
  bool figures = false;
  std::int64_t points = 0;
};

struct Score {
  std::vector<ScoredFault> faults;
  std::vector<FoundFault> false_alarms;
  std::vector<ScoredRuling> rulings;
  std::vector<ScoredResult> results;
  std::int64_t points = 0;
  std::int64_t of = 0;
};

inline constexpr std::int64_t kPointsFault = 10;
inline constexpr std::int64_t kPointsKindOnly = 5;
inline constexpr std::int64_t kPointsPlaceOnly = 3;
inline constexpr std::int64_t kCostFalseAlarm = 2;
inline constexpr std::int64_t kPointsRuling = 5;
inline constexpr std::int64_t kPointsOutcome = 3;
inline constexpr std::int64_t kPointsElected = 4;
inline constexpr std::int64_t kPointsFigures = 3;

/// Purpose: the score. Promise: each fault that was planted and each that was found is matched at most once,
/// exact ones first; the order in which the team lists them makes no difference to the points.
Score score(const DrillAnswers& answers, const Found& found);

Json to_json(const Score& score);
std::string_view word(Match match);

}  // namespace kp
