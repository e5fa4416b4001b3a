// The gate: what must hold before a contest has a result (contract §6). Each failure names both numbers.
//
// Fed one bundle at a time; it keeps sums, not ballots.
#pragma once

#include <cstdint>
#include <string>

#include "proceedings/history.h"
#include "proceedings/reading.h"

namespace kp {

class Gate {
 public:
  Gate(const History& history, const ContestHistory& contest) : history_(history), contest_(contest) {}

  /// Purpose: takes in one bundle of the contest.
  void add(const BundleReading& reading);

  /// Purpose: everything that keeps the gate shut, after all bundles in force were added.
  /// Errors: gate/… board/… (where = contest or contest/bundle or contest/bundle/ballot)
  Findings finish();

 private:
  void check_passes(const BundleReading& reading);

  const History& history_;
  const ContestHistory& contest_;
  Findings findings_;
  std::int64_t ballots_ = 0;
  RulingTally rulings_;
};

/// Purpose: what the figures of the box say.
/// In: `ruled_not_issued` ballots, by rulings in force.
/// Errors: gate/no-box gate/issued-over-present gate/returned-over-issued gate/excess-not-ruled
Findings check_box(const ContestHistory& contest, std::int64_t ruled_not_issued);

/// Purpose: that fewer ballots came back than were issued, which keeps nothing shut.
/// Errors: as a warning gate/returned-fewer; nothing without a box
Findings warn_of_fewer_returned(const ContestHistory& contest);

/// Purpose: whether enough ballots are ruled not issued to account for those returned beyond the issued.
/// In: a contest with a box. Errors: gate/excess-not-ruled
Findings check_excess_ruled(const ContestHistory& contest, std::int64_t ruled_not_issued);

/// Purpose: whether every name of a list that is `among` another contest's elected is one of `names`.
/// In: name_keys, from History::elected_in, or from may_be_elected_in where it is too early to ask for more.
/// Errors: list/not-among (where = contest/row)
Findings check_elected_among(const Contest& contest, const std::set<std::string>& names);

/// Purpose: whether every name may be elected there, when the list is made.
/// Errors: list/not-among (where = JSON pointer)
Findings check_may_stand(const History& history, const Contest& contest);

/// Purpose: the further rounds that rest on a result of `contest` that was reopened. Errors:
/// result/parent-reopened
Findings check_further_rounds(const History& history, const ContestHistory& contest);

}  // namespace kp
