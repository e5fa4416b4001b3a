#include "verify/steps.h"

#include <algorithm>
#include <array>

namespace kp::verify {
namespace {

RuleId base_rule(CongressKind kind, Question question) {
  if (kind == CongressKind::delegates) return RuleId::base_delegates;
  if (kind != CongressKind::members) return RuleId::base_meeting;
  return question == Question::rating ? RuleId::base_hand_votes : RuleId::base_members;
}

bool some_row_ignored(const Contest& contest, const Counts& counts) {
  return contest.ballot != BallotForm::strike &&
         std::any_of(counts.rows.begin(), counts.rows.end(),
                     [](const RowCounts& row) { return row.none > 0 || row.several > 0; });
}

void add_validity(const Contest& contest, const Counts& counts, std::vector<RuleId>& steps) {
  constexpr std::array kRules = {RuleId::validity_not_issued,  RuleId::validity_outside_name,
                                 RuleId::validity_marked,      RuleId::validity_ruled,
                                 RuleId::validity_too_many,    RuleId::validity_nobody,
                                 RuleId::validity_one_name_box};
  static_assert(kRules.size() == kReasons);
  const bool election = contest.question == Question::election;
  if (election) steps.push_back(RuleId::validity_fewer);
  if (some_row_ignored(contest, counts)) steps.push_back(RuleId::validity_row_ignored);
  if (election && contest.ballot == BallotForm::agree && contest.rows.size() >= 2) {
    steps.push_back(RuleId::validity_nobody_agree);
  }
  for (std::size_t i = 0; i < kReasons; ++i) {
    if (counts.invalid[i] > 0) steps.push_back(kRules[i]);
  }
}

void add_election(const Contest& contest, const Decision& decision, std::vector<RuleId>& steps) {
  steps.push_back(contest.revote ? RuleId::tie_revote_no_line : RuleId::majority_over_half);
  if (!contest.revote && contest.round > 1) steps.push_back(RuleId::round_line_again);
  if (decision.more_than_room) steps.push_back(RuleId::majority_highest_first);
  if (decision.outcome == Outcome::tied) {
    steps.push_back(contest.revote ? RuleId::tie_revote_tied : RuleId::tie_last_seat);
    steps.push_back(RuleId::tie_no_tie_break);
  }
  if (decision.outcome == Outcome::brief) {
    const bool allotted =
        contest.office == Office::delegates || contest.office == Office::alternate_delegates;
    steps.push_back(allotted ? RuleId::round_delegates : RuleId::round_short);
  }
  if (decision.outcome == Outcome::exhausted) steps.push_back(RuleId::round_branch_secretary);
}

void add_opinion(const Decision& decision, std::vector<RuleId>& steps) {
  steps.push_back(RuleId::poll_floor);
  if (decision.more_than_room) steps.push_back(RuleId::poll_cap);
  if (decision.outcome == Outcome::tied) steps.push_back(RuleId::poll_tie);
}

void add_confidence(const Decision& decision, std::vector<RuleId>& steps) {
  const auto some = [&](Band band) {
    return std::any_of(decision.rows.begin(), decision.rows.end(),
                       [&](const RowDecision& row) { return row.band == band; });
  };
  steps.push_back(RuleId::confidence_levels);
  steps.push_back(RuleId::confidence_base);
  if (some(Band::low_over_half)) steps.push_back(RuleId::confidence_over_half);
  if (some(Band::low_two_thirds)) steps.push_back(RuleId::confidence_two_thirds);
}

void add_question(const Contest& contest, const Decision& decision, std::vector<RuleId>& steps) {
  switch (contest.question) {
    case Question::election:
      return add_election(contest, decision, steps);
    case Question::opinion:
      return add_opinion(decision, steps);
    case Question::confidence:
      return add_confidence(decision, steps);
    case Question::withdrawal:
      steps.push_back(RuleId::poll_withdrawal);
      return steps.push_back(RuleId::poll_withdraw_base);
    case Question::introduction:
      return steps.push_back(RuleId::poll_introduction);
    case Question::survey:
      return steps.push_back(RuleId::survey_totals);
    case Question::rating:
      break;
  }
  steps.push_back(RuleId::rating_bands);
  steps.push_back(RuleId::confidence_base);
}

}  // namespace

std::vector<RuleId> steps_of(const Contest& contest, CongressKind kind, const Box& box, const Counts& counts,
                             const Decision& decision) {
  std::vector<RuleId> steps;
  if (decision.outcome == Outcome::nullified) return steps;
  steps.push_back(base_rule(kind, contest.question));
  if (contest.question == Question::election) {
    steps.push_back(RuleId::base_not_ballots);
    steps.push_back(contest.ballot == BallotForm::strike ? RuleId::ballot_strike : RuleId::ballot_agree);
  }
  if (box.returned > box.issued) steps.push_back(RuleId::reconciliation_excess);
  if (box.returned < box.issued) steps.push_back(RuleId::reconciliation_fewer);
  add_validity(contest, counts, steps);
  add_question(contest, decision, steps);
  return steps;
}

}  // namespace kp::verify
