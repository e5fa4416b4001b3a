#include "record/early_writing.h"

#include <fcntl.h>

#include <system_error>

namespace kp {

void EarlyWriting::wrote(const std::string& path, std::size_t bytes) {
  constexpr std::size_t kPiece = std::size_t{8} << 20U;
  waiting_ += bytes;
  if (waiting_ < kPiece) return;
  waiting_ = 0;
  if (!file_) file_.emplace(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file_->is_open()) return;
  try {
    sending_ = std::async(std::launch::async, ::sync_file_range, file_->get(), 0, 0, SYNC_FILE_RANGE_WRITE);
  } catch (const std::system_error&) {  // no thread to be had
  }
}

}  // namespace kp
