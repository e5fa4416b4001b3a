// Leading a mock election to an outcome that seldom comes by itself: a tie at the last seat, exactly half, a
// seat left open.
//
// An honest run of the same ballots says how many votes each name would have; the aims say how many a few of
// them shall have; steering then changes, in a second run, just so many valid ballots, drawn evenly from all
// that can be changed. What was meant by a changed ballot is again said with it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "mock/ballot_model.h"
#include "mock/plants.h"
#include "mock/random.h"
#include "tally/counts.h"

namespace kp {

/// Purpose: the indices of the rows, most votes first, equal votes in ballot order.
std::vector<std::size_t> by_votes(const Counts& counts);

/// A name and the votes it shall have.
struct Aim {
  std::size_t row = 0;  ///< index
  std::int64_t votes = 0;
};

/// The aims that a planted outcome asks for, and whose lot it is about.
struct Aims {
  std::vector<Aim> aims;
  std::vector<std::int64_t> rows;  ///< numbers of those the fault is about, ascending
};

/// Purpose: the aims for `kind` (tie_at_last_seat, exactly_half, short_), or nothing where the contest is
/// none that can end so. Promise: aims, not a promise that ballots can be changed so far; look at the
/// outcome. In: an election; `honest`, its counts when nobody steers; its base.
std::optional<Aims> aims_for(PlantKind kind, const Contest& contest, const Counts& honest, std::int64_t base);

class Steering {
 public:
  Steering() = default;  ///< changes nothing
  Steering(const Contest& contest, const Counts& honest, const std::vector<Aim>& aims, std::uint64_t seed);

  /// Purpose: changes a ballot, or leaves it. In: the ballots of the run that was counted, in its order.
  void steer(MockBallot& ballot);

 private:
  struct Course {
    std::size_t row = 0;
    bool raise = false;
    std::uint64_t left = 0;      ///< ballots still to be changed
    std::uint64_t eligible = 0;  ///< ballots to come that could be
  };
  std::size_t other_row(const std::string& marks, char mark);
  void fit(MockBallot& ballot);

  BallotForm form_ = BallotForm::strike;
  std::int64_t seats_ = 0;
  std::vector<Course> courses_;
  std::vector<bool> aimed_;  ///< whose votes are aimed at
  Random random_{0};
};

}  // namespace kp
