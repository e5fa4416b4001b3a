// Where a contest stands, what is missing, and what to type next.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kiemphieu/record_view.h"

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
  std::int64_t pass = 1;  ///< the first number that was never used
};

/// Where one contest stands.
struct ContestStatus {
  const ContestHistory* contest = nullptr;
  std::int64_t passes_required = 1;
  std::int64_t signatures_required = 0;
  std::int64_t bundles = 0;
  std::int64_t ballots = 0;         ///< by the first pass of each bundle
  std::int64_t passes_missing = 0;  ///< summed over the bundles
  std::int64_t differing = 0;       ///< ballots the passes read differently
  std::int64_t doubtful = 0;
  std::vector<MissingPass> missing;  ///< bundles that lack a pass
  std::optional<BallotPlace> first_difference;
  std::optional<BallotPlace> first_unreadable;  ///< with a "?" in some pass
  Findings gate;                                ///< what keeps it from having a result
  std::vector<std::string> next;                ///< commands, ready to copy; the first is the one to type now
};

/// Purpose: where a contest stands; what to type next, when `path` is a record (a dossier takes no commands).
ContestStatus status_of(const RecordView& view, const ContestHistory& contest, const std::string& path);
std::string status_text(const ContestStatus& status, Language language);
Json status_json(const ContestStatus& status, Language language);

}  // namespace kp
