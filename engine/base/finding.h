// What is wrong with something that came from outside, and what to do about it.
//
// A Finding is a value: a stable code, a severity, a place, and the figures for its sentence. Sentences in
// both languages stand in one table, findings.def, from which the codes, the texts on screen and the table in
// docs/formats.md come. Codes are frozen: programs outside rely on them. Texts may be bettered at any time.
//
// A finding never quotes what was written on a ballot and never carries a person's votes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kp {

enum class Language : std::uint8_t { vi, en };
enum class Severity : std::uint8_t { error, warning };

/// One text in both languages; the Vietnamese one is the original.
struct Text {
  std::string_view vi;
  std::string_view en;

  [[nodiscard]] constexpr std::string_view in(Language language) const {
    return language == Language::vi ? vi : en;
  }
};

/// A figure or a name in a finding's sentence: the same in both languages, or a word in each.
class Arg {
 public:
  Arg(std::string both) : vi_(std::move(both)) {}
  Arg(std::string_view both) : vi_(both) {}
  Arg(const char* both) : vi_(both) {}
  Arg(const Text& text) : vi_(text.vi), en_(text.en) {}

  [[nodiscard]] const std::string& in(Language language) const {
    return language == Language::vi || en_.empty() ? vi_ : en_;
  }
  bool operator==(const Arg&) const = default;

 private:
  std::string vi_;
  std::string en_;  ///< "" when it is the same
};
using Args = std::vector<Arg>;

/// Every finding this project can make; `Code::list_no_surplus` reads "list/no-surplus" outside.
enum class Code : std::uint16_t {
#define KP_FINDING(name, code, severity, vi, en) name,
#include "base/findings.def"
#undef KP_FINDING
};

struct Finding {
  Code code;
  Severity severity;
  /// file:line:column, a JSON pointer, or contest/bundle/ballot; empty when the finding is about the whole
  /// input.
  std::string where;
  /// Figures and names for the sentence, in the order of its places {0} {1} …
  Args args;
  /// The rule it holds to, as people cite it, in both languages; "" when it stands on none. See cite() in
  /// rules/ruleset.h.
  std::string basis_vi = {};
  std::string basis_en = {};

  bool operator==(const Finding&) const = default;
};

using Findings = std::vector<Finding>;

/// A row of findings.def.
struct FindingRow {
  std::string_view code;
  Severity severity;
  /// What is wrong and, after " → ", what to do next.
  Text text;
};

/// Purpose: the table row of a code. Cost: constant.
const FindingRow& finding_row(Code code);

/// Purpose: the number of codes, so that tables and tests can walk all of them.
std::size_t finding_count();

/// Purpose: a finding with its code's usual severity.
/// In: `where` as in Finding; `args` one for each place of the sentence.
Finding finding(Code code, std::string where = {}, Args args = {});

/// Purpose: the same finding as a warning: shown, but nothing is stopped by it.
Finding warning(Code code, std::string where = {}, Args args = {});

/// Purpose: the sentence of a finding: what is wrong, what to do next, and in brackets the rule behind it.
std::string message(const Finding& finding, Language language);

/// Purpose: a finding on one line, as every program of ours prints it: "LỖI [code] where: sentence".
std::string line_of(const Finding& finding, Language language);

/// Purpose: whether any of `findings` stops the work.
bool has_error(const Findings& findings);

/// Purpose: moves all of `more` behind `findings`.
void add(Findings& findings, Findings more);

}  // namespace kp
