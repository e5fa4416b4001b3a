#include "proceedings/act.h"

namespace kp {

Result<const ContestHistory*> find_contest(const History& history, const std::string& contest) {
  if (const ContestHistory* known = history.find(contest)) return known;
  std::string ids;
  for (const ContestHistory& known : history.contests) ids += (ids.empty() ? "" : ", ") + known.contest.id;
  return finding(Code::contest_unknown, contest, {ids.empty() ? "-" : ids});
}

Findings check_open_to_change(const ContestHistory& contest) {
  if (contest.standing() == nullptr) return {};
  return {finding(Code::result_stands, contest.contest.id)};
}

}  // namespace kp
