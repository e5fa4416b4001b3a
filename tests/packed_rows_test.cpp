// Packed rows: they give the very ballots of a file, their digest is that of the file, and whatever stands in
// their place, what is counted stays what the file says.
#include <algorithm>

#include "base/digest.h"
#include "catch.h"
#include "intake/packed_rows.h"
#include "mock/random.h"
#include "sheet/sheet.h"
#include "support/definitions.h"
#include "support/evening.h"

using namespace kp;

namespace {

constexpr std::string_view kLetters[] = {"a.?", "ab.*?", "abc.*?", "abcd.*?"};

std::string letters_of(Random& random, BallotForm form, std::size_t rows) {
  const std::string_view letters = kLetters[static_cast<std::size_t>(form)];
  std::string marks;
  while (marks.size() < rows) marks.push_back(letters[random.below(letters.size())]);
  return marks;
}

/// Ballots drawn at random, and the file that our programs write of them.
struct Drawn {
  BundleShape shape;
  Ballots ballots{BallotForm::strike, 1};
  std::string csv;
};

Drawn draw(Random& random, std::size_t rows) {
  Drawn drawn;
  drawn.shape = {static_cast<BallotForm>(random.below(4)), rows};
  drawn.ballots = Ballots(drawn.shape.form, rows);
  const bool gaps = random.below(3) == 0;
  const bool plain = random.below(4) == 0;
  std::uint32_t number = random.below(5) == 0 ? static_cast<std::uint32_t>(random.below(99'999'990)) : 0;
  for (std::uint64_t left = 1 + random.below(130); left > 0; --left) {
    number += static_cast<std::uint32_t>(1 + (gaps ? random.below(random.below(3) == 0 ? 4'000'000 : 3) : 0));
    const std::string marks = plain ? std::string(rows, 'a') : letters_of(random, drawn.shape.form, rows);
    Flags flags;
    while (random.below(8) == 0) flags.insert(static_cast<Flag>(random.below(kFlagCount - 1)));
    drawn.ballots.append(number, marks, flags);
    append_csv(drawn.csv, number, marks, flags);
  }
  return drawn;
}

std::string file_of(const Ballots& ballots) {
  std::string csv;
  for (std::size_t i = 0; i < ballots.size(); ++i)
    append_csv(csv, ballots.numbers()[i], ballots.marks(i), ballots.flags(i));
  return csv;
}

void flip(std::string& bytes, std::size_t bit) {
  const auto byte = static_cast<unsigned char>(bytes[bit / 8]);
  bytes[bit / 8] = static_cast<char>(byte ^ (1U << bit % 8));
}

// That what was unpacked could have been read from a file.
void check_readable(const Ballots& ballots, const BundleShape& shape) {
  CHECK(parse_carefully(file_of(ballots), "b.csv", shape).value() == ballots);
}

}  // namespace

TEST_CASE("packed rows give back the ballots, and the digest and size of the file") {
  Random random(3);
  for (std::size_t i = 0; i < 1200; ++i) {
    const Drawn drawn = draw(random, 1 + i % 300);
    CAPTURE(drawn.csv);
    CHECK(unpack_rows(pack_rows(drawn.ballots), drawn.shape) == drawn.ballots);
    CHECK(csv_sha256(drawn.ballots) == sha256_hex(drawn.csv));
    CHECK(csv_size(drawn.ballots) == drawn.csv.size());
  }
}

TEST_CASE("numbers of one to nine digits, and every step from one length to the next, are written whole") {
  for (std::uint32_t ten = 1; ten <= 100'000'000; ten *= 10) {
    Ballots ballots(BallotForm::strike, 1);
    const std::uint32_t first = std::max<std::uint32_t>(ten, 13) - 12;
    for (std::uint32_t number = first; number < first + 40; ++number) ballots.append(number, "a", {});
    if (ten == 100'000'000) {
      for (std::uint32_t number = 999'999'980; number <= 999'999'999; ++number)
        ballots.append(number, ".", {});
    }
    CAPTURE(ten);
    CHECK(csv_sha256(ballots) == sha256_hex(file_of(ballots)));
    CHECK(csv_size(ballots) == file_of(ballots).size());
    CHECK(unpack_rows(pack_rows(ballots), {BallotForm::strike, 1}) == ballots);
  }
}

TEST_CASE("a bundle of thirty names takes less than an eighth of its file") {
  Random random(4);
  Ballots ballots(BallotForm::strike, 30);
  for (std::uint32_t number = 1; number <= 5000; ++number)
    ballots.append(number, random.below(2) == 0 ? std::string(30, 'a') : std::string(30, '.'), {});
  CHECK(8 * pack_rows(ballots).size() < file_of(ballots).size());
}

TEST_CASE("the parts of a large file, one behind another, are its packed rows") {
  Random random(7);
  for (std::size_t i = 0; i < 200; ++i) {
    const Drawn drawn = draw(random, 1 + random.below(140));
    std::string parts;
    for (std::size_t at = 0; at < drawn.ballots.size();) {
      Ballots part(drawn.shape.form, drawn.shape.rows);
      for (std::size_t left = 1 + random.below(40); left > 0 && at < drawn.ballots.size(); --left, ++at) {
        part.append(drawn.ballots.numbers()[at], drawn.ballots.marks(at), drawn.ballots.flags(at));
      }
      parts += pack_rows(part);
    }
    CAPTURE(i);
    CHECK(unpack_rows(parts, drawn.shape) == drawn.ballots);
    CHECK_FALSE(unpack_rows(parts + pack_rows(drawn.ballots), drawn.shape));  // not ascending
    CHECK_FALSE(unpack_rows(parts.substr(0, parts.size() - 1), drawn.shape));
  }
}

TEST_CASE("damaged packed rows are refused, or are ballots that a file could hold") {
  Random random(5);
  std::size_t taken = 0;
  for (std::size_t i = 0; i < 60; ++i) {
    const Drawn drawn = draw(random, 1 + random.below(i % 3 == 0 ? 140 : 20));
    const std::string packed = pack_rows(drawn.ballots);
    for (std::size_t at = 0; at < packed.size(); ++at) {
      std::string damaged = packed;
      flip(damaged, 8 * at + random.below(8));
      CAPTURE(i, at);
      if (const auto read = unpack_rows(damaged, drawn.shape)) {
        ++taken;
        check_readable(*read, drawn.shape);
        CHECK(csv_sha256(*read) != csv_sha256(drawn.ballots));
      }
      CHECK_FALSE(unpack_rows(packed.substr(0, at), drawn.shape));
    }
    CHECK_FALSE(unpack_rows(packed + '\0', drawn.shape));
  }
  CHECK(taken > 1000);  // other marks are ballots, too: only the digest tells
}

TEST_CASE("a row never has two marks, not even where their letters would pass for a third") {
  // '.' changed into a, b, c and d at once reads '*'.
  Ballots four(BallotForm::rating, 1);
  for (const char* mark : {"a", "b", "c", "d"})
    four.append(static_cast<std::uint32_t>(four.size() + 1), mark, {});
  std::string packed = pack_rows(four);
  REQUIRE(packed.size() == 16 + 4 * 4);
  CHECK(unpack_rows(packed, {BallotForm::rating, 1}));
  for (std::size_t plane = 0; plane < 4; ++plane) packed[16 + 4 * plane] = 1;
  CHECK_FALSE(unpack_rows(packed, {BallotForm::rating, 1}));
}

TEST_CASE("packed rows of more ballots than a file can hold are refused") {
  constexpr std::size_t kRows = 100'000;
  constexpr std::size_t kMost = kMostBundleBytes / (kRows + 4);
  const std::string marks(kRows, 'a');
  Ballots ballots(BallotForm::strike, kRows);
  const auto add_up_to = [&](std::size_t count) {
    while (ballots.size() < count) ballots.append(static_cast<std::uint32_t>(ballots.size() + 1), marks, {});
  };
  add_up_to(kMost);
  CHECK(unpack_rows(pack_rows(ballots), {BallotForm::strike, kRows}) == ballots);
  add_up_to(kMost + 1);
  CHECK_FALSE(unpack_rows(pack_rows(ballots), {BallotForm::strike, kRows}));
}

TEST_CASE("packed rows of another form or list are refused") {
  Ballots ballots(BallotForm::agree, 9);
  ballots.append(1, "ab.*?abab", {});
  const std::string packed = pack_rows(ballots);
  CHECK(unpack_rows(packed, {BallotForm::agree, 9}));
  CHECK_FALSE(unpack_rows(packed, {BallotForm::strike, 9}));
  CHECK_FALSE(unpack_rows(packed, {BallotForm::agree, 8}));
  CHECK_FALSE(unpack_rows(packed, {BallotForm::agree, 17}));
  CHECK_FALSE(unpack_rows("", {BallotForm::agree, 9}));
}

namespace {

const std::string kCsv =
    "ballot,marks,flags\n1,aa..,\n2,a.a.,\n3,.aa.,\n5,aa..,\n6,..aa,signed\n7,a..?,written-on\n";

/// An evening whose record keeps packed rows, and how often its file was read instead.
struct Kept {
  test::Evening evening{test::congress_of(test::election(4, 3), 10),
                        test::bytes_of(test::election(4, 3), 10)};
  std::string packed;
  mutable int files_read = 0;

  Kept() {
    evening.bundle("committee", "01", 1, kCsv);
    packed = pack_rows(parse_ballots(kCsv, "b.csv", {BallotForm::strike, 4}).value());
  }

  Ballots read() const {
    const History history = evening.history();
    const ContestHistory& contest = *history.find("committee");
    const FetchBundle whole = evening.fetch();
    const FetchBundle fetch = {[&](const std::string& sha256) {
                                 ++files_read;
                                 return whole.file(sha256);
                               },
                               [&](const std::string& sha256) {
                                 return sha256 == contest.passes_in_force("01").front()->sha256 ? packed : "";
                               }};
    return read_bundle(contest, "01", fetch)->passes.front().ballots;
  }
};

}  // namespace

TEST_CASE("counting reads packed rows, and not the file") {
  const Kept kept;
  CHECK(kept.read() == parse_ballots(kCsv, "b.csv", {BallotForm::strike, 4}).value());
  CHECK(kept.files_read == 0);
}

TEST_CASE("whatever was done to packed rows, what is read is the file") {
  Kept kept;
  const Ballots honest = kept.read();
  const std::string packed = kept.packed;
  for (std::size_t bit = 0; bit < 8 * packed.size(); ++bit) {
    kept.packed = packed;
    flip(kept.packed, bit);
    CAPTURE(bit);
    CHECK(kept.read() == honest);
  }
  CHECK(kept.files_read == static_cast<int>(8 * packed.size()));  // not one of them was believed
  for (const std::string& other : {std::string(), packed.substr(1), packed + packed}) {
    kept.packed = other;
    CHECK(kept.read() == honest);
  }
}
