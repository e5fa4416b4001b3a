#include "record/record.h"

#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <utility>

#include "base/digest.h"
#include "base/file.h"
#include "record/connection.h"

namespace kp {

std::string_view record_schema();  // schemas/record.sql, built in by CMake

namespace {

// What stands beside files is written so many bytes at a time: who counts reads all packed rows and no file,
// and from a disk one long piece is read sooner than many short ones between the files.
constexpr std::size_t kRun = std::size_t{1} << 20U;
constexpr int kApplicationId = 0x4B504855;

// A large bundle in pages of 4 KiB takes two to three times as long to write. Until a new record is whole
// nobody sees it, and one that is not is removed: it needs no journal on the disk.
constexpr const char* kNewFile =
    "PRAGMA page_size = 32768; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = FULL; "
    "PRAGMA temp_store = MEMORY";

// A path as it stands in a file: URI; only these three mean something there.
std::string uri_path(const std::string& path) {
  std::string out;
  for (const char c : path) {
    if (c == '%' || c == '?' || c == '#') {
      out += fmt::format("%{:02x}", static_cast<unsigned>(c));
    } else {
      out.push_back(c);
    }
  }
  return out;
}

// What a killed writer left beside a record: its log, or the journal of one that wrote much. "" when nothing.
std::string left_beside(const std::string& path) {
  for (const char* suffix : {"-wal", "-journal"}) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path + suffix, error);
    if (!error && size > 0) return path + suffix;
  }
  return "";
}

}  // namespace

bool is_record(const std::string& path) {
  constexpr std::string_view kMagic("SQLite format 3\0", 16);
  std::array<char, kMagic.size()> start{};
  std::ifstream file(path, std::ios::binary);
  file.read(start.data(), start.size());
  return std::string_view(start.data(), start.size()) == kMagic;
}

Record::Record(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Record::Record(Record&&) noexcept = default;
Record& Record::operator=(Record&&) noexcept = default;
Record::~Record() = default;

Result<Record> Record::open(const std::string& path, Access access) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return finding(Code::file_missing, path);
  auto connection = std::make_unique<Connection>();
  connection->path = path;
  int status = connection->open_database(path, SQLITE_OPEN_READWRITE);
  if (status != SQLITE_OK && (status & 0xFF) != SQLITE_BUSY && access == Access::read) {
    // A write-protected stick: nobody can be writing, so the file alone is the record, unless a killed writer
    // left its log, which may hold entries that were acknowledged, or its journal, which has yet to take some
    // back.
    if (const std::string left = left_beside(path); !left.empty()) {
      return finding(Code::file_unreadable, left, {"-"});
    }
    status = connection->open_database("file:" + uri_path(path) + "?immutable=1",
                                       SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
  }
  if (status != SQLITE_OK) return connection->refused(status);
  if (connection->pragma("application_id") != kApplicationId || connection->pragma("user_version") != 1) {
    return finding(Code::record_not_a_record, path);
  }
  connection->much = access == Access::write_much;
  Record record(std::move(connection));
  if (access != Access::read) {
    record.connection_->choose_journal();
    if (Done begun = record.begin(); !begun) return begun.findings();
    return record;
  }
  record.connection_->run("PRAGMA query_only = ON; BEGIN");  // all that is read is read at one instant
  status = record.connection_->read_size();
  if (status != SQLITE_OK) return record.connection_->refused(status);
  return record;
}

Done Record::begin() {
  KP_ASSERT(!connection_->writing);
  int status = connection_->run("BEGIN IMMEDIATE");
  if (status == SQLITE_OK) {
    connection_->writing = true;
    status = connection_->read_size();
  }
  if (status != SQLITE_OK) return connection_->refused(status);
  return done();
}

Result<Record> Record::create(const std::string& path) {
  std::error_code error;
  if (std::filesystem::exists(path, error)) return finding(Code::file_exists, path);
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (!folder.empty() && !std::filesystem::exists(folder, error)) return write_failure(path, ENOENT);
  auto connection = std::make_unique<Connection>();
  connection->path = path + ".part";
  connection->put_under = path;
  connection->remove_files();
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  int status = sqlite3_open_v2(connection->path.c_str(), &connection->database, flags, nullptr);
  if (status == SQLITE_OK) status = connection->run(kNewFile);
  if (status == SQLITE_OK) status = connection->run("BEGIN IMMEDIATE");
  if (status == SQLITE_OK) status = connection->run(std::string(record_schema()));
  if (status != SQLITE_OK) return connection->refused(status);
  connection->writing = true;
  return Record(std::move(connection));
}

const std::string& Record::path() const {
  return connection_->shown_path();
}

Result<std::vector<std::string>> Record::entries() const {
  std::vector<std::string> entries;
  Statement statement = connection_->prepared("SELECT seq, bytes FROM entry ORDER BY seq");
  int status = statement.step();
  for (; status == SQLITE_ROW; status = statement.step()) {
    if (statement.integer(0) != static_cast<std::int64_t>(entries.size())) {
      return finding(Code::record_damaged, connection_->path, {std::to_string(entries.size())});
    }
    entries.push_back(statement.bytes(1));
  }
  if (status != SQLITE_DONE) return connection_->refused(status);
  return entries;
}

Result<std::string> Record::blob(const std::string& sha256) const {
  std::string bytes;
  {
    const std::lock_guard lock(connection_->fetching);
    Statement statement = connection_->prepared("SELECT bytes FROM blob WHERE sha256 = ?1");
    statement.bind_text(1, sha256);
    const int status = statement.step();
    if (status == SQLITE_DONE) return finding(Code::record_blob_missing, connection_->path, {sha256});
    if (status != SQLITE_ROW) return connection_->refused(status);
    bytes = statement.bytes(0);
  }
  if (sha256_hex(bytes) != sha256) return finding(Code::record_blob_altered, connection_->path, {sha256});
  return bytes;
}

Result<std::vector<std::string>> Record::blobs() const {
  std::vector<std::string> digests;
  Statement statement = connection_->prepared("SELECT sha256 FROM blob ORDER BY sha256");
  int status = statement.step();
  for (; status == SQLITE_ROW; status = statement.step()) digests.push_back(statement.bytes(0));
  if (status != SQLITE_DONE) return connection_->refused(status);
  return digests;
}

Result<std::string> Record::beside(const std::string& sha256) const {
  const std::lock_guard lock(connection_->fetching);
  Statement statement = connection_->prepared("SELECT bytes FROM beside WHERE sha256 = ?1");
  statement.bind_text(1, sha256);
  const int status = statement.step();
  if (status == SQLITE_DONE) return std::string();
  if (status != SQLITE_ROW) return connection_->refused(status);
  return statement.bytes(0);
}

Done Record::append(std::string_view entry) {
  KP_ASSERT(connection_->writing);
  Statement statement = connection_->prepared("INSERT INTO entry(seq, bytes) VALUES(?1, ?2)");
  statement.bind_integer(1, connection_->next_seq);
  statement.bind_blob(2, entry);
  if (const int status = statement.step(); status != SQLITE_DONE) return connection_->refused(status);
  ++connection_->next_seq;
  return done();
}

Done Record::put_blob(const std::string& sha256, std::string_view bytes) {
  KP_ASSERT(connection_->writing);
  const int status = connection_->put("blob", sha256, [&](Statement& row) { row.bind_blob(2, bytes); });
  if (status == SQLITE_OK) return done();
  if (status != SQLITE_DONE) return connection_->refused(status);
  if (connection_->much) connection_->early_writing.wrote(connection_->path, bytes.size());
  return done();
}

Done Record::put_beside(const std::string& sha256, std::string_view bytes) {
  KP_ASSERT(connection_->writing);
  connection_->beside_bytes += bytes.size();
  connection_->beside.emplace_back(sha256, bytes);
  return connection_->beside_bytes < kRun ? done() : write_beside();
}

Done Record::write_beside() {
  for (const auto& kept : connection_->beside) {
    const int status =
        connection_->put("beside", kept.first, [&](Statement& row) { row.bind_blob(2, kept.second); });
    if (status != SQLITE_DONE && status != SQLITE_OK) return connection_->refused(status);
  }
  connection_->beside.clear();
  connection_->beside_bytes = 0;
  return done();
}

Done Record::commit() {
  KP_ASSERT(connection_->writing);
  if (Done written = write_beside(); !written) return written;
  if (const int status = connection_->run("COMMIT"); status != SQLITE_OK) return connection_->refused(status);
  connection_->writing = false;
  if (connection_->much) {
    connection_->much = false;
    connection_->choose_journal();
  }
  if (connection_->put_under.empty()) return done();

  if (const int status = connection_->run("PRAGMA journal_mode = WAL"); status != SQLITE_OK) {
    return connection_->refused(status);
  }
  if (const int status = connection_->close(); status != SQLITE_OK) return connection_->refused(status);
  connection_->remove_side_files();  // closing says nothing when it cannot
  if (::rename(connection_->path.c_str(), connection_->put_under.c_str()) != 0) {
    return write_failure(connection_->put_under, errno);
  }
  connection_->path = std::exchange(connection_->put_under, {});
  sync_folder_of(connection_->path);
  return done();
}

}  // namespace kp
