// One mock ballot on paper, as the voter left it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ballots/marks.h"
#include "contest/congress.h"
#include "mock/random.h"
#include "paper/document.h"

namespace kp {

/// What a reader sees on a ballot, and where it lies.
struct SeenBallot {
  std::string place;  ///< as it is printed at the edge: "xấp 001, phiếu 7"
  std::string marks;  ///< one letter a row
  Flags flags;
};

/// A4 for long lists, half of it or a quarter for shorter ones; very long lists take several sheets.
struct SlipSize {
  paper::Points width = 0;
  paper::Points height = 0;
  std::size_t rows = 0;   ///< at most, on one sheet
  std::size_t lanes = 1;  ///< side by side
};
SlipSize slip_size(const Contest& contest);

/// Purpose: the sheets of one ballot: one, or several for a list that is longer than a sheet.
/// Promise: a letter that is not `?` becomes a mark that leaves no doubt, `?` one that does; each flag
/// becomes what it is named for, and a ballot that was not issued lacks the stamp. Says on every sheet that
/// it is practice. In: marks of the contest's form, one a row; a practice congress.
std::vector<paper::Slip> ballot_slips(const Congress& congress, const Contest& contest,
                                      const SeenBallot& ballot, Random& random);

/// Purpose: the heads of the columns in which a form is marked: none for `strike`.
std::vector<std::string_view> option_heads(BallotForm form);

}  // namespace kp
