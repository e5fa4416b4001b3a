// What the keyer reads, on the full screen and line by line alike.
#pragma once

#include <string>
#include <vector>

#include "keying/keyed_bundle.h"

namespace kp {

/// Purpose: bundle, pass, station and person, on one line.
std::string task_line(const KeyedBundle& bundle, Language language);

/// Purpose: the contest, the length of the list, the seats.
std::string list_line(const KeyedBundle& bundle, Language language);

/// Purpose: the first digits of the list's digest: the same on every machine that keys against the same list.
std::string list_code(const KeyedBundle& bundle, Language language);

/// Purpose: "12/50 ballots", or "12 ballots" when they were not counted by hand.
std::string progress_line(const KeyedBundle& bundle, Language language);

/// Purpose: what is keyed now: "Ballot 13", "MENDING BALLOT 7", "NEW BALLOT BEFORE 7".
std::string ballot_title(const KeyedBundle& bundle, Language language);

/// Purpose: how many rows bear each option, and the flags: "5 struck · 55 left (55 seats)".
std::string ballot_line(const KeyedBundle& bundle, const KeyedBallot& ballot, Language language);

/// Purpose: the rows that do not bear the first option, number and name: "7 Nguyễn Văn A; 12? Lê B".
std::string unusual_rows(const KeyedBundle& bundle, const KeyedBallot& ballot);

/// Purpose: how to key this form of ballot, a line each.
std::vector<std::string> keying_help(BallotForm form, Language language);

/// Purpose: the same for all forms: what `key --help` teaches.
std::string keying_lesson(Language language);

}  // namespace kp
