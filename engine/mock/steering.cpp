#include "mock/steering.h"

#include <algorithm>
#include <numeric>

namespace kp {
namespace {

std::int64_t number(std::size_t row) {
  return static_cast<std::int64_t>(row) + 1;
}

}  // namespace

std::vector<std::size_t> by_votes(const Counts& counts) {
  std::vector<std::size_t> order(counts.rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    return counts.rows[left].options[0] > counts.rows[right].options[0];
  });
  return order;
}

std::optional<Aims> aims_for(PlantKind kind, const Contest& contest, const Counts& honest,
                             std::int64_t base) {
  if (contest.question != Question::election || contest.revote) return std::nullopt;
  const std::vector<std::size_t> order = by_votes(honest);
  const auto votes = [&](std::size_t place) { return honest.rows[order[place]].options[0]; };
  const std::size_t names = order.size();
  const std::size_t last =
      std::min(names, static_cast<std::size_t>(contest.seats)) - 1;  // place of the last seat
  const std::int64_t line = base / 2 + 1;
  Aims made;
  std::int64_t below = 0;  // nobody behind the last seat may have more
  std::size_t behind = last + 1;
  if (kind == PlantKind::tie_at_last_seat) {
    if (contest.ballot != BallotForm::strike || behind >= names) return std::nullopt;
    const std::int64_t tied = std::max(line, (votes(last) + votes(behind)) / 2);
    made.aims = {{order[last], tied}, {order[behind], tied}};
    made.rows = {number(order[last]), number(order[behind])};
    below = tied - 1;
    ++behind;
  } else if (kind == PlantKind::exactly_half) {
    if (base % 2 != 0 || base == 0) return std::nullopt;
    made.aims = {{order[last], base / 2}};
    made.rows = {number(order[last])};
    below = base / 2 - 1;
  } else {
    below = line - 1 - base / 12;
    made.aims = {{order[last], below}};
    made.rows = {number(order[last])};
  }
  if (below < 0) return std::nullopt;
  for (; behind < names; ++behind) {
    if (votes(behind) > below) made.aims.push_back({order[behind], below});
  }
  std::sort(made.rows.begin(), made.rows.end());
  return made;
}

Steering::Steering(const Contest& contest, const Counts& honest, const std::vector<Aim>& aims,
                   std::uint64_t seed)
    : form_(contest.ballot), seats_(contest.seats), aimed_(honest.rows.size(), false), random_(seed) {
  for (const Aim& aim : aims) {
    const std::int64_t has = honest.rows[aim.row].options[0];
    aimed_[aim.row] = true;
    if (has == aim.votes) continue;
    const bool raise = aim.votes > has;
    courses_.push_back({aim.row, raise, static_cast<std::uint64_t>(raise ? aim.votes - has : has - aim.votes),
                        static_cast<std::uint64_t>(raise ? honest.valid - has : has)});
  }
}

// Some row with this mark whose votes nobody aims at; the number of rows when there is none.
std::size_t Steering::other_row(const std::string& marks, char mark) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < marks.size(); ++row) {
    if (marks[row] == mark && !aimed_[row]) rows.push_back(row);
  }
  return rows.empty() ? marks.size() : rows[random_.below(rows.size())];
}

// Brings a ballot back to what voters can hand in: no more names than seats, and not nobody. Names that
// nobody aims at give way or step in.
void Steering::fit(MockBallot& ballot) {
  auto kept = std::count(ballot.marks.begin(), ballot.marks.end(), 'a');
  for (; kept > seats_; --kept) {
    const std::size_t row = other_row(ballot.marks, 'a');
    if (row == ballot.marks.size()) {
      ballot.verdict = Verdict::too_many;
      return;
    }
    ballot.marks[row] = '.';
  }
  if (kept > 0) return;
  const std::size_t row = other_row(ballot.marks, '.');
  if (row == ballot.marks.size()) {
    ballot.verdict = Verdict::nobody;
    return;
  }
  ballot.marks[row] = 'a';
}

void Steering::steer(MockBallot& ballot) {
  if (courses_.empty() || ballot.verdict != Verdict::valid) return;
  bool changed = false;
  for (Course& course : courses_) {
    char& mark = ballot.marks[course.row];
    if ((mark == 'a') == course.raise) continue;
    KP_ASSERT(course.eligible > 0);
    const bool chosen = random_.below(course.eligible) < course.left;
    --course.eligible;
    if (!chosen) continue;
    --course.left;
    mark = course.raise ? 'a' : (form_ == BallotForm::strike ? '.' : 'b');
    changed = true;
  }
  if (changed && form_ == BallotForm::strike && ballot.marks.size() > 1) fit(ballot);
}

}  // namespace kp
