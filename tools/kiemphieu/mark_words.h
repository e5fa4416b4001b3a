// What a mark means on a ballot of each form, as people say it.
#pragma once

#include "ballots/marks.h"

namespace kp {

/// Purpose: "struck", "agree", "low" …: the words for `mark` under `form`.
/// In: a mark that the form has.
Text spoken(Mark mark, BallotForm form);

}  // namespace kp
