// record: append-only, RFC 6962, one transaction a command, whole after every failed write and every kill.
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <thread>

#include "base/digest.h"
#include "catch.h"
#include "record/copy.h"
#include "record/record.h"
#include "record/tree.h"
#include "support/faulty_disk.h"

using namespace kp;
using test::Fault;

namespace {

namespace fs = std::filesystem;

// On a disk in memory syncs cost nothing, and nothing that is tested here depends on the disk.
fs::path parent_folder() {
  return fs::exists("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path();
}

/// A folder of its own, removed at the end.
struct Folder {
  std::string path = (parent_folder() / ("kp-record-" + std::to_string(::getpid()))).string();
  Folder() {
    static const bool installed = [] {
      test::install_faulty_disk();
      return true;
    }();
    REQUIRE(installed);
    test::set_fault(Fault::none, 0);
    fs::remove_all(path);
    fs::create_directories(path);
  }
  ~Folder() { fs::remove_all(path); }
  [[nodiscard]] std::string file(const std::string& name) const { return path + "/" + name; }
};

Result<Record> create(const std::string& path) {
  Result<Record> record = Record::create(path);
  if (!record) return record;
  for (const Done& step : {record->append("zero"), record->put_blob(sha256_hex("file"), "file")}) {
    if (!step) return step.findings();
  }
  if (Done committed = record->commit(); !committed) return committed.findings();
  return record;
}

/// How two entries and a blob are written in one command.
struct Way {
  Access access = Access::write;
  std::size_t blob = 20000;
  std::size_t beside = 2500;
  std::size_t piece = 0;  ///< how many bytes of the blob are written at once; 0: all
  int step = 1;           ///< from one fault to the next
};

// A blob of some megabytes does not wait in memory for the commit, nor does as much beside it.
const Way kWays[] = {{},
                     {Access::write_much},
                     {Access::write_much, 3'000'000, 1'100'000, 0, 13},
                     {Access::write, 60'000, 2500, 25'000},
                     {Access::write_much, 3'000'000, 1'100'000, 1'000'000, 29}};

// Returns whether the command was acknowledged.
bool append_two(const std::string& path, const Way& way = {}) {
  Result<Record> record = Record::open(path, way.access);
  if (!record) return false;
  const std::string blob(way.blob, 'x');
  if (!record->append("one").ok()) return false;
  if (way.piece == 0) {
    if (!record->put_blob(sha256_hex(blob), blob).ok()) return false;
  } else {
    Result<RecordPlace> place = record->place_for_blob(sha256_hex(blob), blob.size());
    if (!place) return false;
    for (std::string_view left = blob; !left.empty(); left.remove_prefix(std::min(way.piece, left.size()))) {
      if (!place->write(left.substr(0, way.piece)).ok()) return false;
    }
  }
  const std::string beside(way.beside, 'r');
  if (way.piece == 0) {
    if (!record->put_beside(sha256_hex(blob), beside).ok()) return false;
  } else {
    Result<RecordPlace> place = record->place_beside(sha256_hex(blob), beside.size());
    if (!place || !place->write(beside).ok()) return false;
  }
  if (!record->append("two").ok()) return false;
  return record->commit().ok();
}

// The entries, and that every file is what its digest says.
std::vector<std::string> entries_of(const std::string& path) {
  const Result<Record> record = Record::open(path, Access::read);
  REQUIRE(record.ok());
  const auto entries = record->entries();
  REQUIRE(entries.ok());
  const auto digests = record->blobs();
  for (const std::string& digest : digests.value()) REQUIRE(record->blob(digest).ok());
  return *entries;
}

const std::vector<std::string> kBefore = {"zero"};
const std::vector<std::string> kAfter = {"zero", "one", "two"};

std::string tree_root(std::size_t leaves) {
  const char* inputs[] = {"", "\x00", "\x10", "\x20\x21", "\x30\x31", "@ABC", "PQRSTUVW", "`abcdefghijklmno"};
  Tree tree;
  for (std::size_t i = 0; i < leaves; ++i) {
    tree.append(leaf_hash(i == 1 ? std::string_view("\0", 1) : std::string_view(inputs[i])));
  }
  return hex(tree.root());
}

}  // namespace

TEST_CASE("the tree is that of RFC 6962 2.1, on the leaves everyone tests with") {
  CHECK(tree_root(0) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(tree_root(1) == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  CHECK(tree_root(2) == "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
  CHECK(tree_root(3) == "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77");
  CHECK(tree_root(4) == "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
  CHECK(tree_root(5) == "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4");
  CHECK(tree_root(6) == "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef");
  CHECK(tree_root(7) == "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c");
  CHECK(tree_root(8) == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
}

TEST_CASE("a checkpoint is three lines (C2SP tlog-checkpoint body)") {
  Tree tree;
  tree.append(leaf_hash(""));
  CHECK(checkpoint_text("kiemphieu-practice", "x-0123", tree) ==
        "kiemphieu-practice/x-0123\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n");
}

TEST_CASE("what is appended can be read back, in order, with its files") {
  const Folder folder;
  const std::string path = folder.file("HALL.kp");
  REQUIRE(create(path).ok());
  CHECK(append_two(path));
  CHECK(entries_of(path) == kAfter);
  const Result<Record> record = Record::open(path, Access::read);
  CHECK(record->blob(sha256_hex("file")).value() == "file");
  CHECK(record->blob(sha256_hex("other")).findings().front().code == Code::record_blob_missing);
  CHECK(record->beside(sha256_hex(std::string(Way().blob, 'x'))).value() == std::string(Way().beside, 'r'));
  CHECK(record->beside(sha256_hex("file"))->empty());
  CHECK(record->beside("none")->empty());
  CHECK_FALSE(fs::exists(path + ".part"));
  CHECK(Record::create(path).findings().front().code == Code::file_exists);
}

TEST_CASE("a command that is not committed leaves nothing behind") {
  const Folder folder;
  const std::string path = folder.file("HALL.kp");
  REQUIRE(create(path).ok());
  {
    Result<Record> record = Record::open(path, Access::write);
    REQUIRE(record->append("one").ok());
  }
  CHECK(entries_of(path) == kBefore);
  {
    Result<Record> record = Record::create(folder.file("NEW.kp"));
    REQUIRE(record->append("zero").ok());
  }
  CHECK(fs::directory_iterator(folder.path)->path() == path);
}

TEST_CASE("two writers: the second waits for the first, and is refused when it takes too long") {
  const Folder folder;
  const std::string path = folder.file("HALL.kp");
  REQUIRE(create(path).ok());
  Result<Record> first = Record::open(path, Access::write);
  REQUIRE(first->append("one").ok());
  bool second_done = false;
  std::thread second([&] { second_done = append_two(path); });
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  REQUIRE(first->commit().ok());
  second.join();
  CHECK(second_done);
  CHECK(entries_of(path) == std::vector<std::string>{"zero", "one", "one", "two"});

  Result<Record> holder = Record::open(path, Access::write);
  const Result<Record> refused = Record::open(path, Access::write);  // waits its five seconds
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.findings().front().code == Code::record_busy);
  // Reading goes on meanwhile.
  CHECK(entries_of(path).size() == 4);
}

// Plays a command on a disk that fails at its `at`-th operation; returns whether there were so many.
bool judge_failing(const Way& way, Fault fault, int at) {
  const Folder folder;
  const std::string path = folder.file("HALL.kp");
  REQUIRE(create(path).ok());
  test::set_fault(fault, at);
  const bool acknowledged = append_two(path, way);
  const bool struck = test::operations_seen() >= at;
  test::set_fault(Fault::none, 0);
  CAPTURE(static_cast<int>(way.access), way.blob, static_cast<int>(fault), at);
  const std::vector<std::string> left = entries_of(path);
  CHECK((left == kAfter || (left == kBefore && !acknowledged)));
  CHECK(append_two(path));  // and it goes on
  if (!struck) CHECK((acknowledged && at > 3));
  return struck;
}

// The same with one that is killed there; returns whether it was.
bool judge_killed(const Way& way, Fault fault, int at) {
  const Folder folder;
  const std::string path = folder.file("HALL.kp");
  REQUIRE(create(path).ok());
  const pid_t child = ::fork();
  if (child == 0) {
    test::set_fault(fault, at);
    ::_exit(append_two(path, way) ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  REQUIRE(WIFEXITED(status));
  CAPTURE(static_cast<int>(way.access), way.blob, static_cast<int>(fault), at);
  const std::vector<std::string> left = entries_of(path);
  CHECK((left == kBefore || left == kAfter));
  CHECK(append_two(path));
  if (WEXITSTATUS(status) != 0) return true;
  CHECK((left == kAfter && at > 3));
  return false;
}

TEST_CASE("a disk that fills up or breaks at any write leaves the record as it was, or whole") {
  for (const Way& way : kWays) {
    for (const Fault fault : {Fault::full, Fault::broken}) {
      for (int at = 1; judge_failing(way, fault, at);) at += way.step;
    }
  }
}

TEST_CASE("a full disk is said to be full") {
  const Folder folder;
  const std::string path = folder.file("HALL.kp");
  REQUIRE(create(path).ok());
  test::set_fault(Fault::full, 1);
  Result<Record> record = Record::open(path, Access::write);
  REQUIRE(record.ok());
  Done written = record->append("one");
  if (written) written = record->commit();
  test::set_fault(Fault::none, 0);
  REQUIRE_FALSE(written.ok());
  CHECK(written.findings().front().code == Code::file_disk_full);
}

TEST_CASE(
    "a writer killed at any write, torn or not, leaves a record that opens and lacks at most its own "
    "command") {
  for (const Way& way : kWays) {
    for (const Fault fault : {Fault::kill, Fault::tear}) {
      for (int at = 1; judge_killed(way, fault, at);) at += way.step;
    }
  }
}

TEST_CASE("much is written straight into the file, and the log is there again afterwards") {
  const Folder folder;
  const std::string path = folder.file("HALL.kp");
  REQUIRE(create(path).ok());
  const auto file_size = [&] { return fs::file_size(path); };
  const std::string blob(3'000'000, 'x');
  {
    Result<Record> record = Record::open(path, Access::write_much);
    REQUIRE(record->put_blob(sha256_hex(blob), blob).ok());
    CHECK(file_size() > 1'000'000);
    CHECK_FALSE(fs::exists(path + "-wal"));
    // Whoever wants to read meanwhile waits, and is told in the end.
    CHECK(Record::open(path, Access::read).findings().front().code == Code::record_busy);
    REQUIRE(record->commit().ok());
    CHECK_FALSE(fs::exists(path + "-journal"));
  }
  CHECK(Record::open(path, Access::read)->blob(sha256_hex(blob)).value() == blob);
  CHECK(Record::open(path, Access::write).ok());
  const Result<Record> writer = Record::open(path, Access::write);
  CHECK(fs::exists(path + "-wal"));
}

TEST_CASE("a write-protected stick with what a killed writer left is refused, without it it is read") {
  for (const Way& way : {kWays[0], kWays[2]}) {
    const Folder folder;
    const std::string path = folder.file("HALL.kp");
    REQUIRE(create(path).ok());
    const auto read_on_a_stick = [&] {
      test::set_fault(Fault::locked, 0);
      const Result<Record> record = Record::open(path, Access::read);
      const Findings findings = record ? Findings() : record.findings();
      if (record) CHECK(record->entries().value() == kBefore);
      test::set_fault(Fault::none, 0);
      return findings;
    };
    CHECK(read_on_a_stick().empty());
    const pid_t child = ::fork();
    if (child == 0) {
      test::set_fault(Fault::kill, way.blob > 1'000'000 ? 50 : 6);
      ::_exit(append_two(path, way) ? 0 : 1);
    }
    ::waitpid(child, nullptr, 0);
    fs::remove(path + "-shm");  // an index that nobody copies
    const Findings refused = read_on_a_stick();
    REQUIRE(refused.size() == 1);
    CHECK(refused.front().code == Code::file_unreadable);
    CHECK(refused.front().where == path + (way.access == Access::write ? "-wal" : "-journal"));
    CHECK(entries_of(path) == kBefore);  // opened where it can be mended it is
  }
}

TEST_CASE("while another reads, much goes through the log") {
  const Folder folder;
  const std::string path = folder.file("HALL.kp");
  REQUIRE(create(path).ok());
  const Result<Record> reading = Record::open(path, Access::read);
  REQUIRE(reading.ok());
  CHECK(append_two(path, kWays[2]));
  CHECK(reading->entries().value() == kBefore);
  CHECK(entries_of(path) == kAfter);
}

TEST_CASE("files and what is beside them are fetched by several threads at once") {
  const Folder folder;
  const std::string path = folder.file("HALL.kp");
  REQUIRE(create(path).ok());
  REQUIRE(append_two(path));
  const Result<Record> record = Record::open(path, Access::read);
  const std::string large = sha256_hex(std::string(Way().blob, 'x'));
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int turn = 0; turn < 200; ++turn) {
        const bool right =
            record->blob(sha256_hex("file")).value() == "file" && record->blob(large)->size() == Way().blob &&
            record->beside(large)->size() == Way().beside && record->beside(sha256_hex("file"))->empty();
        if (!right) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}

TEST_CASE("a record stays open for the next command") {
  const Folder folder;
  const std::string path = folder.file("HALL.kp");
  REQUIRE(create(path).ok());
  Result<Record> record = Record::open(path, Access::write);
  REQUIRE(record->append("one").ok());
  REQUIRE(record->commit().ok());
  CHECK(entries_of(path).size() == 2);
  {
    Result<Record> other = Record::open(path, Access::write);
    REQUIRE(other->append("two").ok());
    REQUIRE(other->commit().ok());
  }
  REQUIRE(record->begin().ok());  // sees what was appended meanwhile
  REQUIRE(record->append("three").ok());
  REQUIRE(record->commit().ok());
  CHECK(entries_of(path) == std::vector<std::string>{"zero", "one", "two", "three"});
}

TEST_CASE("a writer killed while a record is being made leaves none, and the next attempt succeeds") {
  for (int at = 1;; ++at) {
    const Folder folder;
    const std::string path = folder.file("HALL.kp");
    const pid_t child = ::fork();
    if (child == 0) {
      test::set_fault(Fault::kill, at);
      ::_exit(create(path).ok() ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    CAPTURE(at);
    if (WEXITSTATUS(status) == 0) {
      CHECK(entries_of(path) == kBefore);
      break;
    }
    CHECK_FALSE(fs::exists(path));
    CHECK(create(path).ok());
  }
}

TEST_CASE("a copy holds the same entries and files, and is brought up to date by the same call") {
  const Folder folder;
  const std::string path = folder.file("HALL.kp");
  const std::string copy = folder.file("COPY.kp");
  REQUIRE(create(path).ok());
  const auto back_up = [&] { return bring_up_to(Record::open(path, Access::read).value(), copy); };
  CHECK(back_up().value() == 1);
  CHECK(entries_of(copy) == kBefore);
  CHECK(append_two(path));
  CHECK(back_up().value() == 2);
  CHECK(entries_of(copy) == kAfter);
  CHECK(back_up().value() == 0);
  CHECK(Record::open(copy, Access::read)->blobs().value() ==
        Record::open(path, Access::read)->blobs().value());
  CHECK(Record::open(copy, Access::read)->beside(sha256_hex(std::string(Way().blob, 'x'))).value() ==
        std::string(Way().beside, 'r'));
  CHECK_FALSE(fs::exists(copy + ".part"));
}

TEST_CASE("a copy is taken of one instant while another goes on writing") {
  const Folder folder;
  const std::string path = folder.file("HALL.kp");
  REQUIRE(create(path).ok());
  const Result<Record> reading = Record::open(path, Access::read);
  REQUIRE(reading.ok());
  CHECK(append_two(path));
  CHECK(bring_up_to(*reading, folder.file("COPY.kp")).value() == 1);
  CHECK(entries_of(folder.file("COPY.kp")) == kBefore);
  CHECK(entries_of(path) == kAfter);
}

TEST_CASE("a copy that went its own way is not written to") {
  const Folder folder;
  const std::string path = folder.file("HALL.kp");
  const std::string copy = folder.file("COPY.kp");
  REQUIRE(create(path).ok());
  CHECK(bring_up_to(Record::open(path, Access::read).value(), copy).ok());
  CHECK(append_two(path));
  {
    Result<Record> apart = Record::open(copy, Access::write);
    REQUIRE(apart->append("other").ok());
    REQUIRE(apart->commit().ok());
  }
  const std::vector<std::string> forked = {"zero", "other"};
  CHECK(common_entries(kAfter, forked) == 1);
  CHECK(common_entries(kAfter, kBefore) == 1);
  CHECK(common_entries({}, kBefore) == 0);
  const auto refused = bring_up_to(Record::open(path, Access::read).value(), copy);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.findings().front().code == Code::record_damaged);
  CHECK(entries_of(copy) == forked);
}

namespace {

// What someone does to a record who knows SQLite.
void meddle(const std::string& path, const char* sql) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
  CHECK(sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(database);
}

}  // namespace

TEST_CASE("where what stands beside a file differs from the copy, both records are named") {
  const Folder folder;
  const std::string path = folder.file("HALL.kp");
  const std::string copy = folder.file("COPY.kp");
  REQUIRE(create(path).ok());
  REQUIRE(append_two(path));
  REQUIRE(bring_up_to(Record::open(path, Access::read).value(), copy).ok());
  meddle(path, "DROP TRIGGER beside_stays; UPDATE beside SET bytes = x'00'");
  const auto refused = bring_up_to(Record::open(path, Access::read).value(), copy);
  REQUIRE_FALSE(refused.ok());
  REQUIRE(refused.findings().size() == 2);
  CHECK(refused.findings()[0].where == path);
  CHECK(refused.findings()[1].where == copy);
}

TEST_CASE("a record without a table of ours, or one that swallows what is put, is said to be damaged") {
  for (const char* sql :
       {"DROP TABLE beside", "CREATE TRIGGER t BEFORE INSERT ON beside BEGIN SELECT raise(IGNORE); END"}) {
    const Folder folder;
    const std::string path = folder.file("HALL.kp");
    REQUIRE(create(path).ok());
    meddle(path, sql);
    Record record = Record::open(path, Access::write).value();
    CHECK(record.place_beside("x", 3).findings().front().code == Code::record_damaged);
    REQUIRE(record.put_beside("x", "abc").ok());  // waits in memory
    CHECK(record.commit().findings().front().code == Code::record_damaged);
  }
}

TEST_CASE("a disk that fails at any operation of a backup leaves no copy, or a whole earlier one") {
  const Folder folder;
  const std::string path = folder.file("HALL.kp");
  const std::string copy = folder.file("COPY.kp");
  for (const bool fresh : {true, false}) {
    for (int at = 1;; ++at) {
      for (const char* name : {"HALL.kp", "COPY.kp"}) {
        for (const char* suffix : {"", "-wal", "-shm", ".part", ".part-wal", ".part-shm"})
          fs::remove(folder.file(name) + suffix);
      }
      REQUIRE(create(path).ok());
      if (!fresh) REQUIRE(bring_up_to(Record::open(path, Access::read).value(), copy).ok());
      REQUIRE(append_two(path));
      const Result<Record> from = Record::open(path, Access::read);
      REQUIRE(from.ok());
      test::set_fault(Fault::broken, at);
      const bool acknowledged = bring_up_to(*from, copy).ok();
      const bool reached = test::operations_seen() >= at;
      test::set_fault(Fault::none, 0);
      CAPTURE(fresh, at, acknowledged);
      if (acknowledged) CHECK(entries_of(copy) == kAfter);
      if (!acknowledged && fs::exists(copy)) {
        const std::vector<std::string> left = entries_of(copy);
        CHECK((left == kAfter || (!fresh && left == kBefore)));
      }
      if (!reached) break;
      REQUIRE(at < 1000);
    }
  }
}
