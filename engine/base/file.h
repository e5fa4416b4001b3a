// Files, read whole or piece by piece and written whole.
//
// A file that this project writes is either all there or not there: it is written beside its place, brought
// to the disk, and then renamed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/descriptor.h"
#include "base/result.h"

namespace kp {

/// The bytes of a file, as they were read.
class FileBytes {
 public:
  FileBytes(std::unique_ptr<char[]> bytes, std::size_t size) : bytes_(std::move(bytes)), size_(size) {}
  [[nodiscard]] std::string_view view() const { return {bytes_.get(), size_}; }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t size_;
};

/// Purpose: the bytes of a regular file, in memory that nobody filled before.
/// In: `most` bytes are taken at the most; a larger file is not read at all.
/// Errors: file/missing file/unreadable file/not-regular file/too-large (where = path)
Result<FileBytes> read_bytes(const std::string& path, std::uint64_t most);

/// Purpose: the same as a text.
Result<std::string> read_file(const std::string& path, std::uint64_t most);

/// A regular file that is read piece by piece.
class FileReading {
 public:
  /// In and Errors: as read_bytes
  static Result<FileReading> open(const std::string& path, std::uint64_t most);

  /// How many bytes it had when it was opened; no more are read.
  [[nodiscard]] std::uint64_t size() const { return size_; }

  /// Purpose: the next bytes, into a place with room for `room` of them.
  /// Returns: how many; fewer than `room` only at the end.
  /// Errors: file/unreadable
  Result<std::size_t> read(char* place, std::size_t room);
  /// Purpose: all that is left. Errors: file/unreadable
  Result<FileBytes> rest();

 private:
  FileReading(std::string path, Descriptor file) : path_(std::move(path)), file_(std::move(file)) {}

  std::string path_;
  Descriptor file_;
  std::uint64_t size_ = 0;
  std::uint64_t left_ = 0;
};

/// Purpose: puts `bytes` at `path`, whole or not at all, on the disk when it returns.
/// Errors: file/not-written file/disk-full (where = path); an older file at `path` is then as it was.
Done write_file(const std::string& path, std::string_view bytes);

/// A file that is on the disk beside its place but not yet in it; dropped when it is not put there.
class PendingFile {
 public:
  PendingFile(const PendingFile&) = delete;
  PendingFile& operator=(const PendingFile&) = delete;
  PendingFile(PendingFile&& other) noexcept;
  PendingFile& operator=(PendingFile&&) = delete;
  ~PendingFile();

  /// Purpose: the first half of write_file: after it only the rename is left, which needs no space.
  static Result<PendingFile> write(const std::string& path, std::string_view bytes);
  /// Purpose: the second half.
  Done put_in_place();

 private:
  PendingFile(std::string temporary, std::string path);
  std::string temporary_;
  std::string path_;
};

/// Purpose: makes a folder and its parents; one that is there already is fine.
/// Errors: file/not-written (where = path)
Done make_folder(const std::string& path);

/// Purpose: brings a new name in the folder of `path` to the disk, as far as the file system can.
void sync_folder_of(const std::string& path);

/// Purpose: what an operating-system error number means, in both languages.
Arg meaning_of_error(int error_number);

/// Purpose: the finding for an operating-system error number at `path` while writing.
Finding write_failure(const std::string& path, int error_number);

}  // namespace kp
