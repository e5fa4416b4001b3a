// What a team says it found: faults with their places, rulings, results.
//
// `kiemphieu/practice-found@1` (docs/formats.md): written by `drill answer`, or by hand. Frozen: its keys.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "mock/plants.h"

namespace kp {

inline constexpr std::string_view kFoundFormat = "kiemphieu/practice-found@1";

struct FoundFault {
  PlantKind fault = PlantKind::typist;
  std::string where;  ///< contest, contest/bundle or contest/bundle/ballot, as tidy_place has it
};

/// How the team read a doubtful ballot: marks, or a reason that makes it invalid.
struct FoundRuling {
  std::string where;  ///< contest/bundle/ballot
  std::string ruling;
};

/// What the team says came of one contest.
struct FoundResult {
  std::string contest;
  std::string outcome;
  std::vector<std::int64_t> elected;  ///< numbers on the list, in any order
  std::int64_t valid = 0;
  std::int64_t invalid = 0;
};

struct Found {
  std::vector<FoundFault> faults;
  std::vector<FoundRuling> rulings;
  std::vector<FoundResult> results;
};

/// Purpose: what a team found, from a file's JSON. Errors: drill/found-form (where = file#pointer)
Result<Found> parse_found(const Json& json, const std::string& file);

Json to_json(const Found& found);

/// Purpose: "typist committee/003/12" → a fault; the kind may be its number in plants(), from 1.
/// Errors: drill/found-form
Result<FoundFault> fault_from_words(std::string_view words);

/// Purpose: "committee/003/12 aa.a" → a ruling. Errors: drill/found-form
Result<FoundRuling> ruling_from_words(std::string_view words);

/// Purpose: "committee filled 1,2,5 58 2" → a result: contest, outcome, the elected ("-" for nobody), valid,
/// invalid. Errors: drill/found-form
Result<FoundResult> result_from_words(std::string_view words);

/// Purpose: what a result file of the program says. In: a result that parse_result admitted.
FoundResult found_in_result(const Json& result);

/// Purpose: a place in one spelling: no spaces around it, "001" and "1" the same bundle, none of "xấp" … .
std::string tidy_place(std::string_view where);

}  // namespace kp
