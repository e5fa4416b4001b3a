// A bundle on the keyer's desk: what is keyed, and its file on the disk.
//
// A ballot counts as keyed only once it is on the disk (fsync), so a power cut loses at most the one being
// typed. The file is replaced as a whole each time; it keeps no time and nothing of what stood there before.
#pragma once

#include <string>
#include <utility>

#include "base/descriptor.h"
#include "keying/keyed_bundle.h"
#include "kiemphieu/packing.h"

namespace kp {

/// The only one who keys into a folder, until it goes out of sight.
class FolderLock {
 public:
  /// Purpose: takes the folder. Errors: file/unreadable key/busy (where = `folder`)
  static Result<FolderLock> take(const std::string& folder);

 private:
  explicit FolderLock(Descriptor folder) : folder_(std::move(folder)) {}
  Descriptor folder_;
};

class KeyingDesk {
 public:
  /// Purpose: a new bundle, or the one that was begun in `folder`, which is made when it is not there.
  /// In: `pack_for` outlives it.
  /// Errors: those of KeyedBundle::resume and make_folder; key/busy key/done gate/same-person
  ///         gate/same-station; those of manifest_to_extend
  static Result<KeyingDesk> open(const std::string& folder, const PackFor& pack_for, KeyingTask task);

  [[nodiscard]] const KeyedBundle& bundle() const { return bundle_; }
  [[nodiscard]] const PackFor& pack_for() const { return *pack_for_; }

  /// Purpose: KeyedBundle::enter, saved before it counts; when it cannot be saved nothing was entered.
  Reaction enter(std::string_view line);
  /// Purpose: KeyedBundle::leave_for.
  Reaction leave_for(std::size_t number, std::string_view line) { return bundle_.leave_for(number, line); }

  /// Purpose: writes the CSV and enters it into the folder's manifest, ready for import.
  Result<ManifestBundle> hand_over() const;

 private:
  KeyingDesk(FolderLock lock, std::string folder, const PackFor& pack_for, KeyedBundle bundle);

  FolderLock lock_;
  std::string folder_;
  const PackFor* pack_for_;
  KeyedBundle bundle_;
};

/// Purpose: the finding that keeps `task` from being an independent pass beside one that is there already:
/// same person or same station. Errors (as findings): gate/same-person gate/same-station
Findings check_independent(const std::string& contest, const KeyingTask& task, std::int64_t pass,
                           const std::string& station, const std::string& by);

/// Purpose: the session file that stands beside a bundle's CSV: "01-1.keying" beside "01-1.csv".
std::string session_file_of(const std::string& csv);

}  // namespace kp
