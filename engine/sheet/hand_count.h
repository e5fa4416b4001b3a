// A count by hand, when machines fail: totals without ballots.
//
// It has the figures of a result and is none: nobody can count it again from ballots, so it is a document of
// its own (docs/formats.md §17) that no program of ours, and no verifier, takes for a result. It lives in the
// record as a note (proceedings/hand_count_note.h); its paper says on every page what it is.
#pragma once

#include <string>
#include <vector>

#include "ballots/hand_tally.h"
#include "paper/document.h"
#include "proceedings/history.h"
#include "sheet/minutes.h"
#include "sheet/sheet.h"

namespace kp {

/// What the board counted by hand.
struct HandCount {
  std::vector<HandTally> teams;  ///< each counted alone
  std::string reason;            ///< why the machines could not be used
};

/// Purpose: the document of a hand count.
/// Promise: base, line, outcome and rules are worked out as for a result.
/// Errors: gate/no-box hand/void and what the gate says of the box · list/not-among · hand/too-few-teams
///         hand/teams-differ hand/row-sum hand/votes-sum hand/returned
Result<Json> make_hand_count(const History& history, const ContestHistory& contest, const HandCount& count,
                             const RecordHead& head);

/// Purpose: the figures of a hand count in the shape of a result, for papers and screens that read results.
/// In: `document` as hand_count_in_note admits it. Errors: those of parse_result (result_file.h)
Result<Json> figures_of_hand_count(const Json& document);

/// Purpose: the minutes of a hand count, marked as such on every page.
/// In: `before` with the history of its record. Errors: those of figures_of_hand_count
Result<paper::Document> hand_count_minutes(const HandCountEntry& entry, const BeforeResult& before,
                                           Language language);

/// Purpose: what a hand count is called wherever it is shown.
Text hand_count_mark();

}  // namespace kp
