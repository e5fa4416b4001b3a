// intake: the CSV of a bundle, to the byte; the manifest. The golden cases bad-bundles and bad-manifests show
// the findings.
#include "catch.h"
#include "intake/csv.h"
#include "intake/manifest.h"

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
  CHECK(first_fault("") == "csv/empty b.csv");
  CHECK(first_fault("\xEF\xBB\xBF") == "csv/header b.csv:1:1");
  CHECK(first_fault("ballot;marks;flags\n1;aa.;\n") == "csv/fields b.csv:1:1");
  CHECK(first_fault("ballot,marks,Flags\n1,aa.,\n") == "csv/header b.csv:1:1");
  CHECK(first_fault("ballot,marks,flags") == "csv/no-ballots b.csv");
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
  CHECK(ballots.findings().back().args == std::vector<std::string>{"30"});
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
