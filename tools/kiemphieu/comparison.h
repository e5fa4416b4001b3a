// Where the passes of a bundle differ, for people who hold the sheets in their hands; and what to type then.
#pragma once

#include <string>
#include <vector>

#include "proceedings/reading.h"

namespace kp {

/// The differences of one bundle, ready to be shown.
struct Comparison {
  const Contest* contest = nullptr;
  const BundleReading* reading = nullptr;
  std::vector<Difference> differences;
  std::int64_t ballots = 0;  ///< that differ
  bool other_stack = false;  ///< not the same sheets: other numbers of ballots, or most of them differ
};

/// Purpose: compares the passes of a bundle. In: both outlive what is returned.
Comparison compare_passes(const Contest& contest, const BundleReading& reading);

/// Purpose: bundle, ballot, number, name and what each pass reads; of another stack the first ballots only.
std::string comparison_text(const Comparison& comparison, Language language);

/// A way to mend a difference.
struct Mending {
  std::string when;  ///< what the paper must show: "Bundle 01 ballot 6, if pass 1 is right"
  std::string command;
};

/// Purpose: the commands that mend it, ready to be filled in: for each reading of a ballot those that give it
/// to the passes that read otherwise. `record` is the record's path as typed.
std::vector<Mending> mendings(const Comparison& comparison, const std::string& record, Language language);

/// Purpose: the differences as objects: bundle, ballot, row, name (of a row), readings.
Json::Array comparison_json(const Comparison& comparison);

}  // namespace kp
