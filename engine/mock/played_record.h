// A record without a disk: acts go into entries in memory, the history is replayed from them, and the dossier
// they make can be handed to the verifier.
//
// For material of practice and for tests, which may put in what no command would; the real record is record/.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "mock/bundles.h"
#include "proceedings/act.h"
#include "proceedings/reading.h"
#include "record/tree.h"

namespace kp {

class PlayedRecord {
 public:
  /// In: `at`, the time of every entry.
  PlayedRecord(const Congress& congress, std::string congress_bytes, std::string at);

  /// Purpose: numbers and appends an act.
  void append(const Act& act);
  /// Purpose: enters bundles as their stations read them, with one manifest for all of them.
  void enter(const std::string& contest, const std::vector<MockBundle>& bundles);
  /// Purpose: the result of a contest from the record as it stands. Errors: those of make_result
  [[nodiscard]] Result<Json> draw_up(const std::string& contest) const;
  /// Purpose: enters a result, as draw_up gave it or not.
  void enter_result(const std::string& contest, const Json& result);

  [[nodiscard]] History history() const;
  [[nodiscard]] FetchBundle fetch() const;
  [[nodiscard]] const std::vector<std::string>& entries() const { return entries_; }
  /// Purpose: the files of the dossier (docs/formats.md §10), by name.
  [[nodiscard]] std::map<std::string, std::string> files() const;

 private:
  [[nodiscard]] Tree tree() const;

  std::string congress_bytes_;
  std::string at_;
  std::vector<std::string> entries_;
  std::map<std::string, std::string> blobs_;      ///< bundles, by digest
  std::map<std::string, std::string> manifests_;  ///< by digest
};

}  // namespace kp
