// The scenario set lacks no class: every outcome, standing, band, reason, flag, ruling, deduction, office and
// rule that the engine has a word for, and every shape named below, has its election. A new word without one
// fails.
#include <algorithm>
#include <set>

#include "ballots/validity.h"
#include "catch.h"
#include "contest/list_rules.h"
#include "outcome/election.h"
#include "outcome/polls.h"
#include "support/scenario_set.h"

using namespace kp;
using test::lines_of;
using test::set_folder;
using test::text_or;

namespace {

/// An election as its rows show it: a shape that a trainer would look for.
struct Shape {
  const char* name;
  bool (*shows)(const Json& scenario, const Json& result);
};

template <class Shows>
bool some_row(const Json& result, Shows shows) {
  const Json::Array& rows = result.at("rows").array();
  return std::any_of(rows.begin(), rows.end(), shows);
}

// Two rows of the same standing and votes, of which `shows` holds.
template <class Shows>
bool equal_rows(const Json& result, std::string_view standing, Shows shows) {
  std::set<std::int64_t> seen;
  return some_row(result, [&](const Json& row) {
    if (row.at("standing").string() != standing || !shows(row)) return false;
    return !seen.insert(row.at("votes").integer()).second;
  });
}

bool is_election(const Json& scenario) {
  return scenario.at("contest").at("question").string() == "election";
}

bool is_revote(const Json& scenario) {
  return scenario.at("contest").find("revote") != nullptr;
}

// How far the row is from the line; far away in a re-vote, which has none.
std::int64_t to_line(const Json& row) {
  const Json& distance = row.at("to_line");
  return distance.is_integer() ? distance.integer() : 1000;
}

bool stands_at(const Json& result, std::int64_t distance, std::string_view standing) {
  return some_row(result, [&](const Json& row) {
    return to_line(row) == distance && row.at("standing").string() == standing;
  });
}

bool comes_out(const Json& result, std::string_view outcome) {
  return result.at("outcome").string() == outcome;
}

std::size_t elected_in(const Json& result) {
  return result.at("elected").array().size();
}

std::int64_t base_of_result(const Json& result) {
  return result.at("base").at("count").integer();
}

// Of elections; the shapes of polls stand below.
constexpr auto kElectionShapes = std::to_array<Shape>({
    {"one vote below the line",
     [](const Json&, const Json& result) { return stands_at(result, -1, "not-elected"); }},
    {"at the line", [](const Json&, const Json& result) { return stands_at(result, 0, "elected"); }},
    {"one vote above the line",
     [](const Json&, const Json& result) { return stands_at(result, 1, "elected"); }},
    {"more passed than seats",
     [](const Json&, const Json& result) {
       return comes_out(result, "filled") && some_row(result, [](const Json& row) {
                return row.at("standing").string() == "not-elected" && to_line(row) >= 0;
              });
     }},
    {"tie at the cut", [](const Json& scenario,
                          const Json& result) { return comes_out(result, "tied") && !is_revote(scenario); }},
    {"tie above the cut",
     [](const Json&, const Json& result) {
       return comes_out(result, "filled") && equal_rows(result, "elected", [](const Json&) { return true; });
     }},
    {"tie below the cut, over the line",
     [](const Json& scenario, const Json& result) {
       return comes_out(result, "filled") && !is_revote(scenario) &&
              equal_rows(result, "not-elected", [](const Json& row) { return to_line(row) >= 0; });
     }},
    {"tie below the line",
     [](const Json&, const Json& result) {
       return equal_rows(result, "not-elected", [](const Json& row) { return to_line(row) < 0; });
     }},
    {"nobody elected",
     [](const Json&, const Json& result) { return comes_out(result, "short") && elected_in(result) == 0; }},
    {"all elected",
     [](const Json&, const Json& result) {
       const std::size_t elected = elected_in(result);
       return elected > 1 && elected == result.at("rows").array().size();
     }},
    {"all elected and still short",
     [](const Json&, const Json& result) {
       return comes_out(result, "short") && elected_in(result) == result.at("rows").array().size();
     }},
    {"no valid ballot",
     [](const Json&, const Json& result) {
       return !comes_out(result, "void") && result.at("ballots").at("valid") == Json(0);
     }},
    {"re-vote below the line",
     [](const Json& scenario, const Json& result) {
       return is_revote(scenario) && comes_out(result, "filled") && some_row(result, [&](const Json& row) {
                return row.at("standing").string() == "elected" &&
                       2 * row.at("votes").integer() <= base_of_result(result);
              });
     }},
    {"re-vote tied", [](const Json& scenario,
                        const Json& result) { return is_revote(scenario) && comes_out(result, "tied"); }},
    {"further round short",
     [](const Json& scenario, const Json& result) {
       return scenario.at("contest").find("round") != nullptr && comes_out(result, "short");
     }},
});

constexpr auto kPollShapes = std::to_array<Shape>({
    {"opinion: just 30 %",
     [](const Json& scenario, const Json& result) {
       return some_row(result, [&](const Json& row) {
         const Json* standing = row.find("standing");
         return standing != nullptr && standing->string() == "not-supported" &&
                10 * row.at("votes").integer() == 3 * scenario.at("meeting").at("present").integer();
       });
     }},
    {"withdrawal: just one half",
     [](const Json&, const Json& result) {
       return some_row(result, [&](const Json& row) {
         const Json* standing = row.find("standing");
         return standing != nullptr && standing->string() == "withdrawn" &&
                2 * row.at("against").integer() == base_of_result(result);
       });
     }},
    {"confidence: low just one half",
     [](const Json&, const Json& result) {
       return some_row(result, [&](const Json& row) {
         const Json* options = row.find("options");
         return options != nullptr && options->array().size() == 3 &&
                2 * options->array()[2].integer() == base_of_result(result);
       });
     }},
    {"confidence: low just two thirds",
     [](const Json&, const Json& result) {
       return some_row(result, [&](const Json& row) {
         const Json* options = row.find("options");
         return options != nullptr && options->array().size() == 3 &&
                3 * options->array()[2].integer() == 2 * base_of_result(result);
       });
     }},
    {"rating: just one half",
     [](const Json&, const Json& result) {
       return some_row(result, [&](const Json& row) {
         const Json* options = row.find("options");
         return options != nullptr && options->array().size() == 4 && row.at("band").string() == "none" &&
                2 * options->array()[0].integer() == base_of_result(result);
       });
     }},
    {"survey: the 82 signs",
     [](const Json& scenario, const Json& result) {
       return scenario.at("contest").at("question").string() == "survey" &&
              result.at("rows").array().size() == 82;
     }},
});

// Everything that one scenario is an example of.
void add_classes(const Json& scenario, const Json& result, std::set<std::string>& met) {
  const Json& contest = scenario.at("contest");
  const Json& meeting = scenario.at("meeting");
  const std::string question = contest.at("question").string();
  const std::string outcome = result.at("outcome").string();
  met.insert(question + " " + outcome);
  if (is_election(scenario)) met.insert(contest.at("office").string() + " " + outcome);
  met.insert("next " + result.at("next").at("action").string());
  met.insert("meeting " + meeting.at("kind").string());
  met.insert("regulation " + meeting.at("regulation").string());
  for (const Json::Member& less : meeting.at("less").members()) {
    met.insert(meeting.at("kind").string() + " less " + less.first);
  }
  met.insert(question + " of " + text_or(contest, "fraction_of", "base"));
  for (const Json::Member& reason : result.at("ballots").at("invalid_by").members()) {
    met.insert("invalid " + reason.first);
  }
  for (const Json& group : scenario.at("ballots").array()) {
    if (group.array().size() > 2) met.insert("flag " + group.array()[2].string());
  }
  if (const Json* rulings = scenario.find("rulings")) {
    for (const Json& ruling : rulings->array()) met.insert("ruled " + ruling.array()[1].string());
  }
  for (const Json& row : result.at("rows").array()) {
    if (const Json* standing = row.find("standing")) met.insert(question + " " + standing->string());
    if (const Json* band = row.find("band")) met.insert(question + " band " + band->string());
  }
  for (const Json& rule : result.at("rules").array()) met.insert("rule " + rule.string());
  for (const Shape& shape : kElectionShapes) {
    if (is_election(scenario) && shape.shows(scenario, result)) met.insert(shape.name);
  }
  for (const Shape& shape : kPollShapes) {
    if (shape.shows(scenario, result)) met.insert(shape.name);
  }
}

template <class Word, class... Rest>
void want(std::set<std::string>& wanted, const std::string& before, Word word_, Rest... rest) {
  wanted.insert(before + std::string(word(word_)));
  if constexpr (sizeof...(rest) > 0) want(wanted, before, rest...);
}

std::set<std::string> outcome_classes() {
  std::set<std::string> wanted;
  want(wanted, "election ", Outcome::filled, Outcome::short_, Outcome::tied, Outcome::exhausted,
       Outcome::void_, Standing::elected, Standing::tied, Standing::not_elected);
  want(wanted, "opinion ", Outcome::tied, PollStanding::listed, PollStanding::dropped, PollStanding::tied,
       PollStanding::not_supported);
  want(wanted, "withdrawal ", PollStanding::stays, PollStanding::withdrawn);
  for (const Question question : {Question::opinion, Question::withdrawal, Question::introduction,
                                  Question::confidence, Question::rating, Question::survey}) {
    want(wanted, std::string(word(question)) + " ", Outcome::done, Outcome::void_);
  }
  want(wanted, "confidence band ", Band::none, Band::low_over_half, Band::low_two_thirds);
  want(wanted, "rating band ", Band::none, Band::excellent, Band::good, Band::satisfactory, Band::failed);
  for (const Question question : {Question::confidence, Question::rating}) {
    want(wanted, std::string(word(question)) + " of ", FractionOf::base, FractionOf::returned,
         FractionOf::valid);
  }
  want(wanted, "next ", Action::none, Action::revote, Action::vote_again, Action::presiding_body_decides,
       Action::superior_appoints);
  for (auto office = Office::committee; office <= Office::other;
       office = static_cast<Office>(static_cast<int>(office) + 1)) {
    want(wanted, std::string(word(office)) + " ", Outcome::filled, Outcome::short_, Outcome::tied);
  }
  return wanted;
}

// Every class that the set must have, from the engine's own words, the rule tables and the shapes above.
std::set<std::string> wanted_classes() {
  std::set<std::string> wanted = outcome_classes();
  for (std::size_t i = 1; i < kVerdictCount; ++i) want(wanted, "invalid ", static_cast<Verdict>(i));
  for (const Verdict reason : kRuledReasons) want(wanted, "ruled ", reason);
  want(wanted, "flag ", Flag::not_issued, Flag::outside_name, Flag::signed_by_voter, Flag::written_on,
       Flag::marked);
  want(wanted, "regulation ", Regulation::qd_244_2014, Regulation::qd_190_2024);
  for (const CongressKind kind :
       {CongressKind::delegates, CongressKind::members, CongressKind::committee, CongressKind::inspection}) {
    want(wanted, "meeting ", kind);
    for (const std::string_view reason : deduction_reasons(kind)) {
      wanted.insert(std::string(word(kind)) + " less " + std::string(reason));
    }
  }
  for (std::size_t i = 0; i < rule_count(); ++i) {
    const Rule rule = rule_row(Regulation::qd_190_2024, static_cast<RuleId>(i));
    if (rule.used_by.starts_with("step")) wanted.insert("rule " + std::string(rule.id));
  }
  for (const Shape& shape : kElectionShapes) wanted.insert(shape.name);
  for (const Shape& shape : kPollShapes) wanted.insert(shape.name);
  return wanted;
}

}  // namespace

TEST_CASE("every class of outcome, reason, band and rule has an election in the scenario set") {
  std::set<std::string> met;
  for (const auto& entry : std::filesystem::directory_iterator(set_folder() / "cases")) {
    const std::vector<Json> kept = lines_of(set_folder() / "expected" / entry.path().filename());
    std::size_t at = 0;
    for (const Json& scenario : lines_of(entry.path())) {
      REQUIRE(at < kept.size());
      add_classes(scenario, kept[at++], met);
    }
  }
  const std::set<std::string> wanted = wanted_classes();
  CHECK(wanted.size() > 150);
  for (const std::string& one : wanted) {
    CAPTURE(one);
    CHECK(met.contains(one));
  }
}
