// What is wrong with a definition beyond its form: electorate, board, list and ballot (contract §3, §7).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "contest/congress.h"

namespace kp {

/// Purpose: every fault of a whole definition.
/// Errors: congress/date electorate/… board/… contest/… list/… (where = JSON pointer)
/// Rules: topics list, board and base of the rule tables.
Findings check_congress(const Congress& congress);

/// Purpose: every fault of one contest of `congress`.
/// In: `pointer` of the contest within its file; `known`, the contests that `among` may name.
Findings check_contest(const Congress& congress, const Contest& contest, const std::string& pointer,
                       std::span<const Contest> known);

/// Purpose: the reasons for which a meeting of this kind leaves people out of the base, as files name them.
/// Rules: R7.1 R7.2 (read), R7.3 (meetings: unverified).
std::vector<std::string_view> deduction_reasons(CongressKind kind);

/// Purpose: whether `left` belongs before `right` on a list: by name, and equal names by Party admission.
/// Rules: R4.1 (given name: secondary), R4.2 R4.3 R4.4 (the rest: unverified).
bool comes_before(const Row& left, const Row& right);

/// Purpose: whether the row was put forward from the floor, or put itself forward.
/// In: a row of a file, or one without `nominated`.
bool is_from_the_floor(const Row& row);

/// Purpose: every fault of an electorate for a meeting of this kind.
/// Errors: electorate/foreign-reason electorate/base-below-one electorate/present-over-base
Findings check_electorate(CongressKind kind, const Electorate& electorate, const std::string& pointer);

/// Purpose: what to be warned of before people vote: fewer than two thirds of those summoned present, where a
/// rule asks for them (at a congress, and for a confidence vote at any meeting); members absent with leave
/// left out of the base of a rating vote.
/// In: `electorate` of that congress or contest; `question` nothing for a congress as a whole.
/// Errors: electorate/below-quorum electorate/kept-in-base (warnings)
/// Rules: base/quorum poll/confidence-quorum base/hand-and-rating-votes
Findings check_attendance(Regulation regulation, CongressKind kind, std::optional<Question> question,
                          const Electorate& electorate, const std::string& pointer);

}  // namespace kp
