// A count by hand, as the record holds it: a `note` by two of the board whose text is "hand-count <document>"
// (docs/formats.md §17). The record's kinds are closed, and a `result` is what can be counted again from
// ballots; totals alone cannot.
#pragma once

#include <optional>

#include "proceedings/act.h"

namespace kp {

/// Purpose: the note that enters a hand count. In: `document` as make_hand_count (sheet/hand_count.h) made
/// it. Errors: result/stands people/… (not two of the board) note/missing
Result<Act> enter_hand_count(const ContestHistory& contest, const Board& board, const Json& document,
                             People by);

/// Purpose: the document that a note by two people holds; nothing when it is another note.
/// Promise: it has a format, a contest with an id, and `hand` with teams and reason; the rest is as it came.
std::optional<Json> hand_count_in_note(const Entry& entry);

}  // namespace kp
