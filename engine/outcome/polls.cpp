#include "outcome/polls.h"

#include <algorithm>
#include <array>
#include <functional>

#include "base/share.h"

namespace kp {

std::string_view word(PollStanding standing) {
  constexpr auto kWords =
      std::to_array<std::string_view>({"listed", "dropped", "tied", "not-supported", "stays", "withdrawn"});
  return kWords[static_cast<std::size_t>(standing)];
}

std::string_view word(Band band) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"none", "low-over-half", "low-two-thirds", "excellent", "good", "satisfactory", "failed"});
  return kWords[static_cast<std::size_t>(band)];
}

PollOutcome decide_opinion(const Contest& contest, std::span<const std::int64_t> votes,
                           std::int64_t present) {
  PollOutcome result;
  result.rows.assign(votes.size(), PollStanding::not_supported);
  result.room =
      std::max<std::int64_t>(0, contest.seats + surplus_cap(contest.seats) - contest.prepared.value_or(0));

  std::vector<std::int64_t> support;
  for (const std::int64_t v : votes) {
    if (is_more_than(v, present, 3, 10)) support.push_back(v);
  }
  result.supported = static_cast<std::int64_t>(support.size());
  std::sort(support.begin(), support.end(), std::greater<>());

  // Names above the cut have a place; names at the cut have one if all of them fit.
  const auto room = static_cast<std::size_t>(result.room);
  const bool all_fit = support.size() <= room;
  const std::int64_t cut = all_fit || room == 0 ? 0 : support[room - 1];
  const bool shared = !all_fit && room > 0 && support[room] == cut;
  std::int64_t listed = 0;
  for (std::size_t row = 0; row < votes.size(); ++row) {
    if (!is_more_than(votes[row], present, 3, 10)) continue;
    if (!all_fit && (room == 0 || votes[row] < cut)) {
      result.rows[row] = PollStanding::dropped;
    } else if (shared && votes[row] == cut) {
      result.rows[row] = PollStanding::tied;
    } else {
      result.rows[row] = PollStanding::listed;
      ++listed;
    }
  }
  if (shared) {
    result.outcome = Outcome::tied;
    result.next = {Action::presiding_body_decides,
                   numbers_where(result.rows, [](PollStanding s) { return s == PollStanding::tied; }),
                   result.room - listed};
  }
  return result;
}

PollOutcome decide_withdrawal(std::span<const std::int64_t> against, std::int64_t base) {
  PollOutcome result;
  for (const std::int64_t b : against) {
    result.rows.push_back(is_more_than(b, base, 1, 2) ? PollStanding::stays : PollStanding::withdrawn);
  }
  return result;
}

Band confidence_band(const RowCount& row, std::int64_t of) {
  const std::int64_t low = row.options[2];
  if (of > 0 && 3 * low >= 2 * of) return Band::low_two_thirds;
  return is_more_than(low, of, 1, 2) ? Band::low_over_half : Band::none;
}

Band rating_band(const RowCount& row, std::int64_t of) {
  constexpr std::array kBands = {Band::excellent, Band::good, Band::satisfactory, Band::failed};
  for (std::size_t o = 0; o < kBands.size(); ++o) {
    if (is_more_than(row.options[o], of, 1, 2)) return kBands[o];
  }
  return Band::none;
}

}  // namespace kp
