// Two copies of one record: which is the beginning of which, or where they fork.
#pragma once

#include <string>

#include "kiemphieu/record_view.h"

namespace kp {

/// Purpose: what is wrong with `other`, found at `path`, as a copy of `own`; nothing when it is the same or
/// an earlier state of it. Errors: record/other-record; record/fork (with the first entry that differs, as
/// each has it); record/behind (where = path)
Findings check_copies(const RecordView& own, const RecordView& other, const std::string& path,
                      Language language);

}  // namespace kp
