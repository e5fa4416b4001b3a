#include "record/connection.h"

#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>

#include "base/file.h"

namespace kp {

Record::Connection::~Connection() {
  close();
  if (!put_under.empty()) remove_files();
}

int Record::Connection::open_database(const std::string& name, int flags) {
  constexpr int kBusyMilliseconds = 5000;
  // SQLite would set up room for twenty pages at once; a command that only looks reads seven.
  [[maybe_unused]] static const int kPageByPage = sqlite3_config(SQLITE_CONFIG_PAGECACHE, nullptr, 0, 0);
  close();
  const int status = sqlite3_open_v2(name.c_str(), &database, flags, nullptr);
  if (status != SQLITE_OK) return status;
  sqlite3_busy_timeout(database, kBusyMilliseconds);
  sqlite3_extended_result_codes(database, 1);
  return run("SELECT count(*) FROM sqlite_schema");
}

int Record::Connection::close() {
  statements.release();
  const int status = sqlite3_close(database);
  if (status == SQLITE_OK) database = nullptr;
  return status;
}

void Record::Connection::remove_files() const {
  ::unlink(path.c_str());
  remove_side_files();
}

void Record::Connection::remove_side_files() const {
  for (const char* suffix : {"-wal", "-shm", "-journal"}) ::unlink((path + suffix).c_str());
}

int Record::Connection::run(const std::string& sql) const {
  return sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr);
}

std::int64_t Record::Connection::pragma(const std::string& name) const {
  Statement statement = prepared("PRAGMA " + name);
  return statement.step() == SQLITE_ROW ? statement.integer(0) : -1;
}

int Record::Connection::put(const std::string& table, const std::string& sha256,
                            const std::function<void(Statement&)>& bind) const {
  Statement known = prepared("SELECT 1 FROM " + table + " WHERE sha256 = ?1");
  known.bind_text(1, sha256);
  if (known.step() == SQLITE_ROW) return SQLITE_OK;
  Statement statement = prepared("INSERT INTO " + table + "(sha256, bytes) VALUES(?1, ?2)");
  statement.bind_text(1, sha256);
  bind(statement);
  const int status = statement.step();
  return status == SQLITE_DONE && sqlite3_changes(database) != 1 ? SQLITE_CORRUPT : status;
}

int Record::Connection::read_size() {
  Statement size = prepared("SELECT coalesce(max(seq), -1) + 1 FROM entry");
  const int status = size.step();
  next_seq = size.integer(0);
  return status == SQLITE_ROW ? SQLITE_OK : status;
}

// Through the log others read while one writes, but every page is written twice. Much is written straight
// into the file instead, with a journal of the few pages that were there before. Where another program holds
// the record the journal stays what it is; that is slower, or others wait, and nothing else.
void Record::Connection::choose_journal() const {
  run(much ? "PRAGMA journal_mode = DELETE" : "PRAGMA journal_mode = WAL");
  // EXTRA is FULL for the log; that a journal is gone is made durable, too. What a single INSERT may have to
  // take back waits in memory, not in files elsewhere on the disk. A log that begins anew every 32 pages does
  // not grow, so that a sync writes the page alone and not also how long the file is now.
  run("PRAGMA synchronous = EXTRA; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 32");
}

Finding Record::Connection::refused(int status) const {
  const std::string& shown = shown_path();
  int system = sqlite3_system_errno(database);
  if (system == 0)
    system = errno == EFBIG || errno == EDQUOT ? errno : 0;  // of a commit it is told nowhere else
  switch (status & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return finding(Code::record_busy, shown);
    case SQLITE_FULL:
      return write_failure(shown, ENOSPC);
    case SQLITE_IOERR:
      return write_failure(shown, system == 0 ? EIO : system);
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return write_failure(shown, system == 0 || system == ENOENT ? EROFS : system);
    case SQLITE_NOTADB:
      return finding(Code::record_not_a_record, shown);
    default:
      break;
  }
  return finding(Code::record_damaged, shown, {sqlite3_errmsg(database)});
}

}  // namespace kp
