// The whole result, rebuilt: the JSON that a contest's result must be, from what was counted and what the
// congress is (formats.md §9).
//
// Also the value-level door of the verifier: evaluate() takes a definition and ballots and gives counts,
// decision and steps without a file, so that small elections can be compared with the engine by the hundred
// thousand.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "verify/outcome.h"
#include "verify/recount.h"
#include "verify/steps.h"

namespace kp::verify {

/// What a contest's ballots and definition lead to.
struct Evaluation {
  Counts counts;
  Decision decision;
  std::vector<RuleId> steps;
};

/// Purpose: counts the ballots and decides, all in memory.
/// In: a contest with 1, 2, 3 … as numbers and the ballot form of formats.md §2; `electorate` that holds for
/// it;
///     ballots with marks that fit and hold no `?` unless ruled, flags confirmed.
/// Cost: linear in ballots × rows.
Evaluation evaluate(const Congress& congress, const Contest& contest, const Electorate& electorate,
                    const Box& box, std::span<const Ballot> ballots);

/// What a result states beside its decision.
struct ResultFrame {
  const Congress& congress;
  const Contest& contest;  ///< as it stands: its electorate is the one in force
  Box box;
  std::int64_t rulings = 0;      ///< ballots with a ruling in force
  std::int64_t corrections = 0;  ///< ballots with a correction in force
  std::string replaces;          ///< digest of the result it replaces, "" for the first
  std::string record_id;
  std::int64_t record_size = 0;
  std::string record_root;  ///< hex
};

/// Purpose: the result object that these counts lead to.
/// Returns: everything a result has, nothing more; canonical_bytes() of it is the file.
Json expected_result(const ResultFrame& frame, const Evaluation& evaluation);

/// Purpose: the result object of a contest declared void.
Json expected_void_result(const ResultFrame& frame);

/// Purpose: the `steps` member for these rules under `regulation`.
Json steps_json(Regulation regulation, const std::vector<RuleId>& steps);

}  // namespace kp::verify
