#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

namespace kp {
namespace {

// Returns 0, or the error number of the step that failed.
int write_and_sync(Descriptor& file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(file.get()) != 0) return errno;
  return file.close() == 0 ? 0 : errno;
}

struct ErrorMeaning {
  int number;
  Text text;
};

// What happens to files in a hall; for the rest the number has to do.
constexpr auto kErrors = std::to_array<ErrorMeaning>({
    {EACCES, {"không có quyền", "permission denied"}},
    {EPERM, {"không được phép", "not permitted"}},
    {ENOENT, {"không có tệp hoặc thư mục này", "no such file or folder"}},
    {ENOTDIR, {"trong đường dẫn có chỗ không phải thư mục", "part of the path is not a folder"}},
    {EISDIR, {"đây là thư mục", "this is a folder"}},
    {EEXIST, {"đã có sẵn", "there already"}},
    {ENOTEMPTY, {"thư mục không rỗng", "the folder is not empty"}},
    {ELOOP, {"đường dẫn nối vòng tròn", "links that lead in a circle"}},
    {ENAMETOOLONG, {"tên quá dài", "the name is too long"}},
    {EROFS, {"ổ chỉ cho đọc", "a read-only disk"}},
    {ENOSPC, {"hết chỗ", "no space left"}},
    {EDQUOT, {"hết phần được dùng", "over quota"}},
    {EFBIG, {"tệp quá lớn", "the file is too large"}},
    {EIO, {"ổ hỏng hoặc bị rút ra", "the drive fails or was unplugged"}},
    {ENODEV, {"không còn thiết bị", "no such device"}},
    {ENXIO, {"không còn thiết bị", "no such device"}},
    {EBUSY, {"đang có chương trình khác dùng", "in use by another program"}},
    {EMFILE, {"mở quá nhiều tệp", "too many open files"}},
    {ENFILE, {"mở quá nhiều tệp", "too many open files"}},
    {ENOMEM, {"thiếu bộ nhớ", "out of memory"}},
});

}  // namespace

Arg meaning_of_error(int error_number) {
  for (const ErrorMeaning& known : kErrors) {
    if (known.number == error_number) return known.text;
  }
  return "errno " + std::to_string(error_number);
}

Finding write_failure(const std::string& path, int error_number) {
  const bool full = error_number == ENOSPC || error_number == EDQUOT || error_number == EFBIG;
  return finding(full ? Code::file_disk_full : Code::file_not_written, path,
                 {meaning_of_error(error_number)});
}

Result<FileReading> FileReading::open(const std::string& path, std::uint64_t most) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open() && errno == ENOENT) return finding(Code::file_missing, path);
  if (!file.is_open()) return finding(Code::file_unreadable, path, {meaning_of_error(errno)});
  struct stat about {};
  if (::fstat(file.get(), &about) != 0)
    return finding(Code::file_unreadable, path, {meaning_of_error(errno)});
  if (!S_ISREG(about.st_mode)) return finding(Code::file_not_regular, path);
  const auto size = static_cast<std::uint64_t>(about.st_size);
  if (size > most) return finding(Code::file_too_large, path, {std::to_string(size), std::to_string(most)});
  FileReading reading(path, std::move(file));
  reading.size_ = reading.left_ = size;
  return reading;
}

Result<std::size_t> FileReading::read(char* place, std::size_t room) {
  const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(room, left_));
  std::size_t have = 0;
  while (have < wanted) {
    const ssize_t got = ::read(file_.get(), place + have, wanted - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return finding(Code::file_unreadable, path_, {meaning_of_error(errno)});
    if (got == 0) break;  // it became shorter while being read: its digest will tell
    have += static_cast<std::size_t>(got);
  }
  left_ -= have;
  return have;
}

Result<FileBytes> FileReading::rest() {
  const auto room = static_cast<std::size_t>(left_);
  auto bytes = std::make_unique_for_overwrite<char[]>(room);
  const Result<std::size_t> size = read(bytes.get(), room);
  if (!size) return size.findings();
  return FileBytes(std::move(bytes), *size);
}

Result<FileBytes> read_bytes(const std::string& path, std::uint64_t most) {
  Result<FileReading> file = FileReading::open(path, most);
  return file ? file->rest() : file.findings();
}

Result<std::string> read_file(const std::string& path, std::uint64_t most) {
  Result<FileReading> file = FileReading::open(path, most);
  if (!file) return file.findings();
  std::string bytes(static_cast<std::size_t>(file->size()), '\0');
  const Result<std::size_t> size = file->read(bytes.data(), bytes.size());
  if (!size) return size.findings();
  bytes.resize(*size);
  return bytes;
}

PendingFile::PendingFile(std::string temporary, std::string path)
    : temporary_(std::move(temporary)), path_(std::move(path)) {}

PendingFile::PendingFile(PendingFile&& other) noexcept
    : temporary_(std::exchange(other.temporary_, {})), path_(std::move(other.path_)) {}

PendingFile::~PendingFile() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Result<PendingFile> PendingFile::write(const std::string& path, std::string_view bytes) {
  PendingFile pending(path + ".part", path);
  constexpr int kMode = 0644;
  Descriptor file(::open(pending.temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kMode));
  if (!file.is_open()) {
    const int error_number = errno;
    pending.temporary_.clear();
    return write_failure(path, error_number);
  }
  if (const int failed = write_and_sync(file, bytes); failed != 0) return write_failure(path, failed);
  return pending;
}

Done PendingFile::put_in_place() {
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) return write_failure(path_, errno);
  temporary_.clear();
  sync_folder_of(path_);
  return done();
}

void sync_folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  Descriptor directory(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.is_open()) ::fsync(directory.get());
}

Done write_file(const std::string& path, std::string_view bytes) {
  Result<PendingFile> pending = PendingFile::write(path, bytes);
  if (!pending) return pending.findings();
  return pending->put_in_place();
}

Done make_folder(const std::string& path) {
  std::error_code error;
  if (path.empty() || std::filesystem::is_directory(path, error)) return done();
  if (Done parent = make_folder(std::filesystem::path(path).parent_path().string()); !parent) return parent;
  std::filesystem::create_directory(path, error);
  if (error) return write_failure(path, error == std::errc::file_exists ? ENOTDIR : error.value());
  sync_folder_of(path);
  return done();
}

}  // namespace kp
