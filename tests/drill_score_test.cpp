// What a team found, read and held against the answers.
#include "base/canon.h"
#include "catch.h"
#include "drill/score.h"

using namespace kp;

namespace {

Planted planted(PlantKind fault, const std::string& bundle = "", std::int64_t ballot = 0,
                const std::string& marks = "") {
  Planted made;
  made.fault = fault;
  made.contest = "committee";
  made.bundle = bundle;
  made.ballot = ballot;
  made.marks = marks;
  return made;
}

DrillAnswers exercise() {
  return {{planted(PlantKind::typist, "001", 7, "aa.."), planted(PlantKind::wrong_count, "002"),
           planted(PlantKind::doubtful_marks, "003", 12, "a.a.")},
          {{"committee", "filled", {1, 3}, 58, 2}}};
}

Found all_right() {
  return {{{PlantKind::wrong_count, "committee/2"},
           {PlantKind::typist, "committee/1/7"},
           {PlantKind::doubtful_marks, "committee/3/12"}},
          {{"committee/3/12", "a.a."}},
          {{"committee", "filled", {3, 1}, 58, 2}}};
}

std::string code_of(const Findings& findings) {
  return std::string(finding_row(findings.front().code).code);
}

}  // namespace

TEST_CASE("everything found at its place is the full score, in whatever order it is listed") {
  const Score made = score(exercise(), all_right());
  CHECK(made.of == 3 * 10 + 5 + 10);
  CHECK(made.points == made.of);
  CHECK(made.false_alarms.empty());
  for (const ScoredFault& fault : made.faults) CHECK(fault.match == Match::found);
}

TEST_CASE("nothing handed in scores nothing, and every fault is named as missed") {
  const Score made = score(exercise(), Found{});
  CHECK(made.points == 0);
  CHECK(made.of == 45);
  for (const ScoredFault& fault : made.faults) CHECK(fault.match == Match::missed);
  CHECK_FALSE(made.results.front().given);
}

TEST_CASE("the right kind at a wrong place is half; the right place with a wrong kind less") {
  Found found = all_right();
  found.faults[1].where = "committee/1/8";
  const Score elsewhere = score(exercise(), found);
  CHECK(elsewhere.faults[0].match == Match::other_place);
  CHECK(elsewhere.faults[0].said == "committee/1/8");
  CHECK(elsewhere.points == elsewhere.of - 5);
  found.faults[1] = {PlantKind::swapped_bundle, "committee/1/7"};
  const Score otherwise = score(exercise(), found);
  CHECK(otherwise.faults[0].match == Match::other_kind);
  CHECK(otherwise.faults[0].said == "swapped-bundle");
  CHECK(otherwise.points == otherwise.of - 7);
  CHECK(otherwise.false_alarms.empty());
}

TEST_CASE("an exact find is never taken by another fault of its kind") {
  const DrillAnswers two = {{planted(PlantKind::typist, "001", 7), planted(PlantKind::typist, "001", 9)}, {}};
  const Score made = score(two, {{{PlantKind::typist, "committee/1/9"}}, {}, {}});
  CHECK(made.faults[0].match == Match::missed);
  CHECK(made.faults[1].match == Match::found);
  CHECK(made.points == 10);
}

TEST_CASE("a find is matched once: said twice, the second is a false alarm") {
  Found found = all_right();
  found.faults.push_back(found.faults[0]);
  const Score made = score(exercise(), found);
  REQUIRE(made.false_alarms.size() == 1);
  CHECK(made.points == made.of - 2);
}

TEST_CASE("false alarms cost two each, never more than the faults earned") {
  Found found = all_right();
  for (int i = 0; i < 40; ++i) found.faults.push_back({PlantKind::surplus, "committee"});
  const Score made = score(exercise(), found);
  CHECK(made.false_alarms.size() == 40);
  CHECK(made.points == 15);  // the ruling and the result
}

TEST_CASE("the last ruling on a ballot counts; another ballot's does not") {
  Found found = all_right();
  found.rulings = {{"committee/3/12", "a.a."}, {"committee/3/12", "aaa."}};
  CHECK(score(exercise(), found).rulings.front().points == 0);
  found.rulings = {{"committee/3/12", "aaa."}, {"committee/3/12", "a.a."}};
  CHECK(score(exercise(), found).rulings.front().points == 5);
  found.rulings = {{"committee/3/13", "a.a."}};
  CHECK(score(exercise(), found).rulings.front().said.empty());
}

TEST_CASE("a result scores its outcome, its elected and its figures apart") {
  Found found = all_right();
  found.results = {{"committee", "short", {1, 3}, 58, 2}};
  CHECK(score(exercise(), found).results.front().points == 7);
  found.results = {{"committee", "filled", {1, 4}, 58, 2}};
  CHECK(score(exercise(), found).results.front().points == 6);
  found.results = {{"committee", "filled", {1, 3}, 58, 3}};
  CHECK(score(exercise(), found).results.front().points == 7);
  found.results = {{"secretary", "filled", {1, 3}, 58, 2}};
  CHECK(score(exercise(), found).results.front().points == 0);
}

TEST_CASE("property: matching one more fault rightly never scores less") {
  const DrillAnswers answers = exercise();
  const Found right = all_right();
  for (unsigned with = 0; with < 8; ++with) {
    for (unsigned more = 0; more < 3; ++more) {
      Found found;
      for (unsigned i = 0; i < 3; ++i) {
        if ((with >> i & 1U) != 0) found.faults.push_back(right.faults[i]);
      }
      const std::int64_t before = score(answers, found).points;
      if ((with >> more & 1U) == 0) {
        found.faults.push_back(right.faults[more]);
        CHECK(score(answers, found).points == before + 10);
      }
    }
  }
}

TEST_CASE("places are one spelling: bundle 1 is bundle 001, spaces do not matter, a name of zeros stays") {
  CHECK(tidy_place(" committee / 003/12 ") == "committee/3/12");
  CHECK(tidy_place("committee/B01") == "committee/B01");
  CHECK(tidy_place("committee/000") == "committee/000");
}

TEST_CASE("lines that people type become what they mean, or are refused with an example") {
  const Result<FoundFault> fault = fault_from_words("  typist   committee/003/12 ");
  REQUIRE(fault.ok());
  CHECK((fault->fault == PlantKind::typist && fault->where == "committee/3/12"));
  REQUIRE(fault_from_words("1 committee").ok());
  CHECK(fault_from_words("1 committee")->fault == plants().front().kind);
  for (const char* bad : {"", "typist", "0 committee", "99 committee", "typing committee"})
    CHECK(code_of(fault_from_words(bad).findings()) == "drill/found-form");
  const Result<FoundResult> result = result_from_words("committee filled 1,2,5 58 2");
  REQUIRE(result.ok());
  CHECK(
      (result->elected == std::vector<std::int64_t>{1, 2, 5} && result->valid == 58 && result->invalid == 2));
  CHECK(result_from_words("committee short - 58 2")->elected.empty());
  for (const char* bad : {"committee filled 1,2 58", "committee won 1 2 3", "committee filled x 1 2",
                          "committee filled 1 -1 2"})
    CHECK(code_of(result_from_words(bad).findings()) == "drill/found-form");
  CHECK(ruling_from_words("committee/1/2 aa.a")->ruling == "aa.a");
  CHECK(code_of(ruling_from_words("committee/1/2").findings()) == "drill/found-form");
}

TEST_CASE("an answer written is the same answer read; what is not in the form is named by its place") {
  const Json written = to_json(all_right());
  const Result<Found> read = parse_found(written, "found.json");
  REQUIRE(read.ok());
  CHECK(to_json(*read) == written);
  const auto refused = [](const std::string& text) {
    const Result<Found> found = parse_found(parse_json(text, "f").value(), "f");
    REQUIRE_FALSE(found.ok());
    CHECK(code_of(found.findings()) == "drill/found-form");
    return found.findings().front().where;
  };
  const std::string format = R"("format":"kiemphieu/practice-found@1")";
  CHECK(refused("[]") == "f#/format");
  CHECK(refused(R"({"format":"kiemphieu/result@1"})") == "f#/format");
  CHECK(refused("{" + format + R"(,"faults":{}})") == "f#/faults");
  CHECK(refused("{" + format + R"(,"faults":[{"fault":"nothing","where":"x"}]})") == "f#/faults/0");
  CHECK(refused("{" + format + R"(,"rulings":[{"where":"x"}]})") == "f#/rulings/0");
  CHECK(refused("{" + format + R"(,"results":[7]})") == "f#/results/0");
  CHECK(refused("{" + format + R"(,"result":[]})") == "f#/result");
}

TEST_CASE("answers of another shape are refused, not scored") {
  const auto refused = [](const std::string& text) {
    const Result<DrillAnswers> answers = parse_answers(parse_json(text, "a").value(), "a");
    return !answers.ok() && code_of(answers.findings()) == "mock/answers";
  };
  const std::string start = R"({"format":"kiemphieu/practice-answers@1","planted":[])";
  CHECK(refused("{}"));
  CHECK(refused(start + "}"));
  CHECK(refused(start + R"(,"contests":[]})"));
  CHECK(refused(start + R"(,"contests":{"c":{"outcome":"filled"}}})"));
  CHECK(refused(start + R"(,"contests":{"c":{"ballots":{"valid":1},"outcome":"filled"}}})"));
  CHECK_FALSE(refused(
      start + R"(,"contests":{"c":{"ballots":{"invalid":0,"valid":1},"elected":[1],"outcome":"filled"}}})"));
}
