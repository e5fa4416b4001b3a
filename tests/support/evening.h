// An evening in memory whose bundles come one by one, as tests write them.
#pragma once

#include <string>
#include <vector>

#include "mock/played_record.h"

namespace kp::test {

class Evening : public PlayedRecord {
 public:
  explicit Evening(const Congress& congress, const std::string& congress_bytes);

  /// Purpose: enters a bundle as its station read it, with a manifest of its own.
  void bundle(const std::string& contest, const std::string& bundle, std::int64_t pass,
              const std::string& csv);
  /// Purpose: makes the contest's result from the record as it stands and enters it.
  /// Errors: those of make_result; then nothing is entered
  Findings result(const std::string& contest);
};

/// Two members of the board of congress_of().
inline People two() {
  return {"Lê Văn Trưởng", "Trần Thị Uỷ"};
}

/// Purpose: a CSV of these marks, numbered from 1.
std::string csv_of(const std::vector<std::string>& marks);

}  // namespace kp::test
