// mock: the numbers it draws are for ever, and what it makes counts to what it says.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>

#include "ballots/validity.h"
#include "base/canon.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/text.h"
#include "catch.h"
#include "contest/definition.h"
#include "contest/list_rules.h"
#include "intake/csv.h"
#include "mock/mock.h"
#include "mock/people.h"
#include "mock/planning.h"
#include "mock/plants.h"
#include "tally/counts.h"

using namespace kp;

namespace {

MockOptions sized(std::uint64_t seed, std::int64_t delegates, std::int64_t seats, std::int64_t names) {
  MockOptions options;
  options.seed = seed;
  options.delegates = delegates;
  options.seats = seats;
  options.names = names;
  return options;
}

// Reads the bundles of a contest back as one pass read them, and counts them.
Counts count_all(const ContestPlan& plan) {
  const Contest& contest = plan.contest;
  Counts counts(contest.rows.size());
  MockBundles bundles(plan);
  for (auto some = bundles.next(); !some.empty(); some = bundles.next()) {
    for (const MockBundle& bundle : some) {
      CHECK(sha256_hex(bundle.csv) == bundle.stated.sha256);
      CHECK(bundle.stated.counted == bundle.stated.ballots);
      const Result<Ballots> ballots =
          parse_ballots(bundle.csv, bundle.stated.file, {contest.ballot, contest.rows.size()});
      REQUIRE(ballots.ok());
      CHECK(static_cast<std::int64_t>(ballots->size()) == bundle.stated.ballots);
      if (bundle.stated.pass == 1) counts += count(*ballots, judge(contest, *ballots));
    }
  }
  CHECK(bundles.planted().empty());
  return counts;
}

Json answers_of(const MockElection& election) {
  std::vector<Counts> counts;
  std::vector<Planted> planted;
  for (const ContestPlan& plan : election.contests()) {
    MockRun made = run(plan);
    counts.push_back(std::move(made.counts));
    planted.insert(planted.end(), made.planted.begin(), made.planted.end());
  }
  return election.answers(counts, planted);
}

std::string all_bytes(const MockElection& election) {
  std::string all = election.congress_bytes();
  for (const ContestPlan& plan : election.contests()) {
    MockBundles bundles(plan);
    for (auto some = bundles.next(); !some.empty(); some = bundles.next()) {
      for (const MockBundle& bundle : some) all += bundle.stated.file + bundle.stated.by + bundle.csv;
    }
  }
  return all + canonical(answers_of(election));
}

}  // namespace

TEST_CASE("SplitMix64 gives its published numbers (seed 1234567)") {
  Random random(1234567);
  CHECK(random.next() == 6457827717110365317U);
  CHECK(random.next() == 3203168211198807973U);
  CHECK(random.next() == 9817491932198370423U);
  CHECK(random.next() == 4593380528125082431U);
  CHECK(random.next() == 16408922859458223821U);
}

TEST_CASE("a bounded draw stays in bounds and meets every value") {
  Random random(3);
  std::array<int, 6> met{};
  for (int i = 0; i < 6000; ++i) ++met[random.below(6)];
  for (const int times : met) CHECK((800 < times && times < 1200));
  CHECK(random.below(1) == 0);
}

TEST_CASE("mock people are different people, in the shares that are stated, and grown up") {
  Random random(1);
  const std::vector<MockPerson> people = mock_people(random, 4000);
  std::set<std::string> names;
  int women = 0;
  int minorities = 0;
  int under_40 = 0;
  int incumbents = 0;
  for (const MockPerson& person : people) {
    names.insert(name_key(person.name));
    women += person.woman ? 1 : 0;
    minorities += person.ethnicity == "Kinh" ? 0 : 1;
    under_40 += person.born > "1985-10-15" ? 1 : 0;
    incumbents += person.incumbent ? 1 : 0;
    const int born = std::stoi(person.born);
    const int joined = std::stoi(person.joined);
    CHECK((18 <= joined - born && joined - born <= 34));
    CHECK((1966 <= born && born <= 1994));
    CHECK(is_nfc(person.name));
  }
  CHECK(names.size() == people.size());
  CHECK((620 < women && women < 765));            // 17.3 % of 4,000, give or take
  CHECK((525 < minorities && minorities < 660));  // 14.8 %
  CHECK((370 < under_40 && under_40 < 495));      // 10.8 %
  CHECK((2890 < incumbents && incumbents < 3100));
}

TEST_CASE("property: for hundreds of seeds and sizes the definition is clean and the count is the answer") {
  Random random(20260101);
  for (int trial = 0; trial < 300; ++trial) {
    const auto seats = static_cast<std::int64_t>(1 + random.below(20));
    const std::int64_t names =
        seats == 1
            ? static_cast<std::int64_t>(1 + random.below(2))
            : seats + 1 +
                  static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(surplus_cap(seats))));
    MockOptions options =
        sized(random.next(), static_cast<std::int64_t>(1 + random.below(200)), seats, names);
    options.bundle_size = static_cast<std::int64_t>(1 + random.below(60));
    options.passes = static_cast<std::int64_t>(1 + random.below(3));
    const Result<MockElection> election = MockElection::make(options);
    REQUIRE(election.ok());
    const Result<Congress> congress = parse_congress(election->congress_bytes(), "congress.json");
    REQUIRE(congress.ok());
    CHECK(check_congress(*congress).empty());
    const Counts counts = count_all(election->contests().front());
    const Json answers = answers_of(*election);
    const Json& expected = answers.at("contests").at(congress->contests.front().id);
    CHECK(expected.at("ballots").at("valid") == Json(counts.valid));
    CHECK(expected.at("ballots").at("invalid") == Json(counts.invalid()));
    for (std::size_t row = 0; row < counts.rows.size(); ++row) {
      CHECK(expected.at("rows").array()[row].at("votes") == Json(counts.rows[row].options[0]));
    }
  }
}

TEST_CASE("the same seed gives the same bytes for ever: digests of fixed seeds") {
  const auto digest = [](MockOptions options) { return sha256_hex(all_bytes(*MockElection::make(options))); };
  MockOptions evening = mock_preset("evening").value();
  MockOptions planted = sized(3, 134, 11, 13);
  planted.plants = {PlantKind::extra_ballots, PlantKind::typist, PlantKind::doubtful_marks,
                    PlantKind::tie_at_last_seat, PlantKind::misprinted_list};
  // A change here is a change of what every trainer's seeds give: never for less than a new format.
  CHECK(digest(sized(1, 348, 55, 63)) == "9624e2a277e5ff7093098f2d69d7d13b510d72b8b106a8d93d8d68300a8c1efb");
  CHECK(digest(sized(2, 25, 1, 1)) == "fefe814c809d40ee5b1f1dece4545d41553d1cd0d9b6ce4a23919ca9f9194fa6");
  CHECK(digest(evening) == "de415535c9b3bbb7bd602527158453f1ae43dbc554f17e599bf785bf1a70ac90");
  CHECK(digest(planted) == "405e51a4dfcbd3958c791974683eebebd5ddd371d86e33f71e1b00a3eb030ce5");
  CHECK(digest(sized(4, 348, 55, 63)) != digest(sized(1, 348, 55, 63)));
}

TEST_CASE("one name for one seat makes a secretary's contest, otherwise a committee's (contract 12)") {
  const auto contest = [](const MockOptions& options) {
    return MockElection::make(options)->contests().front().contest.id;
  };
  CHECK(contest(sized(1, 10, 1, 1)) == "secretary");
  CHECK(contest(sized(1, 10, 1, 2)) == "committee");
  CHECK(MockElection::make(sized(1, 10, 3, 3)).findings().front().code == Code::list_no_surplus);
  CHECK(MockElection::make(sized(1, 0, 3, 4)).findings().front().code == Code::mock_options);
}

TEST_CASE("each preset is a congress without findings; an evening has all its ballots") {
  for (const char* name : {"branch", "commune", "district", "province", "national", "evening"}) {
    const std::optional<MockOptions> options = mock_preset(name);
    REQUIRE(options.has_value());
    const Result<MockElection> election = MockElection::make(*options);
    REQUIRE(election.ok());
    CHECK(check_congress(*parse_congress(election->congress_bytes(), "congress.json")).empty());
    CHECK(election->contests().size() == (options->evening ? 9 : 1));
  }
  CHECK_FALSE(mock_preset("village"));
}

TEST_CASE("every fault has a word, texts in both languages, and the code of a finding or an outcome") {
  std::set<std::string_view> codes = {"tied", "short"};
  for (std::size_t i = 0; i < finding_count(); ++i) codes.insert(finding_row(static_cast<Code>(i)).code);
  for (const Plant& plant : plants()) {
    CAPTURE(std::string(plant.word));
    CHECK(plant_named(plant.word) == plant.kind);
    CHECK(&plant_row(plant.kind) == &plant);
    CHECK(codes.contains(plant.finds));
    for (const std::string_view text :
         {plant.notice.vi, plant.notice.en, plant.then.vi, plant.then.en, spoken(plant.stage).vi}) {
      CHECK_FALSE(text.empty());
    }
  }
  CHECK_FALSE(plant_named("earthquake"));
}

TEST_CASE("what was planted is read back from an answers file as it was written") {
  const std::vector<Planted> all = {{PlantKind::typist, "committee", "002", 2, 17, {5, 6}, "aa..a.a", 0, ""},
                                    {PlantKind::duplicate_bundle, "committee", "004", 0, 0, {}, "", 0, "001"},
                                    {PlantKind::extra_ballots, "committee", "003", 0, 0, {}, "", 14, ""},
                                    {PlantKind::exactly_half, "secretary", "", 0, 0, {1}, "", 0, ""}};
  Json::Array planted;
  for (const Planted& one : all) planted.push_back(to_json(one));
  CHECK(planted[0].at("where") == Json("committee/002/17"));
  Json answers = Json::object({{"format", kAnswersFormat}, {"planted", std::move(planted)}});
  CHECK(parse_planted(answers, "a.json").value() == all);
  for (const char* key : {"rows", "pass", "of", "fault"}) {
    Json wrong = to_json(all.front());
    wrong.set(key, key[0] == 'o' ? Json(3) : Json("x"));
    answers.set("planted", Json::Array{wrong});
    CHECK(parse_planted(answers, "a.json").findings().front().code == Code::mock_answers);
  }
  const Finding unread = parse_planted(Json(3), "a.json").findings().front();
  CHECK(unread.where == "a.json");
  CHECK(finding_row(unread.code).code == "mock/answers");
}

TEST_CASE("a fault of the bundles lies where the answers say, and nowhere else") {
  MockOptions options = sized(6, 100, 7, 9);
  options.bundle_size = 20;
  const auto bundles_of = [&](PlantKind kind, std::vector<Planted>& planted) {
    options.plants = {kind};
    options.passes = 2;
    const MockElection election = MockElection::make(options).value();
    MockBundles bundles(election.contests().front());
    std::vector<MockBundle> all;
    for (auto some = bundles.next(); !some.empty(); some = bundles.next()) {
      all.insert(all.end(), some.begin(), some.end());
    }
    planted = bundles.planted();
    return all;
  };
  const auto reading = [](const std::vector<MockBundle>& all, const std::string& bundle, std::int64_t pass) {
    return *std::find_if(all.begin(), all.end(), [&](const MockBundle& one) {
      return one.stated.bundle == bundle && one.stated.pass == pass;
    });
  };
  std::vector<Planted> planted;
  std::vector<MockBundle> all = bundles_of(PlantKind::swapped_bundle, planted);
  REQUIRE(planted.size() == 2);
  for (const Planted& place : planted) {
    CHECK(place.pass == 2);
    CHECK(reading(all, place.bundle, 2).csv == reading(all, place.of, 1).csv);
    CHECK(reading(all, place.bundle, 2).csv != reading(all, place.bundle, 1).csv);
  }
  all = bundles_of(PlantKind::duplicate_bundle, planted);
  REQUIRE(planted.size() == 1);
  CHECK(planted.front().bundle == "006");
  CHECK(all.size() == 12);
  CHECK(reading(all, "006", 2).csv == reading(all, planted.front().of, 2).csv);
  all = bundles_of(PlantKind::wrong_count, planted);
  REQUIRE(planted.size() == 1);
  for (const MockBundle& one : all) {
    const bool here = one.stated.bundle == planted.front().bundle;
    CHECK(one.stated.counted == (here ? planted.front().count : one.stated.ballots));
    CHECK((one.stated.counted != one.stated.ballots) == here);
  }
  all = bundles_of(PlantKind::altered_after_sealing, planted);
  REQUIRE(planted.size() == 1);
  for (const MockBundle& one : all) {
    const bool here = one.stated.bundle == planted.front().bundle && one.stated.pass == planted.front().pass;
    CHECK((sha256_hex(one.csv) != one.stated.sha256) == here);
  }
}

TEST_CASE("the table of faults in docs/mock.md is the one in plants.def; KP_REWRITE=1 writes it anew") {
  const std::string path = std::string(KP_SOURCE_DIR) + "/docs/mock.md";
  const std::string page = read_file(path, 1U << 20U).value();
  const std::string begin = "<!-- plants: made from engine/mock/plants.def -->\n";
  const std::size_t from = page.find(begin) + begin.size();
  std::string table =
      "| fault | when | found by | what a good team notices → and does | stands on "
      "|\n|---|---|---|---|---|\n";
  for (const Plant& plant : plants()) {
    table.append("| `").append(plant.word).append("` | `").append(word(plant.stage)).append("` | ");
    table.append(word(plant.finder)).append(": `").append(plant.finds).append("` | ");
    table.append(plant.notice.en).append(" → ").append(plant.then.en).append(" | `");
    table.append(rule_row(Regulation::qd_190_2024, plant.rule).id).append("` |\n");
  }
  const std::string right = page.substr(0, from) + table + page.substr(page.find("<!-- end of plants -->"));
  if (std::getenv("KP_REWRITE") != nullptr) std::ofstream(path, std::ios::binary) << right;
  CHECK((std::getenv("KP_REWRITE") != nullptr || page == right));
}
