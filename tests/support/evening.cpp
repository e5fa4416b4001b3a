#include "support/evening.h"

#include "base/digest.h"
#include "proceedings/setup.h"
#include "support/definitions.h"

namespace kp::test {

Evening::Evening(const Congress& congress, const std::string& congress_bytes)
    : congress_bytes_(congress_bytes) {
  append(opened(congress, sha256_hex(congress_bytes), {head_of(congress.board)}));
}

void Evening::append(const Act& act) {
  const auto seq = static_cast<std::int64_t>(entries_.size());
  entries_.push_back(entry_bytes({seq, "2025-10-15T00:00:00Z", act.by, act.kind, act.body}));
}

void Evening::bundle(const std::string& contest, const std::string& bundle, std::int64_t pass,
                     const std::string& csv) {
  const std::string digest = sha256_hex(csv);
  blobs_[digest] = csv;
  std::int64_t lines = -1;
  for (const char c : csv) lines += c == '\n' ? 1 : 0;
  ManifestBundle stated;
  stated.bundle = bundle;
  stated.file = bundle + ".csv";
  stated.sha256 = digest;
  stated.ballots = lines;
  stated.pass = pass;
  stated.station = "máy " + std::to_string(pass);
  stated.method = "imported";
  const History now = history();
  append(enter_bundle(*now.find(contest), {stated, std::string(64, '0'), {}}, {"Lê Văn Trưởng"}));
}

History Evening::history() const {
  Result<History> history = replay(entries_, congress_bytes_);
  KP_ASSERT(history.ok());
  return std::move(history).value();
}

FetchBlob Evening::fetch() const {
  return [this](const std::string& sha256) -> Result<std::string> {
    const auto it = blobs_.find(sha256);
    if (it == blobs_.end()) return finding(Code::record_blob_missing, {}, {sha256});
    return it->second;
  };
}

std::string csv_of(const std::vector<std::string>& marks) {
  std::string csv = "ballot,marks,flags\n";
  for (std::size_t i = 0; i < marks.size(); ++i) csv += std::to_string(i + 1) + "," + marks[i] + ",\n";
  return csv;
}

}  // namespace kp::test
