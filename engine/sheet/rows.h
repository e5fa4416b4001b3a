// The rows of a result, its outcome, and the rules that led there. Inner part of sheet.h.
#pragma once

#include <optional>
#include <vector>

#include "base/json.h"
#include "outcome/election.h"
#include "sheet/sheet.h"

namespace kp {

/// What the rows of any question add up to.
struct Verdicts {
  Json::Array rows;
  std::optional<Json::Array> elected;  ///< elections only
  Outcome outcome = Outcome::done;
  std::int64_t open_seats = 0;
  Next next;
  std::vector<RuleId> rules;  ///< those that decided, in the order of docs/formats.md §9
};

/// Purpose: rows, outcome and deciding rules of a contest that was counted.
Verdicts make_verdicts(const SheetInput& input, const Base& base);

}  // namespace kp
