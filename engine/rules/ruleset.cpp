#include "rules/ruleset.h"

#include <algorithm>
#include <array>

#include "base/check.h"

namespace kp {
namespace {

struct RuleText {
  std::string_view id;
  std::string_view reference;
  Topic topic;
  std::string_view used_by;
  Text text;
};

constexpr auto kTexts = std::to_array<RuleText>({
#define KP_RULE(name, id, reference, topic, used_by, vi, en) {id, reference, Topic::topic, used_by, {vi, en}},
#include "rules/rules.def"
#undef KP_RULE
});

constexpr auto kSources = std::to_array<Source>({
#define KP_SOURCE(key, address) {key, address},
#include "rules/sources.def"
#undef KP_SOURCE
});

constexpr auto kTopicWords = std::to_array<std::string_view>(
    {"base", "ballot", "validity", "reconciliation", "majority", "tie", "round", "poll", "list", "board",
     "scope", "order", "minutes", "structure"});

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
  return {rule,      text.id,           text.reference,   text.topic,     text.used_by,
          text.text, citation.document, citation.article, citation.grade, citation.sources};
}

std::optional<Rule> rule_named(Regulation regulation, std::string_view id) {
  const auto it =
      std::find_if(kTexts.begin(), kTexts.end(), [id](const RuleText& text) { return text.id == id; });
  if (it == kTexts.end()) return std::nullopt;
  return rule_row(regulation, static_cast<RuleId>(it - kTexts.begin()));
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
  return kTopicWords[static_cast<std::size_t>(topic)];
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
  const bool numbered = '0' <= article.front() && article.front() <= '9';
  return std::string(document) + (numbered ? (vi ? ", điều " : ", article ") : ", ") + std::string(article);
}

std::optional<Regulation> regulation_named(std::string_view name) {
  for (const Regulation regulation : {Regulation::qd_244_2014, Regulation::qd_190_2024}) {
    if (word(regulation) == name) return regulation;
  }
  return std::nullopt;
}

std::optional<Topic> topic_named(std::string_view name) {
  for (std::size_t i = 0; i < kTopicWords.size(); ++i) {
    if (kTopicWords[i] == name) return static_cast<Topic>(i);
  }
  return std::nullopt;
}

std::optional<Grade> grade_named(std::string_view name) {
  for (const Grade grade : {Grade::read, Grade::secondary, Grade::unverified}) {
    if (word(grade) == name) return grade;
  }
  return std::nullopt;
}

std::vector<std::string_view> words_of(std::string_view list) {
  std::vector<std::string_view> words;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    words.push_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return words;
}

std::string unverified_note(const Rule& rule, Language language) {
  if (rule.grade != Grade::unverified) return "";
  return std::string(meaning(rule.grade).in(language)) + " [" +
         citation(rule.document, rule.article, language) + "] " + std::string(rule.text.in(language)) + "\n";
}

void cite(Finding& found, const Rule& rule) {
  const auto basis = [&](Language language) {
    std::string said = citation(rule.document, rule.article, language);
    if (rule.grade != Grade::unverified) return said;
    return said + "; " + std::string(meaning(rule.grade).in(language));
  };
  found.basis_vi = basis(Language::vi);
  found.basis_en = basis(Language::en);
}

void cite(Findings& findings, Regulation regulation) {
  for (Finding& found : findings) {
    const std::string_view code = finding_row(found.code).code;
    const bool gate = code.starts_with("gate/");
    if (!found.basis_vi.empty() || (!gate && !code.starts_with("list/") && !code.starts_with("board/")))
      continue;
    const auto behind = std::find_if(kTexts.begin(), kTexts.end(), [&](const RuleText& text) {
      const std::vector<std::string_view> uses = words_of(text.used_by);
      return std::find(uses.begin(), uses.end(), code) != uses.end();
    });
    if (behind == kTexts.end()) continue;
    const Rule rule = rule_row(regulation, static_cast<RuleId>(behind - kTexts.begin()));
    if (!gate || rule.grade == Grade::unverified) cite(found, rule);
  }
}

std::vector<Source> sources_named(std::string_view keys) {
  std::vector<Source> sources;
  for (const std::string_view key : words_of(keys)) {
    const auto it = std::find_if(kSources.begin(), kSources.end(),
                                 [key](const Source& source) { return source.key == key; });
    KP_ASSERT(it != kSources.end());
    sources.push_back(*it);
  }
  return sources;
}

}  // namespace kp
