// Where a contest stands, what is missing, and what to type next.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kiemphieu/record_view.h"

namespace kp {

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
  Findings gate;                  ///< what keeps it from having a result
  std::vector<std::string> next;  ///< commands, ready to copy
};

ContestStatus status_of(const RecordView& view, const ContestHistory& contest, const std::string& path);
std::string status_text(const ContestStatus& status, Language language);
Json status_json(const ContestStatus& status, Language language);

}  // namespace kp
