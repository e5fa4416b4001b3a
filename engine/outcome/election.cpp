#include "outcome/election.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "base/check.h"

namespace kp {
namespace {

struct Words {
  std::string_view file;
  Text spoken;
};

constexpr auto kOutcomeWords = std::to_array<Words>({
    {"filled", {"đã bầu đủ", "filled"}},
    {"short", {"bầu chưa đủ", "short"}},
    {"tied", {"bằng phiếu ở suất cuối", "tied at the last seat"}},
    {"exhausted", {"đã bầu đến lần thứ ba mà chưa đủ", "exhausted after the third vote"}},
    {"void", {"không công nhận", "void"}},
    {"done", {"đã tổng hợp", "done"}},
});

constexpr auto kActionWords = std::to_array<Words>({
    {"none", {"không còn việc gì", "nothing"}},
    {"revote", {"bầu lại giữa những người bằng phiếu", "a new vote among the tied"}},
    {"vote-again", {"bầu tiếp", "vote again"}},
    {"presiding-body-decides", {"đại hội (hội nghị) quyết định", "the congress or meeting decides"}},
    {"superior-appoints", {"cấp uỷ cấp trên chỉ định", "the higher committee appoints"}},
});

constexpr auto kStandingWords = std::to_array<Words>({
    {"elected", {"trúng cử", "elected"}},
    {"tied", {"bằng phiếu", "tied"}},
    {"not-elected", {"không trúng cử", "not elected"}},
});

// Row indices, most votes first; equal votes keep ballot order.
std::vector<std::size_t> by_votes(std::span<const std::int64_t> votes) {
  std::vector<std::size_t> order(votes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return votes[a] > votes[b]; });
  return order;
}

// The least k in 1 … most for which `differs(k)`, which stays true once it is.
template <class Differs>
std::optional<std::int64_t> least_change(std::int64_t most, Differs differs) {
  if (most < 1 || !differs(most)) return std::nullopt;
  std::int64_t same = 0;
  std::int64_t other = most;
  while (other - same > 1) {
    const std::int64_t middle = same + (other - same) / 2;
    (differs(middle) ? other : same) = middle;
  }
  return other;
}

}  // namespace

std::string_view word(Outcome outcome) {
  return kOutcomeWords[static_cast<std::size_t>(outcome)].file;
}
std::string_view word(Action action) {
  return kActionWords[static_cast<std::size_t>(action)].file;
}
std::string_view word(Standing standing) {
  return kStandingWords[static_cast<std::size_t>(standing)].file;
}
Text spoken(Outcome outcome) {
  return kOutcomeWords[static_cast<std::size_t>(outcome)].spoken;
}
Text spoken(Action action) {
  return kActionWords[static_cast<std::size_t>(action)].spoken;
}
Text spoken(Standing standing) {
  return kStandingWords[static_cast<std::size_t>(standing)].spoken;
}

Standings stand(std::span<const std::int64_t> votes, const Terms& terms) {
  const auto seats = static_cast<std::size_t>(terms.seats);
  const std::vector<std::size_t> order = by_votes(votes);
  const auto passes = [&](std::size_t row) { return !terms.line || votes[row] >= *terms.line; };
  const auto passed = static_cast<std::size_t>(std::count_if(order.begin(), order.end(), passes));

  Standings standings;
  standings.rows.assign(votes.size(), Standing::not_elected);
  standings.passed = static_cast<std::int64_t>(passed);

  // The passed stand first in `order`. Who would get the last seat decides whether it is shared.
  std::size_t elected = std::min(passed, seats);
  if (passed > seats && seats > 0 && votes[order[seats - 1]] == votes[order[seats]]) {
    const std::int64_t cut = votes[order[seats]];
    elected = 0;
    for (std::size_t i = 0; i < passed && votes[order[i]] >= cut; ++i) {
      if (votes[order[i]] > cut) {
        ++elected;
      } else {
        standings.rows[order[i]] = Standing::tied;
      }
    }
    standings.tie = true;
  }
  for (std::size_t i = 0; i < elected; ++i) {
    standings.rows[order[i]] = Standing::elected;
    standings.order.push_back(static_cast<std::uint32_t>(order[i] + 1));
  }
  standings.open_seats = static_cast<std::int64_t>(seats - elected);
  return standings;
}

ElectionOutcome decide_election(const Contest& contest, Level level, std::span<const std::int64_t> votes,
                                std::int64_t line) {
  KP_ASSERT(votes.size() == contest.rows.size());
  const Terms terms{contest.seats, contest.revote ? std::nullopt : std::optional(line)};
  ElectionOutcome result;
  result.standings = stand(votes, terms);
  const Standings& standings = result.standings;
  const auto with = [&](Standing wanted) {
    return numbers_where(standings.rows, [wanted](Standing standing) { return standing == wanted; });
  };

  if (standings.tie) {
    result.outcome = Outcome::tied;
    result.next = {contest.revote ? Action::presiding_body_decides : Action::revote, with(Standing::tied),
                   standings.open_seats};
  } else if (standings.open_seats == 0) {
    result.outcome = Outcome::filled;
  } else if (level == Level::branch && contest.office == Office::secretary && contest.round >= 3) {
    result.outcome = Outcome::exhausted;
    result.next = {Action::superior_appoints, {}, standings.open_seats};
  } else {
    const bool delegates =
        contest.office == Office::delegates || contest.office == Office::alternate_delegates;
    result.outcome = Outcome::short_;
    result.next = {delegates && contest.round == 1 ? Action::vote_again : Action::presiding_body_decides,
                   with(Standing::not_elected), standings.open_seats};
  }
  return result;
}

std::vector<std::int64_t> ranks(std::span<const std::int64_t> votes) {
  std::vector<std::int64_t> ranks(votes.size());
  const std::vector<std::size_t> order = by_votes(votes);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const bool shared = i > 0 && votes[order[i]] == votes[order[i - 1]];
    ranks[order[i]] = shared ? ranks[order[i - 1]] : static_cast<std::int64_t>(i) + 1;
  }
  return ranks;
}

std::vector<std::optional<std::int64_t>> flips(std::span<const std::int64_t> votes, const Terms& terms,
                                               std::int64_t valid) {
  const Standings now = stand(votes, terms);
  std::vector<std::int64_t> changed(votes.begin(), votes.end());
  std::vector<std::optional<std::int64_t>> flips(votes.size());
  for (std::size_t row = 0; row < votes.size(); ++row) {
    // More votes for one row never lower its standing, so once a change tells, a greater one tells too.
    const auto differs = [&](std::int64_t change) {
      changed[row] = votes[row] + change;
      const bool other = stand(changed, terms).rows[row] != now.rows[row];
      changed[row] = votes[row];
      return other;
    };
    std::optional<std::int64_t> fewer;
    std::optional<std::int64_t> more;
    if (now.rows[row] != Standing::not_elected) {
      fewer = least_change(votes[row], [&](std::int64_t k) { return differs(-k); });
    }
    if (now.rows[row] != Standing::elected) {
      more = least_change(valid - votes[row], [&](std::int64_t k) { return differs(k); });
    }
    flips[row] = fewer && more ? std::min(*fewer, *more) : (fewer ? fewer : more);
  }
  return flips;
}

}  // namespace kp
