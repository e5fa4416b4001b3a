// The differential target: one bundle, read and counted by the engine and by the verifier. Both refuse it, or
// both take it and agree on every figure.
#include <algorithm>
#include <string>

#include "ballots/validity.h"
#include "fuzz/bundle_input.h"
#include "intake/csv.h"
#include "tally/counts.h"
#include "verify/bundle_parser.h"

using namespace kp;

namespace {

// The verifier counts ballots with an unreadable mark nowhere until the board has ruled.
kp::Counts engine_counts(const Contest& contest, const Ballots& all) {
  Ballots readable(all.form(), all.rows());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string marks = all.marks(i);
    if (marks.find('?') == std::string::npos) readable.append(all.numbers()[i], marks, all.flags(i));
  }
  return count(readable, judge(contest, readable));
}

void check_equal(const kp::Counts& ours, const verify::Counts& theirs) {
  KP_ASSERT(ours.valid == theirs.valid);
  for (std::size_t i = 0; i < verify::kReasons; ++i) KP_ASSERT(ours.invalid_by[i + 1] == theirs.invalid[i]);
  KP_ASSERT(ours.rows.size() == theirs.rows.size());
  for (std::size_t i = 0; i < ours.rows.size(); ++i) {
    KP_ASSERT(ours.rows[i].options == theirs.rows[i].option);
    KP_ASSERT(ours.rows[i].none == theirs.rows[i].none && ours.rows[i].several == theirs.rows[i].several);
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::BundleInput input = fuzz::bundle_input(fuzz::bytes_of(data, size));
  const Result<Ballots> ballots =
      parse_ballots(input.csv, "b.csv", {input.contest.ballot, input.contest.rows.size()});

  // Whole, and in pieces whose length follows from the input.
  for (const std::size_t piece : {size + 1, size % 61 + 1}) {
    verify::BundleParser parser({verify::rule_of(input.contest), nullptr, true});
    for (std::size_t at = 0; at < input.csv.size(); at += piece) parser.feed(input.csv.substr(at, piece));
    const bool taken = parser.finish();
    KP_ASSERT(taken == ballots.ok());
    if (!taken) continue;
    const verify::BundleFacts facts = std::move(parser).facts();
    KP_ASSERT(facts.ballots == static_cast<std::int64_t>(ballots->size()));
    check_equal(engine_counts(input.contest, *ballots), facts.rest);
  }
  return 0;
}
