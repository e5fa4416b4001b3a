// Whether a ballot is valid, and if not, for which reason: the first that applies (contract §5).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "ballots/ballots.h"
#include "rules/ruleset.h"

namespace kp {

/// `valid`, or the reason against it, in the order in which reasons are tried.
enum class Verdict : std::uint8_t {
  valid,
  not_issued,     ///< flag or ruling
  outside_name,   ///< flag or ruling
  marked,         ///< signed, written on or bearing an identifying mark
  ruled_invalid,  ///< the board's own reason
  too_many,       ///< strike: more names left than seats
  nobody,         ///< strike, two or more rows: no name left
  one_name_box,   ///< a one-name election: not exactly one box
};
inline constexpr std::size_t kVerdictCount = 8;

/// Purpose: whether a ballot is for an election of one name, agree or not: it must have exactly one box
/// marked. Rules: topic validity; 17(2) of 244, 15(2) of 190.
bool is_one_name_election(const Contest& contest, const Ballots& ballots);

/// Purpose: the verdict on each ballot, in the order of `ballots`.
/// In: every flag confirmed and every mark readable (a doubtful ballot never comes this far).
/// Rules: topic validity; 17(2) of 244, 15(2) of 190.
/// Cost: a few instructions per ballot and word.
std::vector<Verdict> judge(const Contest& contest, const Ballots& ballots);

/// Purpose: the verdict that flags alone give; `valid` when none of them is against the ballot.
Verdict judge_flags(Flags flags);

/// Purpose: the word of a reason in files ("too-many"); "valid" for valid.
std::string_view word(Verdict verdict);
Text spoken(Verdict verdict);

/// Purpose: the rule that a reason stands on. In: not `valid`.
RuleId rule_of(Verdict verdict);

/// The reasons that a ruling may give.
inline constexpr std::array kRuledReasons = {Verdict::not_issued, Verdict::outside_name, Verdict::marked,
                                             Verdict::ruled_invalid};

/// Purpose: the flag that makes a ballot invalid for a reason of kRuledReasons.
Flag flag_for(Verdict ruled_reason);

}  // namespace kp
