// An evening without a disk: acts go into entries in memory, and the history is replayed from them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "proceedings/act.h"
#include "proceedings/reading.h"

namespace kp::test {

class Evening {
 public:
  explicit Evening(const Congress& congress, const std::string& congress_bytes);

  /// Purpose: numbers and appends an act.
  void append(const Act& act);
  /// Purpose: enters a bundle as its station read it; the manifest is not modelled.
  void bundle(const std::string& contest, const std::string& bundle, std::int64_t pass,
              const std::string& csv);

  [[nodiscard]] History history() const;
  [[nodiscard]] FetchBlob fetch() const;
  [[nodiscard]] const std::vector<std::string>& entries() const { return entries_; }

 private:
  std::string congress_bytes_;
  std::vector<std::string> entries_;
  std::map<std::string, std::string> blobs_;
};

/// Two members of the board of congress_of().
inline People two() {
  return {"Lê Văn Trưởng", "Trần Thị Uỷ"};
}

/// Purpose: a CSV of these marks, numbered from 1.
std::string csv_of(const std::vector<std::string>& marks);

}  // namespace kp::test
