// The record: an append-only SQLite file of entries and of the files that they name.
//
// It knows bytes, not ballots: what an entry may say and when is judged in proceedings/. Writing is one
// transaction a command; a writer that dies at any instant leaves a record that opens, missing at most what
// was not yet acknowledged. Two writers never write at once: the second waits a little and is then refused.
//
// The file's form is frozen (schemas/record.sql, docs/formats.md §4).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "record/record_place.h"

namespace kp {

enum class Access : std::uint8_t {
  read,
  write,
  write_much,  ///< write what is many times larger than bundles of a hall: quicker, but nobody reads
               ///< meanwhile
};

/// Purpose: whether the file at `path` begins like a SQLite database.
bool is_record(const std::string& path);

class Record {
 public:
  Record(Record&&) noexcept;
  Record& operator=(Record&&) noexcept;
  Record(const Record&) = delete;
  Record& operator=(const Record&) = delete;
  ~Record();

  /// Purpose: opens a record. To write, a transaction is begun at once, so that what is read is what will be
  /// appended to.
  /// Errors: file/missing record/not-a-record record/damaged record/busy file/not-written (where = path)
  static Result<Record> open(const std::string& path, Access access);

  /// Purpose: a new record beside `path`, to be filled and then committed into place.
  /// Errors: file/exists file/not-written file/disk-full
  static Result<Record> create(const std::string& path);

  /// Where the file is, as findings name it.
  [[nodiscard]] const std::string& path() const;

  /// Purpose: all entries, in order. Errors: record/damaged
  Result<std::vector<std::string>> entries() const;

  /// Purpose: the file with this digest, held to it. Several threads may ask at once, here and beside.
  /// Errors: record/blob-missing record/blob-altered record/damaged
  Result<std::string> blob(const std::string& sha256) const;

  /// Purpose: what is kept beside the file with this digest, as it was put and committed: of a manifest the
  /// signature file that came with it, of a bundle its packed rows; "" when nothing. No digest covers it.
  /// Errors: record/damaged
  Result<std::string> beside(const std::string& sha256) const;

  /// Purpose: the digests of all files, sorted. Errors: record/damaged
  Result<std::vector<std::string>> blobs() const;

  // Appending. Each returns file/disk-full or record/not-written when the disk refuses; the whole command is
  // then taken back when the Record goes out of sight.
  Done append(std::string_view entry);
  /// A file that is there already is left as it is.
  Done put_blob(const std::string& sha256, std::string_view bytes);
  /// What is kept beside a file already is left as it is, too.
  Done put_beside(const std::string& sha256, std::string_view bytes);
  /// The same of bytes that come piece after piece, `size` in all; the place must be gone before commit(),
  /// and before the record.
  Result<RecordPlace> place_for_blob(const std::string& sha256, std::uint64_t size);
  Result<RecordPlace> place_beside(const std::string& sha256, std::uint64_t size);

  /// Purpose: makes everything appended durable, all of it or nothing. Nothing can be appended after it,
  /// until begin().
  Done commit();

  /// Purpose: the transaction of a further command, on a record that was opened to write and committed.
  /// Errors: record/busy record/damaged record/not-written
  Done begin();

 private:
  friend class RecordPlace;
  struct Connection;
  explicit Record(std::unique_ptr<Connection> connection);
  Done write_beside();
  Result<RecordPlace> place_in(const std::string& table, const std::string& sha256, std::uint64_t size);
  std::unique_ptr<Connection> connection_;
};

}  // namespace kp
