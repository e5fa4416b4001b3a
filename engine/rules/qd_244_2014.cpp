// Quyết định 244-QĐ/TW of 9 June 2014: election rules within the Party, replaced by 190-QĐ/TW. Where each
// rule stands.
#include <array>

#include "rules/ruleset.h"

namespace kp {
namespace {

constexpr auto kCitations = std::to_array<Citation>({
    {RuleId::base_delegates, "244-QĐ/TW", "32(3)", Grade::read},
    {RuleId::base_members, "244-QĐ/TW", "32(2)", Grade::read},
    {RuleId::base_meeting, "244-QĐ/TW", "32", Grade::unverified},
    {RuleId::base_not_ballots, "244-QĐ/TW", "32(1)", Grade::read},
    {RuleId::ballot_strike, "244-QĐ/TW", "17(1)", Grade::read},
    {RuleId::ballot_agree, "244-QĐ/TW", "17(1)", Grade::read},
    {RuleId::validity_fewer, "244-QĐ/TW", "17(2)", Grade::read},
    {RuleId::validity_row_ignored, "244-QĐ/TW", "17(2), 32(1)", Grade::read},
    {RuleId::validity_nobody_agree, "244-QĐ/TW", "17(2)", Grade::unverified},
    {RuleId::validity_not_issued, "244-QĐ/TW", "17(2)", Grade::read},
    {RuleId::validity_outside_name, "244-QĐ/TW", "17(2)", Grade::unverified},
    {RuleId::validity_marked, "244-QĐ/TW", "17(2)", Grade::unverified},
    {RuleId::validity_ruled, "244-QĐ/TW", "7", Grade::read},
    {RuleId::validity_too_many, "244-QĐ/TW", "17(2)", Grade::read},
    {RuleId::validity_nobody, "244-QĐ/TW", "17(2)", Grade::read},
    {RuleId::validity_one_name_box, "244-QĐ/TW", "17(2)", Grade::read},
    {RuleId::reconciliation_fewer, "-", "-", Grade::secondary},
    {RuleId::reconciliation_excess, "-", "-", Grade::unverified},
    {RuleId::majority_over_half, "244-QĐ/TW", "32(2), 32(3)", Grade::read},
    {RuleId::majority_highest_first, "244-QĐ/TW", "32(4)", Grade::secondary},
    {RuleId::tie_last_seat, "244-QĐ/TW", "32(4)", Grade::unverified},
    {RuleId::tie_revote_no_line, "244-QĐ/TW", "32(4)", Grade::unverified},
    {RuleId::tie_revote_tied, "244-QĐ/TW", "32(4)", Grade::unverified},
    {RuleId::tie_no_tie_break, "-", "-", Grade::secondary},
    {RuleId::round_line_again, "244-QĐ/TW", "32", Grade::unverified},
    {RuleId::round_short, "244-QĐ/TW", "32(5)", Grade::unverified},
    {RuleId::round_delegates, "244-QĐ/TW", "20(2)", Grade::read},
    {RuleId::round_branch_secretary, "24-QĐ/TW", "22", Grade::read},
    {RuleId::poll_floor, "244-QĐ/TW", "16(3)", Grade::unverified},
    {RuleId::poll_cap, "244-QĐ/TW", "16(3)", Grade::secondary},
    {RuleId::poll_tie, "-", "-", Grade::unverified},
    {RuleId::poll_withdrawal, "Đại hội XII", "-", Grade::secondary},
    {RuleId::poll_introduction, "-", "-", Grade::unverified},
    {RuleId::confidence_levels, "262-QĐ/TW", "-", Grade::secondary},
    {RuleId::confidence_over_half, "262-QĐ/TW", "-", Grade::secondary},
    {RuleId::confidence_two_thirds, "262-QĐ/TW", "-", Grade::secondary},
    {RuleId::confidence_base, "-", "-", Grade::unverified},
    {RuleId::rating_bands, "124-QĐ/TW", "-", Grade::unverified},
    {RuleId::survey_totals, "-", "-", Grade::unverified},
    {RuleId::list_longer, "244-QĐ/TW", "16(1)", Grade::read},
    {RuleId::list_cap, "244-QĐ/TW", "16(1)", Grade::read},
    {RuleId::list_cap_rounding, "244-QĐ/TW", "16(1)", Grade::secondary},
    {RuleId::list_prepared, "244-QĐ/TW", "16(1)", Grade::secondary},
    {RuleId::list_order_given, "244-QĐ/TW", "16(4)", Grade::secondary},
    {RuleId::list_order_rest, "244-QĐ/TW", "16", Grade::unverified},
    {RuleId::board_not_on_list, "244-QĐ/TW", "7", Grade::read},
    {RuleId::board_rules_doubtful, "244-QĐ/TW", "7", Grade::read},
    {RuleId::board_technicians, "244-QĐ/TW", "7", Grade::read},
    {RuleId::board_one_program, "03-HD/TW (2020)", "3", Grade::read},
});

}  // namespace

std::span<const Citation> citations_244_2014() {
  return kCitations;
}

}  // namespace kp
