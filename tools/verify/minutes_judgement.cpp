#include "verify/minutes_judgement.h"

#include <algorithm>
#include <optional>

#include "verify/minutes.h"
#include "verify/minutes_text.h"

namespace kp::verify {
namespace {

// Why a signer does not count, if so.
std::optional<Code> objection(const MinutesSigner& one, const Board& board, const Authority* authority) {
  if (one.signer.strength < kLeastStrength) return Code::verify_signature_weak_key;
  const auto pinned = [](const BoardMember& member) { return !member.certificate.empty(); };
  if (std::any_of(board.begin(), board.end(), pinned)) {
    const bool named = std::any_of(board.begin(), board.end(), [&](const BoardMember& member) {
      return member.certificate == one.signer.certificate;
    });
    if (!named) return Code::verify_signature_not_pinned;
  } else if (authority != nullptr) {
    const Trust trust =
        one.seconds ? authority->trust(one.signer, one.envelope, *one.seconds) : Trust::not_valid_then;
    if (trust == Trust::untrusted) return Code::verify_signature_untrusted;
    return trust == Trust::trusted ? std::nullopt : std::optional(Code::verify_signature_expired);
  }
  const bool valid = one.seconds && is_valid_at(one.signer, *one.seconds);
  return valid ? std::nullopt : std::optional(Code::verify_signature_expired);
}

const ContestState* contest_of(const PdfAsRead& read, const std::vector<const ContestState*>& standing) {
  const std::string first = text_of(read.pages.front());
  const auto it = std::find_if(standing.begin(), standing.end(), [&](const ContestState* state) {
    return first.find(state->last_result->sha256) != std::string::npos;
  });
  return it == standing.end() ? nullptr : *it;
}

}  // namespace

MinutesReport judge_minutes(const std::string& pdf, const ContestState* contest, const std::string& place,
                            const MinutesSetting& setting, Faults& faults) {
  MinutesReport report{place, {}, false, {}};
  const std::size_t before = faults.errors();
  const PdfSource source{place, setting.library};
  const std::optional<std::size_t> made = end_as_made(pdf);
  const std::optional<PdfAsRead> read = read_pdf(pdf, source, faults);
  const bool may_go_on = read && !read->signatures.empty();
  if (!made || (read && !may_go_on && *made != pdf.size())) faults.add(Code::verify_minutes_altered, place);
  if (!read) return report;
  if (contest == nullptr) contest = contest_of(*read, setting.standing);
  if (contest == nullptr) {
    faults.add(Code::verify_minutes_other_result, place, {"1"});
    return report;
  }
  report.contest = contest->contest.id;
  const ResultState& result = *contest->last_result;
  if (result.rebuilt.is_null()) return report;  // too much was wrong with the result itself
  const Printed printed{result.rebuilt, result.sha256};
  check_words(*read, printed, place, faults);
  for (const MinutesSigner& one : check_signatures(pdf, *read, printed, source, faults)) {
    if (const auto why = objection(one, board_of(setting.congress, contest->contest), setting.authority)) {
      faults.add(*why, place, {one.signer.certificate});
    } else {
      report.signers.push_back(one.signer.subject);
    }
  }
  report.agrees = faults.errors() == before;
  return report;
}

}  // namespace kp::verify
