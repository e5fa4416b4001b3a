// rules: both regulations have every rule, once, with a citation, a grade and its sources; what is applied is
// used by a step or a finding; the table holds every row of the study of sources, with its articles, no surer
// than the study is (testdata/rules/study.json).
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "base/finding.h"
#include "base/json.h"
#include "catch.h"
#include "rules/ruleset.h"

using namespace kp;

namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// Every result that a golden case holds, files of the dossier left out: they repeat the others.
std::vector<Json> golden_results() {
  std::vector<Json> results;
  for (const fs::directory_entry& file :
       fs::recursive_directory_iterator(fs::path(KP_SOURCE_DIR) / "testdata/golden")) {
    if (file.path().extension() != ".json") continue;
    const Result<Json> json = parse_json(read(file.path()), "x");
    if (json && json->is_object() && json->find("steps") != nullptr) results.push_back(*json);
  }
  return results;
}

/// What the study of sources says: one row each, by its number.
std::map<std::string, Json> study() {
  const Result<Json> file =
      parse_json(read(fs::path(KP_SOURCE_DIR) / "testdata/rules/study.json"), "study.json");
  REQUIRE(file);
  std::map<std::string, Json> rows;
  for (const Json& row : file->at("rows").array()) {
    CHECK(rows.emplace(row.at("id").string(), row).second);
  }
  return rows;
}

// A member of a study row that each regulation has of its own: "article", "grade".
std::string said(const Json& row, std::string_view member, Regulation regulation) {
  const Json* both = row.find(member);
  const Json* one = both == nullptr ? nullptr : both->find(word(regulation).substr(0, 3));
  return one == nullptr ? "" : one->string();
}

std::vector<Rule> table(Regulation regulation) {
  std::vector<Rule> rules;
  for (std::size_t i = 0; i < rule_count(); ++i) {
    rules.push_back(rule_row(regulation, static_cast<RuleId>(i)));
  }
  return rules;
}

}  // namespace

TEST_CASE("each regulation has one row a rule, in the order of RuleId") {
  CHECK(citations_244_2014().size() == rule_count());
  CHECK(citations_190_2024().size() == rule_count());
  for (const Regulation regulation : {Regulation::qd_244_2014, Regulation::qd_190_2024}) {
    std::set<std::string_view> ids;
    for (std::size_t i = 0; i < rule_count(); ++i) {
      const Rule rule = rule_row(regulation, static_cast<RuleId>(i));
      CAPTURE(rule.id);
      CHECK(ids.insert(rule.id).second);
      CHECK_FALSE(rule.text.vi.empty());
      CHECK_FALSE(rule.text.en.empty());
      CHECK_FALSE(rule.document.empty());
      CHECK_FALSE(rule.article.empty());
      CHECK_FALSE(rule.reference.empty());
      CHECK(topic_named(word(rule.topic)) == rule.topic);
      CHECK(grade_named(word(rule.grade)) == rule.grade);
      CHECK(sources_named(rule.sources).size() == words_of(rule.sources).size());
      // Words that were read were read somewhere; where no document was found nothing was.
      if (rule.grade == Grade::read) CHECK_FALSE(rule.sources.empty());
      if (rule.document == "-") CHECK(rule.grade != Grade::read);
    }
  }
}

TEST_CASE("citations shift from 244 to 190: 32 to 30, 17 to 15, 16 to 14, 7 to 8 (rules.md 17)") {
  const auto article = [](Regulation regulation, RuleId rule) { return rule_row(regulation, rule).article; };
  CHECK(article(Regulation::qd_244_2014, RuleId::base_delegates) == "32(3)");
  CHECK(article(Regulation::qd_190_2024, RuleId::base_delegates) == "30(3)");
  CHECK(article(Regulation::qd_244_2014, RuleId::validity_too_many) == "17(2)");
  CHECK(article(Regulation::qd_190_2024, RuleId::validity_too_many) == "15(2)");
  CHECK(article(Regulation::qd_244_2014, RuleId::list_cap) == "16(1)");
  CHECK(article(Regulation::qd_190_2024, RuleId::list_cap) == "14(1)");
  CHECK(article(Regulation::qd_190_2024, RuleId::board_not_on_list) == "8(1)");
}

TEST_CASE(
    "what was graded C stays unverified: ties, short elections, meetings, marks on a ballot (rules.md)") {
  for (const Regulation regulation : {Regulation::qd_244_2014, Regulation::qd_190_2024}) {
    for (const RuleId rule :
         {RuleId::base_meeting, RuleId::validity_nobody_agree, RuleId::validity_outside_name,
          RuleId::validity_marked, RuleId::reconciliation_excess, RuleId::tie_last_seat,
          RuleId::tie_revote_no_line, RuleId::tie_revote_tied, RuleId::round_line_again, RuleId::round_short,
          RuleId::poll_tie, RuleId::list_order_rest}) {
      CHECK(rule_row(regulation, rule).grade == Grade::unverified);
    }
  }
}

TEST_CASE("every row of the study of sources is behind a rule, at the article that the study names") {
  const std::map<std::string, Json> rows = study();
  CHECK(rows.size() > 140);
  for (const Regulation regulation : {Regulation::qd_244_2014, Regulation::qd_190_2024}) {
    for (const auto& [id, row] : rows) {
      CAPTURE(id, word(regulation));
      const std::string article = said(row, "article", regulation);
      bool behind = false;
      bool there = article.empty();
      for (const Rule& rule : table(regulation)) {
        const std::vector<std::string_view> references = words_of(rule.reference);
        if (std::find(references.begin(), references.end(), id) == references.end()) continue;
        behind = true;
        there =
            there || (rule.article == article && rule.document.starts_with(word(regulation).substr(0, 3)));
      }
      CHECK(behind == (row.find("no_rule") == nullptr));
      if (behind) CHECK(there);
    }
  }
}

TEST_CASE("no rule is surer than the study of its sources, or rests on a page that the study does not name") {
  const std::map<std::string, Json> rows = study();
  for (const Regulation regulation : {Regulation::qd_244_2014, Regulation::qd_190_2024}) {
    for (const Rule& rule : table(regulation)) {
      CAPTURE(rule.id, word(regulation));
      Grade best = Grade::unverified;
      std::set<std::string> sources;
      for (const std::string_view reference : words_of(rule.reference)) {
        CAPTURE(reference);
        REQUIRE(rows.contains(std::string(reference)));
        const Json& row = rows.at(std::string(reference));
        const std::optional<Grade> grade = grade_named(said(row, "grade", regulation));
        if (grade) best = std::min(best, *grade);
        if (const Json* named = row.find("sources")) {
          for (const Json& source : named->array()) sources.insert(source.string());
        }
      }
      CHECK(rule.grade >= best);
      for (const std::string_view key : words_of(rule.sources)) {
        CAPTURE(key);
        CHECK(sources.contains(std::string(key)));
      }
    }
  }
}

TEST_CASE("a citation in words says what was not found") {
  CHECK(citation("190-QĐ/TW", "30(2)", Language::vi) == "190-QĐ/TW, điều 30(2)");
  CHECK(citation("96-QĐ/TW", "-", Language::en) == "96-QĐ/TW, article not seen");
  CHECK(citation("-", "-", Language::vi) == "chưa thấy văn bản");
  CHECK(regulation_named("190-QD/TW") == Regulation::qd_190_2024);
  CHECK_FALSE(regulation_named("220-QD/TW"));
}

TEST_CASE("a rule is used by a step or by findings that exist, or it stands as information") {
  std::set<std::string_view> codes;
  for (std::size_t i = 0; i < finding_count(); ++i) codes.insert(finding_row(static_cast<Code>(i)).code);
  std::size_t information = 0;
  for (std::size_t i = 0; i < rule_count(); ++i) {
    const Rule rule = rule_row(Regulation::qd_190_2024, static_cast<RuleId>(i));
    CAPTURE(rule.id);
    for (const std::string_view use : words_of(rule.used_by)) {
      CAPTURE(use);
      CHECK((use == "step" || codes.contains(use)));
    }
    if (rule.used_by.empty()) ++information;
    // The applied rules stand first (rules.def), then those for information (rules_information.def).
    CHECK((information == 0 || rule.used_by.empty()));
  }
  CHECK(information > 50);
}

TEST_CASE("every step of every golden result is a row of the table") {
  const std::vector<Json> results = golden_results();
  REQUIRE(results.size() > 15);
  for (const Json& result : results) {
    const std::optional<Regulation> regulation = regulation_named(result.at("regulation").string());
    REQUIRE(regulation);
    for (const Json& step : result.at("steps").array()) {
      const std::string& id = step.at("rule").string();
      CAPTURE(id);
      const std::optional<Rule> rule = rule_named(*regulation, id);
      REQUIRE(rule);
      CHECK(rule->used_by.starts_with("step"));
      CHECK(step.at("text_vi").string() == rule->text.vi);
      CHECK(step.at("text_en").string() == rule->text.en);
      CHECK(step.at("document").string() == rule->document);
      CHECK(step.at("article").string() == rule->article);
      CHECK(step.at("grade").string() == word(rule->grade));
    }
  }
}
