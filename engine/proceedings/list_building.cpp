#include "proceedings/list_building.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "contest/definition.h"
#include "contest/list_rules.h"

namespace kp {
namespace {

// No evening comes near it; the verifier, which reads hostile records, needs a bound, and both look alike.
constexpr std::ptrdiff_t kMostPollsOnAList = 64;

bool is_poll(const Contest& contest) {
  return contest.question == Question::opinion || contest.question == Question::withdrawal;
}

bool is_first_list(const Contest& contest) {
  return contest.question == Question::election && contest.round == 1 && !contest.revote;
}

// Whether the poll is about the names of this list: the same office at the same kind of meeting, and for an
// opinion the same number of seats, since that is what its room was reckoned from.
bool is_about(const Congress& congress, const Contest& poll, const Contest& list) {
  return is_poll(poll) && poll.office == list.office && kind_of(congress, poll) == kind_of(congress, list) &&
         (poll.question != Question::opinion || poll.seats == list.seats);
}

const Json& rows_of(const ResultEntry& result) {
  static const Json kNone = Json::Array();
  const Json* rows = result.result.find("rows");
  return rows == nullptr ? kNone : *rows;
}

std::string_view standing_of(const Json& rows, std::size_t index) {
  const Json* row = rows.is_array() && index < rows.array().size() ? &rows.array()[index] : nullptr;
  const Json* standing = row != nullptr && row->is_object() ? row->find("standing") : nullptr;
  return standing != nullptr && standing->is_string() ? std::string_view(standing->string()) : "";
}

bool puts_on(std::string_view standing) {
  return standing == "listed" || standing == "stays";
}

bool is_settled(const ResultEntry& result) {
  return result.result.at("outcome").string() != "tied" ||
         (result.decision && result.decision->action == DecisionAction::list);
}

std::vector<std::uint32_t> tied_rows(const Json& rows) {
  std::vector<std::uint32_t> tied;
  for (std::size_t i = 0; rows.is_array() && i < rows.array().size(); ++i) {
    if (standing_of(rows, i) == "tied") tied.push_back(static_cast<std::uint32_t>(i + 1));
  }
  return tied;
}

/// What the latest poll says of a name.
struct PollWord {
  const ContestHistory* poll = nullptr;
  std::string_view standing;
  std::string name;
};

// The polls on this list whose result stands and was not declared void, in the order of their results.
std::vector<const ContestHistory*> polls_on(const History& history, const Contest& list) {
  std::vector<const ContestHistory*> polls;
  for (const ContestHistory& known : history.contests) {
    const ResultEntry* standing = known.standing();
    if (standing == nullptr || standing->result.at("outcome").string() == "void") continue;
    if (is_about(history.congress, known.contest, list)) polls.push_back(&known);
  }
  std::sort(polls.begin(), polls.end(), [](const ContestHistory* a, const ContestHistory* b) {
    return a->standing()->seq < b->standing()->seq;
  });
  if (std::ssize(polls) > kMostPollsOnAList) polls.erase(polls.begin(), polls.end() - kMostPollsOnAList);
  return polls;
}

std::map<std::string, PollWord> latest_words(const std::vector<const ContestHistory*>& polls) {
  std::map<std::string, PollWord> words;
  for (const ContestHistory* poll : polls) {
    const Json& rows = rows_of(*poll->standing());
    for (std::size_t i = 0; i < poll->contest.rows.size(); ++i) {
      const std::string& name = poll->contest.rows[i].name;
      words[name_key(name)] = {poll, standing_of(rows, i), name};
    }
  }
  return words;
}

// The names on the other first lists of the same office (two lists of one committee).
std::set<std::string> names_beside(const History& history, const Contest& list) {
  std::set<std::string> names;
  for (const ContestHistory& other : history.contests) {
    if (!is_first_list(other.contest) || other.contest.office != list.office) continue;
    if (other.contest.id == list.id) continue;
    for (const Row& row : other.contest.rows) names.insert(name_key(row.name));
  }
  return names;
}

// What keeps the two from being joined, whatever names they have.
Findings check_pair(const Joining& joining) {
  const Contest& poll = joining.poll.contest;
  const Contest& into = joining.into.contest;
  if (!is_poll(poll)) {
    return {finding(Code::poll_not_a_poll, poll.id, {poll.id, std::string(word(poll.question))})};
  }
  if (!is_first_list(into)) return {finding(Code::poll_not_a_list, into.id, {into.id})};
  if (!is_about(joining.history.congress, poll, into))
    return {finding(Code::poll_other_list, into.id, {poll.id})};
  const ResultEntry* standing = joining.poll.standing();
  if (standing == nullptr) return {finding(Code::poll_no_result, poll.id, {poll.id})};
  if (standing->result.at("outcome").string() == "void")
    return {finding(Code::poll_void, poll.id, {poll.id})};
  return {};
}

// Who of the tied was taken, held to the tie there is.
Findings check_taken(const Joining& joining) {
  const std::string& id = joining.poll.contest.id;
  const ResultEntry& standing = *joining.poll.standing();
  const std::vector<std::uint32_t> tied = tied_rows(rows_of(standing));
  const std::int64_t places = standing.result.at("next").at("seats").integer();
  if (tied.empty()) {
    return joining.taken.empty() ? Findings() : Findings{finding(Code::poll_nothing_to_take, id, {id})};
  }
  if (!is_settled(standing)) {
    return {finding(Code::poll_tied, id, {id, std::to_string(tied.size()), std::to_string(places)})};
  }
  const std::vector<std::uint32_t>& taken = joining.taken;
  const bool nobody = taken == std::vector<std::uint32_t>{0};
  const std::set<std::uint32_t> distinct(taken.begin(), taken.end());
  const bool all_tied = std::all_of(distinct.begin(), distinct.end(), [&](std::uint32_t no) {
    return std::find(tied.begin(), tied.end(), no) != tied.end();
  });
  if (nobody || (!taken.empty() && all_tied && distinct.size() == taken.size() &&
                 static_cast<std::int64_t>(taken.size()) <= places)) {
    return {};
  }
  return {finding(Code::poll_take, id, {fmt::format("{}", fmt::join(tied, ", ")), std::to_string(places)})};
}

// An opinion reckons its room from the prepared list; another number of names gives another room.
void warn_of_prepared(const Joining& joining, Findings& notes) {
  const Contest& poll = joining.poll.contest;
  if (poll.question != Question::opinion) return;
  std::set<std::string> polled;
  for (const Row& row : poll.rows) polled.insert(name_key(row.name));
  const std::vector<Row>& rows = joining.into.contest.rows;
  const auto prepared = std::count_if(rows.begin(), rows.end(),
                                      [&](const Row& row) { return !polled.contains(name_key(row.name)); });
  const std::int64_t stated = poll.prepared.value_or(0);
  if (prepared == stated) return;
  notes.push_back(finding(Code::poll_prepared_differs, joining.into.contest.id,
                          {poll.id, std::to_string(stated), std::to_string(prepared)}));
}

}  // namespace

Result<Contest> joined_list(const Contest& into, const Contest& poll, const Json& rows,
                            const std::set<std::uint32_t>& taken) {
  std::vector<Row> list = into.rows;
  for (std::size_t i = 0; i < poll.rows.size(); ++i) {
    const Row& polled = poll.rows[i];
    const std::string key = name_key(polled.name);
    const auto there =
        std::find_if(list.begin(), list.end(), [&](const Row& row) { return name_key(row.name) == key; });
    const bool on = puts_on(standing_of(rows, i)) || taken.contains(polled.no);
    if (on && there == list.end()) {
      list.push_back(polled);
    } else if (!on && there != list.end()) {
      list.erase(there);
    }
  }
  if (list.empty()) return finding(Code::poll_nobody_left, into.id, {into.id});
  std::stable_sort(list.begin(), list.end(), comes_before);
  Json::Array numbered;
  for (std::size_t i = 0; i < list.size(); ++i) {
    Json::Object row;
    for (const auto& [key, value] : list[i].json.members()) {
      if (key != "no" && key != "from") row.emplace_back(key, value);
    }
    row.emplace_back("no", static_cast<std::int64_t>(i + 1));
    numbered.push_back(Json::object(std::move(row)));
  }
  Json json = into.json;
  json.set("ballot", word(required_form(into.question, numbered.size(), into.seats)));
  json.set("rows", std::move(numbered));
  return parse_contest(json);
}

Result<Contest> joined(const Joining& joining, Findings& notes) {
  if (Findings pair = check_pair(joining); !pair.empty()) return pair;
  if (Findings taken = check_taken(joining); !taken.empty()) return taken;
  warn_of_prepared(joining, notes);
  return joined_list(joining.into.contest, joining.poll.contest, rows_of(*joining.poll.standing()),
                     std::set<std::uint32_t>(joining.taken.begin(), joining.taken.end()));
}

Findings check_against_polls(const History& history, const Contest& contest) {
  if (!is_first_list(contest)) return {};
  Findings findings;
  const std::map<std::string, PollWord> words = latest_words(polls_on(history, contest));
  const CongressKind kind = kind_of(history.congress, contest);
  const bool polls_floor = contest.office == Office::committee &&
                           (kind == CongressKind::delegates || kind == CongressKind::members);
  std::set<std::string> keys;
  std::map<const ContestHistory*, std::int64_t> tied_on_list;
  for (std::size_t i = 0; i < contest.rows.size(); ++i) {
    const Row& row = contest.rows[i];
    const auto word = words.find(*keys.insert(name_key(row.name)).first);
    const std::string where = fmt::format("{}/{}", contest.id, row.no);
    if (word == words.end()) {
      if (polls_floor && is_from_the_floor(row))
        findings.push_back(finding(Code::list_floor_without_poll, where, {row.name}));
    } else if (word->second.standing == "tied" && is_settled(*word->second.poll->standing())) {
      ++tied_on_list[word->second.poll];
    } else if (!puts_on(word->second.standing)) {
      findings.push_back(finding(Code::list_outside_poll, where, {row.name, word->second.poll->contest.id}));
    }
  }
  const std::set<std::string> elsewhere =
      words.empty() ? std::set<std::string>() : names_beside(history, contest);
  for (const auto& [key, word] : words) {
    if (keys.contains(key) || !puts_on(word.standing) || elsewhere.contains(key)) continue;
    findings.push_back(finding(Code::list_left_out, contest.id, {word.name, word.poll->contest.id}));
  }
  for (const auto& [poll, count] : tied_on_list) {
    const std::int64_t places = poll->standing()->result.at("next").at("seats").integer();
    if (count <= places) continue;
    findings.push_back(finding(Code::list_over_tied_places, contest.id,
                               {std::to_string(count), poll->contest.id, std::to_string(places)}));
  }
  cite(findings, history.congress.regulation);
  return findings;
}

}  // namespace kp
