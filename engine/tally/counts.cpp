#include "tally/counts.h"

#include <bit>
#include <numeric>

#include "base/check.h"

namespace kp {
namespace {

constexpr std::size_t kWordBits = 64;

// Adds one to `column` of every row whose bit is set.
template <class Column>
void add_bits(std::span<const std::uint64_t> words, std::vector<RowCount>& rows, Column column) {
  for (std::size_t w = 0; w < words.size(); ++w) {
    for (std::uint64_t bits = words[w]; bits != 0; bits &= bits - 1) {
      ++column(rows[w * kWordBits + static_cast<std::size_t>(std::countr_zero(bits))]);
    }
  }
}

}  // namespace

std::int64_t Counts::invalid() const {
  return std::accumulate(invalid_by.begin(), invalid_by.end(), std::int64_t{0});
}

Counts& Counts::operator+=(const Counts& other) {
  KP_ASSERT(rows.size() == other.rows.size());
  valid += other.valid;
  for (std::size_t i = 0; i < kVerdictCount; ++i) invalid_by[i] += other.invalid_by[i];
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t o = 0; o < kMostOptions; ++o) rows[r].options[o] += other.rows[r].options[o];
    rows[r].none += other.rows[r].none;
    rows[r].several += other.rows[r].several;
  }
  return *this;
}

Counts count(const Ballots& ballots, std::span<const Verdict> verdicts) {
  KP_ASSERT(verdicts.size() == ballots.size());
  Counts counts(ballots.rows());
  const std::size_t options = option_count(ballots.form());
  const bool has_several = ballots.form() != BallotForm::strike;
  for (std::size_t i = 0; i < ballots.size(); ++i) {
    if (verdicts[i] != Verdict::valid) {
      ++counts.invalid_by[static_cast<std::size_t>(verdicts[i])];
      continue;
    }
    ++counts.valid;
    for (std::size_t o = 0; o < options; ++o) {
      const Mark option = static_cast<Mark>(static_cast<std::size_t>(Mark::a) + o);
      add_bits(ballots.words(option, i), counts.rows,
               [o](RowCount& row) -> std::int64_t& { return row.options[o]; });
    }
    if (has_several) {
      add_bits(ballots.words(Mark::several, i), counts.rows,
               [](RowCount& row) -> std::int64_t& { return row.several; });
    }
  }
  for (RowCount& row : counts.rows) {
    const std::int64_t given = std::accumulate(row.options.begin(), row.options.end(), std::int64_t{0});
    row.none = counts.valid - given - row.several;
  }
  return counts;
}

}  // namespace kp
