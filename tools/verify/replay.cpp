#include "verify/replay.h"

#include "verify/definitions.h"

namespace kp::verify {
namespace {

void take_opened(Evening& evening, const Entry& entry) {
  const Setting& setting = evening.setting;
  const auto compare = [&](std::string_view key, std::string_view expected) {
    const std::string& stated = text_at(entry, key);
    if (stated == expected) return;
    evening.faults.add(Code::verify_entry_opened_differs, place_of(entry.line, pointer_to("/body", key)),
                       {stated, std::string(expected)});
  };
  compare("congress", setting.congress.id);
  compare("purpose", word(setting.congress.purpose));
  compare("record", setting.record_id);
  compare("sha256", setting.congress_digest);
}

// What a contest that a decision opened may not change.
bool keeps_what_was_decided(const Contest& was, const Contest& is) {
  return was.question == is.question && was.office == is.office && was.seats == is.seats &&
         was.round == is.round && was.revote == is.revote;
}

void take_contest(Evening& evening, const Entry& entry) {
  const std::string place = place_of(entry.line, "/body/contest");
  std::optional<Contest> contest = read_contest(entry.body.at("contest"), place, evening.faults);
  if (!contest) return;
  ContestState* state = evening.contests.find(contest->id);
  // An electorate that was entered apart outlives a list that brings none.
  const bool keeps = state != nullptr && state->electorate_entered && !contest->electorate;
  if (keeps) contest->electorate = state->contest.electorate;
  check_definition(evening.setting.congress, *contest, place, evening.faults);
  if (state == nullptr) {
    state = &evening.contests.add(std::move(*contest), evening.setting.congress.passes_required);
    return check_among(evening.contests, *state, place, evening.faults);
  }
  if (state->has_begun()) {
    return evening.faults.add(Code::verify_entry_contest_frozen, place, {contest->id});
  }
  if (state->opened_by_decision && !keeps_what_was_decided(state->contest, *contest)) {
    return evening.faults.add(Code::verify_entry_contest_pinned, place, {contest->id});
  }
  if (entry.by.size() < 2 && evening.setting.congress.purpose == Purpose::official)
    evening.faults.add(Code::contest_replaced_by_one, place_of(entry.line, "/by"));
  state->redefine(std::move(*contest));
  state->electorate_entered = keeps;
  check_among(evening.contests, *state, place, evening.faults);
}

void take_electorate(Evening& evening, const Entry& entry, ContestState& state) {
  if (!nothing_stands(evening, entry, state)) return;
  if (state.box) has_two_and_note(evening, entry);
  std::optional<Electorate> electorate =
      read_electorate(entry.body.at("electorate"), kind_of(evening.setting.congress, state.contest),
                      place_of(entry.line, "/body"), evening.faults);
  if (!electorate) return;
  state.contest.electorate = std::move(electorate);
  state.electorate_entered = true;
}

void take_contest_entry(Evening& evening, const Entry& entry) {
  ContestState* state = evening.contests.find(text_at(entry, "contest"));
  if (state == nullptr) {
    return evening.faults.add(Code::verify_entry_unknown_contest, place_of(entry.line, "/body/contest"),
                              {text_at(entry, "contest")});
  }
  switch (entry.kind) {
    case Kind::electorate:
      return take_electorate(evening, entry, *state);
    case Kind::decision:
      return take_decision(evening, entry, *state);
    case Kind::result:
    case Kind::reopened:
    case Kind::signature:
      return take_result_entry(evening, entry, *state);
    default:
      break;
  }
  take_ballot_entry(evening, entry, *state);
}

void take(Evening& evening, const Entry& entry) {
  if (evening.closed) return evening.faults.add(Code::verify_entry_after_closed, place_of(entry.line));
  if ((entry.line == 0) != (entry.kind == Kind::opened)) {
    return evening.faults.add(Code::verify_entry_opened, place_of(entry.line));
  }
  switch (entry.kind) {
    case Kind::opened:
      return take_opened(evening, entry);
    case Kind::contest:
      return take_contest(evening, entry);
    case Kind::note:
      // The one note whose form matters here: totals that nobody can recompute (docs/formats.md §17).
      if (text_at(entry, "text").starts_with("hand-count {"))
        evening.faults.add(Code::verify_count_by_hand, place_of(entry.line));
      return;
    case Kind::closed:
      evening.closed = true;
      return;
    default:
      break;
  }
  take_contest_entry(evening, entry);
}

}  // namespace

void replay(Evening& evening, std::string_view bytes) {
  const Congress& congress = evening.setting.congress;
  for (const Contest& contest : congress.contests) evening.contests.add(contest, congress.passes_required);
  for (std::size_t i = 0; i < congress.contests.size(); ++i) {
    const ContestState* state = evening.contests.find(congress.contests[i].id);
    check_among(evening.contests, *state, "congress.json#" + pointer_to("/contests", i), evening.faults);
  }
  for_each_line(bytes, [&](std::string_view line, std::uint64_t number) {
    if (evening.setting.survey.unusable.contains(number)) return;
    const Result<Entry> entry = parse_entry(line, number);
    if (!entry) return;
    const std::size_t errors = evening.faults.errors();
    take(evening, *entry);
    if (evening.chronicle == nullptr) return;
    evening.chronicle->push_back(happening_of(*entry, evening.faults.errors() == errors));
  });
  check_rounds(evening);
}

}  // namespace kp::verify
