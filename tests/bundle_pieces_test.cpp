// A bundle file in pieces: the same ballots as whole, whatever is in it; and a large file on its way into a
// record.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/digest.h"
#include "catch.h"
#include "intake/bundle_pieces.h"
#include "intake/csv_by_shape.h"
#include "intake/packed_rows.h"
#include "kiemphieu/bundle_file.h"
#include "mock/random.h"
#include "support/definitions.h"

using namespace kp;

namespace {

namespace fs = std::filesystem;

struct Folder {
  fs::path path = fs::temp_directory_path() / ("kp-pieces-" + std::to_string(::getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
  [[nodiscard]] std::string put(const std::string& name, std::string_view bytes) const {
    std::ofstream(path / name, std::ios::binary) << bytes;
    return (path / name).string();
  }
};

/// What the pieces of a file come to, one behind another.
struct Joined {
  bool plain = false;
  std::string text;
  std::string packed;
  std::int64_t ballots = 0;
};

Joined join(const std::string& path, const BundleShape& shape, std::size_t size) {
  BundlePieces pieces(FileReading::open(path, kMostBundleBytes).value(), shape, size);
  Joined joined;
  while (const auto piece = pieces.next().value()) {
    joined.text += piece->text;
    joined.packed += pack_rows(piece->ballots);
    joined.ballots += static_cast<std::int64_t>(piece->ballots.size());
  }
  joined.plain = pieces.plain();
  return joined;
}

std::string lines(Random& random, std::size_t rows, std::size_t ballots, std::string_view end) {
  std::string csv = std::string(kCsvHeader) + std::string(end);
  std::size_t number = 0;
  for (std::size_t i = 0; i < ballots; ++i) {
    number += 1 + random.below(3) * random.below(2);
    csv += std::to_string(number) + ",";
    for (std::size_t row = 0; row < rows; ++row) csv += "a.?"[random.below(3)];
    csv += random.below(6) == 0 ? ",signed" : ",";
    csv += end;
  }
  return csv;
}

// So many ballots are a large file.
std::string large_csv(std::uint32_t first_line = 1, std::uint32_t last_line = 150'000) {
  std::string csv;
  append_csv(csv, first_line, "aaaa.aaaaaaaaaaaaaaaaaaaaaaaaa", {});
  for (std::uint32_t number = 2; number < last_line; ++number)
    append_csv(csv, number, "aaaa.aaaaaa.aaaaaaaaaa.aaaaaaa",
               number % 7 == 0 ? Flags(Flag::signed_by_voter) : Flags());
  append_csv(csv, last_line, "aaaa.aaaaaaaaaaaaaaaaaaaaaaaaa", {});
  return csv;
}

/// A contest, and a record that one bundle file is to be put into.
struct Desk {
  Folder folder;
  Contest contest = test::election(30, 25);
  std::string manifest = (folder.path / "manifest.json").string();
  std::string hall = (folder.path / "HALL.kp").string();

  [[nodiscard]] ManifestBundle bundle(const std::string& csv, std::int64_t ballots) const {
    ManifestBundle bundle;
    bundle.bundle = "01";
    bundle.file = "b.csv";
    bundle.sha256 = sha256_hex(csv);
    bundle.ballots = ballots;
    (void)folder.put("b.csv", csv);
    return bundle;
  }
};

}  // namespace

TEST_CASE("in pieces of any size a file is what it is whole, or both ways it is not plain") {
  Random random(11);
  const Folder folder;
  std::size_t plain = 0;
  for (std::size_t i = 0; i < 3000; ++i) {
    const BundleShape shape{BallotForm::strike, 1 + random.below(20)};
    std::string csv = lines(random, shape.rows, 1 + random.below(30), random.below(4) == 0 ? "\r\n" : "\n");
    if (random.below(4) == 0) csv = "\xEF\xBB\xBF" + csv;
    if (random.below(4) == 0) csv.resize(csv.size() - 1);
    if (random.below(2) == 0) csv[random.below(csv.size())] = "a,\n\r1\"."[random.below(7)];
    const std::string path = folder.put("b.csv", csv);
    const Joined joined = join(path, shape, 60 + random.below(400));
    const std::optional<Ballots> whole = parse_by_shape(csv, shape);
    CAPTURE(i, csv);
    CHECK(joined.plain == whole.has_value());
    if (!joined.plain || !whole) continue;
    ++plain;
    CHECK(joined.text == csv);
    CHECK(unpack_rows(joined.packed, shape) == whole);
    CHECK(joined.ballots == static_cast<std::int64_t>(whole->size()));
    const auto survey =
        survey_bundle(FileReading::open(path, kMostBundleBytes).value(), shape, 60 + random.below(400))
            .value();
    CHECK(survey->sha256 == sha256_hex(csv));
    CHECK(survey->ballots == joined.ballots);
    CHECK(survey->size == csv.size());
    CHECK((survey->packed == 0 || csv_size(*whole) == csv.size()));
  }
  CHECK(plain > 1000);
  CHECK(plain < 2900);
}

TEST_CASE("a large file comes into the record as it is, with packed rows in parts") {
  const Desk desk;
  const std::string csv = large_csv();
  REQUIRE(csv.size() > kLargeFile);
  const ManifestBundle bundle = desk.bundle(csv, 150'000);
  const Result<BundleFile> file = read_bundle_file(desk.contest, desk.manifest, bundle);
  REQUIRE(file.ok());
  CHECK_FALSE(file->bytes);
  Record record = Record::create(desk.hall).value();
  CHECK(put_bundle_file(record, desk.contest, bundle, *file).ok());
  CHECK(put_bundle_file(record, desk.contest, bundle, *file).ok());  // there already
  REQUIRE(record.commit().ok());
  const Record kept = Record::open(desk.hall, Access::read).value();
  CHECK(kept.blob(bundle.sha256).value() == csv);
  const BundleShape shape{desk.contest.ballot, desk.contest.rows.size()};
  CHECK(unpack_rows(kept.beside(bundle.sha256).value(), shape) == parse_by_shape(csv, shape));
}

TEST_CASE("a large file that changes while it is taken in is refused") {
  const std::string csv = large_csv();
  std::string other = csv;
  other[csv.size() - 5] ^= 'a' ^ '.';
  for (const std::string& changed :
       {other, csv.substr(0, csv.size() - 40), csv + "150001,aaaa.aaaaaaaaaaaaaaaaaaaaaaaaa,\n", csv + csv,
        std::string("ballot"), std::string()}) {
    const Desk desk;
    const ManifestBundle bundle = desk.bundle(csv, 150'000);
    const BundleFile file = read_bundle_file(desk.contest, desk.manifest, bundle).value();
    (void)desk.folder.put("b.csv", changed);
    Record record = Record::create(desk.hall).value();
    const Done put = put_bundle_file(record, desk.contest, bundle, file);
    CAPTURE(changed.size());
    REQUIRE_FALSE(put.ok());
    CHECK(put.findings().front().code == Code::bundle_digest);
  }
}

TEST_CASE("a large file that is divided otherwise the second time, or does not fill its places, is refused") {
  const Desk desk;
  const std::string csv = large_csv();
  const ManifestBundle bundle = desk.bundle(csv, 150'000);
  const BundleFile file = read_bundle_file(desk.contest, desk.manifest, bundle).value();
  for (const int by : {-1, 1}) {
    for (std::uint64_t BundleSurvey::*what : {&BundleSurvey::size, &BundleSurvey::packed}) {
      BundleFile other{file.path, file.ballots, {}, {}, file.survey};
      other.survey.*what += static_cast<std::uint64_t>(by);
      Record record = Record::create(desk.hall).value();
      const Done put = put_bundle_file(record, desk.contest, bundle, other);
      CAPTURE(by);
      REQUIRE_FALSE(put.ok());
      CHECK(put.findings().front().code == Code::bundle_digest);
    }
  }
}

TEST_CASE("nothing is read behind an end that a file once had") {
  const Desk desk;
  const std::string csv = large_csv(1, 2000);
  const std::size_t cut = csv.find('\n', csv.size() / 2) + 1;
  const std::string path = desk.folder.put("b.csv", csv);
  Result<FileReading> file = FileReading::open(path, kMostBundleBytes);
  fs::resize_file(path, cut);
  BundlePieces pieces(std::move(file).value(), {BallotForm::strike, 30}, csv.size());
  CHECK(pieces.next().value()->text == csv.substr(0, cut));
  (void)desk.folder.put("b.csv", csv);
  CHECK_FALSE(pieces.next().value());
}

TEST_CASE("of a large file, too, it is said what is wrong") {
  const Desk desk;
  const auto code_for = [&](const std::string& csv, std::int64_t ballots) {
    const Result<BundleFile> file = read_bundle_file(desk.contest, desk.manifest, desk.bundle(csv, ballots));
    return file ? std::optional<Code>() : file.findings().front().code;
  };
  const std::string csv = large_csv();
  CHECK(code_for(csv, 150'001) == Code::bundle_count);
  const std::string unordered = large_csv(150'001, 150'000);
  CHECK(code_for(unordered, 150'000) == std::nullopt);  // it is lawful
  const BundleFile whole =
      read_bundle_file(desk.contest, desk.manifest, desk.bundle(unordered, 150'000)).value();
  CHECK(whole.bytes->view() == unordered);
  CHECK(whole.packed_rows.empty());  // they would give another file
  CHECK(code_for(large_csv(149'999, 150'000), 150'000) == Code::csv_duplicate_ballot);
  CHECK(code_for(csv + "\n150001,aaaa.aaaaaaaaaaaaaaaaaaaaaaaaa,\n", 150'001) == Code::csv_blank_line);
  CHECK(code_for(csv + "150001,aaa,\n", 150'001) == Code::csv_row_length);
  ManifestBundle bundle = desk.bundle(csv, 150'000);
  bundle.sha256 = sha256_hex("another");
  CHECK(read_bundle_file(desk.contest, desk.manifest, bundle).findings().front().code == Code::bundle_digest);
}
