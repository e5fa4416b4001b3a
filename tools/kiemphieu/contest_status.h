// Where a contest stands, what is missing, and what to type next.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kiemphieu/record_view.h"
#include "proceedings/decisions.h"

namespace kp {

/// A ballot, for the command that is about it.
struct BallotPlace {
  std::string bundle;
  std::uint32_t ballot = 0;
  std::uint32_t row = 0;  ///< 0 when it is about the whole ballot or its flags
};

/// A pass that is still to be read.
struct MissingPass {
  std::string bundle;
  std::int64_t pass = 1;                ///< the first number that was never used
  std::optional<std::int64_t> counted;  ///< sheets by hand, as another pass has them
};

/// Where one contest stands.
struct ContestStatus {
  const ContestHistory* contest = nullptr;
  std::int64_t passes_required = 1;
  std::int64_t signatures_required = 0;
  std::int64_t bundles = 0;
  std::int64_t ballots = 0;            ///< by the first pass of each bundle
  std::int64_t passes_missing = 0;     ///< summed over the bundles
  std::vector<MissingPass> missing;    ///< bundles that lack a pass
  std::vector<BallotPlace> differing;  ///< ballots the passes read differently, at the first row that differs
  std::vector<BallotPlace> doubtful;   ///< ballots that wait for the board, at the first row with a "?"
  std::vector<std::string> waiting;    ///< folders here that hold keyed bundles which the record lacks
  std::vector<DecisionAction> choices;  ///< what may be decided on the standing result
  Findings gate;                        ///< what keeps it from having a result
  std::vector<std::string> next;        ///< commands, ready to copy; the first is the one to type now
  std::string minutes;  ///< the command that prints the standing result, or the count by hand; "" before that
};

/// Purpose: where a contest stands; what to type next, when `path` is a record (a dossier takes no commands).
/// Keyed bundles are looked for where `key` puts them: in folders of the working directory.
ContestStatus status_of(const RecordView& view, const ContestHistory& contest, const std::string& path);
std::string status_text(const ContestStatus& status, Language language);
Json status_json(const ContestStatus& status, Language language);

}  // namespace kp
