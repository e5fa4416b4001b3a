// A spot check in words and as JSON: what was drawn, what was found, what it shows.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "audit/report.h"
#include "kiemphieu/reply.h"
#include "record/tree.h"

namespace kp {

/// Purpose: a percentage with at most two decimals, "5" or "0.25", in hundredths; nothing when it is none.
std::optional<std::int64_t> hundredths_in(std::string_view typed);

/// Purpose: hundredths as people read a percentage, "5.00".
std::string percent_of_hundredths(std::int64_t hundredths);

/// Purpose: size and root of a check's own record.
Json audit_head_json(const Tree& tree);
std::string audit_head_text(const Tree& tree, Language language);

Json::Object plan_json(const AuditPlan& plan, const Effort& effort);
std::string plan_text(const AuditPlan& plan, const Contest& contest, const Effort& effort, Language language);

/// A report, and the effort of the next check when one can show more.
struct ReportShown {
  const AuditReport& report;
  const std::optional<Effort>& next;
};

Json::Object report_json(const AuditPlan& plan, const AuditReport& report, const std::optional<Effort>& next);
std::string report_text(const AuditPlan& plan, const Contest& contest, const ReportShown& shown,
                        Language language);

}  // namespace kp
