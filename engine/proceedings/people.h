// Who may put their name to an act (docs/formats.md §5).
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "contest/congress.h"

namespace kp {

using People = std::vector<std::string>;

/// Purpose: the people behind a command, as the record will name them: the board's own spelling where they
/// are on it, else tidied; in practice, when nobody was given, the head of the board. A blank name is
/// nobody's. Errors: people/missing people/same-person people/too-many
Result<People> resolve_people(const Congress& congress, const Board& board, const People& given);

/// Purpose: what is wrong with `by` for an act that takes two different members of the board, no technicians.
/// Errors: people/two-needed people/not-on-board people/technician (where = the name)
Findings check_two_of_board(const Board& board, const People& by);

/// Purpose: what is wrong with `by` for an act that takes two people, of the board or not. Errors:
/// people/two-needed
Findings check_two(const People& by);

/// Purpose: what is wrong with the note of an act that needs one; a blank one says nothing. Errors:
/// note/missing
Findings check_note(const std::string& note);

}  // namespace kp
