#include "tally/counts.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include "base/check.h"
#include "tally/kernels.h"

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

// Gives `use` the plane of each option and of "several", and what to add to in a row.
template <class Use>
void each_plane(BallotForm form, const Use& use) {
  for (std::size_t o = 0; o < option_count(form); ++o) {
    const Mark option = static_cast<Mark>(static_cast<std::size_t>(Mark::a) + o);
    use(option, [o](RowCount& row) -> std::int64_t& { return row.options[o]; });
  }
  if (form != BallotForm::strike) {
    use(Mark::several, [](RowCount& row) -> std::int64_t& { return row.several; });
  }
}

// In each row, what no other column holds.
void fill_none(Counts& counts) {
  for (RowCount& row : counts.rows) {
    const std::int64_t given = std::accumulate(row.options.begin(), row.options.end(), std::int64_t{0});
    row.none = counts.valid - given - row.several;
  }
}

// How many names may stand on a valid ballot; other forms than strike may have any number.
BitLimits limits_of(const Contest& contest, const Ballots& ballots) {
  const auto rows = static_cast<std::int64_t>(ballots.rows());
  if (ballots.form() != BallotForm::strike) return {0, rows};
  return {rows >= 2 ? 1 : 0, std::min(contest.seats, rows)};
}

// One plane counted by the kernel, without the ballots at `flagged`.
struct PlaneSum {
  std::vector<std::int64_t> bits;
  std::int64_t below = 0;
  std::int64_t above = 0;

  PlaneSum(std::span<const std::uint64_t> words, const Ballots& ballots, BitLimits limits,
           std::span<const std::size_t> flagged)
      : bits(ballots.words_per_ballot() * kWordBits) {
    const std::size_t width = ballots.words_per_ballot();
    PlaneCount all{0, 0, bits.data()};
    kernel(chosen_instructions())({words.data(), ballots.size(), width}, limits, all);
    std::vector<std::int64_t> flagged_bits(bits.size());
    PlaneCount taken{0, 0, flagged_bits.data()};
    for (const std::size_t index : flagged) {
      count_plane_plainly({words.data() + index * width, 1, width}, limits, taken);
    }
    below = all.below - taken.below;
    above = all.above - taken.above;
    for (std::size_t i = 0; i < bits.size(); ++i) bits[i] -= flagged_bits[i];
  }
};

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
  for (std::size_t i = 0; i < ballots.size(); ++i) {
    if (verdicts[i] != Verdict::valid) {
      ++counts.invalid_by[static_cast<std::size_t>(verdicts[i])];
      continue;
    }
    ++counts.valid;
    each_plane(ballots.form(),
               [&](Mark mark, auto column) { add_bits(ballots.words(mark, i), counts.rows, column); });
  }
  fill_none(counts);
  return counts;
}

Counts tally(const Contest& contest, const Ballots& ballots) {
  if (is_one_name_election(contest, ballots) || ballots.words_per_ballot() > kMostKernelWords) {
    return count(ballots, judge(contest, ballots));
  }
  Counts counts(ballots.rows());
  std::vector<std::size_t> flagged;
  for (std::size_t i = 0; i < ballots.size(); ++i) {
    if (ballots.flags(i).none()) continue;
    const Verdict verdict = judge_flags(ballots.flags(i));
    if (verdict == Verdict::valid) continue;
    flagged.push_back(i);
    ++counts.invalid_by[static_cast<std::size_t>(verdict)];
  }
  const BitLimits limits = limits_of(contest, ballots);
  each_plane(ballots.form(), [&](Mark mark, auto column) {
    const PlaneSum sum(ballots.plane(mark), ballots, limits, flagged);
    for (std::size_t r = 0; r < counts.rows.size(); ++r) column(counts.rows[r]) = sum.bits[r];
    counts.invalid_by[static_cast<std::size_t>(Verdict::nobody)] += sum.below;
    counts.invalid_by[static_cast<std::size_t>(Verdict::too_many)] += sum.above;
  });
  counts.valid = static_cast<std::int64_t>(ballots.size()) - counts.invalid();
  fill_none(counts);
  return counts;
}

}  // namespace kp
