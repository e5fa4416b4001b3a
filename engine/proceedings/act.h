// An act: what one command adds to the record.
//
// Every function that returns an act has checked that it is lawful now, for these people (docs/formats.md
// §5); the command then gives it a number and a time and appends it. Nothing here writes.
#pragma once

#include <string>

#include "base/json.h"
#include "proceedings/history.h"
#include "proceedings/people.h"

namespace kp {

struct Act {
  std::string kind;
  Json body;
  People by;
};

/// Purpose: the contest with this id. Errors: contest/unknown (its args name those there are)
Result<const ContestHistory*> find_contest(const History& history, const std::string& contest);

/// Purpose: what forbids changing what a contest's result rests on. Errors: result/stands
Findings check_open_to_change(const ContestHistory& contest);

}  // namespace kp
