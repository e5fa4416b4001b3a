#include "ballots/hand_tally.h"

#include "ballots/marks.h"

namespace kp {

std::vector<std::string> tally_columns(BallotForm form) {
  if (form == BallotForm::strike) return {"a"};
  std::vector<std::string> columns;
  for (std::size_t i = 0; i < option_count(form); ++i)
    columns.emplace_back(1, static_cast<char>('a' + static_cast<char>(i)));
  columns.insert(columns.end(), {"none", "several"});
  return columns;
}

std::vector<Verdict> possible_reasons(const Contest& contest) {
  std::vector<Verdict> reasons(kRuledReasons.begin(), kRuledReasons.end());
  if (contest.ballot == BallotForm::strike) {
    reasons.push_back(Verdict::too_many);
    if (contest.rows.size() >= 2) reasons.push_back(Verdict::nobody);
  }
  if (is_one_name_election(contest)) reasons.push_back(Verdict::one_name_box);
  return reasons;
}

bool is_one_name_election(const Contest& contest) {
  return contest.ballot == BallotForm::agree && contest.question == Question::election &&
         contest.rows.size() == 1;
}

}  // namespace kp
