// The words that screens, papers and projections use for what stands in a result.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"

namespace kp {

// Each takes the word that stands in the file; a word that is not ours is given back as it is.
std::string spoken_outcome(std::string_view outcome, Language language);
std::string spoken_action(std::string_view action, Language language);
/// What the congress or meeting decides (`decide --action`), as it is said after "decided to".
std::string spoken_decision(std::string_view action, Language language);
/// Of an election's or a poll's row.
std::string spoken_standing(std::string_view standing, Language language);
/// Of a confidence vote or a rating; "" for none.
std::string spoken_band(std::string_view band, Language language);

/// Purpose: what the options of a graded ballot are called, in ballot order. In: a BallotForm's word.
std::vector<Text> option_names(std::string_view ballot);

}  // namespace kp
