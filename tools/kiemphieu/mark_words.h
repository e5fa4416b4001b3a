// What stands in files, as people say it: marks on a ballot of each form, stations.
#pragma once

#include "ballots/marks.h"

namespace kp {

/// Purpose: "struck", "agree", "low" …: the words for `mark` under `form`.
/// In: a mark that the form has.
Text spoken(Mark mark, BallotForm form);

/// Purpose: the letters that a ruling or correction may give a row: "a để lại, . gạch".
std::string legend_of(BallotForm form, Language language);

/// Purpose: "station A"; a name that says so itself ("Máy 1") stands alone.
std::string spoken_station(const std::string& station, Language language);

}  // namespace kp
