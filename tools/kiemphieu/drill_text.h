// A score in words: what was found, and kindly what was not.
#pragma once

#include <string>
#include <vector>

#include "drill/score.h"
#include "kiemphieu/drill_folder.h"

namespace kp {

/// Purpose: the score of a team for the screen, each miss with its step and its article.
std::string score_text(const Score& score, const Drill& drill, Regulation regulation, Language language);

/// Purpose: how the team did before and now. In: `runs` with the present one last.
std::string history_text(const std::vector<DrillRun>& runs, const std::string& team, Language language);

/// Purpose: all kinds of faults with their numbers, for whoever answers.
std::string kinds_text(Language language);

}  // namespace kp
