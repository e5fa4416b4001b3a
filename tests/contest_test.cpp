// contest: base and line, surplus, the list rules on the figures of rules.md; the form of definitions.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "catch.h"
#include "contest/definition.h"
#include "contest/list_rules.h"
#include "contest/majority.h"
#include "contest/pattern.h"
#include "contest/schema.h"
#include "contest/structure.h"
#include "support/definitions.h"

using namespace kp;
using test::congress_of;
using test::election;

namespace {

Base base_with(std::int64_t summoned, const std::vector<Deduction>& deductions) {
  return base_of({summoned, deductions, 0});
}

// A tired person is shown examples, not the pattern. The C++ library's own expressions judge alike: each
// example, and what comes of it by one change.
void check_examples(const nlohmann::json& schema) {
  if (schema.is_object() && schema.contains("pattern")) {
    const std::string pattern = schema["pattern"];
    CAPTURE(pattern);
    const std::regex other(pattern);
    const Pattern ours(pattern);
    REQUIRE(!schema.value("examples", nlohmann::json::array()).empty());
    for (const std::string example : schema["examples"]) {
      CAPTURE(example);
      CHECK(std::regex_match(example, other));
      CHECK(example.size() <= schema.at("maxLength"));
      for (std::size_t at = 0; at <= example.size(); ++at) {
        for (const std::string change :
             {"", "a", "Z", "0", "9", "-", "-r1", ".", "/", " ", "\n", "\x7F", "ế"}) {
          for (const std::size_t instead : {0U, 1U}) {
            std::string changed = example.substr(0, at) + change;
            if (at + instead < example.size()) changed += example.substr(at + instead);
            CAPTURE(changed);
            CHECK(ours.is_found_in(changed) == std::regex_match(changed, other));
          }
        }
      }
    }
  }
  if (schema.is_structured()) std::for_each(schema.begin(), schema.end(), check_examples);
}

bool has(const Findings& findings, Code code, Severity severity) {
  for (const Finding& finding : findings) {
    if (finding.code == code && finding.severity == severity) return true;
  }
  return false;
}

Findings check_list(std::size_t names, std::int64_t seats, Office office = Office::committee) {
  const Contest contest = election(names, seats, office);
  return check_congress(congress_of(contest, 100));
}

// Puts `to` where the n-th `from` of `text` stands.
void put(std::string& text, const std::string& from, const std::string& to, std::size_t n = 1) {
  std::size_t at = text.find(from);
  for (; n > 1; --n) at = text.find(from, at + 1);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
}

// A sound definition with the contests "committee" and "second".
std::string definition_of_two() {
  std::string text = test::bytes_of(election(4, 3), 100);
  const std::size_t from = text.find("\"contests\":[") + 12;
  std::string second = text.substr(from, text.find("],\"date\"") - from);
  put(second, "\"id\":\"committee\"", "\"id\":\"second\"");
  text.insert(from + second.size() + 3, "," + second);
  return text;
}

std::set<std::string> said(const Findings& findings) {
  std::set<std::string> said;
  for (const Finding& found : findings)
    said.insert(std::string(finding_row(found.code).code) + " " + found.where);
  return said;
}

struct Mistake {
  std::string from, to;
  std::size_t n;  ///< which `from`
  std::set<std::string> said;
};

}  // namespace

TEST_CASE("the base and the line of members' and delegates' congresses (R7.1, R7.2, D-1 to D-6)") {
  const auto line = [](const Base& base) { return std::pair(base.count, base.line); };
  CHECK(line(base_with(15, {{"transferred", 1}, {"exempt-absent", 1}, {"absent-excused", 1}})) ==
        std::pair<std::int64_t, std::int64_t>(12, 7));
  CHECK(line(base_with(15, {{"transferred", 1}, {"absent-excused", 1}})) ==
        std::pair<std::int64_t, std::int64_t>(13, 7));
  CHECK(line(base_with(12, {{"suspended", 1}, {"charged", 1}})) ==
        std::pair<std::int64_t, std::int64_t>(10, 6));
  CHECK(line(base_with(150, {{"committee-absent", 2}, {"absent-unreplaced", 1}})) ==
        std::pair<std::int64_t, std::int64_t>(147, 74));
}

TEST_CASE(
    "real sizes: 159, 81, 299, 348 give lines 80, 41, 150, 175; 1,510 gives 756; 44 gives 23 (P3, P9, P22)") {
  CHECK(base_with(159, {}).line == 80);
  CHECK(base_with(81, {}).line == 41);
  CHECK(base_with(299, {}).line == 150);
  CHECK(base_with(348, {}).line == 175);
  CHECK(base_with(1510, {}).line == 756);
  CHECK(base_with(44, {}).line == 23);
  CHECK(base_with(1, {}).line == 1);
}

TEST_CASE("the majority sentence says the figures, in both languages, and waives the line in a re-vote") {
  const Base base = base_with(348, {{"absent-unreplaced", 3}});
  CHECK(majority_sentence(CongressKind::delegates, base, false, Language::vi) ==
        "Tổng số để tính kết quả là 345 (348 đại biểu chính thức được triệu tập, trừ 3); quá một nửa là từ "
        "173 phiếu trở lên.");
  CHECK(majority_sentence(CongressKind::members, base, true, Language::en) ==
        "The base is 345 (348 official members summoned, less 3); a new vote among the tied needs no "
        "majority.");
}

TEST_CASE("the most surplus is 30 %, rounded down, at least one (R2.2, R2.9, R2.10, P12, D-15)") {
  CHECK(surplus_cap(3) == 1);
  CHECK(surplus_cap(5) == 1);
  CHECK(surplus_cap(7) == 2);
  CHECK(surplus_cap(20) == 6);
  CHECK(surplus_cap(180) == 54);
  const auto refused = [](std::size_t names, std::int64_t seats) {
    return has(check_list(names, seats), Code::list_surplus_over_cap, Severity::error);
  };
  CHECK_FALSE(refused(4, 3));
  CHECK_FALSE(refused(6, 5));
  CHECK(refused(7, 5));
  CHECK_FALSE(refused(8, 7));
  CHECK_FALSE(refused(9, 7));
  CHECK(refused(10, 7));
  CHECK_FALSE(refused(26, 20));    // exactly 30 %: 12th congress, alternates (P4)
  CHECK_FALSE(refused(220, 180));  // 22.2 % (P3)
}

TEST_CASE("a committee's list needs a surplus, an inspection committee's does not (R2.1, R2.13, D-16)") {
  CHECK(has(check_list(10, 10), Code::list_no_surplus, Severity::error));
  CHECK(has(check_list(10, 10, Office::standing_committee), Code::list_no_surplus, Severity::error));
  CHECK_FALSE(has(check_list(10, 10, Office::inspection), Code::list_no_surplus, Severity::error));
}

TEST_CASE("the prepared list carries 10 % to 15 % (R2.3, P5, P11)") {
  const auto warned = [](std::int64_t prepared, std::size_t names, std::int64_t seats) {
    Contest contest = election(names, seats);
    Json json = contest.json;
    json.set("prepared", prepared);
    return has(check_congress(congress_of(*parse_contest(json), 100)), Code::list_prepared_outside,
               Severity::warning);
  };
  CHECK_FALSE(warned(199, 199, 180));
  CHECK_FALSE(warned(22, 22, 20));
  CHECK_FALSE(warned(54, 54, 49));
  CHECK(warned(24, 24, 20));
  CHECK_FALSE(warned(4, 4, 3));
}

TEST_CASE(
    "for every number of seats the cap is the greatest surplus within 30 %, and never none (R2.2, R2.10)") {
  for (std::int64_t seats = 1; seats <= 300; ++seats) {
    CAPTURE(seats);
    const std::int64_t cap = surplus_cap(seats);
    CHECK(cap >= 1);
    CHECK((cap == 1 || 100 * cap <= 30 * seats));
    CHECK(100 * (cap + 1) > 30 * seats);
    if (3 <= seats && seats <= 5) CHECK(cap == 1);
  }
}

TEST_CASE("lists of every surplus from none to one too many, for 1 to 24 seats (R2.1, R2.2)") {
  for (std::int64_t seats = 1; seats <= 24; ++seats) {
    for (std::int64_t surplus = 0; surplus <= surplus_cap(seats) + 1; ++surplus) {
      CAPTURE(seats, surplus);
      const Findings findings = check_list(static_cast<std::size_t>(seats + surplus), seats);
      CHECK(has(findings, Code::list_no_surplus, Severity::error) == (surplus == 0));
      CHECK(has(findings, Code::list_surplus_over_cap, Severity::error) == (surplus > surplus_cap(seats)));
    }
  }
}

TEST_CASE(
    "prepared lists of every surplus, for 1 to 60 seats: from 10 % to 15 %, one is always enough to be "
    "within 15 % (R2.3, R2.11)") {
  Contest contest = election(2, 1);
  for (std::int64_t seats = 1; seats <= 60; ++seats) {
    for (std::int64_t surplus = 0; surplus <= 12; ++surplus) {
      CAPTURE(seats, surplus);
      contest.seats = seats;
      contest.prepared = seats + surplus;
      const bool within = 100 * surplus >= 10 * seats && (100 * surplus <= 15 * seats || surplus == 1);
      const Findings findings = check_contest(congress_of(election(2, 1), 100), contest, "", {});
      CHECK(has(findings, Code::list_prepared_outside, Severity::warning) == !within);
    }
  }
}

TEST_CASE("a list finding says where its rule stands, and that it is unverified when it is") {
  const Findings findings = check_list(3, 3);
  REQUIRE(has(findings, Code::list_no_surplus, Severity::error));
  CHECK(message(findings.front(), Language::vi).ends_with(" [190-QĐ/TW, điều 14(1)]"));
  CHECK(message(findings.front(), Language::en).ends_with(" [190-QĐ/TW, article 14(1)]"));
  Findings outside = {finding(Code::list_branch_not_among, "x", {"secretary", "y"})};
  cite(outside, Regulation::qd_190_2024);
  CHECK(message(outside.front(), Language::en).find("24-QĐ/TW, article 22") != std::string::npos);
  outside = {finding(Code::list_floor_without_poll, "x", {"y"})};
  cite(outside, Regulation::qd_244_2014);
  CHECK(message(outside.front(), Language::vi).ends_with("CHƯA ĐỐI CHIẾU VĂN BẢN]"));
}

TEST_CASE("the ballot form follows from question, list and seats (contract 3)") {
  CHECK(required_form(Question::election, 4, 3) == BallotForm::strike);
  CHECK(required_form(Question::election, 3, 3) == BallotForm::agree);
  CHECK(required_form(Question::election, 2, 3) == BallotForm::agree);
  CHECK(required_form(Question::introduction, 2, 3) == BallotForm::strike);
  CHECK(required_form(Question::opinion, 2, 3) == BallotForm::agree);
  CHECK(required_form(Question::survey, 82, 0) == BallotForm::agree);
  CHECK(required_form(Question::confidence, 2, 0) == BallotForm::confidence);
  CHECK(required_form(Question::rating, 2, 0) == BallotForm::rating);
}

TEST_CASE("a further round is named after the first (contract 7)") {
  Contest contest = election(4, 3);
  CHECK(first_round_id(contest) == "committee");
  contest.id = "committee-r2";
  CHECK(first_round_id(contest) == "committee-r2");
  contest.round = 2;
  CHECK(first_round_id(contest) == "committee");
  contest.id = "other";
  CHECK(first_round_id(contest) == "other");
}

TEST_CASE("among the elected: names of further rounds count too") {
  const Contest first = election(4, 3);
  Json second = first.json;
  second.set("id", "committee-r2");
  second.set("round", 2);
  Json row = first.rows.front().json;
  row.set("name", "Người Thêm");
  second.set("rows", Json::Array{row});
  second.set("seats", 1);
  second.set("ballot", "agree");
  Json secretary = second;
  secretary.set("id", "secretary");
  secretary.set("round", 1);
  secretary.set("office", "secretary");
  secretary.set("among", "committee");
  const Congress congress = congress_of(first, 10);
  const std::vector<Contest> known = {first, *parse_contest(second), *parse_contest(secretary)};
  CHECK(check_contest(congress, known[2], "", known).empty());
  CHECK(has(check_contest(congress, known[2], "", std::vector{first, known[2]}), Code::list_not_among,
            Severity::error));
}

TEST_CASE(
    "a list out of order says which rule it broke: given names, or the rest, which nobody has verified") {
  const auto basis = [](std::vector<std::string> names) {
    Json json = election(4, 2).json;
    Json::Array rows;
    for (std::size_t i = 0; i < names.size(); ++i) {
      rows.push_back(Json::object({{"no", static_cast<std::int64_t>(i + 1)}, {"name", names[i]}}));
    }
    json.set("rows", std::move(rows));
    const Contest contest = *parse_contest(json);
    for (const Finding& found : check_contest(congress_of(contest, 10), contest, "", {})) {
      if (found.code == Code::list_order) return found.basis_en;
    }
    return std::string();
  };
  CHECK(basis({"Lê Bình", "Trần An", "Lê Cường", "Lê Dũng"}) == "190-QĐ/TW, article 14");
  CHECK(basis({"Trần An", "Lê An", "Lê Cường", "Lê Dũng"}) == "190-QĐ/TW, article 14; NOT VERIFIED");
}

TEST_CASE("what is said of attendance names its rule and whether that was verified (R7.4, R7.8, R15.5)") {
  const auto said = [](CongressKind kind, std::optional<Question> question, const Electorate& electorate) {
    std::vector<std::string> all;
    for (const Finding& found :
         check_attendance(Regulation::qd_190_2024, kind, question, electorate, "/electorate")) {
      CHECK(found.severity == Severity::warning);
      all.push_back(std::string(finding_row(found.code).code) + " " + found.basis_en);
    }
    return all;
  };
  using Said = std::vector<std::string>;
  const Electorate few = {30, {}, 19};
  const Electorate enough = {30, {}, 20};
  CHECK(said(CongressKind::members, {}, few) ==
        Said{"electorate/below-quorum Điều lệ Đảng, article 11-13; NOT VERIFIED"});
  CHECK(said(CongressKind::committee, Question::confidence, few) ==
        Said{"electorate/below-quorum no document found"});
  CHECK(said(CongressKind::committee, Question::election, few).empty());
  CHECK(said(CongressKind::members, {}, enough).empty());
  // A rating keeps those away with leave in the base (D5); an election does not.
  const Electorate excused = {20, {{"absent-excused", 3}}, 17};
  CHECK(said(CongressKind::members, Question::rating, excused) ==
        Said{"electorate/kept-in-base 294-QĐ/TW, article 9.3.2"});
  CHECK(said(CongressKind::members, Question::election, excused).empty());
  CHECK(said(CongressKind::delegates, Question::rating, {20, {{"absent-unreplaced", 3}}, 17}).empty());
}

TEST_CASE("ages are in full years; of a birthday known by year or month only, as if it had passed") {
  CHECK(age_on("1985-10-15", "2025-10-15") == 40);
  CHECK(age_on("1985-10-16", "2025-10-15") == 39);
  CHECK(age_on("1985-10", "2025-10-15") == 40);
  CHECK(age_on("1985-11", "2025-10-15") == 39);
  CHECK(age_on("1985", "2025-10-15") == 40);
}

TEST_CASE("an electorate goes to JSON and back") {
  const Electorate electorate{348, {{"committee-absent", 2}, {"absent-unreplaced", 1}}, 340};
  const Electorate back = parse_electorate(to_json(electorate));
  CHECK(back.summoned == 348);
  CHECK(back.present == 340);
  REQUIRE(back.deductions.size() == 2);
  CHECK(back.deductions[1].reason == "absent-unreplaced");
}

TEST_CASE("a pattern is sought anywhere, and its end is the very end") {
  CHECK(Pattern("b").is_found_in("abc"));
  CHECK(Pattern("^").is_found_in(""));
  CHECK_FALSE(Pattern("^b$").is_found_in("abc"));
  CHECK(Pattern("^b$").is_found_in("b"));
  CHECK_FALSE(Pattern("^b$").is_found_in("b\n"));
  CHECK_FALSE(Pattern("^b$").is_found_in("a\nb"));
  CHECK_FALSE(Pattern("^b$").is_found_in(std::string_view("b\0", 2)));
  CHECK(Pattern("^.{2}$").is_found_in("ếẹ"));
  CHECK_FALSE(Pattern(".").is_found_in("\xFF"));
}

TEST_CASE("the schema names every unknown key of an object, not only the first") {
  Json json = election(2, 1).json;
  json.set("one", 1);
  json.set("two", 2);
  const Findings findings = check_schema(json, Schema::contest);
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].where == "/one");
  CHECK(findings[1].where == "/two");
}

TEST_CASE(
    "property: many mistakes in one definition are told as each would be alone, whatever step finds it") {
  const std::vector<Mistake> mistakes = {
      {"\"term\":", "\"term\":\"x\",\"term\":", 1, {"json/duplicate-key /term"}},
      {"\"unit\":\"Đ", "\"unit\":\"D\xCC\xA3", 1, {"json/not-nfc /unit"}},
      {"\"passes_required\":1", "\"passes_required\":1.5", 1, {"json/not-integer /passes_required"}},
      {"\"format\":", "\"colour\":1,\"format\":", 1, {"schema/unknown-key /colour"}},
      {"\"purpose\":\"practice\"", "\"purpose\":1", 1, {"schema/value /purpose"}},
      {"\"id\":\"thu-nghiem\"", "\"id\":\"Thử\"", 1, {"schema/pattern /id"}},
      {"\"question\":\"election\"", "\"question\":\"lots\"", 2, {"schema/value /contests/1/question"}},
      {"2025-10-15", "2025-02-30", 1, {"congress/date /date"}},
      {"\"present\":100", "\"present\":101", 1, {"electorate/present-over-base /electorate/present"}},
      {"\"role\":\"member\"", "\"role\":\"head\"", 1, {"board/head /board"}},
      {"\"no\":2", "\"no\":1", 1, {"list/duplicate-no /contests/0/rows/1/no"}},
      {"\"seats\":3",
       "\"seats\":4",
       1,
       {"list/no-surplus /contests/0/rows", "list/ballot-form /contests/0/ballot"}},
      {"Nguyễn Văn D0", "Trần Thị Uỷ", 1, {"board/candidate-on-board /contests/0/rows/3/name"}},
  };
  const std::string sound = definition_of_two();
  REQUIRE(parse_congress(sound, "c.json").ok());
  REQUIRE(said(check_congress(parse_congress(sound, "c.json").value())).empty());
  std::string with_all = sound;
  std::set<std::string> all;
  for (const Mistake& mistake : mistakes) {
    std::string text = sound;
    put(text, mistake.from, mistake.to, mistake.n);
    put(with_all, mistake.from, mistake.to, mistake.n);
    CAPTURE(mistake.to);
    CHECK(said(all_faults(text, "c.json")) == mistake.said);
    all.insert(mistake.said.begin(), mistake.said.end());
  }
  CHECK(said(all_faults(with_all, "c.json")) == all);
}

TEST_CASE("nothing is found only because something else was set aside") {
  const auto with = [](const std::string& from, const std::string& to, std::size_t n = 1) {
    std::string text = definition_of_two();
    put(text, from, to, n);
    return said(all_faults(text, "c.json"));
  };
  using Said = std::set<std::string>;
  CHECK(with("\"board\":[", "\"board\":[1,") == Said{"schema/type /board/0"});
  CHECK(with("\"present\":100", "\"present\":-1") == Said{"schema/range /electorate/present"});
  CHECK(with("\"signatures_required\":0", "\"signatures_required\":\"x\"") ==
        Said{"schema/type /signatures_required"});
  CHECK(with("\"contests\":[", "\"contests\":[7,") == Said{"schema/type /contests/0"});
  CHECK(with("\"contests\":[{", "\"contests\":1,\"was\":[{") ==
        Said{"schema/type /contests", "schema/unknown-key /was"});
  // Who may stand is told by the other contest.
  const std::string among = "\"among\":\"committee\",\"ballot\"";
  std::string text = definition_of_two();
  put(text, "\"ballot\"", among, 2);
  CHECK(said(all_faults(text, "c.json")).empty());
  put(text, "\"rows\":[", "\"rows\":[7,");
  CHECK(said(all_faults(text, "c.json")) == Said{"schema/type /contests/0/rows/0"});
  // These choose the rules; without them none is asked.
  for (const char* key : {"kind", "level", "regulation"}) {
    const std::string named = "\"" + std::string(key) + "\":";
    text = definition_of_two();
    put(text, "2025-10-15", "2025-02-30");
    put(text, named, named + "\"x\"," + named);
    CHECK(said(all_faults(text, "c.json")).contains("json/duplicate-key /" + std::string(key)));
    CHECK_FALSE(said(all_faults(text, "c.json")).contains("congress/date /date"));
  }
}

TEST_CASE(
    "what the program holds files to is what stands in schemas/, byte for byte; patterns have examples") {
  for (const char* name : {"congress", "contest", "manifest", "result"}) {
    const std::string file = std::string(name) + ".schema.json";
    std::ifstream stream(std::string(KP_SOURCE_DIR) + "/schemas/" + file, std::ios::binary);
    CAPTURE(file);
    CHECK(schema_text(file) == std::string(std::istreambuf_iterator<char>(stream), {}));
    check_examples(nlohmann::json::parse(schema_text(file)));
  }
}
