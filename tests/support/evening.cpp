#include "support/evening.h"

#include "base/canon.h"
#include "base/digest.h"
#include "proceedings/results.h"
#include "proceedings/setup.h"
#include "record/tree.h"
#include "sheet/sheet.h"
#include "support/definitions.h"

namespace kp::test {
namespace {

Tree tree_of(const std::vector<std::string>& entries) {
  Tree tree;
  for (const std::string& entry : entries) tree.append(leaf_hash(entry));
  return tree;
}

}  // namespace

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
  const std::string manifest = manifest_bytes({now.congress.id, contest, {stated}});
  const std::string manifest_digest = sha256_hex(manifest);
  manifests_[manifest_digest] = manifest;
  append(enter_bundle(*now.find(contest), {stated, manifest_digest, {}}, {head_of(now.congress.board)}));
}

Findings Evening::result(const std::string& contest) {
  const History now = history();
  const ContestHistory& state = *now.find(contest);
  const Tree tree = tree_of(entries_);
  const RecordHead head{now.record_id, static_cast<std::int64_t>(tree.size()), hex(tree.root())};
  const Result<Json> result = make_result(now, state, fetch(), head, {});
  if (!result) return result.findings();
  append(enter_result(state, *result, sha256_hex(canonical(*result)), {head_of(now.congress.board)}));
  return {};
}

std::map<std::string, std::string> Evening::files() const {
  const History now = history();
  std::map<std::string, std::string> files = {{"congress.json", congress_bytes_}};
  for (const std::string& entry : entries_) files["record.jsonl"] += entry + "\n";
  const bool practice = now.congress.purpose == Purpose::practice;
  files["checkpoint.txt"] =
      checkpoint_text(practice ? "kiemphieu-practice" : "kiemphieu", now.record_id, tree_of(entries_));
  for (const auto& [digest, bytes] : manifests_) files["manifests/" + digest + ".json"] = bytes;
  for (const auto& [digest, bytes] : blobs_) files["bundles/" + digest + ".csv"] = bytes;
  for (const ContestHistory& contest : now.contests) {
    const ResultEntry* standing = contest.standing();
    if (standing != nullptr) files["results/" + contest.contest.id + ".json"] = canonical(standing->result);
  }
  return files;
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
