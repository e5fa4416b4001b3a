// The database of a record as the sources of this folder see it. Not for other folders.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "record/early_writing.h"
#include "record/record.h"
#include "record/statement.h"

struct sqlite3;

namespace kp {

/// A status is SQLite's code.
struct Record::Connection {
  std::string path;       ///< where the file is now
  std::string put_under;  ///< where a new record goes at commit; "" for one that was opened
  sqlite3* database = nullptr;
  mutable Statements statements;
  mutable std::mutex fetching;
  std::int64_t next_seq = 0;
  bool writing = false;
  std::vector<std::pair<std::string, std::string>> beside;  ///< (digest, bytes) still to be written
  std::size_t beside_bytes = 0;                             ///< of them all
  bool much = false;                                        ///< opened to write much
  EarlyWriting early_writing;  ///< of a record that was; ends after the database is closed

  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();  ///< an open transaction is taken back; a new record that was not put in place is removed

  /// Purpose: opens the database and reads its first page, which tells whether it is one. Returns: the status
  int open_database(const std::string& name, int flags);
  /// Returns: the status
  int close();
  void remove_files() const;
  void remove_side_files() const;

  [[nodiscard]] Statement prepared(const std::string& sql) const { return statements.run(database, sql); }
  /// Returns: the status
  int run(const std::string& sql) const;
  /// Returns: the number that the pragma answers, -1 when none
  [[nodiscard]] std::int64_t pragma(const std::string& name) const;

  /// Purpose: puts a row into `table` whose bytes `bind` gives as the second value, unless there is one with
  ///   this digest. Returns: SQLITE_DONE for a new one, SQLITE_OK for one that was there, or another status
  [[nodiscard]] int put(const std::string& table, const std::string& sha256,
                        const std::function<void(Statement&)>& bind) const;
  /// Purpose: learns how many entries there are. Returns: the status
  int read_size();
  /// Purpose: how the next transaction is kept until it is whole.
  void choose_journal() const;

  /// Where the file is, as findings name it.
  [[nodiscard]] const std::string& shown_path() const { return put_under.empty() ? path : put_under; }
  /// Purpose: the finding for a step that SQLite refused with this status.
  [[nodiscard]] Finding refused(int status) const;
};

}  // namespace kp
