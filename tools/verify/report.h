// A verification's report, as text for a tired auditor and as JSON for programs.
#pragma once

#include <string>
#include <string_view>

#include "base/finding.h"
#include "verify/verify.h"

namespace kp::verify {

/// Purpose: a short report to read: what was checked, each result, every finding, and what the level means.
/// Returns: whole lines, the last one ends in LF.
std::string report_text(const Report& report, const std::string& dossier, Language language);

/// Purpose: what a level means, in a sentence or two.
std::string_view level_sentence(Assurance level, Language language);

/// Purpose: the one object of formats.md §11, canonical JSON, with a LF behind it.
std::string report_json(const Report& report, Language language);

/// Purpose: the sentence that --prefix holds. In: of how many entries.
std::string prefix_sentence(std::uint64_t size, Language language);

/// Purpose: what a proof shows, to read. In: the report of verify_proof.
std::string proof_text(const Report& report, Language language);

/// Purpose: the same for a command line that cannot be understood, with the sentence that says why.
std::string usage_json(const std::string& why, Language language);

/// Purpose: the help page, for programs.
std::string help_json(std::string_view page);

}  // namespace kp::verify
