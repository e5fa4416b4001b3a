#include "verify/authorship.h"

#include <algorithm>
#include <set>

namespace kp::verify {
namespace {

/// Judges the signers of one result.
class Judgement {
 public:
  Judgement(const Board& board, const ResultState& result, const Authority* authority)
      : result_(result), authority_(authority) {
    for (const BoardMember& member : board) {
      if (!member.certificate.empty()) pinned_.insert(member.certificate);
    }
  }

  // Of a signer who counts.
  [[nodiscard]] Weight weight() const {
    if (!pinned_.empty()) return Weight::pinned;
    return authority_ != nullptr ? Weight::under_ca : Weight::unattributed;
  }
  [[nodiscard]] bool can_attribute() const { return !pinned_.empty() || authority_ != nullptr; }

  // Whether a signer counts; if not, the code that says why.
  [[nodiscard]] std::optional<Code> objection(const Signer& signer, std::int64_t seconds) const {
    if (signer.strength < kLeastStrength) return Code::verify_signature_weak_key;
    if (!pinned_.empty()) {
      if (!pinned_.contains(signer.certificate)) return Code::verify_signature_not_pinned;
      return validity(signer, seconds);
    }
    if (authority_ == nullptr) return validity(signer, seconds);
    switch (authority_->trust(signer, *result_.envelope, seconds)) {
      case Trust::trusted:
        return std::nullopt;
      case Trust::not_valid_then:
        return Code::verify_signature_expired;
      case Trust::untrusted:
        break;
    }
    return Code::verify_signature_untrusted;
  }

 private:
  static std::optional<Code> validity(const Signer& signer, std::int64_t seconds) {
    return is_valid_at(signer, seconds) ? std::nullopt : std::optional(Code::verify_signature_expired);
  }

  const ResultState& result_;
  const Authority* authority_;
  std::set<std::string> pinned_;
};

// How many lines from the start of the record a typed digest or root vouches for.
std::uint64_t covered_by_digest(const Evening& evening, const std::string& digest, Faults& faults) {
  for (const ContestState* state : evening.contests.standing()) {
    if (state->last_result->sha256 == digest) return state->last_result->line + 1;
  }
  const auto older = evening.results.find(digest);
  if (older == evening.results.end()) {
    faults.add(Code::verify_bound_mismatch, "--digest", {digest});
  } else {
    faults.add(Code::verify_bound_replaced, "--digest", {older->second});
  }
  return 0;
}

bool begins(const std::string& digest, const TypedLine& line) {
  return !line.start.empty() && digest.starts_with(line.start);
}

const ContestState* state_of(const Evening& evening, const TypedLine& line) {
  const auto standing = evening.contests.standing();
  const auto it = std::find_if(standing.begin(), standing.end(), [&](const ContestState* state) {
    return begins(state->last_result->sha256, line);
  });
  return it == standing.end() ? nullptr : *it;
}

std::uint64_t covered_by_line(const Evening& evening, const TypedLine& line, Faults& faults) {
  if (const ContestState* state = state_of(evening, line)) return state->last_result->line + 1;
  for (const auto& [digest, contest] : evening.results) {
    if (!begins(digest, line)) continue;
    faults.add(Code::verify_bound_replaced, "--line", {contest});
    return 0;
  }
  faults.add(Code::verify_bound_line_mismatch, "--line");
  return 0;
}

std::uint64_t covered_by_root(const Evening& evening, std::uint64_t size) {
  for (const ContestState* state : evening.contests.standing()) {
    // A result follows from the entries before it only where it was counted anew.
    if (state->last_result->line == size && state->last_result->recounted) return size + 1;
  }
  return size;
}

}  // namespace

SignerTally count_signers(const Congress& congress, const ContestState& state, const Authority* authority,
                          Faults& faults) {
  const ResultState& result = *state.last_result;
  const Judgement judgement(board_of(congress, state.contest), result, authority);
  SignerTally tally;
  tally.attributed = judgement.can_attribute();
  if (!result.envelope) return tally;
  std::set<std::string> keys;
  for (const Filed& filed : result.filed) {
    const auto& signers = result.envelope->signers;
    const auto it = std::find_if(signers.begin(), signers.end(), [&](const Signer& signer) {
      return signer.certificate == filed.certificate;
    });
    if (it == signers.end()) continue;  // dropped, and reported when it was
    const std::optional<Code> why = judgement.objection(*it, filed.seconds);
    tally.signers.push_back(
        {it->subject, filed.certificate, filed.at, why ? Weight::refused : judgement.weight()});
    if (why) {
      faults.add(*why, state.contest.id, {filed.certificate});
    } else {
      keys.insert(it->key);
    }
  }
  tally.counting = static_cast<std::int64_t>(keys.size());
  return tally;
}

bool is_bound(const Evening& evening, const Typed& typed, Faults& faults) {
  if (typed.digests.empty() && typed.lines.empty() && typed.root.empty()) return false;
  const std::size_t before = faults.errors();
  // A slip of the hand was told when it was read; it says nothing about the dossier.
  if (std::any_of(typed.lines.begin(), typed.lines.end(),
                  [](const TypedLine& line) { return line.start.empty(); }))
    return false;
  std::uint64_t covered = 0;
  for (const std::string& digest : typed.digests) {
    covered = std::max(covered, covered_by_digest(evening, digest, faults));
  }
  for (const TypedLine& line : typed.lines)
    covered = std::max(covered, covered_by_line(evening, line, faults));
  if (!typed.root.empty() && !typed.root_size)
    faults.add(Code::verify_bound_mismatch, "--root", {typed.root});
  if (typed.root_size) covered = std::max(covered, covered_by_root(evening, *typed.root_size));
  if (faults.errors() > before) return false;
  bool all = true;
  for (const ContestState* state : evening.contests.standing()) {
    if (state->last_result->line < covered) continue;
    all = false;
    faults.add(Code::verify_bound_not_covered, state->contest.id);
  }
  return all;
}

std::string contest_of(const Evening& evening, const TypedLine& line) {
  const ContestState* state = state_of(evening, line);
  return state == nullptr ? std::string() : state->contest.id;
}

}  // namespace kp::verify
