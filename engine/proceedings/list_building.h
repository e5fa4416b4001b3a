// From the polls on names to the list that is voted on (contract §7: opinion, withdrawal; docs/formats.md
// §5).
//
// An opinion poll says which names from the floor join the prepared list, a withdrawal poll who of those that
// asked to go stays. Joining a poll into a list is proposed here and entered as an ordinary `contest` entry;
// a list that differs from its polls is lawful when the congress so decides, so it only warns. Nobody is
// chosen here: who of the tied goes on is for the presiding body to say.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "proceedings/history.h"

namespace kp {

/// What is to be joined.
struct Joining {
  const History& history;
  const ContestHistory& poll;  ///< an opinion or a withdrawal
  const ContestHistory& into;  ///< the election whose list it is on
  /// Of the tied rows of an opinion, those the presiding body took; 0 alone stands for nobody.
  std::vector<std::uint32_t> taken;
};

/// Purpose: the election with the list that the poll leads to: who is listed or stays is on it, who is
/// dropped, not supported or withdrawn is not; all others keep their places. In name order, numbered anew, in
/// the ballot form of §2; each row keeps what it says of a person, `nominated` among it. A row that comes
/// from the poll has no `from`: a poll is no round. In: `notes` takes warnings. Errors: poll/… Rules:
/// list/below-cap poll/highest-to-cap poll/tie-at-cut poll/withdrawal list/order-given-name.
Result<Contest> joined(const Joining& joining, Findings& notes);

/// Purpose: the same on plain values: `rows` of the poll's result, `taken` numbers of tied rows.
Result<Contest> joined_list(const Contest& into, const Contest& poll, const Json& rows,
                            const std::set<std::uint32_t>& taken);

/// Purpose: where the list of a first round differs from what the latest standing poll says of each name,
/// and who came from the floor without a poll. In: `contest` as it will stand.
/// Returns: warnings: list/outside-poll list/left-out list/over-tied-places list/floor-without-poll
/// (where = contest or contest/row)
Findings check_against_polls(const History& history, const Contest& contest);

}  // namespace kp
