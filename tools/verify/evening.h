// The evening as the record tells it: what is given, and what has happened so far.
#pragma once

#include <map>
#include <string>

#include "contest/congress.h"
#include "verify/account.h"
#include "verify/contest_state.h"
#include "verify/entry.h"
#include "verify/faults.h"
#include "verify/survey.h"

namespace kp::verify {

/// What does not change while the record is replayed.
struct Setting {
  const Congress& congress;
  std::string congress_digest;
  std::string record_id;
  const Survey& survey;
  bool has_bundles = true;  ///< whether bundles/ is there, so that ballots can be counted
};

/// What has happened so far.
struct Evening {
  const Setting& setting;
  Faults& faults;
  Contests contests;
  BoardRoles board;                            ///< of the congress
  std::map<std::string, std::string> results;  ///< every result ever: its digest, its contest
  bool closed = false;
  std::vector<Happening>* chronicle = nullptr;  ///< where entries are kept, when someone wants them

  Evening(const Setting& of, Faults& into) : setting(of), faults(into), board(roles_of(of.congress.board)) {}
};

// What several kinds of entries ask; each says what is wrong and returns whether nothing is.

/// Purpose: whether `by` are two different people of the contest's board, neither a technician. Errors:
/// entry/two-of-board
bool has_two_of_board(Evening& evening, const Entry& entry, const ContestState& state);

/// Purpose: whether the entry names two people and says why. Errors: entry/two-and-note
bool has_two_and_note(Evening& evening, const Entry& entry);

/// Purpose: whether `replaces` is `seq`, or absent when that is −1. Errors: entry/replaces
bool replaces_just(Evening& evening, const Entry& entry, std::int64_t seq);

/// Purpose: whether no result of the contest stands. Errors: entry/result-stands
bool nothing_stands(Evening& evening, const Entry& entry, const ContestState& state);

}  // namespace kp::verify
