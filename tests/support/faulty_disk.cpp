#include "support/faulty_disk.h"

#include <sqlite3.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace kp::test {
namespace {

sqlite3_vfs* real_disk = nullptr;
sqlite3_vfs faulty_disk;
Fault current = Fault::none;
int fault_at = 0;
int seen = 0;

constexpr int kKilled = 99;

/// What SQLite holds for an open file: ours first, the real one's memory behind it.
struct File {
  sqlite3_file base;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* ours(sqlite3_file* file) {
  return reinterpret_cast<File*>(file);
}

sqlite3_file* real(sqlite3_file* file) {
  return ours(file)->real();
}

// Counts an operation; returns the error it is to give, or SQLITE_OK.
int strike() {
  ++seen;
  if (current == Fault::none || current == Fault::locked || seen < fault_at) return SQLITE_OK;
  if (current == Fault::kill || current == Fault::tear) ::_exit(kKilled);
  return current == Fault::full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
  if (current == Fault::tear && seen + 1 == fault_at) {
    real(file)->pMethods->xWrite(real(file), data, size / 2, offset);
  }
  if (const int error = strike(); error != SQLITE_OK) return error;
  return real(file)->pMethods->xWrite(real(file), data, size, offset);
}

int sync(sqlite3_file* file, int flags) {
  if (strike() != SQLITE_OK) return SQLITE_IOERR_FSYNC;
  return real(file)->pMethods->xSync(real(file), flags);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (strike() != SQLITE_OK) return SQLITE_IOERR_TRUNCATE;
  return real(file)->pMethods->xTruncate(real(file), size);
}

int remove(sqlite3_vfs*, const char* name, int sync_folder) {
  if (strike() != SQLITE_OK) return SQLITE_IOERR_DELETE;
  return real_disk->xDelete(real_disk, name, sync_folder);
}

const sqlite3_io_methods kMethods = {
    3,
    [](sqlite3_file* f) { return real(f)->pMethods->xClose(real(f)); },
    [](sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
      return real(f)->pMethods->xRead(real(f), to, n, at);
    },
    write,
    truncate,
    sync,
    [](sqlite3_file* f, sqlite3_int64* size) { return real(f)->pMethods->xFileSize(real(f), size); },
    [](sqlite3_file* f, int lock) { return real(f)->pMethods->xLock(real(f), lock); },
    [](sqlite3_file* f, int lock) { return real(f)->pMethods->xUnlock(real(f), lock); },
    [](sqlite3_file* f, int* held) { return real(f)->pMethods->xCheckReservedLock(real(f), held); },
    [](sqlite3_file* f, int op, void* arg) { return real(f)->pMethods->xFileControl(real(f), op, arg); },
    [](sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); },
    [](sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); },
    [](sqlite3_file* f, int page, int size, int extend, void volatile** at) {
      return real(f)->pMethods->xShmMap(real(f), page, size, extend, at);
    },
    [](sqlite3_file* f, int offset, int n, int flags) {
      return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
    },
    [](sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); },
    [](sqlite3_file* f, int remove_it) { return real(f)->pMethods->xShmUnmap(real(f), remove_it); },
    [](sqlite3_file* f, sqlite3_int64 at, int n, void** to) {
      return real(f)->pMethods->xFetch(real(f), at, n, to);
    },
    [](sqlite3_file* f, sqlite3_int64 at, void* p) { return real(f)->pMethods->xUnfetch(real(f), at, p); },
};

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  if (current == Fault::locked && (flags & SQLITE_OPEN_READWRITE) != 0) {
    ours(file)->base.pMethods = nullptr;
    if ((flags & SQLITE_OPEN_MAIN_DB) == 0) return SQLITE_CANTOPEN;
    flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
  }
  const int status = real_disk->xOpen(real_disk, name, real(file), flags, out_flags);
  ours(file)->base.pMethods = real(file)->pMethods == nullptr ? nullptr : &kMethods;
  return status;
}

}  // namespace

void install_faulty_disk() {
  real_disk = sqlite3_vfs_find(nullptr);
  faulty_disk = *real_disk;
  faulty_disk.zName = "faulty";
  faulty_disk.pNext = nullptr;
  faulty_disk.szOsFile = static_cast<int>(sizeof(File)) + real_disk->szOsFile;
  faulty_disk.xOpen = open;
  faulty_disk.xDelete = remove;
  if (sqlite3_vfs_register(&faulty_disk, 1) != SQLITE_OK) std::abort();
}

void set_fault(Fault fault, int at) {
  current = fault;
  fault_at = at;
  seen = 0;
}

int operations_seen() {
  return seen;
}

}  // namespace kp::test
