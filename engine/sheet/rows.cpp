#include "sheet/rows.h"

#include <algorithm>

#include "base/share.h"
#include "outcome/election.h"
#include "outcome/polls.h"

namespace kp {
namespace {

std::vector<std::int64_t> option_votes(const Counts& counts, std::size_t option) {
  std::vector<std::int64_t> votes;
  for (const RowCount& row : counts.rows) votes.push_back(row.options[option]);
  return votes;
}

Json nullable(const std::optional<std::int64_t>& value) {
  return value ? Json(*value) : Json();
}

/// Puts the figures that every row of one question has into one object.
class RowMaker {
 public:
  RowMaker(const SheetInput& input)
      : input_(input), votes_(option_votes(*input.counts, 0)), ranks_(ranks(votes_)) {}

  [[nodiscard]] const std::vector<std::int64_t>& votes() const { return votes_; }

  // Votes, against, none, several, share and rank of a row that is voted for or against.
  [[nodiscard]] Json voted(std::size_t i, std::int64_t share_of) const {
    const RowCount& count = input_.counts->rows[i];
    const bool strike = input_.contest.ballot == BallotForm::strike;
    return Json::object({{"no", input_.contest.rows[i].no},
                         {"name", input_.contest.rows[i].name},
                         {"votes", count.options[0]},
                         {"against", strike ? count.none : count.options[1]},
                         {"none", strike ? 0 : count.none},
                         {"several", count.several},
                         {"percent", percent(count.options[0], share_of)},
                         {"rank", ranks_[i]}});
  }

  // The options of a row that is graded.
  [[nodiscard]] Json graded(std::size_t i, std::int64_t share_of, Band band) const {
    const RowCount& count = input_.counts->rows[i];
    Json::Array options;
    Json::Array shares;
    for (std::size_t o = 0; o < option_count(input_.contest.ballot); ++o) {
      options.emplace_back(count.options[o]);
      shares.emplace_back(percent(count.options[o], share_of));
    }
    return Json::object({{"no", input_.contest.rows[i].no},
                         {"name", input_.contest.rows[i].name},
                         {"options", std::move(options)},
                         {"none", count.none},
                         {"several", count.several},
                         {"shares", std::move(shares)},
                         {"band", word(band)}});
  }

 private:
  const SheetInput& input_;
  std::vector<std::int64_t> votes_;
  std::vector<std::int64_t> ranks_;
};

std::vector<RuleId> election_rules(const Contest& contest, const ElectionOutcome& outcome) {
  std::vector<RuleId> rules;
  if (contest.revote) {
    rules.push_back(RuleId::tie_revote_no_line);
  } else {
    rules.push_back(RuleId::majority_over_half);
    if (contest.round > 1) rules.push_back(RuleId::round_line_again);
  }
  if (outcome.standings.passed > contest.seats) rules.push_back(RuleId::majority_highest_first);
  const bool delegates = contest.office == Office::delegates || contest.office == Office::alternate_delegates;
  switch (outcome.outcome) {
    case Outcome::tied:
      rules.push_back(contest.revote ? RuleId::tie_revote_tied : RuleId::tie_last_seat);
      rules.push_back(RuleId::tie_no_tie_break);
      break;
    case Outcome::short_:
      rules.push_back(delegates ? RuleId::round_delegates : RuleId::round_short);
      break;
    case Outcome::exhausted:
      rules.push_back(RuleId::round_branch_secretary);
      break;
    default:
      break;
  }
  return rules;
}

Verdicts election(const SheetInput& input, const Base& base) {
  const RowMaker maker(input);
  const Contest& contest = input.contest;
  const ElectionOutcome outcome = decide_election(contest, input.congress.level, maker.votes(), base.line);
  const Terms terms{contest.seats, contest.revote ? std::nullopt : std::optional(base.line)};
  const std::vector<std::optional<std::int64_t>> flip = flips(maker.votes(), terms, input.counts->valid);

  Verdicts verdicts;
  for (std::size_t i = 0; i < contest.rows.size(); ++i) {
    Json row = maker.voted(i, base.count);
    row.set("standing", word(outcome.standings.rows[i]));
    row.set("to_line", contest.revote ? Json() : Json(maker.votes()[i] - base.line));
    row.set("flip", nullable(flip[i]));
    verdicts.rows.push_back(std::move(row));
  }
  verdicts.elected.emplace();
  for (const std::uint32_t no : outcome.standings.order) verdicts.elected->emplace_back(no);
  verdicts.outcome = outcome.outcome;
  verdicts.open_seats = outcome.standings.open_seats;
  verdicts.next = outcome.next;
  verdicts.rules = election_rules(contest, outcome);
  return verdicts;
}

Verdicts opinion(const SheetInput& input) {
  const RowMaker maker(input);
  const std::int64_t present = input.electorate.present;
  const PollOutcome outcome = decide_opinion(input.contest, maker.votes(), present);
  Verdicts verdicts;
  for (std::size_t i = 0; i < outcome.rows.size(); ++i) {
    Json row = maker.voted(i, present);
    row.set("standing", word(outcome.rows[i]));
    verdicts.rows.push_back(std::move(row));
  }
  verdicts.outcome = outcome.outcome;
  verdicts.open_seats = outcome.next.seats;
  verdicts.next = outcome.next;
  verdicts.rules.push_back(RuleId::poll_floor);
  if (outcome.supported > outcome.room) verdicts.rules.push_back(RuleId::poll_cap);
  if (outcome.outcome == Outcome::tied) verdicts.rules.push_back(RuleId::poll_tie);
  return verdicts;
}

Verdicts withdrawal(const SheetInput& input, const Base& base) {
  const RowMaker maker(input);
  const PollOutcome outcome = decide_withdrawal(option_votes(*input.counts, 1), base.count);
  Verdicts verdicts;
  for (std::size_t i = 0; i < outcome.rows.size(); ++i) {
    Json row = maker.voted(i, base.count);
    row.set("standing", word(outcome.rows[i]));
    verdicts.rows.push_back(std::move(row));
  }
  verdicts.rules = {RuleId::poll_withdrawal, RuleId::poll_withdraw_base};
  return verdicts;
}

Verdicts introduction(const SheetInput& input, const Base& base) {
  const RowMaker maker(input);
  Verdicts verdicts;
  for (std::size_t i = 0; i < input.contest.rows.size(); ++i)
    verdicts.rows.push_back(maker.voted(i, base.count));
  verdicts.rules.push_back(RuleId::poll_introduction);
  return verdicts;
}

std::int64_t fraction_base(const SheetInput& input, const Base& base) {
  switch (input.contest.fraction_of) {
    case FractionOf::returned:
      return input.returned;
    case FractionOf::valid:
      return input.counts->valid;
    case FractionOf::base:
      break;
  }
  return base.count;
}

Verdicts graded(const SheetInput& input, std::int64_t of, Band (*band_of)(const RowCount&, std::int64_t)) {
  const RowMaker maker(input);
  Verdicts verdicts;
  bool over_half = false;
  bool two_thirds = false;
  for (std::size_t i = 0; i < input.contest.rows.size(); ++i) {
    const Band band = band_of(input.counts->rows[i], of);
    over_half = over_half || band == Band::low_over_half;
    two_thirds = two_thirds || band == Band::low_two_thirds;
    verdicts.rows.push_back(maker.graded(i, of, band));
  }
  switch (input.contest.question) {
    case Question::confidence:
      verdicts.rules = {RuleId::confidence_levels, RuleId::confidence_base};
      if (over_half) verdicts.rules.push_back(RuleId::confidence_over_half);
      if (two_thirds) verdicts.rules.push_back(RuleId::confidence_two_thirds);
      break;
    case Question::rating:
      verdicts.rules = {RuleId::rating_bands, RuleId::confidence_base};
      break;
    default:
      verdicts.rules = {RuleId::survey_totals};
      break;
  }
  return verdicts;
}

}  // namespace

Verdicts make_verdicts(const SheetInput& input, const Base& base) {
  switch (input.contest.question) {
    case Question::election:
      return election(input, base);
    case Question::opinion:
      return opinion(input);
    case Question::withdrawal:
      return withdrawal(input, base);
    case Question::introduction:
      return introduction(input, base);
    case Question::confidence:
      return graded(input, fraction_base(input, base), confidence_band);
    case Question::rating:
      return graded(input, fraction_base(input, base), rating_band);
    case Question::survey:
      break;
  }
  return graded(input, base.count, [](const RowCount&, std::int64_t) { return Band::none; });
}

}  // namespace kp
