// intake: the CSV of a bundle, to the byte; the manifest. The golden cases bad-bundles and bad-manifests show
// the findings.
#include <algorithm>
#include <optional>

#include "catch.h"
#include "intake/csv.h"
#include "intake/csv_by_shape.h"
#include "intake/manifest.h"
#include "mock/random.h"
#include "support/guarded_page.h"

using namespace kp;

namespace {

const BundleShape kStrike{BallotForm::strike, 3};

Result<Ballots> parse(std::string_view bytes) {
  return parse_ballots(bytes, "b.csv", kStrike);
}

std::string first_fault(std::string_view bytes) {
  const Result<Ballots> ballots = parse(bytes);
  if (ballots.ok()) return "accepted";
  const Finding& finding = ballots.findings().front();
  return std::string(finding_row(finding.code).code) + " " + finding.where;
}

}  // namespace

TEST_CASE("what a bundle file may look like (contract 4)") {
  for (const char* bytes :
       {"ballot,marks,flags\n1,aa.,\n", "ballot,marks,flags\n1,aa.,", "ballot,marks,flags\r\n1,aa.,\r\n",
        "\xEF\xBB\xBF"
        "ballot,marks,flags\n1,aa.,\n",
        "ballot,marks,flags\n1,aa.,\n\n\r\n\n", "\"ballot\",\"marks\",\"flags\"\n\"1\",\"aa.\",\"\"\n",
        "ballot,marks,flags\n1,aa.,\r\n"}) {
    CAPTURE(bytes);
    const Result<Ballots> ballots = parse(bytes);
    REQUIRE(ballots.ok());
    CHECK(ballots->size() == 1);
    CHECK(ballots->marks(0) == "aa.");
  }
}

TEST_CASE("ballots are known by their numbers, gaps allowed, in whatever order they stand") {
  const Result<Ballots> ballots = parse("ballot,marks,flags\n7,a..,\n2,.a.,signed\n999999999,..a,\n");
  REQUIRE(ballots.ok());
  CHECK(std::vector<std::uint32_t>(ballots->numbers().begin(), ballots->numbers().end()) ==
        std::vector<std::uint32_t>{2, 7, 999999999});
  CHECK(ballots->marks(0) == ".a.");
  CHECK(ballots->flags(0).has(Flag::signed_by_voter));
}

TEST_CASE("what is refused, with its line and column") {
  CHECK(first_fault("") == "csv/empty b.csv:1:1");
  CHECK(first_fault("\xEF\xBB\xBF") == "csv/header b.csv:1:1");
  CHECK(first_fault("ballot;marks;flags\n1;aa.;\n") == "csv/fields b.csv:1:1");
  CHECK(first_fault("ballot,marks,Flags\n1,aa.,\n") == "csv/header b.csv:1:1");
  CHECK(first_fault("ballot,marks,flags") == "csv/no-ballots b.csv:1:1");
  CHECK(first_fault("ballot,marks,flags\n\n1,aa.,\n") == "csv/blank-line b.csv:2:1");
  CHECK(first_fault("ballot,marks,flags\n1,aa.,\n\n\n2,aa.,\n") == "csv/blank-line b.csv:3:1");
  CHECK(first_fault("ballot,marks,flags\n1,aa.\n") == "csv/fields b.csv:2:1");
  CHECK(first_fault("ballot,marks,flags\n1,aa.,,\n") == "csv/fields b.csv:2:1");
  CHECK(first_fault("ballot,marks,flags\n 1,aa.,\n") == "csv/ballot-number b.csv:2:1");
  CHECK(first_fault("ballot,marks,flags\n+1,aa.,\n") == "csv/ballot-number b.csv:2:1");
  CHECK(first_fault("ballot,marks,flags\n1,aa. ,\n") == "csv/row-length b.csv:2:3");
  CHECK(first_fault("ballot,marks,flags\n1,aa\r.,\n") == "csv/row-length b.csv:2:3");
  CHECK(first_fault("ballot,marks,flags\n1,a\ta,\n") == "csv/mark b.csv:2:4");
  CHECK(first_fault("ballot,marks,flags\n1,aa.,\n2,ab.,\n") == "csv/mark b.csv:3:4");
  CHECK(first_fault("ballot,marks,flags\n1,\"a\"\"a.\",\n") == "csv/quote b.csv:2:3");
  CHECK(first_fault("ballot,marks,flags\n1,\"aa.\n\",\n") == "csv/quote b.csv:2:3");
  CHECK(first_fault("ballot,marks,flags\n1,aa.,signed |marked\n") == "csv/flag b.csv:2:7");
  CHECK(first_fault(std::string("ballot,marks,flags\n1,a\0a,\n", 26)) == "csv/mark b.csv:2:4");
  CHECK(first_fault("ballot,marks,flags\n1,aa.," + std::string(126, ' ') + "\n") ==
        "csv/line-too-long b.csv:2:132");
}

TEST_CASE("one finding a fault, twenty at the most, and nothing of the file is taken") {
  std::string bytes = "ballot,marks,flags\n";
  for (int i = 1; i <= 50; ++i) bytes += std::to_string(i) + ",xxx,\n";
  const Result<Ballots> ballots = parse(bytes);
  REQUIRE_FALSE(ballots.ok());
  CHECK(ballots.findings().size() == 21);
  CHECK(ballots.findings().back().code == Code::findings_more);
  CHECK(ballots.findings().back().args == Args{"30"});
}

TEST_CASE("a manifest goes to bytes and back") {
  Manifest manifest{"thu-nghiem", "committee", {}};
  manifest.bundles.push_back(
      {"01", "a/01.csv", std::string(64, 'a'), 50, 2, "B", "Ngô Kỹ Thuật", "keyed", 49});
  manifest.bundles.push_back({"02", "02.csv", std::string(64, 'b'), 1, 1, "A", "", "imported", std::nullopt});
  const std::string bytes = manifest_bytes(manifest);
  const Result<Manifest> back = parse_manifest(bytes, "manifest.json");
  REQUIRE(back.ok());
  CHECK(manifest_bytes(*back) == bytes);
  CHECK(back->bundles[0].counted == 49);
  CHECK(back->bundles[1].by.empty());
}

TEST_CASE("a manifest's files stay in its folder") {
  for (const char* inner : {"a.csv", "a/b.csv", "a..b.csv", "..a/b", "./a", "a/./b"})
    CHECK(is_inner_path(inner));
  for (const char* outer : {"", "/a", "../a", "a/../b", "a/..", "./../a", "a//b", "a/", "a\\b", ".."}) {
    CAPTURE(outer);
    CHECK_FALSE(is_inner_path(outer));
  }
}

namespace {

/// A file of our own making, of up to 40 ballots, and what is in it.
struct OwnFile {
  BundleShape shape;
  std::string csv;
};

OwnFile own_file(Random& random) {
  constexpr std::string_view kLetters[] = {"a.?", "ab.*?", "abc.*?", "abcd.*?"};
  OwnFile file;
  file.shape.form = static_cast<BallotForm>(random.below(4));
  const std::string_view letters = kLetters[static_cast<std::size_t>(file.shape.form)];
  file.shape.rows = 1 + random.below(random.below(4) == 0 ? 300 : 40);
  std::uint32_t number = 0;
  for (std::uint64_t left = 1 + random.below(40); left > 0; --left) {
    number += static_cast<std::uint32_t>(1 + random.below(random.below(3) == 0 ? 400'000 : 3));
    std::string marks;
    for (std::size_t row = 0; row < file.shape.rows; ++row)
      marks.push_back(letters[random.below(letters.size())]);
    Flags flags;
    while (random.below(6) == 0) flags.insert(static_cast<Flag>(random.below(kFlagCount - 1)));
    append_csv(file.csv, number, marks, flags);
  }
  return file;
}

// What a hand, a disk or another program does to a file: one place changed, doubled, dropped or cut off.
void damage(Random& random, std::string& csv) {
  constexpr std::string_view kBytes = ",\n\r\"a.?b|0 91\xC3";
  const std::size_t at = random.below(csv.size());
  switch (random.below(5)) {
    case 0:
      csv[at] = kBytes[random.below(kBytes.size())];
      break;
    case 1:
      csv.insert(at, 1, kBytes[random.below(kBytes.size())]);
      break;
    case 2:
      csv.erase(at, 1 + random.below(3));
      break;
    case 3:
      csv.insert(at, csv.substr(at, random.below(60)));
      break;
    default:
      csv.resize(at);
  }
}

}  // namespace

namespace {

// Each version of the fast parser's innermost step that runs here.
template <class Use>
void each_version(const Use& use) {
  for (const Instructions instructions : kAllInstructions) {
    if (!runs_here(instructions)) continue;
    CAPTURE(word(instructions));
    use(instructions);
  }
}

// What the fast parser's versions take of a file, if all of them say the same.
std::optional<Ballots> by_shape(std::string_view csv, const BundleShape& shape) {
  const std::optional<Ballots> first = parse_by_shape(csv, shape, Instructions::portable);
  each_version([&](Instructions instructions) { CHECK(parse_by_shape(csv, shape, instructions) == first); });
  return first;
}

void end_lines_with_cr(std::string& csv) {
  for (std::size_t at = 0; (at = csv.find('\n', at)) != std::string::npos; at += 2) csv.insert(at, "\r");
}

}  // namespace

TEST_CASE("the fast parser takes what our programs write, and reads it as the careful one does") {
  Random random(8);
  for (int i = 0; i < 2000; ++i) {
    OwnFile file = own_file(random);
    if (random.below(3) == 0) file.csv.insert(0, "\xEF\xBB\xBF");
    if (random.below(3) == 0) file.csv.pop_back();
    if (random.below(3) == 0) end_lines_with_cr(file.csv);
    CAPTURE(file.csv);
    const std::optional<Ballots> fast = by_shape(file.csv, file.shape);
    REQUIRE(fast);
    CHECK(*fast == parse_carefully(file.csv, "b.csv", file.shape).value());
  }
}

TEST_CASE("the fast parser reads ballots of 1 to 400 rows, and sees a foreign letter in each of them") {
  constexpr std::string_view kLetters[] = {"a.?", "ab.*?", "abc.*?", "abcd.*?"};
  Random random(11);
  for (std::size_t rows = 1; rows <= 400; ++rows) {
    const auto form = static_cast<BallotForm>(rows % 4);
    const BundleShape shape{form, rows};
    const std::string_view letters = kLetters[static_cast<std::size_t>(form)];
    std::string csv;
    for (std::uint32_t number = 1; number <= 24; ++number) {
      std::string marks;
      while (marks.size() < rows) marks.push_back(letters[random.below(letters.size())]);
      append_csv(csv, number, marks, number == 9 ? Flags(Flag::marked) : Flags());
    }
    if (rows % 3 == 0) end_lines_with_cr(csv);
    if (rows % 5 == 0) csv.insert(0, "\xEF\xBB\xBF");
    if (rows % 7 == 0) csv.pop_back();
    CAPTURE(rows);
    const Result<Ballots> careful = parse_carefully(csv, "b.csv", shape);
    REQUIRE(careful.ok());
    CHECK(by_shape(csv, shape) == *careful);
    const std::size_t line = csv.find("\n3,") + 3;  // with many lines behind it, and the last line
    for (const std::size_t marks : {line, csv.rfind("24,") + 3}) {
      for (std::size_t row = 0; row < rows; ++row) {
        std::string foreign = csv;
        foreign[marks + row] = form == BallotForm::strike ? 'b' : 'e';
        if (by_shape(foreign, shape)) FAIL("row " << row);
      }
    }
  }
}

TEST_CASE("the fast parser and the careful one agree on whatever stands behind the marks") {
  constexpr std::string_view kBytes = ",\r\n\"a1";
  const std::string before = "ballot,marks,flags\n1,a.a,\n2,a.a";
  std::string after;  // enough for the next lines not to be the last ones
  for (int number = 3; number < 20; ++number) after += std::to_string(number) + ",..a,\n";
  std::size_t taken = 0;
  for (std::size_t code = 0; code < kBytes.size() * kBytes.size() * kBytes.size() * kBytes.size(); ++code) {
    std::string behind;
    for (std::size_t rest = code; behind.size() < 4; rest /= kBytes.size())
      behind += kBytes[rest % kBytes.size()];
    for (const std::size_t length : {2U, 3U, 4U}) {
      const std::string csv = before + behind.substr(0, length) + after;
      const std::optional<Ballots> fast = by_shape(csv, kStrike);
      if (!fast) continue;
      CAPTURE(csv);
      const Result<Ballots> careful = parse_carefully(csv, "b.csv", kStrike);
      REQUIRE(careful.ok());
      CHECK(*fast == *careful);
      ++taken;
    }
  }
  CHECK(taken > 0);
}

TEST_CASE("the fast parser reads numbers of every length, with and without gaps") {
  std::string csv;
  for (std::uint32_t ten = 1; ten <= 100'000'000; ten *= 10) {
    for (std::uint32_t near = ten - std::min(ten - 1, 15U); near < ten + 15; ++near) {
      if (near >= ten / 10 + 15) append_csv(csv, near, "a.a", {});
    }
  }
  for (const std::uint32_t last : {999'999'990U, 999'999'998U, 999'999'999U})
    append_csv(csv, last, "..a", {});
  const std::optional<Ballots> fast = by_shape(csv, kStrike);
  REQUIRE(fast);
  CHECK(fast->size() > 200);
  CHECK(*fast == parse_carefully(csv, "b.csv", kStrike).value());
  for (const char* other : {"07", "1", "0", "", "1000000000", "9999999990", "-7", "+7", " 7", "7 ", "7a"}) {
    CAPTURE(other);
    CHECK_FALSE(
        by_shape("ballot,marks,flags\n6,a.a,\n" + std::string(other) + ",a.a,\n" + csv.substr(19), kStrike));
  }
}

TEST_CASE("what the fast parser takes of damaged files, the careful one takes and reads alike") {
  Random random(9);
  int taken = 0;
  int refused = 0;
  for (int i = 0; i < 20000; ++i) {
    OwnFile file = own_file(random);
    damage(random, file.csv);
    CAPTURE(file.csv);
    const std::optional<Ballots> fast = by_shape(file.csv, file.shape);
    const Result<Ballots> careful = parse_carefully(file.csv, "b.csv", file.shape);
    if (fast) {
      REQUIRE(careful.ok());
      CHECK(*fast == *careful);
    }
    ++(fast ? taken : refused);
  }
  CHECK(taken > 1000);
  CHECK(refused > 1000);
}

TEST_CASE("the fast parser reads nothing behind the last byte") {
  const test::GuardedPage page;
  Random random(10);
  for (int i = 0; i < 500; ++i) {
    OwnFile file = own_file(random);
    if (file.csv.size() > page.size()) continue;
    char* at = page.last<char>(file.csv.size());
    std::copy(file.csv.begin(), file.csv.end(), at);
    CHECK(by_shape({at, file.csv.size()}, file.shape).has_value());
    // and of a file whose last lines are long past: no line end, no comma, no number
    file.csv.resize(random.below(file.csv.size()));
    at = page.last<char>(file.csv.size());
    std::copy(file.csv.begin(), file.csv.end(), at);
    CHECK(by_shape({at, file.csv.size()}, file.shape).has_value() <=
          parse_carefully(file.csv, "b.csv", file.shape).ok());
  }
}
