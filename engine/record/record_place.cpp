#include "record/record_place.h"

#include <sqlite3.h>

#include <utility>

#include "base/check.h"
#include "record/connection.h"

namespace kp {

struct RecordPlace::State {
  Record::Connection* connection;
  sqlite3_blob* blob = nullptr;  ///< none where the bytes were there already
  std::uint64_t at = 0;
  std::uint64_t size = 0;
};

RecordPlace::RecordPlace(std::unique_ptr<State> state) : state_(std::move(state)) {}
RecordPlace::RecordPlace(RecordPlace&&) noexcept = default;
RecordPlace::~RecordPlace() {
  if (state_) sqlite3_blob_close(state_->blob);
}

std::uint64_t RecordPlace::room() const {
  return state_->size - state_->at;
}

Done RecordPlace::write(std::string_view piece) {
  KP_ASSERT(piece.size() <= room());
  const auto at = static_cast<int>(std::exchange(state_->at, state_->at + piece.size()));
  if (state_->blob == nullptr) return done();
  Record::Connection& connection = *state_->connection;
  const int status = sqlite3_blob_write(state_->blob, piece.data(), static_cast<int>(piece.size()), at);
  if (status != SQLITE_OK) return connection.refused(status);
  if (connection.much) connection.early_writing.wrote(connection.path, piece.size());
  return done();
}

Result<RecordPlace> Record::place_for_blob(const std::string& sha256, std::uint64_t size) {
  return place_in("blob", sha256, size);
}

Result<RecordPlace> Record::place_beside(const std::string& sha256, std::uint64_t size) {
  return place_in("beside", sha256, size);
}

Result<RecordPlace> Record::place_in(const std::string& table, const std::string& sha256,
                                     std::uint64_t size) {
  KP_ASSERT(connection_->writing);
  auto state = std::make_unique<RecordPlace::State>();
  state->connection = connection_.get();
  state->size = size;
  int status = connection_->put(table, sha256, [&](Statement& row) { row.bind_zeros(2, size); });
  if (status == SQLITE_OK) return RecordPlace(std::move(state));
  if (status != SQLITE_DONE) return connection_->refused(status);
  status = sqlite3_blob_open(connection_->database, "main", table.c_str(), "bytes",
                             sqlite3_last_insert_rowid(connection_->database), 1, &state->blob);
  if (status != SQLITE_OK) return connection_->refused(status);
  return RecordPlace(std::move(state));
}

}  // namespace kp
