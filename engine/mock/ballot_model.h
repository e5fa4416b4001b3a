// How the voters of a mock election fill in their ballots, one contest at a time.
//
// The model, in plain words; docs/mock.md has its figures. A list that strikes names has as many "weak" ones
// as its surplus, those nominated from the floor first: they are struck often, the others seldom. Some voters
// hand in a straight ticket: they strike just the weakest. Most strike just enough, a few more than that, and
// some strike too few, nobody or everybody, which is invalid. Where boxes are ticked each name has its own
// share of support; now and then both boxes or neither are ticked. Some ballots carry a flag.
//
// What a ballot was meant to be is said with it and is not found out by reading it again, so that answers can
// hold the counting to account. Frozen: what is drawn, and in which order.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "ballots/validity.h"
#include "contest/congress.h"
#include "mock/random.h"

namespace kp {

/// A ballot and what it was meant to be.
struct MockBallot {
  std::string marks;
  Flags flags;
  Verdict verdict = Verdict::valid;
};

class BallotModel {
 public:
  /// In: `favoured`, the names (as name_key) that are never weak and seldom struck; `random` decides who is
  /// weak.
  BallotModel(const Contest& contest, const std::set<std::string>& favoured, Random& random);

  /// Purpose: the next voter's ballot.
  MockBallot draw(Random& random) const;

  /// Purpose: a ballot made ready by someone who wants the weakest elected.
  [[nodiscard]] MockBallot ready_made() const;

 private:
  [[nodiscard]] MockBallot draw_strike(Random& random) const;
  [[nodiscard]] MockBallot draw_agree(Random& random) const;
  [[nodiscard]] MockBallot draw_one_name(Random& random) const;
  void strike_some(std::string& marks, std::int64_t count, Random& random) const;
  void strike_weakest(std::string& marks) const;
  [[nodiscard]] char tick(std::size_t row, Random& random) const;

  BallotForm form_;
  Question question_;
  std::size_t rows_;
  std::int64_t seats_;
  std::vector<std::uint64_t> weights_;              ///< strike: how readily each is struck
  std::vector<std::size_t> weakest_;                ///< rows, weakest first
  std::vector<std::vector<std::uint64_t>> shares_;  ///< of 1,000 marks in each row: a, b, c, d
};

}  // namespace kp
