#include "verify/polls.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <vector>

namespace kp::verify {
namespace {

// A hostile record may hold thousands of polls on each of thousands of lists (formats.md §5).
constexpr std::size_t kMostPolls = 64;

bool opens_a_list(const Contest& contest) {
  return contest.question == Question::election && contest.round == 1 && !contest.revote;
}

/// A name in a poll.
struct Polled {
  const ContestState* poll = nullptr;
  std::size_t row = 0;

  [[nodiscard]] std::string_view standing() const {
    const std::vector<std::string>& all = poll->standing()->standings;
    return row < all.size() ? std::string_view(all[row]) : std::string_view();
  }
  [[nodiscard]] bool is_on() const { return standing() == "listed" || standing() == "stays"; }
  // Tied, and the presiding body has said who goes on: any of them may be on the list.
  [[nodiscard]] bool may_be_on() const { return standing() == "tied" && poll->standing()->decided; }
};

/// The latest word of the polls on a list, by name_key.
using LatestWord = std::map<std::string, Polled, std::less<>>;

bool is_on_list(const Congress& congress, const Contest& poll, const Contest& list) {
  if (poll.office != list.office || kind_of(congress, poll) != kind_of(congress, list)) return false;
  return poll.question == Question::withdrawal ||
         (poll.question == Question::opinion && poll.seats == list.seats);
}

LatestWord latest_word(const Congress& congress, const Contests& contests, const Contest& list) {
  const auto is_standing_poll = [&](const ContestState& state) {
    return is_on_list(congress, state.contest, list) && state.standing() != nullptr &&
           !state.standing()->nullified;
  };
  std::vector<const ContestState*> polls = contests.where(is_standing_poll);
  std::sort(polls.begin(), polls.end(), [](const ContestState* a, const ContestState* b) {
    return a->standing()->line < b->standing()->line;
  });
  LatestWord latest;
  const std::size_t first = polls.size() > kMostPolls ? polls.size() - kMostPolls : 0;
  for (std::size_t i = first; i < polls.size(); ++i) {
    const std::vector<std::string>& keys = polls[i]->row_keys;
    for (std::size_t row = 0; row < keys.size(); ++row) latest[keys[row]] = {polls[i], row};
  }
  return latest;
}

bool is_from_the_floor(const Row& row) {
  const std::string nominated = text_in(row.json, "nominated");
  return nominated == "floor" || nominated == "self";
}

bool has_name(const std::vector<std::string>& sorted, const std::string& key) {
  return std::binary_search(sorted.begin(), sorted.end(), key);
}

}  // namespace

void check_polls(const Congress& congress, const Contests& contests, const ContestState& state,
                 Faults& faults) {
  const Contest& list = state.contest;
  if (!opens_a_list(list)) return;
  const LatestWord latest = latest_word(congress, contests, list);
  const CongressKind kind = kind_of(congress, list);
  const bool at_congress = kind == CongressKind::delegates || kind == CongressKind::members;
  std::map<std::string, std::int64_t> tied;
  for (std::size_t i = 0; i < list.rows.size(); ++i) {
    const auto word = latest.find(state.row_keys[i]);
    const std::string& name = list.rows[i].name;
    const std::string row = list.id + "/" + std::to_string(list.rows[i].no);
    if (word == latest.end()) {
      if (at_congress && list.office == Office::committee && is_from_the_floor(list.rows[i])) {
        faults.add(Code::list_floor_without_poll, row, {name});
      }
    } else if (word->second.may_be_on()) {
      ++tied[word->second.poll->contest.id];
    } else if (!word->second.is_on()) {
      faults.add(Code::list_outside_poll, row, {name, word->second.poll->contest.id});
    }
  }
  const auto is_beside = [&](const ContestState& other) {
    return opens_a_list(other.contest) && other.contest.office == list.office && other.contest.id != list.id;
  };
  const std::vector<const ContestState*> beside =
      latest.empty() ? std::vector<const ContestState*>() : contests.where(is_beside);
  for (const auto& [key, word] : latest) {
    if (!word.is_on() || has_name(state.sorted_keys, key)) continue;
    const bool elsewhere = std::any_of(beside.begin(), beside.end(), [&key = key](const ContestState* other) {
      return has_name(other->sorted_keys, key);
    });
    if (elsewhere) continue;
    faults.add(Code::list_left_out, list.id, {word.poll->contest.rows[word.row].name, word.poll->contest.id});
  }
  for (const auto& [poll, count] : tied) {
    const std::int64_t places = contests.find(poll)->standing()->next_seats;
    if (count > places) {
      faults.add(Code::list_over_tied_places, list.id, {std::to_string(count), poll, std::to_string(places)});
    }
  }
}

}  // namespace kp::verify
