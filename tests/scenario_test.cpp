// The scenario set: every class of outcome, every reason and every band, one small election each.
//
// Reads testdata/scenario-set/cases/*.jsonl, plays each case from its box to its result with the engine's own
// acts, and compares: with `want`, which a person wrote; with expected/*.jsonl, the result in full; and with
// the verifier, which counts the dossier again. KP_REWRITE=1 writes expected/ anew. Whether the set lacks a
// class is asked by scenario_classes_test.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/canon.h"
#include "base/file.h"
#include "catch.h"
#include "contest/definition.h"
#include "contest/list_rules.h"
#include "drill/scenario.h"
#include "proceedings/board_acts.h"
#include "proceedings/decisions.h"
#include "proceedings/setup.h"
#include "support/dossier_evening.h"
#include "support/evening.h"
#include "support/scenario_set.h"

using namespace kp;
using test::Evening;
using test::lines_of;
using test::set_folder;
using test::text_or;

namespace {

namespace fs = std::filesystem;

template <class Make>
void act(Evening& evening, Make make) {
  const History history = evening.history();
  const ContestHistory& contest = *history.find("c");
  const Result<Act> made = make(history, BoardAct{contest, history.congress.board, test::two(), "lý do"});
  if (!made) FAIL(line_of(made.findings().front(), Language::en));
  evening.append(*made);
}

void rule_on(Evening& evening, const Json& ruling) {
  const BallotKey ballot = {"01", static_cast<std::uint32_t>(ruling.array()[0].integer())};
  const std::string& said = ruling.array()[1].string();
  act(evening, [&](const History&, const BoardAct& by) {
    for (const Verdict reason : kRuledReasons) {
      if (word(reason) == said) return rule_invalid(by, ballot, reason, evening.fetch());
    }
    return rule_marks(by, ballot, said, evening.fetch());
  });
}

// From the box to the result, as an evening of this case alone.
Evening play(const Json& scenario) {
  const std::string bytes = scenario_definition(scenario);
  const Result<Congress> congress = parse_congress(bytes, "congress.json");
  if (!congress) FAIL(line_of(congress.findings().front(), Language::en));
  Evening evening(*congress, bytes);
  const ScenarioBundle bundle = scenario_bundle(scenario);
  const Json* issued = scenario.find("issued");
  act(evening, [&](const History&, const BoardAct& by) {
    return count_box(by.contest,
                     {issued == nullptr ? bundle.size : issued->integer(), bundle.size, {}, "", ""}, by.by);
  });
  evening.bundle("c", "01", 1, bundle.csv);
  if (const Json* rulings = scenario.find("rulings")) {
    for (const Json& ruling : rulings->array()) rule_on(evening, ruling);
  }
  const History read = evening.history();
  if (const std::int64_t waiting = ballots_waiting(*read.find("c"), evening.fetch()).value(); waiting > 0) {
    act(evening, [&](const History&, const BoardAct& by) { return confirm_flags(by, waiting); });
  }
  if (const std::string decision = text_or(scenario, "decision", ""); !decision.empty()) {
    act(evening, [&](const History& history, const BoardAct& by) {
      DecisionText text;
      text.action = decision_named(decision).value();
      text.votes_for = text.of = 10;
      text.note = "lý do";
      Findings notes;
      return decide({history, by.contest, evening.fetch()}, text, by.by, notes);
    });
  }
  if (const Findings findings = evening.result("c"); !findings.empty()) {
    FAIL(line_of(findings.front(), Language::en));
  }
  return evening;
}

// What `want` says of a result: the outcome, and what else the case is about.
void check_wanted(const Json& want, const Json& result) {
  CHECK(result.at("outcome") == want.at("outcome"));
  if (const Json* elected = want.find("elected")) CHECK(result.at("elected") == *elected);
  if (const Json* action = want.find("action")) CHECK(result.at("next").at("action") == *action);
  if (const Json* by = want.find("invalid_by")) CHECK(result.at("ballots").at("invalid_by") == *by);
  for (const auto& [of_all, of_row] : std::vector<std::pair<const char*, const char*>>{
           {"standings", "standing"}, {"bands", "band"}, {"percents", "percent"}}) {
    const Json* wanted = want.find(of_all);
    if (wanted == nullptr) continue;
    Json::Array got;
    for (const Json& row : result.at("rows").array()) got.push_back(row.at(of_row));
    CHECK(Json(got) == *wanted);
  }
}

// A result without what all cases share: the words of the definition and of the rules, and the record.
Json kept_of(const std::string& name, const Json& result) {
  Json::Array rules;
  for (const Json& step : result.at("steps").array()) rules.push_back(step.at("rule"));
  Json kept = Json::object({{"case", name}, {"rules", std::move(rules)}});
  for (const char* key : {"ballots", "base", "rows", "elected", "outcome", "open_seats", "next"}) {
    if (const Json* value = result.find(key)) kept.set(key, *value);
  }
  return kept;
}

}  // namespace

TEST_CASE(
    "every scenario comes out as it must: wanted by a person, kept in full, counted again by the verifier") {
  const bool rewrite = std::getenv("KP_REWRITE") != nullptr;
  std::size_t cases = 0;
  for (const auto& entry : fs::directory_iterator(set_folder() / "cases")) {
    const fs::path kept_file = set_folder() / "expected" / entry.path().filename();
    const std::vector<Json> kept = rewrite ? std::vector<Json>() : lines_of(kept_file);
    std::string now;
    std::size_t at = 0;
    for (const Json& scenario : lines_of(entry.path())) {
      const std::string& name = scenario.at("case").string();
      CAPTURE(name);
      const Evening evening = play(scenario);
      const History history = evening.history();
      const Json& result = history.find("c")->standing()->result;
      check_wanted(scenario.at("want"), result);
      const Json full = kept_of(name, result);
      if (!rewrite) CHECK((at < kept.size() && kept[at] == full));
      if (scenario.find("decision") == nullptr) {
        // As the trainer's book counts it.
        CHECK(scenario_named(name).value() == scenario);
        CHECK(kept_of(name, scenario_result(scenario).sheet) == full);
      }
      now += canonical(full) + "\n";
      const verify::Report report = test::verified(evening.files());
      CHECK(report.level == verify::Assurance::consistent);
      CHECK((report.results.size() == 1 && report.results.front().recounted));
      ++at;
      ++cases;
    }
    if (rewrite) {
      fs::create_directories(kept_file.parent_path());
      std::ofstream(kept_file, std::ios::binary) << now;
    } else {
      CHECK(at == kept.size());
    }
  }
  CHECK(cases > 250);
}
