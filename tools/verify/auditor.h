// The report for an auditor: everything a verification saw, in words (formats.md §11, --report).
//
// For someone who was not in the hall and has the paper before them. Every figure is the verifier's own. It
// names who corrected and who ruled, never how a ballot was marked. The same dossier gives the same bytes.
#pragma once

#include <string>

#include "base/finding.h"
#include "verify/verify.h"

namespace kp::verify {

/// Purpose: the report in whole lines: the conclusion, what was and was not checked, each contest, findings.
/// In: a report with its account, unless the dossier was too broken to have one.
std::string auditor_report(const Report& report, const std::string& dossier, Language language);

}  // namespace kp::verify
