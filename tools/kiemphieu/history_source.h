// What there is to know of an evening, from whichever file has it.
#pragma once

#include <string>

#include "proceedings/history.h"

namespace kp {

/// Purpose: what a record or a dossier tells; or a definition, as an evening on which nothing has happened
/// yet. Errors: those of RecordView::open, or of parse_congress and check_congress
Result<History> history_of(const std::string& path);

}  // namespace kp
