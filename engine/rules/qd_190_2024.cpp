// Quyết định 190-QĐ/TW of 10 October 2024: election rules within the Party, in force. Where each rule stands.
#include <array>

#include "rules/ruleset.h"

namespace kp {
namespace {

constexpr auto kCitations = std::to_array<Citation>({
    {RuleId::base_delegates, "190-QĐ/TW", "30(3)", Grade::secondary},
    {RuleId::base_members, "190-QĐ/TW", "30(2)", Grade::read},
    {RuleId::base_meeting, "190-QĐ/TW", "30", Grade::unverified},
    {RuleId::base_not_ballots, "190-QĐ/TW", "30(1)", Grade::read},
    {RuleId::ballot_strike, "190-QĐ/TW", "15(1)", Grade::read},
    {RuleId::ballot_agree, "190-QĐ/TW", "15(1)", Grade::secondary},
    {RuleId::validity_fewer, "190-QĐ/TW", "15(2)", Grade::read},
    {RuleId::validity_row_ignored, "190-QĐ/TW", "15(2), 30(1)", Grade::read},
    {RuleId::validity_nobody_agree, "190-QĐ/TW", "15(2)", Grade::unverified},
    {RuleId::validity_not_issued, "190-QĐ/TW", "15(2)", Grade::secondary},
    {RuleId::validity_outside_name, "190-QĐ/TW", "15(2)", Grade::unverified},
    {RuleId::validity_marked, "190-QĐ/TW", "15(2)", Grade::unverified},
    {RuleId::validity_ruled, "190-QĐ/TW", "8(2)", Grade::read},
    {RuleId::validity_too_many, "190-QĐ/TW", "15(2)", Grade::secondary},
    {RuleId::validity_nobody, "190-QĐ/TW", "15(2)", Grade::secondary},
    {RuleId::validity_one_name_box, "190-QĐ/TW", "15(2)", Grade::read},
    {RuleId::reconciliation_fewer, "-", "-", Grade::secondary},
    {RuleId::reconciliation_excess, "-", "-", Grade::unverified},
    {RuleId::majority_over_half, "190-QĐ/TW", "30(2), 30(3)", Grade::read},
    {RuleId::majority_highest_first, "190-QĐ/TW", "30(4)", Grade::secondary},
    {RuleId::tie_last_seat, "190-QĐ/TW", "30(4)", Grade::unverified},
    {RuleId::tie_revote_no_line, "190-QĐ/TW", "30(4)", Grade::unverified},
    {RuleId::tie_revote_tied, "190-QĐ/TW", "30(4)", Grade::unverified},
    {RuleId::tie_no_tie_break, "-", "-", Grade::secondary},
    {RuleId::round_line_again, "190-QĐ/TW", "30", Grade::unverified},
    {RuleId::round_short, "190-QĐ/TW", "30(5)", Grade::unverified},
    {RuleId::round_delegates, "04-HD/TW (2024)", "9", Grade::secondary},
    {RuleId::round_branch_secretary, "24-QĐ/TW", "22", Grade::secondary},
    {RuleId::poll_floor, "190-QĐ/TW", "14(3)", Grade::secondary},
    {RuleId::poll_cap, "190-QĐ/TW", "14(3)", Grade::secondary},
    {RuleId::poll_tie, "-", "-", Grade::unverified},
    {RuleId::poll_withdrawal, "Đại hội XII", "-", Grade::secondary},
    {RuleId::poll_introduction, "04-HD/TW (2024)", "8", Grade::unverified},
    {RuleId::confidence_levels, "96-QĐ/TW", "-", Grade::read},
    {RuleId::confidence_over_half, "96-QĐ/TW", "-", Grade::read},
    {RuleId::confidence_two_thirds, "96-QĐ/TW", "-", Grade::secondary},
    {RuleId::confidence_base, "-", "-", Grade::unverified},
    {RuleId::rating_bands, "366-QĐ/TW", "-", Grade::unverified},
    {RuleId::survey_totals, "-", "-", Grade::unverified},
    {RuleId::list_longer, "190-QĐ/TW", "14(1)", Grade::read},
    {RuleId::list_cap, "190-QĐ/TW", "14(1)", Grade::read},
    {RuleId::list_cap_rounding, "190-QĐ/TW", "14(1)", Grade::secondary},
    {RuleId::list_prepared, "190-QĐ/TW", "14(1)", Grade::read},
    {RuleId::list_order_given, "190-QĐ/TW", "14(4)", Grade::secondary},
    {RuleId::list_order_rest, "190-QĐ/TW", "14", Grade::unverified},
    {RuleId::board_not_on_list, "190-QĐ/TW", "8(1)", Grade::read},
    {RuleId::board_rules_doubtful, "190-QĐ/TW", "8(2)", Grade::read},
    {RuleId::board_technicians, "190-QĐ/TW", "8", Grade::read},
    {RuleId::board_one_program, "04-HD/TW (2024)", "3", Grade::unverified},
});

}  // namespace

std::span<const Citation> citations_190_2024() {
  return kCitations;
}

}  // namespace kp
