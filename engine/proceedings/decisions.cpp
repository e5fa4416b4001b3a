#include "proceedings/decisions.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "contest/definition.h"
#include "contest/list_rules.h"
#include "proceedings/gate.h"

namespace kp {
namespace {

bool opens_a_round(DecisionAction action) {
  return action == DecisionAction::revote || action == DecisionAction::vote_again;
}

// Whether the action answers this outcome (docs/formats.md §5).
bool fits(DecisionAction action, std::string_view outcome, const Contest& contest) {
  const Question question = contest.question;
  switch (action) {
    case DecisionAction::revote:
      return outcome == "tied" && question == Question::election;
    case DecisionAction::vote_again:
      return outcome == "short" || outcome == "void";
    case DecisionAction::accept_short:
      return question == Question::election &&
             (outcome == "short" || outcome == "tied" || outcome == "exhausted");
    case DecisionAction::list:
      return outcome == "tied" && question == Question::opinion;
    case DecisionAction::alternates:
      return outcome == "filled" && question == Question::election && contest.office == Office::delegates &&
             !contest.revote;
    case DecisionAction::void_:
    case DecisionAction::accept_excess:
      break;
  }
  return false;
}

// What forbids a decision that is taken before the result.
Findings check_before_result(const DecidedOn& on, DecisionAction action) {
  const ContestHistory& contest = on.contest;
  const std::string& id = contest.contest.id;
  if (contest.standing() != nullptr) return {finding(Code::decision_after_result, id)};
  const Box* box = contest.box();
  if (box == nullptr) return {finding(Code::decision_no_box, id)};
  if (action == DecisionAction::void_) return {};
  if (box->returned <= box->issued) {
    return {
        finding(Code::decision_no_excess, id, {std::to_string(box->returned), std::to_string(box->issued)})};
  }
  const Result<RulingTally> rulings = rulings_in_force(contest, on.fetch);
  return rulings ? check_excess_ruled(contest, rulings->not_issued) : rulings.findings();
}

// What forbids a decision on the standing result.
Findings check_on_result(const ContestHistory& contest, DecisionAction action) {
  const std::string& id = contest.contest.id;
  const ResultEntry* standing = contest.standing();
  if (standing == nullptr) return {finding(Code::decision_no_result, id)};
  if (standing->decision) return {finding(Code::decision_taken, id)};
  const std::string& outcome = standing->result.at("outcome").string();
  if (!fits(action, outcome, contest.contest)) {
    return {finding(Code::decision_does_not_fit, id, {std::string(word(action)), outcome})};
  }
  return {};
}

// What forbids taking this many runners-up: nobody is chosen between those with equal votes.
Findings check_alternates(const ContestHistory& contest, std::int64_t wanted) {
  std::int64_t taken = 0;
  std::string possible;
  for (const auto& equal : runners_up(contest.standing()->result)) {
    taken += static_cast<std::int64_t>(equal.size());
    if (taken == wanted) return {};
    possible += (possible.empty() ? "" : ", ") + std::to_string(taken);
  }
  return {finding(Code::decision_alternates, contest.contest.id,
                  {std::to_string(wanted), possible.empty() ? "-" : possible})};
}

// Where an added row belongs among the others by name.
void put_in_order(std::vector<Json>& rows, const Json& added) {
  const std::string& name = added.at("name").string();
  const auto it = std::find_if(rows.begin(), rows.end(), [&](const Json& row) {
    return compare_names(name, row.at("name").string()) < 0;
  });
  rows.insert(it, added);
}

std::string id_of_round(const Contest& contest, std::int64_t round) {
  return first_round_id(contest) + "-r" + std::to_string(round);
}

// The round after the parent's that is not void: one that was held on an older result of the parent and then
// declared void is passed over.
std::int64_t round_to_open(const History& history, const Contest& parent) {
  const auto is_void = [&](std::int64_t round) {
    const ContestHistory* known = history.find(id_of_round(parent, round));
    const ResultEntry* standing = known == nullptr ? nullptr : known->standing();
    return standing != nullptr && standing->result.at("outcome").string() == "void";
  };
  std::int64_t round = parent.round + 1;
  while (is_void(round)) ++round;
  return round;
}

// What forbids opening the round `id`: only one that a decision opened and that has not begun is replaced.
Findings check_round_is_free(const History& history, const std::string& id) {
  const ContestHistory* known = history.find(id);
  if (known == nullptr) return {};
  if (!known->opened_by_decision) return {finding(Code::contest_duplicate_id, id, {id})};
  if (known->begun()) return {finding(Code::decision_round_begun, id, {id})};
  return {};
}

void warn_of_elected(const DecidedOn& on, const DecisionText& text, Findings& notes) {
  const Contest& contest = on.contest.contest;
  const std::set<std::string> elected = on.history.elected_in(first_round_id(contest));
  for (const Json& added : text.added) {
    const std::string& name = added.at("name").string();
    if (elected.contains(name_key(name))) {
      notes.push_back(finding(Code::decision_add_elected, contest.id, {name}));
    }
  }
}

}  // namespace

std::vector<DecisionAction> decisions_for(const ContestHistory& contest) {
  std::vector<DecisionAction> actions;
  const ResultEntry* standing = contest.standing();
  if (standing == nullptr || standing->decision) return actions;
  const std::string& outcome = standing->result.at("outcome").string();
  for (const DecisionAction action : {DecisionAction::revote, DecisionAction::vote_again,
                                      DecisionAction::list, DecisionAction::accept_short}) {
    if (fits(action, outcome, contest.contest)) actions.push_back(action);
  }
  return actions;
}

Result<Contest> further_round(const ContestHistory& parent, const DecisionText& text, std::int64_t round) {
  const Contest& was = parent.contest;
  const Json& result = parent.standing()->result;
  const Json& next = result.at("next");
  // A void re-vote is held again as what it was: among the tied, whom nobody joins.
  const bool revote =
      text.action == DecisionAction::revote || (was.revote && result.at("outcome").string() == "void");
  std::set<std::uint32_t> dropped(text.drop.begin(), text.drop.end());
  std::vector<Json> rows;
  for (const Json& no : next.at("rows").array()) {
    const auto number = static_cast<std::uint32_t>(no.integer());
    if (dropped.erase(number) > 0) continue;
    Json row = was.rows.at(number - 1).json;
    row.set("from", number);
    rows.push_back(std::move(row));
  }
  Findings findings;
  for (const std::uint32_t number : dropped) {
    findings.push_back(finding(Code::decision_drop, was.id, {std::to_string(number)}));
  }
  for (const Json& added : text.added) {
    const bool named = added.is_object() && added.find("name") != nullptr && added.at("name").is_string();
    if (!named || added.find("from") != nullptr || revote) {
      findings.push_back(finding(Code::decision_add, was.id));
    } else {
      put_in_order(rows, added);
    }
  }
  if (rows.empty() && findings.empty()) findings.push_back(finding(Code::decision_nobody_left, was.id));
  if (!findings.empty()) return findings;

  Json::Array numbered;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Json row = rows[i];
    row.set("no", static_cast<std::int64_t>(i + 1));
    numbered.push_back(std::move(row));
  }
  const std::int64_t seats = next.at("seats").integer();
  const BallotForm form = required_form(was.question, numbered.size(), seats);
  Json json = Json::object({{"id", id_of_round(was, round)},
                            {"title", was.title},
                            {"question", word(was.question)},
                            {"office", word(was.office)},
                            {"ballot", word(form)},
                            {"round", round},
                            {"revote", revote},
                            {"electorate", to_json(parent.electorate)},
                            {"rows", std::move(numbered)}});
  if (seats > 0) json.set("seats", seats);
  for (const char* kept : {"kind", "board", "among", "fraction_of"}) {
    if (const Json* value = was.json.find(kept)) json.set(kept, *value);
  }
  return parse_contest(json);
}

Result<Act> decide(const DecidedOn& on, const DecisionText& text, People by, Findings& notes) {
  const auto& [history, contest, fetch] = on;
  const std::string& id = contest.contest.id;
  Findings findings = check_note(text.note);
  if (text.of < 1 || text.votes_for < 0 || text.votes_for > text.of) {
    findings.push_back(
        finding(Code::decision_votes, id, {std::to_string(text.votes_for), std::to_string(text.of)}));
  }
  const bool before = text.action == DecisionAction::void_ || text.action == DecisionAction::accept_excess;
  add(findings, before ? check_before_result(on, text.action) : check_on_result(contest, text.action));
  if (!opens_a_round(text.action) && (!text.drop.empty() || !text.added.empty())) {
    findings.push_back(finding(Code::decision_no_list, id, {std::string(word(text.action))}));
  }
  const bool alternates = text.action == DecisionAction::alternates;
  if (alternates && findings.empty()) add(findings, check_alternates(contest, text.alternates));
  if (!findings.empty()) return findings;

  Json body = Json::object({{"contest", id},
                            {"action", word(text.action)},
                            {"votes_for", text.votes_for},
                            {"of", text.of},
                            {"note", text.note}});
  if (alternates) body.set("alternates", text.alternates);
  if (opens_a_round(text.action)) {
    const std::int64_t round = round_to_open(history, contest.contest);
    if (Findings taken = check_round_is_free(history, id_of_round(contest.contest, round)); !taken.empty()) {
      return taken;
    }
    const Result<Contest> opens = further_round(contest, text, round);
    if (!opens) return opens.findings();
    Findings rules = check_contest(history.congress, *opens, {}, history.definitions());
    if (!has_error(rules)) add(rules, check_may_stand(history, *opens));
    if (has_error(rules)) return rules;
    add(notes, std::move(rules));
    warn_of_elected(on, text, notes);
    body.set("opens", opens->json);
  }
  if (text.votes_for * 2 <= text.of) {
    notes.push_back(
        finding(Code::decision_no_majority, id, {std::to_string(text.votes_for), std::to_string(text.of)}));
  }
  return Act{"decision", std::move(body), std::move(by)};
}

}  // namespace kp
