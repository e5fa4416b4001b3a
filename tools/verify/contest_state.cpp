#include "verify/contest_state.h"

#include <algorithm>

#include "base/text.h"

namespace kp::verify {
namespace {

constexpr std::int64_t kMostFigure = 1'000'000'000;
constexpr std::int64_t kMostRow = 4096;
constexpr std::int64_t kMostRounds = 99;

std::vector<std::string> keys_of(const Contest& contest) {
  std::vector<std::string> keys;
  keys.reserve(contest.rows.size());
  for (const Row& row : contest.rows) keys.push_back(name_key(row.name));
  return keys;
}

}  // namespace

BoardRoles roles_of(const Board& board) {
  BoardRoles roles;
  for (const BoardMember& member : board) roles.emplace(name_key(member.name), member.role);
  return roles;
}

ContestState::ContestState(Contest definition, std::int64_t passes_required)
    : contest(std::move(definition)),
      row_keys(keys_of(contest)),
      sorted_keys(row_keys),
      ledger(rule_of(contest), passes_required) {
  std::sort(sorted_keys.begin(), sorted_keys.end());
  if (contest.board) own_board = roles_of(*contest.board);
}

void ContestState::redefine(Contest definition) {
  electorate_entered = false;
  contest = std::move(definition);
  row_keys = keys_of(contest);
  sorted_keys = row_keys;
  std::sort(sorted_keys.begin(), sorted_keys.end());
  own_board.reset();
  if (contest.board) own_board = roles_of(*contest.board);
  ledger.redefine(rule_of(contest));
}

ContestState* Contests::find(std::string_view id) {
  const auto it = states_.find(id);
  return it == states_.end() ? nullptr : &it->second;
}

const ContestState* Contests::find(std::string_view id) const {
  const auto it = states_.find(id);
  return it == states_.end() ? nullptr : &it->second;
}

ContestState& Contests::add(Contest contest, std::int64_t passes_required) {
  const std::string id = contest.id;
  return states_.emplace(id, ContestState(std::move(contest), passes_required)).first->second;
}

std::vector<const ContestState*> Contests::rounds_of(std::string_view id) const {
  std::vector<const ContestState*> rounds;
  if (const ContestState* first = find(id)) rounds.push_back(first);
  for (std::int64_t round = 2; round <= kMostRounds; ++round) {
    const ContestState* further = find(std::string(id) + "-r" + std::to_string(round));
    if (further != nullptr && first_round_id(further->contest) == id) rounds.push_back(further);
  }
  return rounds;
}

std::vector<const ContestState*> Contests::where(
    const std::function<bool(const ContestState&)>& wanted) const {
  std::vector<const ContestState*> found;
  for (const auto& [id, state] : states_) {
    if (wanted(state)) found.push_back(&state);
  }
  return found;
}

std::vector<const ContestState*> Contests::standing() const {
  std::vector<const ContestState*> standing;
  for (const auto& [id, state] : states_) {
    if (state.standing() != nullptr) standing.push_back(&state);
  }
  std::sort(standing.begin(), standing.end(), [](const ContestState* a, const ContestState* b) {
    return a->last_result->line < b->last_result->line;
  });
  return standing;
}

std::int64_t first_not_among(const Contests& contests, const ContestState& contest, bool elected) {
  if (contest.contest.among.empty()) return -1;
  const ContestState* first = contests.find(contest.contest.among);
  const bool settled = first != nullptr && first->standing() != nullptr;
  std::vector<const std::vector<std::string>*> eligible;
  for (const ContestState* other : contests.rounds_of(contest.contest.among)) {
    if (other == &contest) continue;
    if (!elected && !(settled && other->standing() != nullptr)) {
      eligible.push_back(&other->sorted_keys);
    } else if (other->standing() != nullptr) {
      eligible.push_back(&other->standing()->elected_keys);
    }
  }
  const auto is_eligible = [&](const std::string& key) {
    return std::any_of(eligible.begin(), eligible.end(), [&](const std::vector<std::string>* keys) {
      return std::binary_search(keys->begin(), keys->end(), key);
    });
  };
  const auto it = std::find_if_not(contest.row_keys.begin(), contest.row_keys.end(), is_eligible);
  return it == contest.row_keys.end() ? -1 : it - contest.row_keys.begin();
}

std::int64_t number_in(const Json& json, std::string_view key) {
  const Json* value = json.is_object() ? json.find(key) : nullptr;
  if (value == nullptr || !value->is_integer()) return 0;
  return 0 <= value->integer() && value->integer() <= kMostFigure ? value->integer() : 0;
}

std::string text_in(const Json& json, std::string_view key) {
  const Json* value = json.is_object() ? json.find(key) : nullptr;
  return value != nullptr && value->is_string() ? value->string() : std::string();
}

std::vector<std::uint32_t> numbers_in(const Json& json, std::string_view key) {
  std::vector<std::uint32_t> numbers;
  const Json* value = json.is_object() ? json.find(key) : nullptr;
  if (value == nullptr || !value->is_array()) return numbers;
  for (const Json& one : value->array()) {
    if (one.is_integer() && 1 <= one.integer() && one.integer() <= kMostRow) {
      numbers.push_back(static_cast<std::uint32_t>(one.integer()));
    }
  }
  return numbers;
}

const Json& object_in(const Json& json, std::string_view key) {
  static const Json kEmpty = Json::object({});
  const Json* value = json.is_object() ? json.find(key) : nullptr;
  return value != nullptr && value->is_object() ? *value : kEmpty;
}

}  // namespace kp::verify
