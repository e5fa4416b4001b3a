// A disk that fails, for the whole program: preloaded into kiemphieu, it counts the calls that change a disk
// and makes one of them go wrong.
//
//   KP_FAULT=MODE:N      what happens at the N-th call (from 1)
//   KP_FAULT_TRACE=FILE  one line a call: "write HALL.kp-wal"
//   KP_FAULT_KEEP=DIR    an empty folder on the same disk, for mode power
//
// eio       the call fails: input/output error; later ones succeed
// full      half of a write is done; this and every later call that needs space fail: disk full
// short     a write writes half of its bytes and says so; nothing else happens
// readonly  this and every later call fail: read-only file system
// kill      the process ends before the call
// torn      half of a write is done, then the process ends
// power     the process ends before the call, and whatever was not brought to the disk is lost: bytes that
//           were not synced, renames whose folder was not synced. N one beyond the last call: lost power
//           right after the program has ended.
// pause     the call waits for a fifth of a second
//
// Counted are calls on files, not on the terminal; open only for writing. The system is called directly, so
// the shim needs nothing of what it stands before.
#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace {

enum class Mode { none, eio, full, shortened, readonly, kill, torn, power, pause };

/// What undoes one change that is not on the disk yet.
struct Undo {
  ino_t inode = 0;    // the file, or for a rename the folder, whose sync makes it last
  int fd = -1;        // of a write: the file,
  off_t at = 0;       // where,
  off_t size = 0;     // how long the file was
  std::string bytes;  // and what stood there
  // Of a rename: the folders, which may be renamed themselves before the power is gone, and the names in
  // them.
  int from_folder = AT_FDCWD, to_folder = AT_FDCWD;
  std::string from, to, kept;
};

struct State {
  Mode mode = Mode::none;
  int at = 0;
  int seen = 0;
  int trace = -1;
  std::string keep;
  std::vector<Undo> undo;
  bool active = false;
};

// Never destroyed: the program may write until its very end.
State& state() {
  static auto* const made = new State;
  return *made;
}

constexpr int kKilled = 99;
constexpr int kFirstHighDescriptor = 500;

long raw_write(int fd, const void* bytes, std::size_t size) {
  return syscall(SYS_write, fd, bytes, size);
}

ino_t inode_of(int fd) {
  struct stat about {};
  return fstat(fd, &about) == 0 ? about.st_ino : 0;
}

int high(int fd) {
  const int moved = static_cast<int>(syscall(SYS_fcntl, fd, F_DUPFD_CLOEXEC, kFirstHighDescriptor));
  syscall(SYS_close, fd);
  return moved;
}

int folder_of(const std::string& path) {
  const std::string folder = path.substr(0, path.rfind('/') + 1);
  return high(static_cast<int>(syscall(SYS_openat, AT_FDCWD, folder.empty() ? "." : folder.c_str(),
                                       O_PATH | O_DIRECTORY | O_CLOEXEC)));
}

std::string last_name(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

[[noreturn]] void die() {
  syscall(SYS_exit_group, kKilled);
  std::abort();
}

// The power is gone: the newest change is undone first.
void lose_what_is_not_on_the_disk() {
  std::vector<Undo>& undo = state().undo;
  for (auto it = undo.rbegin(); it != undo.rend(); ++it) {
    if (it->fd >= 0) {
      syscall(SYS_pwrite64, it->fd, it->bytes.data(), it->bytes.size(), it->at);
      syscall(SYS_ftruncate, it->fd, it->size);
      continue;
    }
    syscall(SYS_renameat, it->to_folder, it->to.c_str(), it->from_folder, it->from.c_str());
    if (!it->kept.empty()) syscall(SYS_renameat, AT_FDCWD, it->kept.c_str(), it->to_folder, it->to.c_str());
  }
  undo.clear();
}

void remember_write(int fd, off_t at, std::size_t size) {
  if (state().mode != Mode::power) return;
  struct stat about {};
  if (fstat(fd, &about) != 0) return;
  Undo undo;
  undo.inode = about.st_ino;
  undo.size = about.st_size;
  undo.at = at;
  undo.bytes.resize(at < about.st_size ? std::min(size, static_cast<std::size_t>(about.st_size - at)) : 0);
  // The descriptor may be for writing only, and may be closed before the power is gone.
  const std::string same = "/proc/self/fd/" + std::to_string(fd);
  const int opened = static_cast<int>(syscall(SYS_openat, AT_FDCWD, same.c_str(), O_RDWR | O_CLOEXEC));
  if (opened < 0) return;
  undo.fd = high(opened);
  syscall(SYS_pread64, undo.fd, undo.bytes.data(), undo.bytes.size(), at);
  state().undo.push_back(std::move(undo));
}

void remember_rename(const char* from, const char* to) {
  State& now = state();
  if (now.mode != Mode::power) return;
  Undo undo;
  undo.from_folder = folder_of(from);
  undo.to_folder = folder_of(to);
  undo.inode = inode_of(undo.to_folder);
  undo.from = last_name(from);
  undo.to = last_name(to);
  struct stat about {};
  if (stat(to, &about) == 0 && S_ISREG(about.st_mode)) {
    undo.kept = now.keep + "/" + std::to_string(now.undo.size());
    syscall(SYS_link, to, undo.kept.c_str());
  }
  now.undo.push_back(std::move(undo));
}

// A folder that was made is moved out of sight with all that is in it.
void remember_folder(const char* path) {
  State& now = state();
  if (now.mode != Mode::power) return;
  Undo undo;
  undo.to_folder = folder_of(path);
  undo.inode = inode_of(undo.to_folder);
  undo.from = now.keep + "/" + std::to_string(now.undo.size());
  undo.to = last_name(path);
  now.undo.push_back(std::move(undo));
}

void forget(int fd) {
  std::erase_if(state().undo, [inode = inode_of(fd)](const Undo& undo) { return undo.inode == inode; });
}

void write_trace(const char* call, const std::string& name) {
  if (state().trace < 0) return;
  const std::string line = std::string(call) + " " + name + "\n";
  raw_write(state().trace, line.data(), line.size());
}

/// What is to become of a call.
enum class Fate { goes_on, fails, half_and_goes_on, half_and_fails };

Fate fate_now(bool is_write, bool needs_space) {
  State& now = state();
  const bool here = now.seen == now.at;
  const bool since = now.seen >= now.at;
  switch (now.mode) {
    case Mode::eio:
      if (here) errno = EIO;
      return here ? Fate::fails : Fate::goes_on;
    case Mode::full:
      if (!here && !(since && needs_space)) return Fate::goes_on;
      errno = ENOSPC;
      return here && is_write ? Fate::half_and_fails : Fate::fails;
    case Mode::shortened:
      return here && is_write ? Fate::half_and_goes_on : Fate::goes_on;
    case Mode::readonly:
      if (since) errno = EROFS;
      return since ? Fate::fails : Fate::goes_on;
    case Mode::kill:
      if (here) die();
      return Fate::goes_on;
    case Mode::torn:
      if (here && !is_write) die();
      return here ? Fate::half_and_fails : Fate::goes_on;
    case Mode::power:
      if (here) {
        lose_what_is_not_on_the_disk();
        die();
      }
      return Fate::goes_on;
    case Mode::pause:
      if (here) {
        const timespec fifth{0, 200'000'000};
        syscall(SYS_nanosleep, &fifth, nullptr);
      }
      return Fate::goes_on;
    case Mode::none:
      break;
  }
  return Fate::goes_on;
}

Fate meet(const char* call, const std::string& name, bool is_write, bool needs_space) {
  if (!state().active) return Fate::goes_on;
  ++state().seen;
  write_trace(call, name);
  return fate_now(is_write, needs_space);
}

bool is_file(int fd) {
  struct stat about {};
  return fd > STDERR_FILENO && fstat(fd, &about) == 0 && (S_ISREG(about.st_mode) || S_ISDIR(about.st_mode));
}

std::string name_of(int fd) {
  char name[4096];
  const std::string link = "/proc/self/fd/" + std::to_string(fd);
  const ssize_t size = readlink(link.c_str(), name, sizeof name);
  return last_name({name, size > 0 ? static_cast<std::size_t>(size) : 0});
}

Fate meet_fd(const char* call, int fd, bool is_write, bool needs_space) {
  if (!state().active || !is_file(fd)) return Fate::goes_on;
  return meet(call, name_of(fd), is_write, needs_space);
}

// A write at `at`, or where the file stands when that is negative.
ssize_t write_at(int fd, const void* bytes, std::size_t size, off_t at) {
  const auto really = [&](std::size_t n) {
    return at < 0 ? raw_write(fd, bytes, n) : syscall(SYS_pwrite64, fd, bytes, n, at);
  };
  if (!state().active || !is_file(fd)) return really(size);
  const Fate fate = meet_fd("write", fd, true, true);
  if (fate == Fate::fails) return -1;
  const std::size_t n = fate == Fate::goes_on ? size : std::max<std::size_t>(size / 2, 1);
  if (fate == Fate::half_and_goes_on) return really(n);
  if (fate == Fate::half_and_fails) {
    const int why = errno;
    really(size / 2);
    if (state().mode == Mode::torn) die();
    errno = why;
    return -1;
  }
  remember_write(fd, at < 0 ? static_cast<off_t>(syscall(SYS_lseek, fd, 0, SEEK_CUR)) : at, n);
  return really(n);
}

int open_at(int folder, const char* path, int flags, mode_t mode) {
  const bool writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT) != 0;
  if (writes && meet("open", path, false, (flags & O_CREAT) != 0) != Fate::goes_on) return -1;
  return static_cast<int>(syscall(SYS_openat, folder, path, flags, mode));
}

__attribute__((constructor)) void begin() {
  // The shell that starts the program is left alone.
  if (std::strcmp(program_invocation_short_name, "kiemphieu") != 0) return;
  State& now = state();
  if (const char* trace = std::getenv("KP_FAULT_TRACE"); trace != nullptr) {
    const int fd = static_cast<int>(
        syscall(SYS_openat, AT_FDCWD, trace, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
    now.trace = high(fd);
  }
  if (const char* keep = std::getenv("KP_FAULT_KEEP"); keep != nullptr) now.keep = keep;
  const char* fault = std::getenv("KP_FAULT");
  const std::string text = fault == nullptr ? "none:0" : fault;
  const std::string mode = text.substr(0, text.find(':'));
  const char* const names[] = {"none", "eio", "full", "short", "readonly", "kill", "torn", "power", "pause"};
  const auto* const it = std::find(std::begin(names), std::end(names), mode);
  if (it == std::end(names)) std::abort();
  now.mode = static_cast<Mode>(it - names);
  now.at = std::atoi(text.c_str() + mode.size() + 1);
  now.active = true;
}

__attribute__((destructor)) void end() {
  if (state().mode == Mode::power && state().at > state().seen) lose_what_is_not_on_the_disk();
}

}  // namespace

extern "C" {

#pragma GCC visibility push(default)

int open(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const auto mode = static_cast<mode_t>(va_arg(more, int));
  va_end(more);
  return open_at(AT_FDCWD, path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const auto mode = static_cast<mode_t>(va_arg(more, int));
  va_end(more);
  return open_at(AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const auto mode = static_cast<mode_t>(va_arg(more, int));
  va_end(more);
  return open_at(folder, path, flags, mode);
}

ssize_t write(int fd, const void* bytes, size_t size) {
  return write_at(fd, bytes, size, -1);
}
ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) {
  return write_at(fd, bytes, size, at);
}
ssize_t pwrite64(int fd, const void* bytes, size_t size, off_t at) {
  return write_at(fd, bytes, size, at);
}

int fsync(int fd) {
  if (meet_fd("sync", fd, false, false) != Fate::goes_on) return -1;
  if (state().active) forget(fd);
  return static_cast<int>(syscall(SYS_fsync, fd));
}
int fdatasync(int fd) {
  if (meet_fd("sync", fd, false, false) != Fate::goes_on) return -1;
  if (state().active) forget(fd);
  return static_cast<int>(syscall(SYS_fdatasync, fd));
}

int ftruncate(int fd, off_t size) noexcept {
  if (meet_fd("truncate", fd, false, true) != Fate::goes_on) return -1;
  return static_cast<int>(syscall(SYS_ftruncate, fd, size));
}
int ftruncate64(int fd, off_t size) noexcept {
  return ftruncate(fd, size);
}

int rename(const char* from, const char* to) noexcept {
  if (meet("rename", to, false, false) != Fate::goes_on) return -1;
  remember_rename(from, to);
  return static_cast<int>(syscall(SYS_rename, from, to));
}

int unlink(const char* path) noexcept {
  if (meet("unlink", path, false, false) != Fate::goes_on) return -1;
  return static_cast<int>(syscall(SYS_unlink, path));
}
int unlinkat(int folder, const char* path, int flags) noexcept {
  if (meet("unlink", path, false, false) != Fate::goes_on) return -1;
  return static_cast<int>(syscall(SYS_unlinkat, folder, path, flags));
}

int mkdir(const char* path, mode_t mode) noexcept {
  if (meet("mkdir", path, false, true) != Fate::goes_on) return -1;
  const long made = syscall(SYS_mkdir, path, mode);
  if (made == 0) remember_folder(path);
  return static_cast<int>(made);
}
int rmdir(const char* path) noexcept {
  if (meet("rmdir", path, false, false) != Fate::goes_on) return -1;
  return static_cast<int>(syscall(SYS_rmdir, path));
}
int link(const char* from, const char* to) noexcept {
  if (meet("link", to, false, true) != Fate::goes_on) return -1;
  return static_cast<int>(syscall(SYS_link, from, to));
}
ssize_t sendfile(int to, int from, off_t* at, size_t size) noexcept {
  if (meet_fd("write", to, false, true) != Fate::goes_on) return -1;
  return syscall(SYS_sendfile, to, from, at, size);
}

#pragma GCC visibility pop
}
