// A result as people read it on a terminal.
#pragma once

#include <string>

#include "base/finding.h"
#include "base/json.h"

namespace kp {

/// Purpose: figures of the box, rows in ballot order with votes and shares of the base, the elected in order
/// of votes, what comes next, and every rule that is not verified. In: a result of this project, as sheet/
/// made it.
std::string result_text(const Json& result, Language language);

}  // namespace kp
