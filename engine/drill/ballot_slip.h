// One mock ballot on paper, as the voter left it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ballots/marks.h"
#include "contest/congress.h"
#include "mock/random.h"
#include "paper/document.h"
#include "sheet/printed_ballot.h"

namespace kp {

/// What a reader sees on a ballot, and where it lies.
struct SeenBallot {
  std::string place;  ///< as it is printed at the edge: "xấp 001, phiếu 7"
  std::string marks;  ///< one letter a row
  Flags flags;
};

/// Purpose: the sheets of one ballot: one, or several for a list that is longer than a sheet.
/// Promise: a letter that is not `?` becomes a mark that leaves no doubt, `?` one that does; each flag
/// becomes what it is named for, and a ballot that was not issued lacks the stamp. Says on every sheet that
/// it is practice. In: marks of the contest's form, one a row; a practice congress.
std::vector<paper::Slip> ballot_slips(const Congress& congress, const Contest& contest,
                                      const SeenBallot& ballot, Random& random);

}  // namespace kp
