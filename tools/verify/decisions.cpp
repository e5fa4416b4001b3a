#include "verify/definitions.h"
#include "verify/replay.h"

namespace kp::verify {
namespace {

void refuse(Evening& evening, const Entry& entry, const ContestState& state) {
  const std::string outcome = state.standing() == nullptr ? "-" : state.standing()->outcome;
  evening.faults.add(Code::verify_entry_decision, place_of(entry.line, "/body/action"),
                     {text_at(entry, "action"), state.contest.id, outcome});
}

// void and accept-excess: before the result, on the figures of the box; an excess is accepted when the board
// has ruled as many ballots not issued.
void take_verdict(Evening& evening, const Entry& entry, ContestState& state) {
  const bool accept = text_at(entry, "action") == "accept-excess";
  const std::int64_t beyond = state.box ? state.box->box.returned - state.box->box.issued : 0;
  const bool excess = beyond > 0 && state.ledger.ruled_not_issued() >= beyond;
  const bool more = entry.body.find("opens") != nullptr || entry.body.find("alternates") != nullptr;
  if (!state.box || state.standing() != nullptr || (accept && !excess) || more)
    return refuse(evening, entry, state);
  state.verdict = accept ? Verdict::excess_accepted : Verdict::nullified;
}

bool fits_outcome(std::string_view action, const ContestState& state, const ResultState& result) {
  const std::string& outcome = result.outcome;
  if (action == "revote") return outcome == "tied" && state.contest.question == Question::election;
  if (action == "vote-again") return outcome == "short" || outcome == "void";
  if (action == "accept-short") {
    return state.contest.question == Question::election &&
           (outcome == "short" || outcome == "tied" || outcome == "exhausted");
  }
  if (action == "alternates") {
    return outcome == "filled" && state.contest.question == Question::election &&
           state.contest.office == Office::delegates && !state.contest.revote;
  }
  return action == "list" && outcome == "tied" && state.contest.question == Question::opinion;
}

// How many runners-up are taken: just with the action of that name, and never some of those with equal votes.
bool may_take_alternates(const Entry& entry, const ResultState& result) {
  const std::int64_t taken = number_or_none(entry, "alternates");
  if (text_at(entry, "action") != "alternates") return taken < 0;
  const auto passed = static_cast<std::int64_t>(result.runners_up.size());
  if (taken < 1 || taken > passed) return false;
  const auto next = static_cast<std::size_t>(taken);
  return taken == passed || result.runners_up[next - 1] != result.runners_up[next];
}

// Two definitions of a row are one person's when all but number and origin is the same.
bool same_person(const Row& was, const Row& is) {
  Json left = was.json;
  Json right = is.json;
  for (const std::string_view key : {"no", "from"}) {
    left.set(key, 0);
    right.set(key, 0);
  }
  return left == right;
}

bool same_electorate(const Electorate& a, const Electorate& b) {
  return a.summoned == b.summoned && a.present == b.present &&
         std::equal(a.deductions.begin(), a.deductions.end(), b.deductions.begin(), b.deductions.end(),
                    [](const Deduction& x, const Deduction& y) {
                      return x.reason == y.reason && x.count == y.count;
                    });
}

bool same_board(const Board& a, const Board& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const BoardMember& x, const BoardMember& y) {
    return x.name == y.name && x.role == y.role && x.certificate == y.certificate;
  });
}

/// Holds a contest that a decision opens against the one it continues.
class Opening {
 public:
  Opening(const Congress& congress, const ContestState& parent, const ResultState& result, bool revote)
      : congress_(congress), parent_(parent.contest), result_(result), revote_(revote) {}

  // The member of `opened` that is not what it must be, or "".
  [[nodiscard]] std::string first_fault(const Contest& opened, std::int64_t round) const {
    if (opened.round != round) return "/round";
    if (opened.id != first_round_id(parent_) + "-r" + std::to_string(opened.round)) return "/id";
    if (opened.revote != revote_) return "/revote";
    if (opened.question != parent_.question) return "/question";
    if (opened.office != parent_.office) return "/office";
    if (opened.title != parent_.title) return "/title";
    if (opened.seats != result_.next_seats) return "/seats";
    if (!same_electorate(electorate_of(congress_, opened), electorate_of(congress_, parent_)))
      return "/electorate";
    if (kind_of(congress_, opened) != kind_of(congress_, parent_)) return "/kind";
    if (!same_board(board_of(congress_, opened), board_of(congress_, parent_))) return "/board";
    return first_wrong_row(opened);
  }

 private:
  // Rows taken over come from next.rows, in their order; only a new vote, not a re-vote, may add names.
  [[nodiscard]] std::string first_wrong_row(const Contest& opened) const {
    auto next = result_.next_rows.begin();
    for (std::size_t i = 0; i < opened.rows.size(); ++i) {
      const Row& row = opened.rows[i];
      std::string place = pointer_to("/rows", i);
      if (row.from == 0 && !revote_) continue;
      while (next != result_.next_rows.end() && *next != row.from) ++next;
      if (next == result_.next_rows.end() || row.from > parent_.rows.size()) return place + "/from";
      ++next;  // nobody twice
      if (!same_person(parent_.rows[row.from - 1], row)) return place;
    }
    return {};
  }

  const Congress& congress_;
  const Contest& parent_;
  const ResultState& result_;
  bool revote_;
};

// The number a round opened on this contest takes: the next one, but rounds whose result is void are left
// behind.
std::int64_t round_after(const Contests& contests, const Contest& parent) {
  const std::string stem = first_round_id(parent) + "-r";
  for (std::int64_t round = parent.round + 1;; ++round) {
    const ContestState* known = contests.find(stem + std::to_string(round));
    if (known == nullptr || known->standing() == nullptr || !known->standing()->nullified) return round;
  }
}

void open_contest(Evening& evening, const Entry& entry, const ContestState& parent,
                  const ResultState& result) {
  const std::string place = place_of(entry.line, "/body/opens");
  const Congress& congress = evening.setting.congress;
  std::optional<Contest> opened = read_contest(entry.body.at("opens"), place, evening.faults);
  if (!opened) return;
  const bool again = result.nullified && parent.contest.revote;
  const bool revote = again || text_at(entry, "action") == "revote";
  const std::int64_t round = round_after(evening.contests, parent.contest);
  if (const std::string wrong = Opening(congress, parent, result, revote).first_fault(*opened, round);
      !wrong.empty()) {
    return evening.faults.add(Code::verify_entry_opens, place + wrong, {parent.contest.id});
  }
  ContestState* there = evening.contests.find(opened->id);
  if (there != nullptr && (there->has_begun() || !there->opened_by_decision)) {
    return evening.faults.add(Code::verify_entry_opens, place + "/id", {parent.contest.id});
  }
  check_definition(congress, *opened, place, evening.faults);
  // A round that an earlier decision opened and nobody voted in gives way to this one.
  if (there != nullptr) there->redefine(std::move(*opened));
  ContestState& state =
      there != nullptr ? *there : evening.contests.add(std::move(*opened), congress.passes_required);
  state.opened_by_decision = true;
  state.opened_on = {parent.contest.id, result.seq};
  check_among(evening.contests, state, place, evening.faults);
}

// The decisions on what follows a result.
void take_sequel(Evening& evening, const Entry& entry, ContestState& state) {
  const std::string& action = text_at(entry, "action");
  const bool opens = action == "revote" || action == "vote-again";
  ResultState* result = state.standing();
  if (result == nullptr || result->decided || !fits_outcome(action, state, *result) ||
      !may_take_alternates(entry, *result) || opens != (entry.body.find("opens") != nullptr)) {
    return refuse(evening, entry, state);
  }
  result->decided = true;
  if (opens) open_contest(evening, entry, state, *result);
}

// Whether a further round has begun on a result that does not stand any more, and was not declared void
// since.
bool rests_on_older_result(const ContestState& round, const ContestState& parent) {
  if (round.opened_on.contest != parent.contest.id || !round.has_begun()) return false;
  if (parent.standing() != nullptr && parent.standing()->seq == round.opened_on.result) return false;
  return round.standing() == nullptr || !round.standing()->nullified;
}

// All that were elected in a contest and the rounds that decisions opened after it.
std::int64_t elected_in_all(const Contests& contests, const ContestState& first) {
  std::int64_t elected = 0;
  for (const ContestState* state : contests.rounds_of(first.contest.id)) {
    const bool belongs = state == &first || state->opened_by_decision;
    if (belongs && state->standing() != nullptr) elected += state->standing()->elected_count;
  }
  return elected;
}

}  // namespace

void check_rounds(Evening& evening) {
  for (const auto& [id, parent] : evening.contests.all()) {
    for (const ContestState* round : evening.contests.rounds_of(first_round_id(parent.contest))) {
      if (rests_on_older_result(*round, parent)) {
        evening.faults.add(Code::result_parent_reopened, id, {round->contest.id});
      }
    }
    if (parent.opened_by_decision || parent.contest.question != Question::election) continue;
    const std::int64_t elected = elected_in_all(evening.contests, parent);
    if (elected > parent.contest.seats) {
      evening.faults.add(Code::verify_result_more_than_seats, id,
                         {std::to_string(elected), std::to_string(parent.contest.seats)});
    }
  }
}

void take_decision(Evening& evening, const Entry& entry, ContestState& state) {
  const std::string& action = text_at(entry, "action");
  if (number_at(entry, "votes_for") > number_at(entry, "of")) {
    return evening.faults.add(
        Code::verify_entry_votes, place_of(entry.line, "/body/votes_for"),
        {std::to_string(number_at(entry, "votes_for")), std::to_string(number_at(entry, "of"))});
  }
  if (action == "void" || action == "accept-excess") return take_verdict(evening, entry, state);
  take_sequel(evening, entry, state);
}

}  // namespace kp::verify
