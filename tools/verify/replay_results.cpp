#include <algorithm>
#include <functional>

#include "base/text.h"
#include "verify/canon.h"
#include "verify/claims.h"
#include "verify/difference.h"
#include "verify/encoding.h"
#include "verify/expected.h"
#include "verify/gate.h"
#include "verify/polls.h"
#include "verify/replay.h"

namespace kp::verify {
namespace {

constexpr std::size_t kMostDifferences = 25;
// After so many wrong results of one contest the next one is no news, and rebuilding a long list for each of
// thousands of empty results would take for ever.
constexpr std::size_t kMostFaultyResults = 20;
constexpr std::size_t kMostFiled = 256;

// Where a reader finds the result: the file when it is the one that stands, else the line of the record.
std::string place_of_result(const Evening& evening, const Entry& entry, const std::string& contest) {
  const auto last = evening.setting.survey.last_result.find(contest);
  const bool stands = last != evening.setting.survey.last_result.end() && last->second == entry.line;
  return stands ? "results/" + contest + ".json#" : place_of(entry.line, "/body/result");
}

// The ballots with a ruling in force. Where no file tells whether a re-keyed bundle still has the ballot, the
// result is taken at its word within what the record allows.
std::int64_t rulings_of(const Entry& entry, const Ledger& ledger) {
  const std::int64_t stated = number_in(object_in(entry.body.at("result"), "ballots"), "rulings");
  return std::clamp(stated, ledger.least_rulings(), ledger.rulings());
}

ResultFrame frame_of(const Evening& evening, const Entry& entry, const ContestState& state) {
  const Setting& setting = evening.setting;
  return {setting.congress,
          state.contest,
          state.box ? state.box->box : Box{},
          rulings_of(entry, state.ledger),
          state.ledger.corrections(),
          state.last_result ? state.last_result->sha256 : std::string(),
          setting.record_id,
          static_cast<std::int64_t>(entry.line),
          hex(setting.survey.root_before.at(entry.line))};
}

// The gate, the count and the result they lead to.
Json rebuilt_result(Evening& evening, const Entry& entry, const ContestState& state, bool& recounted) {
  const ResultFrame frame = frame_of(evening, entry, state);
  if (state.verdict == Verdict::nullified) return expected_void_result(frame);
  const BallotRule rule = rule_of(state.contest);
  const bool settled = check_gate(evening.setting.congress, evening.contests, state, evening.faults);
  recounted = settled && evening.setting.has_bundles && state.ledger.is_complete();
  Evaluation evaluation;
  evaluation.counts = recounted ? state.ledger.counts() : claimed_counts(rule, entry.body.at("result"));
  if (!recounted) {
    check_arithmetic(rule, evaluation.counts, state.ledger.ballots(),
                     place_of_result(evening, entry, state.contest.id), evening.faults);
  }
  evaluation.decision =
      decide(state.contest, evening.setting.congress.level,
             electorate_of(evening.setting.congress, state.contest), frame.box, evaluation.counts);
  evaluation.steps = steps_of(state.contest, kind_of(evening.setting.congress, state.contest), frame.box,
                              evaluation.counts, evaluation.decision);
  return expected_result(frame, evaluation);
}

// Figures of persons are not repeated in a finding; all others are.
void report(const std::vector<Difference>& all, const std::string& place, Faults& faults) {
  for (const Difference& one : all) {
    if (one.pointer.starts_with("/rows") || one.pointer.starts_with("/elected")) {
      faults.add(Code::verify_result_row_differs, place + one.pointer);
    } else {
      faults.add(Code::verify_result_differs, place + one.pointer, {one.found, one.expected});
    }
  }
}

// The votes of those who passed the line without being elected, as far as the result tells.
std::vector<std::int64_t> runners_up_of(const Json& result) {
  std::vector<std::int64_t> votes;
  const Json* rows = result.is_object() ? result.find("rows") : nullptr;
  if (rows == nullptr || !rows->is_array()) return votes;
  for (const Json& row : rows->array()) {
    const Json* to_line = row.is_object() ? row.find("to_line") : nullptr;
    const bool passed = to_line != nullptr && to_line->is_integer() && to_line->integer() >= 0;
    if (passed && text_in(row, "standing") == "not-elected") votes.push_back(number_in(row, "votes"));
  }
  std::sort(votes.begin(), votes.end(), std::greater<>());
  return votes;
}

ResultState stated(const Entry& entry, const ContestState& state, std::string bytes) {
  const Json& result = entry.body.at("result");
  ResultState out;
  out.seq = entry.seq;
  out.line = entry.line;
  out.sha256 = text_at(entry, "sha256");
  out.bytes = std::move(bytes);
  out.nullified = state.verdict == Verdict::nullified;
  out.outcome = text_in(result, "outcome");
  out.next_rows = numbers_in(object_in(result, "next"), "rows");
  out.next_seats = number_in(object_in(result, "next"), "seats");
  out.valid = number_in(object_in(result, "ballots"), "valid");
  out.invalid = number_in(object_in(result, "ballots"), "invalid");
  for (const std::uint32_t no : numbers_in(result, "elected")) {
    if (no <= state.row_keys.size()) out.elected_keys.push_back(state.row_keys[no - 1]);
  }
  const Json* rows = result.find("rows");
  for (std::size_t i = 0; rows != nullptr && rows->is_array() && i < state.row_keys.size(); ++i) {
    out.standings.push_back(i < rows->array().size() ? text_in(rows->array()[i], "standing") : std::string());
  }
  out.runners_up = runners_up_of(result);
  out.elected_count = static_cast<std::int64_t>(out.elected_keys.size());
  std::sort(out.elected_keys.begin(), out.elected_keys.end());
  return out;
}

void take_result(Evening& evening, const Entry& entry, ContestState& state) {
  if (!nothing_stands(evening, entry, state)) return;
  const std::size_t errors_before = evening.faults.errors();
  replaces_just(evening, entry, state.last_result ? state.last_result->seq : -1);
  const Json& result = entry.body.at("result");
  std::string bytes = canonical_bytes(result);
  if (const std::string digest = sha256_hex(bytes); digest != text_at(entry, "sha256")) {
    evening.faults.add(Code::verify_result_digest, place_of(entry.line, "/body/sha256"), {digest});
  }
  check_polls(evening.setting.congress, evening.contests, state, evening.faults);
  bool recounted = false;
  Json rebuilt;
  if (state.faulty_results < kMostFaultyResults) {
    rebuilt = rebuilt_result(evening, entry, state, recounted);
    report(differences(rebuilt, result, kMostDifferences), place_of_result(evening, entry, state.contest.id),
           evening.faults);
  }
  if (evening.faults.errors() > errors_before) ++state.faulty_results;
  evening.results.emplace(text_at(entry, "sha256"), state.contest.id);
  state.last_result = stated(entry, state, std::move(bytes));
  state.last_result->rebuilt = std::move(rebuilt);
  state.last_result->recounted = recounted || state.last_result->nullified;
  state.stands = true;
}

// The standing result, when the entry names it by its seq; else null, and that is said.
ResultState* named_result(Evening& evening, const Entry& entry, ContestState& state) {
  ResultState* result = state.standing();
  if (result != nullptr && result->seq == number_at(entry, "result")) return result;
  evening.faults.add(Code::verify_entry_not_standing, place_of(entry.line, "/body/result"),
                     {std::to_string(number_at(entry, "result")), state.contest.id});
  return nullptr;
}

void take_reopened(Evening& evening, const Entry& entry, ContestState& state) {
  has_two_of_board(evening, entry, state);
  if (named_result(evening, entry, state) == nullptr) return;
  state.stands = false;
  state.verdict = Verdict::none;
}

bool has_signer(const Envelope& envelope, const std::string& certificate) {
  return std::any_of(envelope.signers.begin(), envelope.signers.end(),
                     [&](const Signer& signer) { return signer.certificate == certificate; });
}

void take_signed(Evening& evening, const Entry& entry, ContestState& state) {
  ResultState* result = named_result(evening, entry, state);
  if (result == nullptr) return;
  if (text_at(entry, "sha256") != result->sha256) {
    return evening.faults.add(Code::verify_signature_other_result, place_of(entry.line, "/body/sha256"));
  }
  std::optional<std::string> p7s = from_base64(text_at(entry, "p7s"));
  const std::string place = place_of(entry.line, "/body/p7s");
  if (!p7s) return evening.faults.add(Code::verify_signature_bad, place, {"base64"});
  Result<Envelope> envelope = open_envelope(*p7s, result->bytes, place);
  if (!envelope) return evening.faults.add(envelope.findings());
  const std::string& certificate = text_at(entry, "certificate");
  if (!has_signer(*envelope, certificate)) {
    return evening.faults.add(Code::verify_signature_not_in_file, place_of(entry.line, "/body/certificate"));
  }
  for (const Filed& earlier : result->filed) {
    if (has_signer(*envelope, earlier.certificate)) continue;
    evening.faults.add(Code::verify_signature_dropped, place, {earlier.certificate});
  }
  const bool filed = std::any_of(result->filed.begin(), result->filed.end(),
                                 [&](const Filed& earlier) { return earlier.certificate == certificate; });
  if (!filed && result->filed.size() < kMostFiled)
    result->filed.push_back({certificate, entry.at, entry.seconds});
  result->p7s = std::move(*p7s);
  result->envelope = std::move(envelope).value();
}

}  // namespace

void take_result_entry(Evening& evening, const Entry& entry, ContestState& state) {
  if (entry.kind == Kind::result) return take_result(evening, entry, state);
  if (entry.kind == Kind::reopened) return take_reopened(evening, entry, state);
  take_signed(evening, entry, state);
}

}  // namespace kp::verify
