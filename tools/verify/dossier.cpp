#include "verify/dossier.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <map>
#include <system_error>
#include <vector>

#include "base/file.h"
#include "base/text.h"

namespace kp::verify {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> kFolders = {"manifests", "bundles", "results"};
constexpr std::size_t kPiece = std::size_t{1} << 20U;

/// A file opened for reading that is closed when it goes out of sight.
class Open {
 public:
  // Not through a link, and not waiting for the other end of a pipe that took the file's place.
  explicit Open(const std::string& path)
      : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)) {}
  Open(const Open&) = delete;
  Open& operator=(const Open&) = delete;
  ~Open() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int fd() const { return fd_; }

 private:
  int fd_;
};

}  // namespace

Result<Dossier> Dossier::open(const std::string& path, Faults& faults) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return finding(Code::file_missing, shown_name(path));
  if (!fs::is_directory(status)) return finding(Code::verify_dossier_not_a_folder, shown_name(path));
  Dossier dossier;
  dossier.path_ = path;
  const fs::directory_iterator readable(path, error);
  if (error) return finding(Code::file_unreadable, shown_name(path), {meaning_of_error(error.value())});
  dossier.list("", faults);
  for (const std::string_view folder : kFolders) {
    if (dossier.has_folder(folder)) dossier.list(std::string(folder), faults);
  }
  return dossier;
}

void Dossier::list(const std::string& folder, Faults& faults) {
  std::error_code error;
  fs::directory_iterator it(folder.empty() ? path_ : path_ + "/" + folder, error);
  bool empty = true;
  std::map<std::string, Code> odd;  // sorted, whatever order the folder lists them in
  for (; !error && it != fs::directory_iterator(); it.increment(error)) {
    empty = false;
    std::error_code unknown;
    const fs::file_status status = it->symlink_status(unknown);
    const std::string file_name = it->path().filename().string();
    const std::string name = folder.empty() ? file_name : folder + "/" + file_name;
    const bool ours =
        folder.empty() && std::find(kFolders.begin(), kFolders.end(), file_name) != kFolders.end();
    if (fs::is_regular_file(status)) {
      files_.insert(name);
    } else if (fs::is_directory(status) && ours) {
      folders_.insert(name);
    } else if (fs::is_directory(status)) {
      odd.emplace(shown_name(name) + "/", Code::verify_dossier_extra_file);
    } else {
      odd.emplace(shown_name(name), Code::verify_dossier_not_a_file);
    }
  }
  for (const auto& [name, code] : odd) faults.add(code, name);
  if (error)
    faults.add(Code::file_unreadable, folder.empty() ? "." : folder, {meaning_of_error(error.value())});
  if (empty && !error && !folder.empty()) faults.add(Code::verify_dossier_extra_file, folder + "/");
}

bool Dossier::expect(const std::string& name, Faults& faults) {
  known_.insert(name);
  if (has(name)) return true;
  if (missing_.insert(name).second) faults.add(Code::verify_dossier_missing_file, name);
  return false;
}

void Dossier::report_the_rest(Faults& faults) const {
  for (const std::string& name : files_) {
    if (!known_.contains(name)) faults.add(Code::verify_dossier_extra_file, shown_name(name));
  }
}

Result<std::string> Dossier::read(const std::string& name, std::uint64_t most) const {
  std::string bytes;
  const Done done = stream(name, most, [&](std::string_view piece) {
    bytes.append(piece);
    return true;
  });
  if (!done) return done.findings();
  return bytes;
}

Done Dossier::stream(const std::string& name, std::uint64_t most,
                     const std::function<bool(std::string_view)>& each) const {
  const Open file(path_ + "/" + name);
  if (file.fd() < 0) return finding(Code::file_unreadable, name, {meaning_of_error(errno)});
  struct stat about {};
  if (::fstat(file.fd(), &about) != 0) return finding(Code::file_unreadable, name, {meaning_of_error(errno)});
  if (!S_ISREG(about.st_mode)) return finding(Code::file_not_regular, name);
  const auto size = static_cast<std::uint64_t>(about.st_size);
  if (size > most) return finding(Code::file_too_large, name, {std::to_string(size), std::to_string(most)});
  std::vector<char> piece(std::min<std::uint64_t>(kPiece, size + 1));
  std::uint64_t left = most;
  for (;;) {
    const ssize_t got = ::read(file.fd(), piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return finding(Code::file_unreadable, name, {meaning_of_error(errno)});
    if (got == 0) return done();
    const auto length = static_cast<std::size_t>(got);
    if (length > left)
      return finding(Code::file_too_large, name, {std::to_string(most + 1), std::to_string(most)});
    left -= length;
    if (!each(std::string_view(piece.data(), length))) return done();
  }
}

std::uint64_t Dossier::size_of(const std::string& name) const {
  std::error_code error;
  const std::uint64_t size = fs::file_size(path_ + "/" + name, error);
  return error ? 0 : size;
}

std::string shown_name(std::string_view name) {
  constexpr std::string_view kHex = "0123456789abcdef";
  constexpr std::size_t kMostBytes = 255;
  const std::string_view shown = name.substr(0, kMostBytes);
  if (!first_bad_utf8(shown) && is_nfc(shown) && !has_hidden_character(shown)) return std::string(shown);
  std::string out;
  for (const char c : shown) {
    const auto byte = static_cast<unsigned char>(c);
    if (' ' <= c && c <= '~') {
      out.push_back(c);
    } else {
      out += "\\x";
      out.push_back(kHex[byte >> 4U]);
      out.push_back(kHex[byte & 0x0FU]);
    }
  }
  return out;
}

}  // namespace kp::verify
