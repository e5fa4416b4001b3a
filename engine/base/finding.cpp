#include "base/finding.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "base/check.h"

namespace kp {
namespace {

constexpr auto kTable = std::to_array<FindingRow>({
#define KP_FINDING(name, code, severity, vi, en) {code, Severity::severity, {vi, en}},
#include "base/findings.def"
#undef KP_FINDING
});

constexpr std::size_t kMostPlaces = 6;

}  // namespace

const FindingRow& finding_row(Code code) {
  const auto index = static_cast<std::size_t>(code);
  KP_ASSERT(index < kTable.size());
  return kTable[index];
}

std::size_t finding_count() {
  return kTable.size();
}

Finding finding(Code code, std::string where, Args args) {
  return {code, finding_row(code).severity, std::move(where), std::move(args), {}, {}};
}

Finding warning(Code code, std::string where, Args args) {
  return {code, Severity::warning, std::move(where), std::move(args), {}, {}};
}

std::string message(const Finding& finding, Language language) {
  fmt::dynamic_format_arg_store<fmt::format_context> args;
  for (const Arg& arg : finding.args) args.push_back(arg.in(language));
  // A sentence that asks for more than it was given shows a question mark: a message must never throw.
  for (std::size_t n = finding.args.size(); n < kMostPlaces; ++n) args.push_back("?");
  std::string said = fmt::vformat(finding_row(finding.code).text.in(language), args);
  const std::string& basis = language == Language::vi ? finding.basis_vi : finding.basis_en;
  if (!basis.empty()) said += fmt::format(" [{}]", basis);
  return said;
}

std::string line_of(const Finding& finding, Language language) {
  const bool error = finding.severity == Severity::error;
  const Text label = error ? Text{"LỖI", "ERROR"} : Text{"CHÚ Ý", "NOTE"};
  const std::string where = finding.where.empty() ? "" : " " + finding.where;
  return fmt::format("{} [{}]{}: {}", label.in(language), finding_row(finding.code).code, where,
                     message(finding, language));
}

bool has_error(const Findings& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& f) { return f.severity == Severity::error; });
}

void add(Findings& findings, Findings more) {
  std::move(more.begin(), more.end(), std::back_inserter(findings));
}

}  // namespace kp
