#include "contest/majority.h"

#include <fmt/format.h>

namespace kp {
namespace {

Text summoned_people(CongressKind kind) {
  switch (kind) {
    case CongressKind::delegates:
      return {"đại biểu chính thức", "official delegates"};
    case CongressKind::members:
      return {"đảng viên chính thức", "official members"};
    case CongressKind::committee:
      return {"cấp uỷ viên", "committee members"};
    case CongressKind::inspection:
      break;
  }
  return {"uỷ viên uỷ ban kiểm tra", "inspection committee members"};
}

}  // namespace

Base base_of(const Electorate& electorate) {
  Base base;
  base.summoned = electorate.summoned;
  for (const Deduction& deduction : electorate.deductions) base.deductions += deduction.count;
  base.count = base.summoned - base.deductions;
  base.line = base.count / 2 + 1;
  return base;
}

RuleId base_rule(CongressKind kind, Question question) {
  switch (kind) {
    case CongressKind::delegates:
      return RuleId::base_delegates;
    case CongressKind::members:
      return question == Question::rating ? RuleId::base_hand_votes : RuleId::base_members;
    case CongressKind::committee:
    case CongressKind::inspection:
      break;
  }
  return RuleId::base_meeting;
}

std::string majority_sentence(CongressKind kind, const Base& base, bool revote, Language language) {
  const std::string_view people = summoned_people(kind).in(language);
  if (language == Language::vi) {
    const std::string of = fmt::format("Tổng số để tính kết quả là {} ({} {} được triệu tập, trừ {})",
                                       base.count, base.summoned, people, base.deductions);
    if (revote) return of + "; bầu lại giữa những người bằng phiếu không cần quá một nửa.";
    return fmt::format("{}; quá một nửa là từ {} phiếu trở lên.", of, base.line);
  }
  const std::string of = fmt::format("The base is {} ({} {} summoned, less {})", base.count, base.summoned,
                                     people, base.deductions);
  if (revote) return of + "; a new vote among the tied needs no majority.";
  return fmt::format("{}; more than one half means {} votes or more.", of, base.line);
}

}  // namespace kp
