// The second walk over the record: every entry applied in order, or refused with the reason (formats.md §5).
//
// An entry that the wrong people wrote is named and still applied, for what follows was written with it in
// mind; an entry that could not be written at its time is named and left out.
#pragma once

#include <string_view>

#include "verify/evening.h"

namespace kp::verify {

/// Purpose: replays the lines of record.jsonl.
/// In: the same bytes that were surveyed; bundles read.
/// Errors: entry/… result/… signature/… and those of definitions.h, into evening.faults.
/// Cost: linear in the record, times the length of the lists.
void replay(Evening& evening, std::string_view bytes);

// The rooms of the replay, by kind of entry. `state` is the contest that the entry names.

/// Purpose: box, bundle, retracted, correction, ruling, confirmed.
void take_ballot_entry(Evening& evening, const Entry& entry, ContestState& state);

/// Purpose: decision.
void take_decision(Evening& evening, const Entry& entry, ContestState& state);

/// Purpose: what the rounds of a contest say together, once the whole record was replayed.
/// Errors: result/parent-reopened result/more-than-seats
void check_rounds(Evening& evening);

/// Purpose: result, reopened, signed.
void take_result_entry(Evening& evening, const Entry& entry, ContestState& state);

}  // namespace kp::verify
