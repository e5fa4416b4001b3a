// A result that stands, held to what the record held just before it.
#pragma once

#include <string>
#include <vector>

#include "kiemphieu/session.h"
#include "proceedings/reading.h"
#include "sheet/minutes.h"
#include "sheet/sheet.h"

namespace kp {

/// A record or a dossier as it is now.
struct Evening {
  const std::vector<std::string>& entries;
  const std::string& congress;  ///< the bytes of congress.json
};

/// What was there just before a result's entry.
struct Before {
  BeforeResult record;
  std::string root;  ///< hex
};

/// Purpose: the record as it stood just before the entry of `standing`.
/// In: `standing` of that very evening. Errors: those of replay
Result<Before> record_before(const ResultEntry& standing, const Evening& evening);

/// Purpose: counts the standing result of a contest again and names what differs, one finding a row or
/// member; says how far it is on a terminal.
/// Promise: nothing when the result is the one that ballots and rules give. An entry that someone altered
/// inside the record shows here, whether or not its digest was made anew. The words of the steps are left to
/// the verifier: an older program may have made the result.
/// In: a contest with a standing result, and what was there before that.
/// Errors: result/digest result/row-differs (where = contest#pointer); those of replay and of make_result
/// Cost: that of counting the contest.
Findings recount(const ContestHistory& contest, const Before& before, const FetchBundle& fetch,
                 Language language);

/// Purpose: the same. In: a contest of that evening.
Findings recount(const ContestHistory& contest, const Evening& evening, const FetchBundle& fetch,
                 Language language);

/// Purpose: the same in a record that is open. In: a contest of the session.
Findings recount(const ContestHistory& contest, const Session& session, Language language);

}  // namespace kp
