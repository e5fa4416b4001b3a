#include "audit/report.h"

#include <algorithm>
#include <array>

namespace kp {
namespace {

const CountedBundle* bundle_named(const std::vector<CountedBundle>& bundles, const std::string& name) {
  const auto found = std::find_if(bundles.begin(), bundles.end(),
                                  [&](const CountedBundle& bundle) { return bundle.bundle == name; });
  return found == bundles.end() ? nullptr : &*found;
}

// How the paper differs from what was counted, if it does.
std::optional<Discrepancy> compare(const Contest& contest, const CountedBundle& counted, const BallotKey& key,
                                   const PaperBallot& paper) {
  if (paper.missing) return Discrepancy{key, true, true, {}};
  const std::size_t index = counted.ballots.find(key.ballot);
  Ballots seen(contest.ballot, contest.rows.size());
  seen.append(key.ballot, paper.marks, paper.flags);
  const Verdict judged = judge(contest, seen).front();
  const Verdict before = counted.verdicts[index];
  const std::string marks = counted.ballots.marks(index);
  const bool both_valid = judged == Verdict::valid && before == Verdict::valid;
  if (both_valid ? marks == paper.marks : judged == before) return std::nullopt;
  Discrepancy differs{key, false, both_valid || judged == Verdict::valid || before == Verdict::valid, {}};
  for (std::size_t row = 0; row < marks.size(); ++row) {
    if (marks[row] != paper.marks[row]) differs.rows.push_back(static_cast<std::uint32_t>(row + 1));
  }
  return differs;
}

}  // namespace

std::string_view word(Conclusion conclusion) {
  constexpr std::array<std::string_view, 3> kWords = {"unfinished", "shown", "not-shown"};
  return kWords[static_cast<std::size_t>(conclusion)];
}

Result<AuditReport> make_report(const AuditHistory& audit, const History& history,
                                const ContestHistory& contest, const std::vector<CountedBundle>& bundles) {
  const AuditPlan& plan = audit.plan;
  const Result<AuditPlan> again = make_plan(history, contest, bundles, plan.record,
                                            {plan.seed, plan.risk, plan.doubted.tolerated, plan.allowed_by});
  if (!again || *again != plan) return finding(Code::audit_draw_differs, plan.contest);
  const auto sample = static_cast<std::int64_t>(plan.drawn.size());

  AuditReport report;
  for (const auto& [key, paper] : audit.read) {
    ++report.read;
    std::optional<Discrepancy> differs =
        compare(contest.contest, *bundle_named(bundles, key.bundle), key, paper);
    if (!differs) continue;
    if (differs->counts) ++report.misread;
    report.discrepancies.push_back(std::move(*differs));
  }
  for (const auto& [name, sheets] : audit.sheets) {
    const CountedBundle* bundle = bundle_named(bundles, name);
    const auto counted = bundle == nullptr ? 0 : static_cast<std::int64_t>(bundle->ballots.size());
    if (sheets != counted) report.sheets.push_back({name, sheets, counted});
  }
  Doubted found = plan.doubted;
  found.tolerated = report.misread;
  const bool could_change = report.misread >= plan.doubted.misread;
  report.chance = chance_of_missing(found, sample);
  if (report.read == sample) {
    const bool shown = !could_change && report.sheets.empty() && report.chance <= plan.risk;
    report.conclusion = shown ? Conclusion::shown : Conclusion::not_shown;
  }
  if (!could_change) report.next_sample = least_sample(found, plan.risk);
  return report;
}

Effort effort_of(const std::vector<BallotKey>& drawn, const std::vector<CountedBundle>& bundles) {
  Effort effort;
  std::int64_t all = 0;
  for (const CountedBundle& bundle : bundles) {
    all += static_cast<std::int64_t>(bundle.ballots.size());
    // The drawn ones are in order, so the last of a bundle is the one that is leafed to.
    std::int64_t last = 0;
    for (const BallotKey& key : drawn) {
      if (key.bundle == bundle.bundle) last = static_cast<std::int64_t>(bundle.ballots.find(key.ballot)) + 1;
    }
    if (last > 0) ++effort.bundles;
    effort.leafed += last;
  }
  const auto sample = static_cast<std::int64_t>(drawn.size());
  effort.recount_is_cheaper = kLeafedWhileReadingOne * sample + effort.leafed >= kLeafedWhileReadingOne * all;
  return effort;
}

}  // namespace kp
