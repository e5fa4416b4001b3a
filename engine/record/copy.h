// A second copy of a record, and how two copies stand to each other.
//
// A record only grows; so a copy is the same record as long as one of the two is the beginning of the other.
// Where both have an entry that the other lacks they were written to apart: a fork, which nothing here mends.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "record/record.h"

namespace kp {

/// Purpose: how many entries two records have in common from the first on.
std::size_t common_entries(const std::vector<std::string>& one, const std::vector<std::string>& other);

/// Purpose: brings the record at `path` up to `from`: makes it when there is none, else appends what it
/// lacks. In: `from` open for reading: what it held when it was opened is copied, while others may go on
/// writing to it. What is at `path` must be a beginning of it, else record/damaged; judge with common_entries
/// first. Promise: all or nothing; a new copy gets its name when it is on the disk. Afterwards the copy is
/// opened anew and every entry and file compared; a new copy that does not agree is removed. Returns: the
/// number of entries appended. Errors: those of Record::open, create, append and commit; record/damaged
Result<std::size_t> bring_up_to(const Record& from, const std::string& path);

}  // namespace kp
