// The Party election rules as constant tables: what each rule says, where it stands, and how surely it was
// read.
//
// One text a rule (rules.def; rules_information.def for what steers people only), one table of citations and
// grades a regulation (qd_244_2014.cpp, qd_190_2024.cpp), one of the pages where they were read
// (sources.def). The code that applies a rule names it by RuleId; the row then travels into the result as a
// step. Nothing is decided here. Frozen: the ids. Texts and grades change when someone reads the signed
// document; a result always carries the words and the grade it was made with. A grade is never better than
// its source.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"

namespace kp {

enum class Regulation : std::uint8_t { qd_244_2014, qd_190_2024 };

/// How sure we are of a rule's words.
enum class Grade : std::uint8_t {
  read,        ///< the words of the cited clause were read
  secondary,   ///< an official answer, a press account, or the other regulation says so
  unverified,  ///< generally understood so; to be checked against the signed text before use
};

enum class Topic : std::uint8_t {
  base,
  ballot,
  validity,
  reconciliation,
  majority,
  tie,
  round,
  poll,
  list,
  board,
  scope,      ///< who elects whom, and in which form
  order,      ///< of business
  minutes,    ///< and what becomes of paper and result afterwards
  structure,  ///< what a list should look like; never decides who is elected
};

/// Every rule of the table.
enum class RuleId : std::uint8_t {
#define KP_RULE(name, id, reference, topic, used_by, vi, en) name,
#include "rules/rules.def"
#undef KP_RULE
};

/// A rule as one regulation has it.
struct Rule {
  RuleId rule;
  std::string_view id;
  std::string_view reference;  ///< its numbers in the study of sources, as "R8.3" in comments and vectors
  Topic topic;
  /// Where it is applied: "step", and codes of findings, spaces between; "" when it is information.
  std::string_view used_by;
  Text text;
  std::string_view document;  ///< as it is cited, "190-QĐ/TW"
  std::string_view article;   ///< "30(2)"; "-" where no article was found, as for the document
  Grade grade;
  std::string_view sources;  ///< keys of sources.def, spaces between; "" for what is generally understood
};

/// Purpose: the row of `rule` under `regulation`. Cost: constant.
Rule rule_row(Regulation regulation, RuleId rule);

/// Purpose: the row that `id` ("tie/last-seat") names under `regulation`, if there is one.
std::optional<Rule> rule_named(Regulation regulation, std::string_view id);

/// Purpose: the number of rules, so that tables can be walked.
std::size_t rule_count();

/// Purpose: the words that stand for a value in files ("190-QD/TW", "unverified", "tie").
std::string_view word(Regulation regulation);
std::string_view word(Grade grade);
std::string_view word(Topic topic);

/// Purpose: what a grade means, for screens and paper.
Text meaning(Grade grade);

/// Purpose: a citation as people read it; "-" for what was not found is said in words.
std::string citation(std::string_view document, std::string_view article, Language language);

/// Purpose: a line that warns of an unverified rule, with where it would stand; "" of any other rule.
std::string unverified_note(const Rule& rule, Language language);

/// Purpose: puts the rule behind a finding into it: where it stands, and a word of warning when it is
/// unverified.
void cite(Finding& found, const Rule& rule);

/// Purpose: the same for findings that one rule is behind whatever the meeting: list/… and board/…, and those
/// of gate/… whose rule is unverified (the others are arithmetic). In: what has its rule already, and codes
/// of other families, stay as they are. Rules: the first row whose `used_by` has the code.
void cite(Findings& findings, Regulation regulation);

/// Purpose: the regulation, topic or grade that a word names, if it is one of ours.
std::optional<Regulation> regulation_named(std::string_view name);
std::optional<Topic> topic_named(std::string_view name);
std::optional<Grade> grade_named(std::string_view name);

/// A page where the words or an account of a rule were read.
struct Source {
  std::string_view key;  ///< "S9"
  std::string_view address;
};

/// Purpose: the pages that a rule's `sources` name, in their order.
std::vector<Source> sources_named(std::string_view keys);

/// Purpose: the words of a list with spaces between, as `used_by` and `sources` are.
std::vector<std::string_view> words_of(std::string_view list);

// What a regulation's own file provides: one citation a rule, in the order of RuleId.
struct Citation {
  RuleId rule;
  std::string_view document;
  std::string_view article;
  Grade grade;
  std::string_view sources;
};
std::span<const Citation> citations_244_2014();
std::span<const Citation> citations_190_2024();

}  // namespace kp
