// The fast parser, in each version of its innermost step, against the careful one: what the fast one takes,
// the careful one takes and reads alike; and what the careful one took, written as our programs write it, the
// fast one takes.
#include <string>

#include "fuzz/bundle_input.h"
#include "intake/csv.h"
#include "intake/csv_by_shape.h"

using namespace kp;

namespace {

std::string as_we_write(const Ballots& ballots) {
  std::string csv;
  for (std::size_t i = 0; i < ballots.size(); ++i) {
    append_csv(csv, ballots.numbers()[i], ballots.marks(i), ballots.flags(i));
  }
  return csv;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::BundleInput input = fuzz::bundle_input(fuzz::bytes_of(data, size));
  const BundleShape shape{input.contest.ballot, input.contest.rows.size()};
  const Result<Ballots> careful = parse_carefully(input.csv, "b.csv", shape);
  const std::string rewritten = careful ? as_we_write(*careful) : "";
  for (const Instructions instructions : kAllInstructions) {
    if (!runs_here(instructions)) continue;
    const std::optional<Ballots> fast = parse_by_shape(input.csv, shape, instructions);
    if (fast) KP_ASSERT(careful.ok() && *careful == *fast);
    if (careful) KP_ASSERT(parse_by_shape(rewritten, shape, instructions) == *careful);
  }
  return 0;
}
