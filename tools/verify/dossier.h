// The folder itself: which files it holds, and reading them without trusting them (formats.md §10).
//
// Looks at names and kinds once, follows no link, opens nothing but regular files. What was expected and is
// not there, and what is there and was not expected, are faults.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "base/result.h"
#include "verify/faults.h"

namespace kp::verify {

class Dossier {
 public:
  /// Purpose: looks over the folder at `path`.
  /// Errors: file/missing dossier/not-a-folder file/unreadable; links and foreign things go into `faults`
  ///         (dossier/not-a-file dossier/extra-file).
  static Result<Dossier> open(const std::string& path, Faults& faults);

  /// Purpose: whether there is a regular file of that name, "bundles/….csv".
  [[nodiscard]] bool has(std::string_view name) const { return files_.contains(name); }
  /// Purpose: whether there is a folder of that name, "bundles".
  [[nodiscard]] bool has_folder(std::string_view name) const { return folders_.contains(name); }

  /// Purpose: says that a file is part of the dossier; it then counts as missing or as known.
  /// Returns: whether it is there. Errors: dossier/missing-file, into `faults`.
  bool expect(const std::string& name, Faults& faults);
  /// Purpose: says that a file may be there.
  void admit(const std::string& name) { known_.insert(name); }
  /// Purpose: says that whatever is there may be there, when nobody can tell any more.
  void admit_all() { known_.insert(files_.begin(), files_.end()); }
  /// Purpose: names everything that nobody expected or admitted. Errors: dossier/extra-file.
  void report_the_rest(Faults& faults) const;

  /// Purpose: the bytes of a file. Errors: file/… (where = name).
  [[nodiscard]] Result<std::string> read(const std::string& name, std::uint64_t most) const;

  /// Purpose: the bytes of a large file, piece by piece, as long as `each` says true.
  /// Errors: file/unreadable file/too-large file/not-regular (where = name)
  [[nodiscard]] Done stream(const std::string& name, std::uint64_t most,
                            const std::function<bool(std::string_view)>& each) const;

  /// Purpose: the length of a file as it was looked over, 0 when there is none.
  [[nodiscard]] std::uint64_t size_of(const std::string& name) const;

 private:
  void list(const std::string& folder, Faults& faults);

  std::string path_;
  std::set<std::string, std::less<>> files_;
  std::set<std::string, std::less<>> folders_;
  std::set<std::string, std::less<>> known_;
  std::set<std::string, std::less<>> missing_;
};

/// Purpose: a file's name as it can be shown: bytes that are not plain text as \xNN.
std::string shown_name(std::string_view name);

}  // namespace kp::verify
