// The ballots of one mock contest, bundle by bundle, as its stations read them: with the faults that were
// asked for.
//
// The voters' ballots come from one stream of chance and the faults from another, so an election with a fault
// is the same election with a fault. Counts are of the voters' ballots, whatever the stations read.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "intake/manifest.h"
#include "mock/ballot_model.h"
#include "mock/plants.h"
#include "mock/random.h"
#include "mock/steering.h"
#include "tally/counts.h"

namespace kp {

/// All that the ballots of one contest follow from.
struct ContestPlan {
  Contest contest;  ///< as the ballots have it
  Electorate electorate;
  std::uint64_t seed = 0;
  std::int64_t bundle_size = 50;
  std::vector<std::string> keyers;  ///< who keys each pass; as many as passes
  std::set<std::string> favoured;   ///< names (as name_key) that are to be elected
  std::set<PlantKind> faults;       ///< those that lie in this contest
  std::optional<Counts> honest;     ///< where the outcome is steered: the counts without
  std::vector<Aim> aims;
  std::vector<Planted> settled;  ///< what is planted in its outcome

  [[nodiscard]] std::int64_t ballots() const { return electorate.present; }
};

/// One bundle as one pass read it.
struct MockBundle {
  ManifestBundle stated;
  std::string csv;
};

class MockBundles {
 public:
  explicit MockBundles(const ContestPlan& plan);

  /// Purpose: the next bundles as they come from the stations, all passes of them; empty when all are made.
  /// Cost: memory of a few bundles.
  std::vector<MockBundle> next();

  /// Purpose: what the voters handed in, of all bundles made so far, and where faults were put.
  [[nodiscard]] const Counts& counts() const { return counts_; }
  [[nodiscard]] const std::vector<Planted>& planted() const { return planted_; }
  [[nodiscard]] std::int64_t made() const { return made_; }

 private:
  struct Reading {
    std::string csv;
    std::int64_t ballots = 0;
  };
  [[nodiscard]] bool has(PlantKind kind) const { return plan_.faults.contains(kind); }
  [[nodiscard]] std::int64_t passes() const { return static_cast<std::int64_t>(plan_.keyers.size()); }
  void count(const MockBallot& ballot);
  std::vector<Reading> read_ballots(std::int64_t size);
  [[nodiscard]] Planted place_in(PlantKind fault, std::int64_t bundle) const;
  void blur(const MockBallot& ballot, std::string& marks, std::int64_t number);
  std::size_t mistype(const MockBallot& ballot, std::string& marks, std::int64_t number);
  void slip_in(std::vector<Reading>& readings, std::int64_t size);
  MockBundle state(std::int64_t bundle, std::int64_t pass, const Reading& reading,
                   std::int64_t counted) const;
  std::vector<MockBundle> stations(std::vector<Reading> readings, std::int64_t size);
  void swap_stacks(std::vector<MockBundle>& all);
  void alter(MockBundle& bundle);
  std::vector<MockBundle> copies();

  const ContestPlan plan_;
  Random random_;
  BallotModel model_;
  Steering steering_;
  Random chance_;  ///< of faults
  Counts counts_;
  std::vector<Planted> planted_;
  std::int64_t made_ = 0;    ///< ballots
  std::int64_t bundle_ = 0;  ///< number of the last bundle made
  // Where faults lie: numbers of bundles, and the ballot from which on the first one is.
  std::int64_t counted_wrong_ = 0, altered_ = 0, swapped_ = 0, doubled_ = 0;
  std::int64_t blur_from_ = 0, mistype_from_ = 0;
  bool blurred_ = false, mistyped_ = false;
  std::optional<MockBundle> held_;     ///< pass 2 of the first of two swapped bundles
  std::vector<MockBundle> to_repeat_;  ///< the bundle that is entered twice
};

}  // namespace kp
