#include "verify/outcome.h"

#include <algorithm>
#include <array>
#include <functional>

namespace kp::verify {
namespace {

std::vector<std::int64_t> descending_votes(const Counts& counts) {
  std::vector<std::int64_t> votes;
  votes.reserve(counts.rows.size());
  for (const RowCounts& row : counts.rows) votes.push_back(row.option[0]);
  std::sort(votes.begin(), votes.end(), std::greater<>());
  return votes;
}

/// A row's place: how many rows are strictly above it, and how many are equal (itself among them).
struct Place {
  std::int64_t above = 0;
  std::int64_t equal = 0;
};

Place place_of(std::int64_t votes, const std::vector<std::int64_t>& descending) {
  const auto [first, last] = std::equal_range(descending.begin(), descending.end(), votes, std::greater<>());
  return {first - descending.begin(), last - first};
}

// A group of equals gets in when all of it fits, ties when only some of it does.
Standing standing_at(const Place& place, std::int64_t seats, Standing in, Standing out) {
  if (place.above + place.equal <= seats) return in;
  return place.above < seats ? Standing::tied : out;
}

/// The election's rule for one row, with what the others have.
class Threshold {
 public:
  Threshold(std::int64_t line, std::int64_t seats, const std::vector<std::int64_t>& descending)
      : line_(line), seats_(seats), descending_(descending) {}

  // The votes of the other row that holds the last seat when this one is taken away; nothing when a seat is
  // free.
  [[nodiscard]] std::optional<std::int64_t> rival(std::int64_t votes) const {
    const auto last = static_cast<std::size_t>(seats_ - 1);
    if (last >= descending_.size()) return std::nullopt;
    const std::size_t at = votes >= descending_[last] ? last + 1 : last;
    if (at >= descending_.size() || descending_[at] < line_) return std::nullopt;
    return descending_[at];
  }

  // In: `valid`, the most votes anyone can have. See outcome.h on flip.
  [[nodiscard]] std::optional<std::int64_t> flip(std::int64_t votes, Standing standing,
                                                 std::int64_t valid) const {
    if (seats_ < 1) return std::nullopt;
    const std::optional<std::int64_t> other = rival(votes);
    if (standing == Standing::tied) {
      return votes + 1 <= valid || votes >= 1 ? std::optional<std::int64_t>(1) : std::nullopt;
    }
    if (standing == Standing::elected) {
      // Falls back to a tie with the rival, or below the line; neither when nobody needs the line.
      const std::int64_t falls_to = other ? *other : line_ - 1;
      return falls_to >= 0 ? std::optional(votes - falls_to) : std::nullopt;
    }
    const std::int64_t rises_to = other ? *other : line_;
    return rises_to <= valid ? std::optional(rises_to - votes) : std::nullopt;
  }

 private:
  std::int64_t line_;
  std::int64_t seats_;
  const std::vector<std::int64_t>& descending_;
};

void list_elected(const Contest& contest, Decision& decision) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < decision.rows.size(); ++i) {
    if (decision.rows[i].standing == Standing::elected) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return decision.rows[a].votes > decision.rows[b].votes;
  });
  for (const std::size_t i : order) decision.elected.push_back(contest.rows[i].no);
}

void name_next(const Contest& contest, Decision& decision, Standing standing) {
  for (std::size_t i = 0; i < decision.rows.size(); ++i) {
    if (decision.rows[i].standing == standing) decision.next_rows.push_back(contest.rows[i].no);
  }
  decision.next_seats = decision.open_seats;
}

void settle_election(const Contest& contest, Level level, Decision& decision) {
  const bool tied = std::any_of(decision.rows.begin(), decision.rows.end(),
                                [](const RowDecision& row) { return row.standing == Standing::tied; });
  decision.open_seats = contest.seats - static_cast<std::int64_t>(decision.elected.size());
  if (tied) {
    decision.outcome = Outcome::tied;
    decision.action = contest.revote ? Action::presiding_body_decides : Action::revote;
    name_next(contest, decision, Standing::tied);
  } else if (decision.open_seats <= 0) {
    decision.outcome = Outcome::filled;
  } else if (contest.round >= 3 && level == Level::branch && contest.office == Office::secretary) {
    decision.outcome = Outcome::exhausted;
    decision.action = Action::superior_appoints;
    decision.next_seats = decision.open_seats;
  } else {
    const bool allotted =
        contest.office == Office::delegates || contest.office == Office::alternate_delegates;
    decision.outcome = Outcome::brief;
    decision.action = allotted && contest.round == 1 ? Action::vote_again : Action::presiding_body_decides;
    name_next(contest, decision, Standing::not_elected);
  }
}

void decide_election(const Contest& contest, Level level, std::int64_t line, const Counts& counts,
                     Decision& decision) {
  const std::vector<std::int64_t> descending = descending_votes(counts);
  const std::int64_t needed = contest.revote ? 0 : line;
  const Threshold threshold(needed, contest.seats, descending);
  std::int64_t passed = 0;
  for (RowDecision& row : decision.rows) {
    const Place place = place_of(row.votes, descending);
    row.standing = Standing::not_elected;
    if (row.votes >= needed) {
      ++passed;
      row.standing = standing_at(place, contest.seats, Standing::elected, Standing::not_elected);
    }
    row.flip = threshold.flip(row.votes, *row.standing, counts.valid);
  }
  decision.more_than_room = passed > contest.seats;
  list_elected(contest, decision);
  settle_election(contest, level, decision);
}

void decide_opinion(const Contest& contest, std::int64_t present, const Counts& counts, Decision& decision) {
  constexpr std::int64_t kCapPercent = 30;
  const std::int64_t cap = std::max<std::int64_t>(1, kCapPercent * contest.seats / 100);
  const std::int64_t room = std::max<std::int64_t>(0, contest.seats + cap - contest.prepared.value_or(0));
  const std::vector<std::int64_t> descending = descending_votes(counts);
  std::int64_t supported = 0;
  std::int64_t listed = 0;
  for (RowDecision& row : decision.rows) {
    row.standing = Standing::not_supported;
    if (10 * row.votes <= 3 * present) continue;
    ++supported;
    row.standing = standing_at(place_of(row.votes, descending), room, Standing::listed, Standing::dropped);
    listed += row.standing == Standing::listed ? 1 : 0;
    if (row.standing == Standing::tied) decision.outcome = Outcome::tied;
  }
  decision.more_than_room = supported > room;
  if (decision.outcome != Outcome::tied) return;
  decision.open_seats = room - listed;
  decision.action = Action::presiding_body_decides;
  name_next(contest, decision, Standing::tied);
}

Band confidence_band(std::int64_t low, std::int64_t of) {
  if (of > 0 && 3 * low >= 2 * of) return Band::low_two_thirds;
  return 2 * low > of ? Band::low_over_half : Band::none;
}

Band rating_band(const RowCounts& row, std::int64_t of) {
  constexpr std::array kBands = {Band::excellent, Band::good, Band::satisfactory, Band::failed};
  for (std::size_t i = 0; i < kBands.size(); ++i) {
    if (2 * row.option[i] > of) return kBands[i];
  }
  return Band::none;
}

}  // namespace

Majority majority_of(const Electorate& electorate) {
  Majority majority;
  majority.summoned = electorate.summoned;
  for (const Deduction& deduction : electorate.deductions) majority.deductions += deduction.count;
  majority.count = majority.summoned - majority.deductions;
  majority.line = majority.count / 2 + 1;
  return majority;
}

std::int64_t fraction_base(const Contest& contest, const Majority& majority, const Box& box,
                           const Counts& counts) {
  if (contest.question == Question::survey) return majority.count;
  switch (contest.fraction_of) {
    case FractionOf::returned:
      return box.returned;
    case FractionOf::valid:
      return counts.valid;
    case FractionOf::base:
      break;
  }
  return majority.count;
}

Decision decide(const Contest& contest, Level level, const Electorate& electorate, const Box& box,
                const Counts& counts) {
  const Majority majority = majority_of(electorate);
  const std::vector<std::int64_t> descending = descending_votes(counts);
  Decision decision;
  for (const RowCounts& row : counts.rows) {
    const std::int64_t votes = row.option[0];
    decision.rows.push_back({votes, place_of(votes, descending).above + 1, {}, {}, Band::none});
  }
  const std::int64_t of = fraction_base(contest, majority, box, counts);
  switch (contest.question) {
    case Question::election:
      decide_election(contest, level, majority.line, counts, decision);
      break;
    case Question::opinion:
      decide_opinion(contest, electorate.present, counts, decision);
      break;
    case Question::withdrawal:
      for (std::size_t i = 0; i < decision.rows.size(); ++i) {
        const bool stays = 2 * counts.rows[i].option[1] > majority.count;
        decision.rows[i].standing = stays ? Standing::stays : Standing::withdrawn;
      }
      break;
    case Question::confidence:
      for (std::size_t i = 0; i < decision.rows.size(); ++i) {
        decision.rows[i].band = confidence_band(counts.rows[i].option[2], of);
      }
      break;
    case Question::rating:
      for (std::size_t i = 0; i < decision.rows.size(); ++i) {
        decision.rows[i].band = rating_band(counts.rows[i], of);
      }
      break;
    case Question::introduction:
    case Question::survey:
      break;
  }
  return decision;
}

Decision decide_void(const Contest& contest) {
  Decision decision;
  decision.outcome = Outcome::nullified;
  decision.action = Action::presiding_body_decides;
  decision.open_seats = has_seats(contest.question) ? contest.seats : 0;
  decision.next_seats = decision.open_seats;
  for (const Row& row : contest.rows) decision.next_rows.push_back(row.no);
  return decision;
}

std::string_view word(Outcome value) {
  constexpr auto kWords =
      std::to_array<std::string_view>({"filled", "short", "tied", "exhausted", "void", "done"});
  return kWords[static_cast<std::size_t>(value)];
}

std::string_view word(Action value) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"none", "revote", "vote-again", "presiding-body-decides", "superior-appoints"});
  return kWords[static_cast<std::size_t>(value)];
}

std::string_view word(Standing value) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"elected", "tied", "not-elected", "listed", "dropped", "not-supported", "stays", "withdrawn"});
  return kWords[static_cast<std::size_t>(value)];
}

std::string_view word(Band value) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"none", "low-over-half", "low-two-thirds", "excellent", "good", "satisfactory", "failed"});
  return kWords[static_cast<std::size_t>(value)];
}

}  // namespace kp::verify
