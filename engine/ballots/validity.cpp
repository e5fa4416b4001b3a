#include "ballots/validity.h"

#include <algorithm>
#include <bit>

#include "base/check.h"

namespace kp {
namespace {

struct VerdictWords {
  std::string_view file;
  Text spoken;
  RuleId rule;
};

constexpr auto kVerdictWords = std::to_array<VerdictWords>({
    {"valid", {"hợp lệ", "valid"}, RuleId::validity_fewer},
    {"not-issued",
     {"không do ban kiểm phiếu phát ra", "not issued by the board"},
     RuleId::validity_not_issued},
    {"outside-name", {"bầu người ngoài danh sách", "a name outside the list"}, RuleId::validity_outside_name},
    {"marked",
     {"ký tên, viết thêm hoặc đánh dấu riêng", "signed, written on or marked"},
     RuleId::validity_marked},
    {"ruled-invalid",
     {"ban kiểm phiếu kết luận không hợp lệ", "ruled invalid by the board"},
     RuleId::validity_ruled},
    {"too-many", {"bầu quá số lượng", "too many chosen"}, RuleId::validity_too_many},
    {"nobody", {"không bầu cho ai", "nobody chosen"}, RuleId::validity_nobody},
    {"one-name-box",
     {"phiếu một người: không đánh dấu đúng một ô", "one-name ballot: not exactly one box"},
     RuleId::validity_one_name_box},
});

Verdict by_strikes(std::span<const std::uint64_t> names_left, std::size_t rows, std::int64_t seats) {
  std::int64_t chosen = 0;
  for (const std::uint64_t word : names_left) chosen += std::popcount(word);
  if (chosen > seats) return Verdict::too_many;
  return chosen == 0 && rows >= 2 ? Verdict::nobody : Verdict::valid;
}

}  // namespace

Verdict judge_flags(Flags flags) {
  if (flags.has(Flag::not_issued)) return Verdict::not_issued;
  if (flags.has(Flag::outside_name)) return Verdict::outside_name;
  if (flags.has(Flag::signed_by_voter) || flags.has(Flag::written_on) || flags.has(Flag::marked)) {
    return Verdict::marked;
  }
  return flags.has(Flag::ruled_invalid) ? Verdict::ruled_invalid : Verdict::valid;
}

bool is_one_name_election(const Contest& contest, const Ballots& ballots) {
  return contest.question == Question::election && ballots.form() == BallotForm::agree && ballots.rows() == 1;
}

std::vector<Verdict> judge(const Contest& contest, const Ballots& ballots) {
  const bool strike = ballots.form() == BallotForm::strike;
  const bool one_name = is_one_name_election(contest, ballots);
  std::vector<Verdict> verdicts(ballots.size());
  for (std::size_t i = 0; i < ballots.size(); ++i) {
    Verdict verdict = judge_flags(ballots.flags(i));
    if (verdict == Verdict::valid && strike) {
      verdict = by_strikes(ballots.words(Mark::a, i), ballots.rows(), contest.seats);
    } else if (verdict == Verdict::valid && one_name) {
      const bool one_box = (ballots.words(Mark::a, i)[0] | ballots.words(Mark::b, i)[0]) != 0;
      verdict = one_box ? Verdict::valid : Verdict::one_name_box;
    }
    verdicts[i] = verdict;
  }
  return verdicts;
}

std::string_view word(Verdict verdict) {
  return kVerdictWords[static_cast<std::size_t>(verdict)].file;
}

Text spoken(Verdict verdict) {
  return kVerdictWords[static_cast<std::size_t>(verdict)].spoken;
}

RuleId rule_of(Verdict verdict) {
  KP_ASSERT(verdict != Verdict::valid);
  return kVerdictWords[static_cast<std::size_t>(verdict)].rule;
}

Flag flag_for(Verdict ruled_reason) {
  switch (ruled_reason) {
    case Verdict::not_issued:
      return Flag::not_issued;
    case Verdict::outside_name:
      return Flag::outside_name;
    case Verdict::marked:
      return Flag::marked;
    default:
      break;
  }
  KP_ASSERT(ruled_reason == Verdict::ruled_invalid);
  return Flag::ruled_invalid;
}

}  // namespace kp
