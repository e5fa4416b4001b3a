#include "mock/ballot_model.h"

#include <algorithm>
#include <numeric>

#include "base/text.h"
#include "contest/list_rules.h"

namespace kp {
namespace {

// Of 1,000 rows with boxes, so many have neither, and so many several.
constexpr std::uint64_t kNeither = 4;
constexpr std::uint64_t kSeveral = 2;

Flags draw_flag(Random& random) {
  return Flags(static_cast<Flag>(random.below(kFlagCount - 1)));  // all but the ruling
}

void flag(MockBallot& ballot, Random& random) {
  ballot.flags = draw_flag(random);
  if (ballot.flags.has(Flag::not_issued)) {
    ballot.verdict = Verdict::not_issued;
  } else if (ballot.flags.has(Flag::outside_name)) {
    ballot.verdict = Verdict::outside_name;
  } else {
    ballot.verdict = Verdict::marked;
  }
}

// So many of 1,000 voters give each option of a row.
std::vector<std::uint64_t> draw_shares(Question question, Random& random) {
  std::uint64_t first = 0;
  switch (question) {
    case Question::opinion:
      first = 150 + random.below(750);
      break;
    case Question::withdrawal:
      first = 550 + random.below(400);
      break;
    case Question::survey:
      first = 300 + random.below(600);
      break;
    case Question::confidence: {
      const std::uint64_t high = 500 + random.below(400);
      const std::uint64_t low = 20 + random.below(80);
      return {high, 1000 - high - low, low};
    }
    case Question::rating: {
      const std::uint64_t excellent = 150 + random.below(150);
      const std::uint64_t good = 500 + random.below(200);
      const std::uint64_t failed = 10 + random.below(20);
      return {excellent, good, 1000 - excellent - good - failed, failed};
    }
    default:
      first = 900 + random.below(90);
      break;
  }
  return {first, 1000 - first};
}

}  // namespace

BallotModel::BallotModel(const Contest& contest, const std::set<std::string>& favoured, Random& random)
    : form_(contest.ballot), question_(contest.question), rows_(contest.rows.size()), seats_(contest.seats) {
  if (form_ != BallotForm::strike) {
    for (const Row& row : contest.rows) {
      shares_.push_back(draw_shares(question_, random));
      if (favoured.contains(name_key(row.name)) && question_ == Question::election)
        shares_.back() = {980, 20};
    }
    return;
  }
  for (std::size_t row = 0; row < rows_; ++row) weights_.push_back(10 + random.below(20));
  // Who may be weak: first those from the floor, then the others, in an order that chance gives.
  std::vector<std::size_t> order(rows_);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t left = rows_; left > 1; --left) std::swap(order[left - 1], order[random.below(left)]);
  const auto rank = [&](std::size_t row) {
    if (favoured.contains(name_key(contest.rows[row].name))) return 2;
    return is_from_the_floor(contest.rows[row]) ? 0 : 1;
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t left, std::size_t right) { return rank(left) < rank(right); });
  const auto weak =
      static_cast<std::size_t>(std::max<std::int64_t>(0, static_cast<std::int64_t>(rows_) - seats_));
  for (std::size_t i = 0; i < rows_; ++i) {
    if (rank(order[i]) == 2) {
      weights_[order[i]] = 1;
    } else if (i < weak) {
      weights_[order[i]] += 150 + random.below(150);
    }
  }
  weakest_ = order;
  std::stable_sort(weakest_.begin(), weakest_.end(),
                   [&](std::size_t left, std::size_t right) { return weights_[left] > weights_[right]; });
}

// Strikes `count` of the names still standing, the weak more often.
void BallotModel::strike_some(std::string& marks, std::int64_t count, Random& random) const {
  std::uint64_t total = 0;
  for (std::size_t row = 0; row < rows_; ++row) total += marks[row] == 'a' ? weights_[row] : 0;
  for (std::int64_t n = 0; n < count; ++n) {
    std::uint64_t drawn = random.below(total);
    std::size_t row = 0;
    while (marks[row] != 'a' || drawn >= weights_[row]) {
      if (marks[row] == 'a') drawn -= weights_[row];
      ++row;
    }
    marks[row] = '.';
    total -= weights_[row];
  }
}

void BallotModel::strike_weakest(std::string& marks) const {
  for (std::size_t i = 0; static_cast<std::int64_t>(i) + seats_ < static_cast<std::int64_t>(rows_); ++i) {
    marks[weakest_[i]] = '.';
  }
}

MockBallot BallotModel::draw_strike(Random& random) const {
  const auto names = static_cast<std::int64_t>(rows_);
  const std::int64_t surplus = std::max<std::int64_t>(0, names - seats_);
  MockBallot ballot;
  ballot.marks.assign(rows_, 'a');
  const std::uint64_t kind = random.below(1000);
  if (kind < 300) {
    strike_weakest(ballot.marks);
  } else if (kind < 860) {
    strike_some(ballot.marks, surplus, random);
  } else if (kind < 970) {
    const auto more = static_cast<std::int64_t>(1 + random.below(3));
    strike_some(ballot.marks, std::min(surplus + more, names - 1), random);
  } else if (kind < 988) {
    const auto too_few = static_cast<std::int64_t>(1 + random.below(2));
    strike_some(ballot.marks, std::max<std::int64_t>(0, surplus - too_few), random);
    if (surplus > 0) ballot.verdict = Verdict::too_many;
  } else if (kind < 992) {
    ballot.marks.assign(rows_, '.');
    if (rows_ > 1) ballot.verdict = Verdict::nobody;
  } else if (kind < 994) {
    if (surplus > 0) ballot.verdict = Verdict::too_many;  // untouched
  } else {
    strike_some(ballot.marks, surplus, random);
    flag(ballot, random);
  }
  return ballot;
}

MockBallot BallotModel::draw_one_name(Random& random) const {
  MockBallot ballot;
  const std::uint64_t kind = random.below(1000);
  if (kind < 980) {
    ballot.marks = random.per_mille(shares_.front().front()) ? "a" : "b";
  } else if (kind < 992) {
    ballot.marks = random.below(2) == 0 ? "." : "*";
    ballot.verdict = Verdict::one_name_box;
  } else {
    ballot.marks = "a";
    flag(ballot, random);
  }
  return ballot;
}

char BallotModel::tick(std::size_t row, Random& random) const {
  const std::uint64_t slip = random.below(1000);
  if (slip < kNeither) return '.';
  if (slip < kNeither + kSeveral) return '*';
  std::uint64_t drawn = random.below(1000);
  char mark = 'a';
  for (const std::uint64_t share : shares_[row]) {
    if (drawn < share) break;
    drawn -= share;
    ++mark;
  }
  return mark;
}

MockBallot BallotModel::draw_agree(Random& random) const {
  MockBallot ballot;
  ballot.marks.assign(rows_, 'a');
  const std::uint64_t kind = random.below(1000);
  const bool straight = question_ == Question::election && kind < 400;
  if (kind >= 990 && kind < 994) {
    ballot.marks.assign(rows_, '.');
  } else if (!straight) {
    for (std::size_t row = 0; row < rows_; ++row) ballot.marks[row] = tick(row, random);
  }
  if (kind >= 994) flag(ballot, random);
  return ballot;
}

MockBallot BallotModel::draw(Random& random) const {
  if (form_ == BallotForm::strike) return draw_strike(random);
  if (question_ == Question::election && rows_ == 1) return draw_one_name(random);
  return draw_agree(random);
}

MockBallot BallotModel::ready_made() const {
  MockBallot ballot;
  ballot.marks.assign(rows_, 'a');
  if (form_ != BallotForm::strike) return ballot;
  for (std::size_t i = rows_; static_cast<std::int64_t>(i) > seats_; --i) ballot.marks[weakest_[i - 1]] = '.';
  return ballot;
}

}  // namespace kp
