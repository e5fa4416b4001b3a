#include "mock/played_record.h"

#include "base/canon.h"
#include "base/digest.h"
#include "proceedings/results.h"
#include "proceedings/setup.h"
#include "sheet/sheet.h"

namespace kp {

PlayedRecord::PlayedRecord(const Congress& congress, std::string congress_bytes, std::string at)
    : congress_bytes_(std::move(congress_bytes)), at_(std::move(at)) {
  append(opened(congress, sha256_hex(congress_bytes_), {head_of(congress.board)}));
}

void PlayedRecord::append(const Act& act) {
  const auto seq = static_cast<std::int64_t>(entries_.size());
  entries_.push_back(entry_bytes({seq, at_, act.by, act.kind, act.body}));
}

void PlayedRecord::enter(const std::string& contest, const std::vector<MockBundle>& bundles) {
  const History now = history();
  Manifest manifest{now.congress.id, contest, {}};
  for (const MockBundle& bundle : bundles) manifest.bundles.push_back(bundle.stated);
  const std::string bytes = manifest_bytes(manifest);
  const std::string digest = sha256_hex(bytes);
  manifests_[digest] = bytes;
  for (const MockBundle& bundle : bundles) {
    blobs_[bundle.stated.sha256] = bundle.csv;
    append(enter_bundle(*now.find(contest), {bundle.stated, digest, {}}, {head_of(now.congress.board)}));
  }
}

Result<Json> PlayedRecord::draw_up(const std::string& contest) const {
  const History now = history();
  const Tree all = tree();
  const RecordHead head{now.record_id, static_cast<std::int64_t>(all.size()), hex(all.root())};
  return make_result(now, *now.find(contest), fetch(), head, {});
}

void PlayedRecord::enter_result(const std::string& contest, const Json& result) {
  const History now = history();
  append(kp::enter_result(*now.find(contest), result, sha256_hex(canonical(result)),
                          {head_of(now.congress.board)}));
}

std::map<std::string, std::string> PlayedRecord::files() const {
  const History now = history();
  std::map<std::string, std::string> files = {{"congress.json", congress_bytes_}};
  for (const std::string& entry : entries_) files["record.jsonl"] += entry + "\n";
  const bool practice = now.congress.purpose == Purpose::practice;
  files["checkpoint.txt"] =
      checkpoint_text(practice ? "kiemphieu-practice" : "kiemphieu", now.record_id, tree());
  for (const auto& [digest, bytes] : manifests_) files["manifests/" + digest + ".json"] = bytes;
  for (const auto& [digest, bytes] : blobs_) files["bundles/" + digest + ".csv"] = bytes;
  for (const ContestHistory& contest : now.contests) {
    const ResultEntry* standing = contest.standing();
    if (standing != nullptr) files["results/" + contest.contest.id + ".json"] = canonical(standing->result);
  }
  return files;
}

History PlayedRecord::history() const {
  Result<History> history = replay(entries_, congress_bytes_);
  KP_ASSERT(history.ok());
  return std::move(history).value();
}

FetchBundle PlayedRecord::fetch() const {
  return {[this](const std::string& sha256) -> Result<std::string> {
    const auto it = blobs_.find(sha256);
    if (it == blobs_.end()) return finding(Code::record_blob_missing, {}, {sha256});
    return it->second;
  }};
}

Tree PlayedRecord::tree() const {
  Tree tree;
  for (const std::string& entry : entries_) tree.append(leaf_hash(entry));
  return tree;
}

}  // namespace kp
