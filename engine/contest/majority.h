// The base a result is computed on, the line that elects, and the sentence that says so everywhere the same.
#pragma once

#include <cstdint>
#include <string>

#include "contest/congress.h"

namespace kp {

/// What "more than one half" is taken of. Never the number present, returned or valid (R7.5).
struct Base {
  std::int64_t summoned = 0;
  std::int64_t deductions = 0;  ///< their sum
  std::int64_t count = 0;       ///< summoned − deductions
  std::int64_t line = 0;        ///< the smallest number of votes that elects: floor(count/2) + 1
};

/// Purpose: the base of an electorate.
/// Rules: R7.1 R7.2 (articles 32(2)-(3) of 244, 30(2)-(3) of 190), R7.3 (meetings: unverified), R8.1.
Base base_of(const Electorate& electorate);

/// Purpose: the rule that the base of such a meeting stands on.
/// Rules: R7.1 R7.2 R7.3; R7.4 for a rating by members.
RuleId base_rule(CongressKind kind, Question question);

/// Purpose: the majority sentence for screens, paper and result.json.
/// In: `revote` when the line is waived (tie/revote-no-line).
std::string majority_sentence(CongressKind kind, const Base& base, bool revote, Language language);

}  // namespace kp
