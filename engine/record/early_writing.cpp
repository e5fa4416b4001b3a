#include "record/early_writing.h"

#include <fcntl.h>
#include <unistd.h>

#include <system_error>

namespace kp {

EarlyWriting::~EarlyWriting() {
  if (sending_.valid()) sending_.wait();
  if (file_ >= 0) ::close(file_);
}

void EarlyWriting::wrote(const std::string& path, std::size_t bytes) {
  constexpr std::size_t kPiece = std::size_t{8} << 20U;
  waiting_ += bytes;
  if (waiting_ < kPiece) return;
  waiting_ = 0;
  if (file_ < 0) file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file_ < 0) return;
  try {
    sending_ = std::async(std::launch::async, ::sync_file_range, file_, 0, 0, SYNC_FILE_RANGE_WRITE);
  } catch (const std::system_error&) {  // no thread to be had
  }
}

}  // namespace kp
