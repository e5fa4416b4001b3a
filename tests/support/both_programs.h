// One contest as both programs have it: engine and verifier, which share no counting code.
#pragma once

#include <string>

#include "base/json.h"
#include "sheet/sheet.h"
#include "verify/expected.h"
#include "verify/steps.h"

namespace kp::test {

struct BothCounts {
  Counts engine;
  verify::Counts verifier;
};

struct BothResults {
  Json engine;
  Json verifier;  ///< with a frame that the engine's has not: record, congress, purpose …
};

/// Purpose: the result that each program makes of its own count.
inline BothResults results_of(const Congress& congress, const Contest& contest, const verify::Box& box,
                              const BothCounts& counts) {
  SheetInput input{congress, contest, electorate_of(congress, contest)};
  input.issued = box.issued;
  input.returned = box.returned;
  input.counts = counts.engine;
  verify::Evaluation evaluation;
  evaluation.counts = counts.verifier;
  evaluation.decision = verify::decide(contest, congress.level, input.electorate, box, counts.verifier);
  evaluation.steps =
      verify::steps_of(contest, kind_of(congress, contest), box, counts.verifier, evaluation.decision);
  const verify::ResultFrame frame{congress, contest, box, 0, 0, "", "x", 0, std::string(64, '0')};
  return {Json::object(make_sheet(input)), verify::expected_result(frame, evaluation)};
}

}  // namespace kp::test
