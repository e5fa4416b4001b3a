// ballots.csv → Ballots: whole or not at all; what was taken says the same when it is written and read again.
#include <string>

#include "fuzz/bundle_input.h"
#include "intake/csv.h"

using namespace kp;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::BundleInput input = fuzz::bundle_input(fuzz::bytes_of(data, size));
  const BundleShape shape{input.contest.ballot, input.contest.rows.size()};
  const Result<Ballots> ballots = parse_ballots(input.csv, "b.csv", shape);
  if (!ballots) {
    fuzz::check_refusal(ballots.findings());
    for (const Finding& one : ballots.findings()) KP_ASSERT(one.where.starts_with("b.csv"));
    return 0;
  }
  KP_ASSERT(ballots->size() > 0 && ballots->rows() == shape.rows);
  std::string plain = "ballot,marks,flags\n";
  for (std::size_t i = 0; i < ballots->size(); ++i) {
    plain += std::to_string(ballots->numbers()[i]) + "," + ballots->marks(i) + "," +
             to_text(ballots->flags(i)) + "\n";
  }
  const Result<Ballots> again = parse_ballots(plain, "b.csv", shape);
  KP_ASSERT(again.ok() && *again == *ballots);
  return 0;
}
