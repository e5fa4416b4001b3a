// The statements of an SQLite database, each prepared once: an import asks the same of it for each of a
// thousand bundles.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace kp {

/// One run of a prepared statement; what it reads or was given is let go when it goes out of sight.
class Statement {
 public:
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  /// Returns: SQLite's code. A statement that could not be prepared answers SQLITE_MISUSE here, so one check
  /// is enough.
  int step();

  // Places are counted from 1. What is bound must live as long as the run.
  void bind_text(int place, std::string_view text);
  void bind_blob(int place, std::string_view bytes);
  void bind_integer(int place, std::int64_t value);
  void bind_zeros(int place, std::uint64_t count);  ///< a blob to be written into later

  // Columns are counted from 0.
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string bytes(int column) const;

 private:
  sqlite3_stmt* statement_;
};

/// The prepared statements of one database.
class Statements {
 public:
  Statements() = default;
  Statements(const Statements&) = delete;
  Statements& operator=(const Statements&) = delete;
  ~Statements() { release(); }

  /// Purpose: a run of `sql`. In: no other run of the same statement is in sight.
  Statement run(sqlite3* database, const std::string& sql);

  /// Must come before the database is closed.
  void release();

 private:
  std::map<std::string, sqlite3_stmt*> prepared_;
};

}  // namespace kp
