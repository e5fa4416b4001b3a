#include "verify/faults.h"

namespace kp::verify {
namespace {

constexpr std::size_t kMostOfOneCode = 100;

}  // namespace

void Faults::add(Finding finding) {
  const bool error = finding.severity == Severity::error;
  errors_ += error ? 1 : 0;
  if (++seen_[finding.code] > kMostOfOneCode) {
    ++unlisted_;
    unlisted_error_ = unlisted_error_ || error;
    return;
  }
  kept_.push_back(std::move(finding));
}

void Faults::add(Findings findings) {
  for (Finding& finding : findings) add(std::move(finding));
}

void Faults::add(Code code, std::string where, Args args) {
  add(finding(code, std::move(where), std::move(args)));
}

Findings Faults::listed() const {
  Findings findings = kept_;
  if (unlisted_ > 0) {
    Finding more = finding(Code::findings_more, {}, {std::to_string(unlisted_)});
    if (!unlisted_error_) more.severity = Severity::warning;
    findings.push_back(std::move(more));
  }
  return findings;
}

}  // namespace kp::verify
