// What two members of the board do together: correct, rule, confirm, retract, reopen (contract §5).
//
// No ballot is ever edited: each of these is an entry of its own beside what was read, with both names and,
// but for confirming, a note.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "proceedings/act.h"
#include "proceedings/reading.h"

namespace kp {

/// Who acts on which contest, and why.
struct BoardAct {
  const ContestHistory& contest;
  const Board& board;
  People by;
  std::string note;
};

/// Row numbers with the letter that should stand there.
using RowMarks = std::vector<std::pair<std::uint32_t, char>>;

/// What should have been typed; rows and flags that are not named stay as they are.
struct Retyped {
  RowMarks rows;
  std::optional<Flags> flags;
};

// All of these refuse people/… (not two of the board), note/missing and result/stands. Further errors at
// each.

/// Purpose: sets a typing error of one pass right, from the paper.
/// Errors: bundle/unknown ballot/unknown ballot/row ballot/row-twice ballot/mark ballot/unchanged
Result<Act> correct(const BoardAct& act, const BallotKey& ballot, std::int64_t pass, const Retyped& right,
                    const FetchBundle& fetch);

/// Purpose: rules how a ballot is to be read, all rows of it, in every pass.
/// Errors: bundle/unknown ballot/unknown ballot/marks
Result<Act> rule_marks(const BoardAct& act, const BallotKey& ballot, const std::string& marks,
                       const FetchBundle& fetch);

/// Purpose: the same for some rows; on the others all passes must agree and be readable.
/// Errors: those of rule_marks, ballot/row ballot/row-twice ballot/mark ruling/row-missing
Result<Act> rule_rows(const BoardAct& act, const BallotKey& ballot, const RowMarks& rows,
                      const FetchBundle& fetch);

/// Purpose: rules a ballot invalid. In: `reason` one of kRuledReasons.
/// Errors: bundle/unknown ballot/unknown
Result<Act> rule_invalid(const BoardAct& act, const BallotKey& ballot, Verdict reason,
                         const FetchBundle& fetch);

/// Purpose: how many ballots wait for their flags to be confirmed. Errors: those of `fetch`
Result<std::int64_t> ballots_waiting(const ContestHistory& contest, const FetchBundle& fetch);

/// Purpose: confirms all flags read so far. In: `waiting` ≥ 1 from ballots_waiting. A note is not asked for.
Result<Act> confirm_flags(const BoardAct& act, std::int64_t waiting);

/// Purpose: takes one pass of a bundle back; its number is used up. Errors: bundle/unknown
Result<Act> retract(const BoardAct& act, const std::string& bundle, std::int64_t pass);

/// Purpose: takes the standing result back, so that what it rests on can be mended.
/// Errors: result/none
Result<Act> reopen(const BoardAct& act);

}  // namespace kp
