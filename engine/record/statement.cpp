#include "record/statement.h"

#include <sqlite3.h>

namespace kp {

Statement::~Statement() {
  if (statement_ == nullptr) return;  // it could not be prepared, and these two do not bear that
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

int Statement::step() {
  return sqlite3_step(statement_);
}

void Statement::bind_text(int place, std::string_view text) {
  sqlite3_bind_text64(statement_, place, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

void Statement::bind_blob(int place, std::string_view bytes) {
  sqlite3_bind_blob64(statement_, place, bytes.data(), bytes.size(), SQLITE_STATIC);
}

void Statement::bind_integer(int place, std::int64_t value) {
  sqlite3_bind_int64(statement_, place, value);
}

void Statement::bind_zeros(int place, std::uint64_t count) {
  // Alone of these calls it does not bear a statement that could not be prepared.
  if (statement_ != nullptr) sqlite3_bind_zeroblob64(statement_, place, count);
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::string Statement::bytes(int column) const {
  const void* data = sqlite3_column_blob(statement_, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return data == nullptr ? std::string() : std::string(static_cast<const char*>(data), size);
}

Statement Statements::run(sqlite3* database, const std::string& sql) {
  sqlite3_stmt*& statement = prepared_[sql];
  if (statement == nullptr) sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr);
  return Statement(statement);
}

void Statements::release() {
  for (const auto& [sql, statement] : prepared_) sqlite3_finalize(statement);
  prepared_.clear();
}

}  // namespace kp
