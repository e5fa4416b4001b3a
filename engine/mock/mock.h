// Mock elections: congresses that never were, or a real list rehearsed, with ballots bundle by bundle and the
// right answers.
//
// Everyone who is present votes and every ballot comes back. Chance comes from the seed alone (random.h): the
// same seed and options give the same bytes on every machine. The answers are counted while the ballots are
// made, from what each ballot was meant to be. Everything made here is of purpose practice. What a
// definition, its voters and its faults look like stands in presets.h, ballot_model.h, steering.h, bundles.h
// and list_faults.h; docs/mock.md has the figures.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "contest/congress.h"
#include "mock/bundles.h"
#include "mock/presets.h"
#include "tally/counts.h"

namespace kp {

class MockElection {
 public:
  /// Purpose: the election of these options.
  /// Errors: mock/options mock/plant; list/… when the sizes break a list rule
  /// Cost: without faults and evening, nothing but the definition; else every ballot is drawn once or twice.
  static Result<MockElection> make(const MockOptions& options);

  /// Purpose: a rehearsal of a real definition: its lists, boards and electorates, of purpose practice and
  /// with an id of its own ("dien-tap-…"), so that nothing of it fits the official record. Names that later
  /// lists want `among` its elected are elected. In: seed, passes, bundle size and plants of `options`;
  /// `definition` as read from `file`. Errors: mock/options mock/plant mock/rehearsal; those of
  /// parse_congress, before all others, and of check_congress
  static Result<MockElection> rehearse(Json definition, const std::string& file, const MockOptions& options);

  /// The bytes of congress.json as they are written, with faults of the list in them.
  [[nodiscard]] const std::string& congress_bytes() const { return congress_bytes_; }
  /// The same without such faults.
  [[nodiscard]] const std::string& right_bytes() const { return right_bytes_; }
  [[nodiscard]] const Congress& congress() const { return congress_; }
  [[nodiscard]] const std::vector<ContestPlan>& contests() const { return plans_; }
  /// Faults that do not lie in bundles: those of the list and of the dossier.
  [[nodiscard]] const std::vector<Planted>& planted() const { return planted_; }

  /// Purpose: the answers file. In: the counts of each contest, and what was planted in all bundles.
  [[nodiscard]] Json answers(std::span<const Counts> counts, std::span<const Planted> in_bundles) const;

 private:
  explicit MockElection(Congress congress) : congress_(std::move(congress)) {}
  static Result<MockElection> prepare(Json definition, const std::string& file, const MockOptions& options);

  Congress congress_;
  std::string right_bytes_;
  std::string congress_bytes_;
  std::vector<ContestPlan> plans_;
  std::vector<Planted> planted_;
};

}  // namespace kp
