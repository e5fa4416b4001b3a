// How often each row bears each mark on the valid ballots: sums, and nothing but sums.
//
// Counts of two sets of ballots add up to the counts of their union, in any order; that is what makes
// bundles, stations and threads harmless.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "ballots/ballots.h"
#include "ballots/validity.h"

namespace kp {

/// What one row gathered on valid ballots; the six always sum to the number of valid ballots.
struct RowCount {
  std::array<std::int64_t, kMostOptions> options{};  ///< a b c d
  std::int64_t none = 0;
  std::int64_t several = 0;

  bool operator==(const RowCount&) const = default;
};

struct Counts {
  std::int64_t valid = 0;
  std::array<std::int64_t, kVerdictCount> invalid_by{};  ///< by Verdict; [valid] stays 0
  std::vector<RowCount> rows;

  explicit Counts(std::size_t row_count) : rows(row_count) {}

  [[nodiscard]] std::int64_t invalid() const;
  [[nodiscard]] std::int64_t accepted() const { return valid + invalid(); }

  /// Purpose: the counts of both. In: the same number of rows.
  Counts& operator+=(const Counts& other);
  bool operator==(const Counts&) const = default;
};

/// Purpose: the counts of a set of ballots.
/// In: `verdicts` one a ballot; no valid ballot has an unreadable mark.
/// Cost: linear in ballots × words of a ballot, plus one step a mark.
Counts count(const Ballots& ballots, std::span<const Verdict> verdicts);

/// Purpose: judge and count in one pass, by the chosen kernel (tally/kernels.h). The plain twin is
/// count(ballots, judge(contest, ballots)), and gives the same.
/// In: as for judge and count.
/// Cost: one pass over the planes at about the speed of memory, plus a step a flagged ballot.
Counts tally(const Contest& contest, const Ballots& ballots);

}  // namespace kp
