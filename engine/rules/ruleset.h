// The Party election rules as constant tables: what each rule says, where it stands, and how surely it was
// read.
//
// One text a rule (rules.def), one table of citations and grades a regulation (qd_244_2014.cpp,
// qd_190_2024.cpp). The code that applies a rule names it by RuleId; the row then travels into the result as
// a step. Nothing is decided here. Frozen: the ids. Texts and grades change when someone reads the signed
// document; a result always carries the words and the grade it was made with.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

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
  board
};

/// Every rule that the engine applies.
enum class RuleId : std::uint8_t {
#define KP_RULE(name, id, topic, vi, en) name,
#include "rules/rules.def"
#undef KP_RULE
};

/// A rule as one regulation has it.
struct Rule {
  RuleId rule;
  std::string_view id;
  Topic topic;
  Text text;
  std::string_view document;  ///< as it is cited, "190-QĐ/TW"
  std::string_view article;   ///< "30(2)"; "-" where no article was found, as for the document
  Grade grade;
};

/// Purpose: the row of `rule` under `regulation`. Cost: constant.
Rule rule_row(Regulation regulation, RuleId rule);

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

/// Purpose: the regulation that a file names, if it is one of ours.
std::optional<Regulation> regulation_named(std::string_view name);

// What a regulation's own file provides: one citation a rule, in the order of RuleId.
struct Citation {
  RuleId rule;
  std::string_view document;
  std::string_view article;
  Grade grade;
};
std::span<const Citation> citations_244_2014();
std::span<const Citation> citations_190_2024();

}  // namespace kp
