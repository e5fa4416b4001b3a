#include "audit/margin.h"

#include <algorithm>
#include <vector>

namespace kp {

std::optional<std::int64_t> least_misread(std::span<const std::int64_t> votes, const Terms& terms,
                                          std::int64_t ballots) {
  const std::vector<Standing> now = stand(votes, terms).rows;
  std::vector<std::int64_t> changed(votes.size());
  // One ballot moves each row by at most one vote, and all rows at once. A row stands the lower the fewer
  // votes it has and the more the others have: so the two extremes of each row tell of everything between.
  const auto tells = [&](std::int64_t misread) {
    for (std::size_t row = 0; row < votes.size(); ++row) {
      for (const bool against : {true, false}) {
        for (std::size_t i = 0; i < votes.size(); ++i) {
          changed[i] = (i == row) == against ? std::max<std::int64_t>(votes[i] - misread, 0)
                                             : std::min(votes[i] + misread, ballots);
        }
        if (stand(changed, terms).rows[row] != now[row]) return true;
      }
    }
    return false;
  };
  if (!tells(ballots)) return std::nullopt;
  std::int64_t same = 0;
  std::int64_t other = ballots;
  while (other - same > 1) {
    const std::int64_t middle = same + (other - same) / 2;
    (tells(middle) ? other : same) = middle;
  }
  return other;
}

}  // namespace kp
