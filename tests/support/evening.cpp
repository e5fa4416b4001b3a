#include "support/evening.h"

#include <algorithm>

#include "base/digest.h"

namespace kp::test {

Evening::Evening(const Congress& congress, const std::string& congress_bytes)
    : PlayedRecord(congress, congress_bytes, "2025-10-15T00:00:00Z") {}

void Evening::bundle(const std::string& contest, const std::string& bundle, std::int64_t pass,
                     const std::string& csv) {
  ManifestBundle stated;
  stated.bundle = bundle;
  stated.file = bundle + ".csv";
  stated.sha256 = sha256_hex(csv);
  stated.ballots = std::count(csv.begin(), csv.end(), '\n') - 1;
  stated.pass = pass;
  stated.station = "máy " + std::to_string(pass);
  stated.method = "imported";
  enter(contest, {{stated, csv}});
}

Findings Evening::result(const std::string& contest) {
  const Result<Json> result = draw_up(contest);
  if (!result) return result.findings();
  enter_result(contest, *result);
  return {};
}

std::string csv_of(const std::vector<std::string>& marks) {
  std::string csv = "ballot,marks,flags\n";
  for (std::size_t i = 0; i < marks.size(); ++i) csv += std::to_string(i + 1) + "," + marks[i] + ",\n";
  return csv;
}

}  // namespace kp::test
