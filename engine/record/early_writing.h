// Sends what waits in the system's memory on its way to the disk while more is read, so that the sync of a
// commit has little left to wait for. A hint to the system: nothing depends on it.
#pragma once

#include <cstddef>
#include <future>
#include <optional>
#include <string>

#include "base/descriptor.h"

namespace kp {

/// A process that closes a file gives up all its locks on it, so this must end after the database is closed.
class EarlyWriting {
 public:
  /// Purpose: that so many bytes more were written into the file at `path`, which is always the same.
  void wrote(const std::string& path, std::size_t bytes);

 private:
  std::optional<Descriptor> file_;
  std::size_t waiting_ = 0;
  std::future<int> sending_;  ///< waited for before the file is closed
};

}  // namespace kp
