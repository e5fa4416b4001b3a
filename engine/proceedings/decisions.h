// What the congress or meeting decides about a contest, and the further round that follows (contract §7).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "proceedings/act.h"
#include "proceedings/reading.h"

namespace kp {

/// A decision as it was taken in the hall.
struct DecisionText {
  DecisionAction action = DecisionAction::void_;
  std::int64_t votes_for = 0;
  std::int64_t of = 0;
  std::string note;
  std::vector<std::uint32_t> drop;  ///< numbers that leave the list of the further round
  std::vector<Json> added;          ///< rows that join it: objects with at least `name`, without `no`
  std::int64_t alternates = 0;      ///< how many runners-up are to be alternate delegates
};

/// What a decision is taken on.
struct DecidedOn {
  const History& history;
  const ContestHistory& contest;
  const FetchBundle& fetch;
};

/// Purpose: enters a decision; `revote` and `vote-again` open the further round.
/// In: `notes` takes warnings: a majority that is none, the list rules of the further round, a name added
/// that was elected before. Errors: decision/votes note/missing decision/no-box decision/after-result
/// decision/no-excess decision/no-result
///         decision/does-not-fit decision/taken decision/alternates decision/drop decision/add
///         decision/round-begun contest/duplicate-id gate/excess-not-ruled list/… schema/…
/// Rules: topics tie and round; who decides is the presiding body, never this program.
Result<Act> decide(const DecidedOn& on, const DecisionText& text, People by, Findings& notes);

/// Purpose: the actions that answer the outcome of a standing result; none when nothing is open.
std::vector<DecisionAction> decisions_for(const ContestHistory& contest);

/// Purpose: the contest that a further round is, from its parent's standing result.
/// In: a standing result whose outcome the action fits; the number of the round.
/// Errors: decision/drop decision/add schema/…
Result<Contest> further_round(const ContestHistory& parent, const DecisionText& text, std::int64_t round);

}  // namespace kp
