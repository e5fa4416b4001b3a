#include "kiemphieu/recount.h"

#include "base/canon.h"
#include "base/check.h"
#include "base/digest.h"
#include "kiemphieu/progress.h"
#include "record/tree.h"

namespace kp {
namespace {

/// Names the places where a stored result is not the one that was counted again.
class Comparison {
 public:
  explicit Comparison(std::string contest) : contest_(std::move(contest)) {}

  Findings run(const Json& stored, const Json& counted) && {
    for (const auto& [key, value] : counted.members()) {
      if (key == "steps") continue;
      const Json* there = stored.find(key);
      if (key == "rows" && there != nullptr && there->is_array() &&
          there->array().size() == value.array().size()) {
        compare_rows(there->array(), value.array());
      } else if (there == nullptr || *there != value) {
        differs(pointer_to("", key));
      }
    }
    for (const auto& [key, value] : stored.members()) {
      if (counted.find(key) == nullptr) differs(pointer_to("", key));
    }
    return std::move(findings_);
  }

 private:
  void compare_rows(const Json::Array& stored, const Json::Array& counted) {
    for (std::size_t i = 0; i < counted.size(); ++i) {
      if (stored[i] != counted[i]) differs(pointer_to("/rows", i));
    }
  }

  void differs(const std::string& pointer) {
    findings_.push_back(finding(Code::verify_result_row_differs, contest_ + "#" + pointer));
  }

  std::string contest_;
  Findings findings_;
};

}  // namespace

Result<Before> record_before(const ResultEntry& standing, const Evening& evening) {
  const std::vector<std::string> bytes = {
      evening.entries.begin(), evening.entries.begin() + static_cast<std::ptrdiff_t>(standing.seq)};
  Result<History> history = replay(bytes, evening.congress);
  if (!history) return history.findings();
  Before before{{std::move(history).value(), {}}, {}};
  Tree tree;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    Result<Entry> entry = parse_entry(bytes[i], static_cast<std::int64_t>(i));
    if (!entry) return entry.findings();
    before.record.entries.push_back(std::move(entry).value());
    tree.append(leaf_hash(bytes[i]));
  }
  before.root = hex(tree.root());
  return before;
}

Findings recount(const ContestHistory& contest, const Before& before, const FetchBundle& fetch,
                 Language language) {
  const ResultEntry& standing = *contest.standing();
  const std::string& id = contest.contest.id;
  const std::string sha256 = sha256_hex(canonical(standing.result));
  if (sha256 != standing.sha256) return {finding(Code::verify_result_digest, id, {sha256})};
  const History& history = before.record.history;
  const ContestHistory* then = history.find(id);
  KP_ASSERT(then != nullptr);
  const bool vi = language == Language::vi;
  const Result<Json> counted =
      make_result(history, *then, fetch, {history.record_id, standing.seq, before.root},
                  progress_on_terminal(vi ? "đã đếm lại xấp" : "bundles counted again"));
  if (!counted) return counted.findings();
  return Comparison(id).run(standing.result, *counted);
}

Findings recount(const ContestHistory& contest, const Evening& evening, const FetchBundle& fetch,
                 Language language) {
  const Result<Before> before = record_before(*contest.standing(), evening);
  return before ? recount(contest, *before, fetch, language) : before.findings();
}

Findings recount(const ContestHistory& contest, const Session& session, Language language) {
  const Result<std::string> congress = session.record().blob(session.history().congress_sha256);
  if (!congress) return congress.findings();
  return recount(contest, {session.entries(), *congress}, session.fetch(), language);
}

}  // namespace kp
