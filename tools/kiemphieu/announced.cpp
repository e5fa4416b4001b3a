#include "kiemphieu/announced.h"

#include <algorithm>

#include "base/canon.h"
#include "base/digest.h"
#include "kiemphieu/recount.h"
#include "sheet/result_file.h"
#include "verify/authorship.h"
#include "verify/encoding.h"
#include "verify/faults.h"

namespace kp {
namespace {

// What the record says of the signatures on one result, as the verifier takes it.
Result<verify::ContestState> state_of(const Congress& congress, const ContestHistory& contest) {
  const ResultEntry& standing = *contest.standing();
  verify::ContestState state(contest.contest, congress.passes_required);
  state.stands = true;
  state.last_result.emplace();
  state.last_result->sha256 = standing.sha256;
  if (standing.signatures.empty()) return state;
  const std::string p7s = from_base64(standing.signatures.back().p7s).value_or("");
  Result<verify::Envelope> envelope =
      verify::open_envelope(p7s, canonical(standing.result), contest.contest.id);
  if (!envelope) return envelope.findings();
  state.last_result->envelope = std::move(envelope).value();
  for (const SignedResult& filed : standing.signatures) {
    state.last_result->filed.push_back(
        {filed.certificate, filed.at, verify::seconds_of(filed.at).value_or(0)});
  }
  return state;
}

// Whether it can be shown at all: a dossier comes from outside, and its result need not look like one.
Findings faults_of(const ResultEntry& standing, const std::string& contest) {
  const std::string bytes = canonical(standing.result);
  const Result<Json> result = parse_result(bytes, contest);
  if (!result) return result.findings();
  if (sha256_hex(bytes) != standing.sha256) return {finding(Code::seal_other_result, contest)};
  return {};
}

bool is_signed(const Congress& congress, const ContestHistory& contest, bool on_paper, Findings& notes) {
  const Result<verify::ContestState> state = state_of(congress, contest);
  std::int64_t counting = 0;
  if (state) {
    verify::Faults faults;
    counting = verify::count_signers(congress, *state, nullptr, faults).counting;
    add(notes, faults.listed());
  } else {
    add(notes, state.findings());
  }
  const std::int64_t needed = std::max<std::int64_t>(1, congress.signatures_required);
  if (counting >= needed || (on_paper && congress.signatures_required == 0)) return true;
  notes.push_back(finding(on_paper ? Code::slides_paper_not_enough : Code::slides_not_signed,
                          contest.contest.id, {std::to_string(counting), std::to_string(needed)}));
  return false;
}

}  // namespace

std::set<std::string> announced_contests(const RecordView& view, bool on_paper, Language language,
                                         Findings& notes) {
  std::set<std::string> announced;
  for (const ContestHistory& contest : view.history().contests) {
    const ResultEntry* standing = contest.standing();
    if (standing == nullptr) continue;
    Findings found = faults_of(*standing, contest.contest.id);
    if (found.empty() && view.has_ballots()) {
      found = recount(contest, {view.entries(), view.congress_bytes()}, view.fetch(), language);
    }
    if (found.empty() && is_signed(view.history().congress, contest, on_paper, found))
      announced.insert(contest.contest.id);
    // The screen does without it; nothing else is stopped.
    for (Finding& fault : found) fault.severity = Severity::warning;
    add(notes, std::move(found));
  }
  return announced;
}

}  // namespace kp
