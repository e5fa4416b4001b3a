// Mock elections: a congress that never was, its ballots bundle by bundle, and the right answers.
//
// The model, in plain words. Everyone summoned is present and every ballot comes back. On a list with a
// surplus, as many names as the surplus are "weak": they are struck often, the others seldom. Of 1,000 voters
// about 860 strike just enough names, 110 strike one to three more, 20 strike one or two too few (invalid), 4
// strike everybody (invalid), 4 leave a ballot that carries a flag (invalid); the rest leave it untouched
// (invalid). For one name: about 930 agree, 50 disagree, 12 mark neither or both boxes (invalid), 8 carry a
// flag (invalid). Passes read alike.
//
// The answers are counted while the ballots are made, from what each ballot was meant to be and not by
// reading it again, so that they can hold the counting to account.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "contest/congress.h"
#include "intake/manifest.h"
#include "mock/random.h"
#include "tally/counts.h"

namespace kp {

struct MockOptions {
  std::uint64_t seed = 1;
  std::int64_t delegates = 348;
  std::int64_t seats = 55;
  std::int64_t names = 63;
  std::int64_t passes = 1;
  std::int64_t bundle_size = 50;
  CongressKind kind = CongressKind::delegates;
  Level level = Level::province;
};

/// Purpose: a preset's sizes (branch commune district province national), if there is one of that name.
std::optional<MockOptions> mock_preset(std::string_view name);

/// One bundle as one pass read it.
struct MockBundle {
  ManifestBundle stated;
  std::string csv;
};

/// An election that is made as it is asked for: first all bundles, then the answers.
class MockElection {
 public:
  /// Purpose: the congress of these options.
  /// Errors: mock/options, and list/… when the sizes break a list rule
  static Result<MockElection> make(const MockOptions& options);

  /// The bytes of congress.json.
  [[nodiscard]] const std::string& congress_bytes() const { return congress_bytes_; }
  [[nodiscard]] const std::string& congress_id() const { return congress_.id; }
  [[nodiscard]] const std::string& contest_id() const { return congress_.contests.front().id; }
  [[nodiscard]] std::int64_t ballots() const { return options_.delegates; }

  /// Purpose: the next bundle, once a pass; empty when all ballots are made.
  /// Cost: memory of one bundle.
  std::vector<MockBundle> next_bundle();

  /// Purpose: what a right count gives. In: all bundles were asked for.
  [[nodiscard]] Json answers() const;

 private:
  MockElection(const MockOptions& options, Congress congress, std::string congress_bytes, Random random);

  struct Ballot;
  Ballot make_ballot();
  Ballot make_strike();
  Ballot make_agree();
  void strike_names(std::string& marks, std::int64_t count);
  void count(const Ballot& ballot);

  MockOptions options_;
  Congress congress_;
  std::string congress_bytes_;
  Random random_;
  std::vector<std::uint64_t> strike_weights_;
  Counts counts_;
  std::int64_t made_ = 0;
  std::int64_t bundles_ = 0;
};

}  // namespace kp
