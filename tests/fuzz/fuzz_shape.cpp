// The fast parser against the careful one: what the fast one takes, the careful one takes and reads alike;
// and what the careful one took, written as our programs write it, the fast one takes.
#include <string>

#include "fuzz/bundle_input.h"
#include "intake/csv.h"
#include "intake/csv_by_shape.h"

using namespace kp;

namespace {

constexpr std::uint32_t kMostFastNumber = 99'999'999;

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
  const std::optional<Ballots> fast = parse_by_shape(input.csv, shape);
  if (fast) KP_ASSERT(careful.ok() && *careful == *fast);
  if (!careful) return 0;
  const std::optional<Ballots> again = parse_by_shape(as_we_write(*careful), shape);
  KP_ASSERT(again.has_value() == (careful->numbers().back() <= kMostFastNumber));
  if (again) KP_ASSERT(*again == *careful);
  return 0;
}
