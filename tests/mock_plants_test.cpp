// Mock elections played with the program's own commands: without a fault they give their answers, and every
// fault of the table is found by what the table says, in every election it is planted in.
//
// Reads engine/mock/plants.def through plants(): a new row is tested as soon as it stands there.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "base/canon.h"
#include "base/file.h"
#include "catch.h"
#include "contest/definition.h"
#include "drill/found.h"
#include "kiemphieu/commands.h"
#include "mock/dossier.h"
#include "mock/mock.h"
#include "mock/planning.h"
#include "mock/random.h"
#include "support/dossier_evening.h"

using namespace kp;

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;
using Codes = std::set<std::string>;

constexpr std::uint64_t kMost = 1U << 26U;

Reply command(const std::string& name, const Words& words) {
  for (const auto& family :
       {mock_commands, definition_commands, hall_commands, board_commands, result_commands, drill_commands}) {
    for (const Command& one : family()) {
      if (one.spec.name == name) return one.run(Arguments::parse(one.spec, words, Language::en));
    }
  }
  FAIL("no such command: " << name);
  return {};
}

Codes codes_of(const Findings& findings) {
  Codes codes;
  for (const Finding& one : findings) codes.emplace(finding_row(one.code).code);
  return codes;
}

Json json_in(const std::string& path) {
  return parse_json(read_file(path, kMost).value(), path).value();
}

/// A folder with the material of one mock election, and the record that is made of it.
class Team {
 public:
  explicit Team(Words options) : folder_(test::write_folder({{"a", ""}})) {
    options.insert(options.end(), {"-o", material()});
    const Reply made = command("mock", options);
    for (const Finding& one : made.findings) UNSCOPED_INFO(line_of(one, Language::en));
    REQUIRE(made.ok());
    answers_ = json_in(material() + "/answers.json");
    planted_ = parse_planted(answers_, "answers.json").value();
  }
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;
  ~Team() { fs::remove_all(folder_); }

  [[nodiscard]] std::string material() const { return folder_ + "/m"; }
  [[nodiscard]] const std::vector<Planted>& planted() const { return planted_; }
  [[nodiscard]] const Json& expected(const std::string& contest) const {
    return answers_.at("contests").at(contest);
  }

  Codes check() { return codes_of(command("check", {congress()}).findings); }

  // From the opening to the bundles. Returns: the codes of the import.
  Codes take_in() {
    REQUIRE(command("open", {congress(), "-o", hall()}).ok());
    congress_ = parse_congress(read_file(congress(), kMost).value(), "congress.json").value();
    for (const Contest& contest : congress_->contests) {
      const Json box = json_in(material() + "/" + contest.id + "/box.json");
      REQUIRE(command("box", {hall(), contest.id, "--issued", canonical(box.at("issued")), "--returned",
                              canonical(box.at("returned"))})
                  .ok());
    }
    return codes_of(command("import", {hall(), material()}).findings);
  }

  // What the board does before a result: it confirms what was read, and mends what the answers say was wrong.
  void confirm_flags(const std::string& contest) {
    REQUIRE(by_two("rule", {contest, "--confirm-flags"}).ok());
  }
  void mend(const Planted& place) {
    Words where = {place.contest, "--bundle", place.bundle};
    if (place.fault == PlantKind::duplicate_bundle) {
      const Words pass = {"--pass", "1", "--note", "thừa"};
      where.insert(where.end(), pass.begin(), pass.end());
      REQUIRE(by_two("retract", where).ok());
      return;
    }
    if (place.fault != PlantKind::typist && place.fault != PlantKind::doubtful_marks) return;
    for (const std::string& word : {std::string("--ballot"), std::to_string(place.ballot),
                                    std::string("--note"), std::string("xem phiếu giấy")})
      where.push_back(word);
    for (const std::int64_t row : place.rows) {
      where.push_back("--row");
      where.push_back(std::to_string(row) + "=" + place.marks[static_cast<std::size_t>(row) - 1]);
    }
    if (place.fault == PlantKind::typist) where.insert(where.end(), {"--pass", std::to_string(place.pass)});
    REQUIRE(by_two(place.fault == PlantKind::typist ? "correct" : "rule", where).ok());
  }

  Reply result(const std::string& contest) {
    return command("result", {hall(), contest, "-o", folder_ + "/results"});
  }
  [[nodiscard]] Json written(const std::string& contest) const {
    return json_in(folder_ + "/results/" + contest + ".json");
  }
  Reply compare(const std::string& contest) { return command("compare", {hall(), contest}); }
  [[nodiscard]] const Congress& definition() const { return *congress_; }

 private:
  [[nodiscard]] std::string congress() const { return material() + "/congress.json"; }
  [[nodiscard]] std::string hall() const { return folder_ + "/HALL.kp"; }
  Reply by_two(const std::string& name, Words words) {
    words.insert(words.begin(), hall());
    const Contest& contest = *std::find_if(congress_->contests.begin(), congress_->contests.end(),
                                           [&](const Contest& one) { return one.id == words[1]; });
    const Board& board = board_of(*congress_, contest);
    words.insert(words.end(), {"--by", board[0].name, "--by", board[1].name});
    return command(name, words);
  }

  std::string folder_;
  Json answers_;
  std::vector<Planted> planted_;
  std::optional<Congress> congress_;
};

// A result says what the answers say.
void check_as_expected(const Json& result, const Json& expected) {
  for (const Json::Member& member : expected.members()) {
    CAPTURE(member.first);
    if (member.first != "base") {
      CHECK(result.at(member.first) == member.second);
      continue;
    }
    for (const Json::Member& figure : member.second.members()) {
      CHECK(result.at("base").at(figure.first) == figure.second);
    }
  }
}

// Sizes that vary with the seed: always more than one bundle, room for every fault.
Words options_of(std::uint64_t seed, const std::string& fault) {
  Random random(seed);
  const std::int64_t seats = 3 + static_cast<std::int64_t>(random.below(9));
  const std::int64_t names =
      seats + 1 + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(surplus_cap(seats))));
  const std::int64_t delegates = 60 + static_cast<std::int64_t>(random.below(90));
  return {"--seed",        std::to_string(seed),
          "--delegates",   std::to_string(delegates),
          "--seats",       std::to_string(seats),
          "--names",       std::to_string(names),
          "--plant",       fault,
          "--bundle-size", std::to_string(20 + random.below(15))};
}

// Whether the fault is found by the means that the table names.
bool found(const Plant& plant, Team& team) {
  const std::string code(plant.finds);
  const std::string& contest = team.planted().front().contest;
  if (plant.finder == PlantFinder::check) return team.check().contains(code);
  CHECK(team.check().empty());
  if (plant.finder == PlantFinder::verify) {
    test::Request request;
    request.dossier = team.material() + "/dossier";
    return test::codes(verify::verify(request)).contains(code);
  }
  const Codes imported = team.take_in();
  if (plant.finder == PlantFinder::import) return imported.contains(code);
  CHECK(std::none_of(imported.begin(), imported.end(),
                     [](const std::string& one) { return one == "bundle/digest"; }));
  team.confirm_flags(contest);
  const Reply reply = team.result(contest);
  if (plant.finder == PlantFinder::result)
    return reply.ok() && team.written(contest).at("outcome") == Json(code);
  if (plant.finder == PlantFinder::compare) {
    const Reply compared = team.compare(contest);
    const auto bundles =
        std::find_if(compared.json.begin(), compared.json.end(),
                     [](const Json::Member& member) { return member.first == "differences"; });
    CHECK((bundles != compared.json.end() && !bundles->second.array().empty()));
  }
  return codes_of(reply.findings).contains(code);
}

MockOptions small_election(std::uint64_t seed) {
  Random random(seed);
  MockOptions options;
  options.seed = seed;
  options.seats = 1 + static_cast<std::int64_t>(random.below(12));
  options.names = options.seats == 1 ? 1 + static_cast<std::int64_t>(random.below(2))
                                     : options.seats + 1 +
                                           static_cast<std::int64_t>(random.below(
                                               static_cast<std::uint64_t>(surplus_cap(options.seats))));
  options.delegates = 1 + static_cast<std::int64_t>(random.below(80));
  options.passes = 1 + static_cast<std::int64_t>(random.below(3));
  options.bundle_size = 1 + static_cast<std::int64_t>(random.below(40));
  options.level = Level::upper_base;
  return options;
}

// Plays an election in memory to the end and has its dossier verified.
void check_played(const MockElection& election) {
  std::vector<Counts> counts;
  for (const ContestPlan& plan : election.contests()) counts.push_back(run(plan).counts);
  const Json answers = election.answers(counts, {});
  const Result<PlayedRecord> record = play(election, {});
  if (!record) FAIL(line_of(record.findings().front(), Language::en));
  const History history = record->history();
  for (const ContestPlan& plan : election.contests()) {
    check_as_expected(history.find(plan.contest.id)->standing()->result,
                      answers.at("contests").at(plan.contest.id));
  }
  const verify::Report report = test::verified(record->files());
  for (const Finding& one : report.findings) {
    INFO(line_of(one, Language::en));
    CHECK(one.severity != Severity::error);
  }
  CHECK(report.level == verify::Assurance::consistent);
  CHECK(report.results.size() == election.contests().size());
  for (const verify::ResultReport& result : report.results) CHECK(result.recounted);
}

// A definition with every question, as someone may want to rehearse it.
Json questions() {
  const auto rows = [](int count) {
    Json::Array list;
    for (int no = 1; no <= count; ++no) {
      list.push_back(Json::object({{"no", no}, {"name", "Lý Văn A" + std::to_string(10 + no)}}));
    }
    return list;
  };
  const auto contest = [&](const char* question, const char* ballot, const char* office, int names,
                           int seats) {
    Json json = Json::object({{"id", question},
                              {"title", "Bầu"},
                              {"question", question},
                              {"office", office},
                              {"ballot", ballot},
                              {"rows", rows(names)}});
    if (seats > 0) json.set("seats", seats);
    return json;
  };
  Json::Array contests = {contest("election", "strike", "committee", 9, 7),
                          contest("opinion", "agree", "committee", 4, 7),
                          contest("withdrawal", "agree", "committee", 3, 0),
                          contest("introduction", "strike", "secretary", 4, 2),
                          contest("confidence", "confidence", "other", 5, 0),
                          contest("rating", "rating", "other", 6, 0),
                          contest("survey", "agree", "other", 2, 0)};
  Json among = contest("election", "agree", "secretary", 1, 1);
  among.set("id", "secretary");
  among.set("among", "election");
  contests.push_back(std::move(among));
  return Json::object(
      {{"format", "kiemphieu/congress@1"},
       {"id", "chinh-thuc"},
       {"title", "Đại hội"},
       {"unit", "Đảng bộ xã"},
       {"term", "2025-2030"},
       {"date", "2025-10-15"},
       {"kind", "delegates"},
       {"level", "base"},
       {"regulation", "190-QD/TW"},
       {"purpose", "official"},
       {"electorate", Json::object({{"summoned", 61}, {"deductions", Json::Array()}, {"present", 60}})},
       {"board", Json::Array{Json::object({{"name", "Lê Văn Trưởng"}, {"role", "head"}}),
                             Json::object({{"name", "Trần Thị Uỷ"}, {"role", "member"}})}},
       {"signatures_required", 0},
       {"passes_required", 2},
       {"contests", std::move(contests)}});
}

}  // namespace

TEST_CASE("property: of any seed, a mock election is counted as its answers say and its dossier verifies") {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    INFO("seed " << seed);
    check_played(MockElection::make(small_election(seed)).value());
  }
}

TEST_CASE(
    "property: of any seed, a full evening is counted as its answers say and verifies; all seats are "
    "filled") {
  MockOptions options = mock_preset("evening").value();
  for (options.seed = 1; options.seed <= 20; ++options.seed) {
    INFO("seed " << options.seed);
    const MockElection election = MockElection::make(options).value();
    check_played(election);
    for (const ContestPlan& plan : election.contests()) {
      CHECK(sheet_of(election.congress(), plan, run(plan).counts).at("outcome") == Json("filled"));
    }
  }
}

TEST_CASE(
    "a rehearsal of a real list is practice, has every question, and nothing of it fits the real record") {
  MockOptions options;
  for (options.seed = 1; options.seed <= 20; ++options.seed) {
    INFO("seed " << options.seed);
    const MockElection election = MockElection::rehearse(questions(), "C.json", options).value();
    CHECK(election.congress().purpose == Purpose::practice);
    CHECK(election.congress().id == "dien-tap-chinh-thuc");
    CHECK(election.contests().size() == 8);
    CHECK(election.contests().front().keyers.size() == 2);
    check_played(election);
  }
  Json nobody = questions();
  nobody.set("electorate", Json::object({{"summoned", 61}, {"deductions", Json::Array()}, {"present", 0}}));
  CHECK(MockElection::rehearse(nobody, "C.json", options).findings().front().code == Code::mock_rehearsal);
  nobody.set("contests", Json::Array());
  CHECK(MockElection::rehearse(nobody, "C.json", options).findings().front().code == Code::mock_rehearsal);
  options.passes = 4;
  CHECK(MockElection::rehearse(nobody, "C.json", options).findings().front().code == Code::mock_options);
  nobody.set("purpose", "serious");  // a definition that is none is said before what was wished of it
  CHECK(MockElection::rehearse(nobody, "C.json", options).findings().front().code == Code::schema_value);
}

TEST_CASE("played with the commands, a mock election without faults gives just its answers") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    INFO("seed " << seed);
    Words options = options_of(seed, "");
    options.erase(options.begin() + 8, options.begin() + 10);
    if (seed % 4 == 0) options = {"--seed", std::to_string(seed), "--preset", "evening", "--passes", "2"};
    Team team(options);
    CHECK(team.planted().empty());
    CHECK(team.check().empty());
    CHECK(team.take_in().empty());
    for (const Contest& contest : team.definition().contests) {
      team.confirm_flags(contest.id);
      CHECK(team.result(contest.id).ok());
      check_as_expected(team.written(contest.id), team.expected(contest.id));
    }
  }
}

TEST_CASE("property: every planted fault is found by the means that the table of faults names") {
  for (const Plant& plant : plants()) {
    CAPTURE(std::string(plant.word));
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      INFO("seed " << seed);
      Team team(options_of(seed, std::string(plant.word)));
      REQUIRE_FALSE(team.planted().empty());
      for (const Planted& place : team.planted()) CHECK(place.fault == plant.kind);
      CHECK(found(plant, team));
    }
  }
}

TEST_CASE("property: a team that handles its faults well comes to the answers") {
  for (const char* fault :
       {"typist", "doubtful-marks", "duplicate-bundle", "tie-at-last-seat", "exactly-half", "short"}) {
    CAPTURE(fault);
    for (std::uint64_t seed = 21; seed <= 26; ++seed) {
      INFO("seed " << seed);
      Team team(options_of(seed, fault));
      team.take_in();
      const std::string& contest = team.planted().front().contest;
      for (const Planted& place : team.planted()) team.mend(place);
      team.confirm_flags(contest);
      CHECK(team.result(contest).ok());
      check_as_expected(team.written(contest), team.expected(contest));
    }
  }
}

TEST_CASE("a fault that does not suit an election is refused before anything is written") {
  const auto refused = [](MockOptions options, PlantKind kind) {
    options.plants = {kind};
    const Result<MockElection> made = MockElection::make(options);
    return !made.ok() && made.findings().front().code == Code::mock_plant;
  };
  MockOptions one_name;
  one_name.seats = one_name.names = 1;
  for (const PlantKind kind : {PlantKind::surplus, PlantKind::misprinted_list, PlantKind::tie_at_last_seat}) {
    CHECK(refused(one_name, kind));
  }
  MockOptions one_pass;
  one_pass.passes = 1;
  CHECK(refused(one_pass, PlantKind::typist));
  CHECK(refused(one_pass, PlantKind::swapped_bundle));
  MockOptions one_stack;
  one_stack.bundle_size = 1000;
  CHECK(refused(one_stack, PlantKind::swapped_bundle));
  MockOptions two_outcomes;
  two_outcomes.plants = {PlantKind::exactly_half, PlantKind::tie_at_last_seat};
  CHECK(MockElection::make(two_outcomes).findings().front().code == Code::mock_plant);
}

TEST_CASE("an exercise that was handed out is scored, however large the answers that were admitted") {
  const Team team({"--seed", "1", "--delegates", "9", "--seats", "2", "--names", "3"});
  const std::string answers = team.material() + "/answers.json";
  const std::string larger = read_file(answers, kMost).value() + std::string(17U << 20U, ' ');
  REQUIRE(write_file(answers, larger).ok());
  const std::string exercise = team.material() + "-1";
  const std::string trainer = team.material() + "-trainer";
  REQUIRE(
      command("drill start", {team.material(), "--team", "1", "--trainer", trainer, "-o", exercise}).ok());
  REQUIRE(!fs::exists(exercise + "/answers.json"));
  REQUIRE(write_file(exercise + "/found.json", canonical(Json::object({{"format", kFoundFormat}}))).ok());
  CHECK(command("drill score", {exercise, "--trainer", trainer}).ok());
}
