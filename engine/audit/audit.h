// The spot check: some ballots are taken out of their stacks again and read by two people, to show that the
// paper carries the result (docs/audit.md).
//
// A value made from the entries of the check's own record, which never touches the record it checks. It knows
// bundles and positions, never a person; readings are confidential like the ballots.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "audit/chance.h"
#include "base/result.h"
#include "proceedings/act.h"
#include "proceedings/reading.h"
#include "tally/counts.h"

namespace kp {

/// The state of the record that is checked, as it stands on paper.
struct CheckedRecord {
  std::string id;
  std::int64_t size = 0;
  std::string root;  ///< hex
  bool operator==(const CheckedRecord&) const = default;
};

/// What was settled before anything was read.
struct AuditPlan {
  Purpose purpose = Purpose::practice;
  CheckedRecord record;
  std::string contest;
  std::string result;  ///< digest of the result that is checked
  std::string allowed_by;
  std::string seed;       ///< digits
  std::int64_t risk = 0;  ///< hundredths of a percent
  Doubted doubted;
  std::vector<BallotKey> drawn;  ///< by bundle and ballot
  BallotForm form = BallotForm::strike;
  std::size_t rows = 0;
  bool operator==(const AuditPlan&) const = default;
};

/// One bundle as it was counted: after corrections and rulings.
struct CountedBundle {
  std::string bundle;
  Ballots ballots;
  std::vector<Verdict> verdicts;
};

/// Purpose: every bundle of a contest as it was counted, in byte order of their names.
/// Promise: they give the votes of the contest's standing result.
/// In: an election. Errors: result/none audit/nothing-to-check audit/count-differs; those of `fetch`
Result<std::vector<CountedBundle>> counted_bundles(const ContestHistory& contest, const FetchBundle& fetch);

/// What people want of a spot check.
struct AuditWish {
  std::string seed;
  std::int64_t risk = 0;  ///< hundredths of a percent
  std::int64_t tolerated = 0;
  std::string allowed_by;
};

/// Purpose: the plan: how many ballots, and which.
/// In: `contest` with a standing result; `bundles` from counted_bundles.
/// Errors: audit/cannot-change audit/tolerated
Result<AuditPlan> make_plan(const History& history, const ContestHistory& contest,
                            const std::vector<CountedBundle>& bundles, const CheckedRecord& record,
                            const AuditWish& wish);

/// Purpose: the ballots that a seed draws, by bundle and ballot.
/// In: `bundles` in byte order of their names, `sample` at most all their ballots.
std::vector<BallotKey> drawn_ballots(const std::string& seed, const std::string& contest,
                                     const std::vector<CountedBundle>& bundles, std::int64_t sample);

/// Purpose: the first entry of the check's record.
Act plan_act(const AuditPlan& plan, People by);

/// What two people saw.
struct PaperBallot {
  std::int64_t seq = 0;  ///< of the entry that said so
  bool missing = false;  ///< no such sheet in the bundle
  std::string marks;
  Flags flags;
};

/// Everything that a check's record tells.
struct AuditHistory {
  AuditPlan plan;
  std::map<BallotKey, PaperBallot> read;       ///< the latest of each
  std::map<std::string, std::int64_t> sheets;  ///< bundles whose sheets were counted
  std::int64_t size = 0;
  std::string last_at;
};

/// Purpose: the check that the entries tell. Errors: audit/not-an-audit
Result<AuditHistory> replay_audit(const std::vector<std::string>& entries);

/// What was read from one bundle.
struct PaperReading {
  std::string bundle;
  Ballots ballots;
  std::vector<std::uint32_t> missing;  ///< drawn, and not in the bundle
  std::optional<std::int64_t> sheets;
  std::string note;
};

/// Purpose: enters what two people read from one bundle.
/// Errors: people/two-needed audit/not-drawn audit/unreadable audit/read-before audit/read-and-missing (where
/// = bundle/ballot)
Result<Act> enter_reading(const AuditHistory& audit, const PaperReading& reading, People by);

}  // namespace kp
