// Packed rows: whatever their bytes are, they are nothing or ballots that a file could hold, and the digest
// of that file is found without writing it; and what the careful parser took of a file comes back from its
// rows.
#include <string>

#include "base/digest.h"
#include "fuzz/bundle_input.h"
#include "intake/csv.h"
#include "intake/packed_rows.h"

using namespace kp;

namespace {

void check(const Ballots& ballots, const BundleShape& shape) {
  std::string csv;
  for (std::size_t i = 0; i < ballots.size(); ++i)
    append_csv(csv, ballots.numbers()[i], ballots.marks(i), ballots.flags(i));
  const Result<Ballots> read = parse_carefully(csv, "b.csv", shape);
  KP_ASSERT(read.ok() && *read == ballots);
  KP_ASSERT(csv_size(ballots) == csv.size() && csv_sha256(ballots) == sha256_hex(csv));
  KP_ASSERT(unpack_rows(pack_rows(ballots), shape) == ballots);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::BundleInput input = fuzz::bundle_input(fuzz::bytes_of(data, size));
  const BundleShape shape{input.contest.ballot, input.contest.rows.size()};
  if (const std::optional<Ballots> unpacked = unpack_rows(input.csv, shape)) check(*unpacked, shape);
  if (const Result<Ballots> parsed = parse_carefully(input.csv, "b.csv", shape)) check(*parsed, shape);
  return 0;
}
