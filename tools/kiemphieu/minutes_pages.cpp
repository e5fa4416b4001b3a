#include "kiemphieu/minutes_pages.h"

#include "base/canon.h"
#include "base/digest.h"
#include "record/tree.h"
#include "sheet/minutes.h"
#include "sheet/result_file.h"

namespace kp {
namespace {

// The record up to the result's entry; its root is the one that the result names.
Result<BeforeResult> record_before(const ResultEntry& standing, const Evening& evening) {
  const Json& named = standing.result.at("record");
  const auto size = static_cast<std::size_t>(standing.seq);
  const std::vector<std::string> bytes(evening.entries.begin(),
                                       evening.entries.begin() + static_cast<std::ptrdiff_t>(size));
  Tree tree;
  for (const std::string& entry : bytes) tree.append(leaf_hash(entry));
  if (named.at("size").integer() != standing.seq || named.at("root").string() != hex(tree.root())) {
    return finding(Code::seal_other_result, standing.sha256);
  }
  Result<History> history = replay(bytes, evening.congress);
  if (!history) return history.findings();
  BeforeResult before{std::move(history).value(), {}};
  for (std::size_t i = 0; i < size; ++i) {
    Result<Entry> entry = parse_entry(bytes[i], static_cast<std::int64_t>(i));
    if (!entry) return entry.findings();
    before.entries.push_back(std::move(entry).value());
  }
  if (before.history.find(standing.result.at("contest").at("id").string()) == nullptr) {
    return finding(Code::seal_other_result, standing.sha256);
  }
  return before;
}

}  // namespace

Result<paper::Rendered> minutes_pages(const ResultEntry& standing, const Evening& evening,
                                      Language language) {
  // A dossier comes from outside: what its record holds as a result need not look like one.
  const std::string bytes = canonical(standing.result);
  const Result<Json> result = parse_result(bytes, standing.sha256);
  if (!result) return result.findings();
  if (sha256_hex(bytes) != standing.sha256) return finding(Code::seal_other_result, standing.sha256);
  const Result<BeforeResult> before = record_before(standing, evening);
  if (!before) return before.findings();
  return paper::render(make_minutes(*result, standing.sha256, &*before, language), paper::pages_library());
}

}  // namespace kp
