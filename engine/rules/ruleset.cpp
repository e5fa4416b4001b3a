#include "rules/ruleset.h"

#include <array>

#include "base/check.h"

namespace kp {
namespace {

struct RuleText {
  std::string_view id;
  Topic topic;
  Text text;
};

constexpr auto kTexts = std::to_array<RuleText>({
#define KP_RULE(name, id, topic, vi, en) {id, Topic::topic, {vi, en}},
#include "rules/rules.def"
#undef KP_RULE
});

std::span<const Citation> citations(Regulation regulation) {
  return regulation == Regulation::qd_244_2014 ? citations_244_2014() : citations_190_2024();
}

}  // namespace

Rule rule_row(Regulation regulation, RuleId rule) {
  const auto index = static_cast<std::size_t>(rule);
  const std::span<const Citation> table = citations(regulation);
  KP_ASSERT(table.size() == kTexts.size() && index < kTexts.size());
  const Citation& citation = table[index];
  KP_ASSERT(citation.rule == rule);
  const RuleText& text = kTexts[index];
  return {rule, text.id, text.topic, text.text, citation.document, citation.article, citation.grade};
}

std::size_t rule_count() {
  return kTexts.size();
}

std::string_view word(Regulation regulation) {
  return regulation == Regulation::qd_244_2014 ? "244-QD/TW" : "190-QD/TW";
}

std::string_view word(Grade grade) {
  switch (grade) {
    case Grade::read:
      return "read";
    case Grade::secondary:
      return "secondary";
    case Grade::unverified:
      break;
  }
  return "unverified";
}

std::string_view word(Topic topic) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"base", "ballot", "validity", "reconciliation", "majority", "tie", "round", "poll", "list", "board"});
  return kWords[static_cast<std::size_t>(topic)];
}

Text meaning(Grade grade) {
  switch (grade) {
    case Grade::read:
      return {"đã đọc điều khoản", "clause read"};
    case Grade::secondary:
      return {"theo nguồn gián tiếp", "secondary source"};
    case Grade::unverified:
      break;
  }
  return {"CHƯA ĐỐI CHIẾU VĂN BẢN", "NOT VERIFIED"};
}

std::string citation(std::string_view document, std::string_view article, Language language) {
  const bool vi = language == Language::vi;
  if (document == "-") return vi ? "chưa thấy văn bản" : "no document found";
  if (article == "-") return std::string(document) + (vi ? ", chưa rõ điều" : ", article not seen");
  return std::string(document) + (vi ? ", điều " : ", article ") + std::string(article);
}

std::optional<Regulation> regulation_named(std::string_view name) {
  for (const Regulation regulation : {Regulation::qd_244_2014, Regulation::qd_190_2024}) {
    if (word(regulation) == name) return regulation;
  }
  return std::nullopt;
}

}  // namespace kp
