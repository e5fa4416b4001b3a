// A mock evening played to its end, as the dossier that was handed in: right, or with what someone did to it.
#pragma once

#include <set>

#include "base/result.h"
#include "mock/mock.h"
#include "mock/played_record.h"

namespace kp {

/// Purpose: the record of all contests in their order, each from its box to its result, with the voters'
/// ballots and none of the faults of bundles and lists; flags are confirmed by two of the board. In: `faults`
/// of stage `dossier` that were planted in `election`; with some of them the evening ends after the contest
/// they lie in. forged_result and wrong_base make the result false and everything else fit it. Errors: those
/// of the acts, where a definition's board cannot do them
Result<PlayedRecord> play(const MockElection& election, const std::set<PlantKind>& faults);

}  // namespace kp
