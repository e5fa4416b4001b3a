// An evening without a disk: acts go into entries in memory, the history is replayed from them, and the
// dossier they make can be handed to the verifier.
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
  /// Purpose: enters a bundle as its station read it, with a manifest of its own.
  void bundle(const std::string& contest, const std::string& bundle, std::int64_t pass,
              const std::string& csv);
  /// Purpose: makes the contest's result from the record as it stands and enters it.
  /// Errors: those of make_result; then nothing is entered
  Findings result(const std::string& contest);

  [[nodiscard]] History history() const;
  [[nodiscard]] FetchBlob fetch() const;
  [[nodiscard]] const std::vector<std::string>& entries() const { return entries_; }
  /// Purpose: the files of the dossier (docs/formats.md §10), by name.
  [[nodiscard]] std::map<std::string, std::string> files() const;

 private:
  std::string congress_bytes_;
  std::vector<std::string> entries_;
  std::map<std::string, std::string> blobs_;      ///< bundles, by digest
  std::map<std::string, std::string> manifests_;  ///< by digest
};

/// Two members of the board of congress_of().
inline People two() {
  return {"Lê Văn Trưởng", "Trần Thị Uỷ"};
}

/// Purpose: a CSV of these marks, numbered from 1.
std::string csv_of(const std::vector<std::string>& marks);

}  // namespace kp::test
