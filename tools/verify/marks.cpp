#include "verify/marks.h"

#include <algorithm>

namespace kp::verify {
namespace {

struct FlagWord {
  std::string_view text;
  std::uint8_t bit;
};
constexpr auto kFlagWords = std::to_array<FlagWord>({{"not-issued", kFlagNotIssued},
                                                     {"outside-name", kFlagOutsideName},
                                                     {"signed", kFlagSigned},
                                                     {"written-on", kFlagWrittenOn},
                                                     {"marked", kFlagMarked}});

constexpr auto kReasonWords = std::to_array<std::string_view>(
    {"not-issued", "outside-name", "marked", "ruled-invalid", "too-many", "nobody", "one-name-box"});
static_assert(kReasonWords.size() == kReasons);

}  // namespace

BallotRule rule_of(const Contest& contest) {
  return {contest.ballot, contest.rows.size(), contest.seats, contest.question == Question::election};
}

std::size_t options_of(BallotForm form) {
  switch (form) {
    case BallotForm::strike:
      return 1;
    case BallotForm::agree:
      return 2;
    case BallotForm::confidence:
      return 3;
    case BallotForm::rating:
      break;
  }
  return 4;
}

bool is_mark(char mark, BallotForm form) {
  if (mark == '.' || mark == '?') return true;
  if (mark == '*') return form != BallotForm::strike;
  return 'a' <= mark && mark < static_cast<char>('a' + static_cast<char>(options_of(form)));
}

bool marks_fit(std::string_view marks, const BallotRule& rule) {
  return marks.size() == rule.rows &&
         std::all_of(marks.begin(), marks.end(), [&](char mark) { return is_mark(mark, rule.form); });
}

std::optional<std::uint8_t> parse_flags(std::string_view text) {
  std::uint8_t flags = 0;
  if (text.empty()) return flags;
  for (;;) {
    const std::size_t bar = text.find('|');
    const std::string_view one = text.substr(0, bar);
    const auto it = std::find_if(kFlagWords.begin(), kFlagWords.end(),
                                 [&](const FlagWord& known) { return known.text == one; });
    if (it == kFlagWords.end() || (flags & it->bit) != 0) return std::nullopt;
    flags = static_cast<std::uint8_t>(flags | it->bit);
    if (bar == std::string_view::npos) return flags;
    text.remove_prefix(bar + 1);
  }
}

std::optional<Reason> judge(const BallotRule& rule, std::string_view marks, std::uint8_t flags) {
  if ((flags & kFlagNotIssued) != 0) return Reason::not_issued;
  if ((flags & kFlagOutsideName) != 0) return Reason::outside_name;
  if ((flags & (kFlagSigned | kFlagWrittenOn | kFlagMarked)) != 0) return Reason::marked;
  if (rule.form == BallotForm::strike) {
    const std::int64_t chosen = std::count(marks.begin(), marks.end(), 'a');
    if (chosen > rule.seats) return Reason::too_many;
    if (chosen == 0 && rule.rows >= 2) return Reason::nobody;
  }
  if (rule.form == BallotForm::agree && rule.election && rule.rows == 1 &&
      (marks.front() == '.' || marks.front() == '*')) {
    return Reason::one_name_box;
  }
  return std::nullopt;
}

std::optional<Reason> judge(const BallotRule& rule, const Ballot& ballot) {
  if (ballot.ruling == nullptr) return judge(rule, ballot.marks, ballot.flags);
  if (ballot.ruling->invalid) return ballot.ruling->invalid;
  return judge(rule, ballot.ruling->marks, 0);
}

std::string_view word(Reason reason) {
  return kReasonWords[static_cast<std::size_t>(reason)];
}

std::optional<Reason> reason_named(std::string_view text) {
  const auto it = std::find(kReasonWords.begin(), kReasonWords.end(), text);
  if (it == kReasonWords.end()) return std::nullopt;
  return static_cast<Reason>(it - kReasonWords.begin());
}

bool can_be_ruled(Reason reason) {
  return reason == Reason::not_issued || reason == Reason::outside_name || reason == Reason::marked ||
         reason == Reason::ruled_invalid;
}

}  // namespace kp::verify
