// What a spot check proves, and what to do next.
#pragma once

#include "audit/audit.h"

namespace kp {

/// A ballot that paper and record do not tell alike.
struct Discrepancy {
  BallotKey ballot;
  bool missing = false;
  bool counts = true;  ///< whether it gives other votes; else only the reason of its invalidity is another
  std::vector<std::uint32_t> rows;  ///< where the marks differ
};

/// Bundles whose sheets are not as many as were counted.
struct SheetsDiffer {
  std::string bundle;
  std::int64_t paper = 0;
  std::int64_t counted = 0;
};

enum class Conclusion : std::uint8_t {
  unfinished,  ///< drawn ballots are still to be read
  shown,       ///< had enough ballots been misread to change a standing, this outcome had at most the risk
  not_shown,   ///< too many discrepancies for that
};
std::string_view word(Conclusion conclusion);

struct AuditReport {
  std::int64_t read = 0;
  std::vector<Discrepancy> discrepancies;
  std::int64_t misread = 0;  ///< those that give other votes
  std::vector<SheetsDiffer> sheets;
  Conclusion conclusion = Conclusion::unfinished;
  std::int64_t chance = 0;  ///< of finding no more than `misread`, hundredths of a percent, rounded up
  std::optional<std::int64_t> next_sample;  ///< of a new check that tolerates as many; nothing when none can
};

/// Purpose: holds what was read against what was counted.
/// In: `bundles` of the very record and result that the plan names.
/// Errors: audit/draw-differs when the plan does not follow from its seed and these bundles
Result<AuditReport> make_report(const AuditHistory& audit, const History& history,
                                const ContestHistory& contest, const std::vector<CountedBundle>& bundles);

/// What finding the drawn ballots takes.
struct Effort {
  std::int64_t bundles = 0;         ///< to be opened
  std::int64_t leafed = 0;          ///< sheets that are leafed through up to the last one drawn of each
  bool recount_is_cheaper = false;  ///< reading and leafing take as long as reading all
};

/// Sheets that are leafed through in the time in which two people read one ballot aloud.
inline constexpr std::int64_t kLeafedWhileReadingOne = 10;

/// Purpose: the effort of a check against that of reading every ballot again.
/// In: `drawn` by bundle and ballot.
Effort effort_of(const std::vector<BallotKey>& drawn, const std::vector<CountedBundle>& bundles);

}  // namespace kp
