#include "base/text.h"
#include "verify/replay.h"

namespace kp::verify {
namespace {

std::uint32_t ballot_at(const Entry& entry) {
  return static_cast<std::uint32_t>(number_at(entry, "ballot"));
}

void take_box(Evening& evening, const Entry& entry, ContestState& state) {
  if (state.box) has_two_and_note(evening, entry);
  replaces_just(evening, entry, state.box ? state.box->seq : -1);
  state.box = BoxState{entry.seq, {number_at(entry, "issued"), number_at(entry, "returned")}};
}

void take_bundle(Evening& evening, const Entry& entry, ContestState& state) {
  const std::string& bundle = text_at(entry, "bundle");
  const std::int64_t pass = number_at(entry, "pass");
  if (state.ledger.was_entered(bundle, pass)) {
    return evening.faults.add(Code::verify_entry_pass_again, place_of(entry.line),
                              {bundle, std::to_string(pass)});
  }
  const Pass& surveyed = evening.setting.survey.passes.at(entry.line);
  PassEntry entered;
  entered.bundle = bundle;
  entered.pass = pass;
  entered.seq = entry.seq;
  entered.ballots = number_at(entry, "ballots");
  entered.counted = number_or_none(entry, "counted");
  entered.station = text_at(entry, "station");
  entered.keyed_by = name_key(text_or_empty(entry, "by"));
  entered.apart = surveyed.apart;
  entered.facts = surveyed.facts;
  state.ledger.enter(std::move(entered));
}

// The pass in force that the entry names, or null when there is none, which is then said.
const PassEntry* pass_in_force(Evening& evening, const Entry& entry, const ContestState& state) {
  const std::string& bundle = text_at(entry, "bundle");
  const std::int64_t pass = number_at(entry, "pass");
  const PassEntry* found = state.ledger.in_force(bundle, pass);
  if (found == nullptr) {
    evening.faults.add(Code::verify_entry_pass_not_in_force, place_of(entry.line),
                       {bundle, std::to_string(pass)});
  }
  return found;
}

void take_retracted(Evening& evening, const Entry& entry, ContestState& state) {
  has_two_of_board(evening, entry, state);
  const PassEntry* pass = pass_in_force(evening, entry, state);
  if (pass == nullptr) return;
  if (pass->seq != number_at(entry, "seq")) {
    evening.faults.add(Code::verify_entry_wrong_seq, place_of(entry.line, "/body/seq"),
                       {std::to_string(number_at(entry, "seq")), std::to_string(pass->seq)});
  }
  state.ledger.retract(text_at(entry, "bundle"), number_at(entry, "pass"));
}

// Whether the marks of a correction or ruling can stand on this contest's ballots; says so when not.
bool marks_can_stand(Evening& evening, const Entry& entry, const ContestState& state) {
  const std::string marks = text_or_empty(entry, "marks");
  const bool readable = entry.kind != Kind::ruling || marks.find('?') == std::string::npos;
  if (readable && marks_fit(marks, rule_of(state.contest))) return true;
  evening.faults.add(Code::verify_entry_marks, place_of(entry.line, "/body/marks"));
  return false;
}

void say_no_ballot(Evening& evening, const Entry& entry) {
  evening.faults.add(Code::verify_entry_no_ballot, place_of(entry.line, "/body/ballot"),
                     {text_at(entry, "bundle"), std::to_string(number_at(entry, "ballot"))});
}

void take_correction(Evening& evening, const Entry& entry, ContestState& state) {
  has_two_of_board(evening, entry, state);
  if (pass_in_force(evening, entry, state) == nullptr) return;
  const std::string& bundle = text_at(entry, "bundle");
  const std::int64_t pass = number_at(entry, "pass");
  const std::uint32_t ballot = ballot_at(entry);
  if (state.ledger.has_ballot(bundle, pass, ballot) == false) return say_no_ballot(evening, entry);
  replaces_just(evening, entry, state.ledger.correction_of(bundle, pass, ballot));
  if (!marks_can_stand(evening, entry, state)) return;
  const std::optional<std::uint8_t> flags = parse_flags(text_at(entry, "flags"));
  state.ledger.correct(bundle, pass, ballot, {text_at(entry, "marks"), flags.value_or(0)}, entry.seq);
}

void take_ruling(Evening& evening, const Entry& entry, ContestState& state) {
  has_two_of_board(evening, entry, state);
  const std::string& bundle = text_at(entry, "bundle");
  const std::uint32_t ballot = ballot_at(entry);
  if (state.ledger.has_ballot(bundle, ballot) == false) return say_no_ballot(evening, entry);
  replaces_just(evening, entry, state.ledger.ruling_of(bundle, ballot));
  Ruling ruling;
  if (entry.body.find("invalid") != nullptr) {
    ruling.invalid = reason_named(text_at(entry, "invalid"));
  } else if (marks_can_stand(evening, entry, state)) {
    ruling.marks = text_at(entry, "marks");
  } else {
    return;
  }
  state.ledger.rule(bundle, ballot, std::move(ruling), entry.seq);
}

void take_confirmed(Evening& evening, const Entry& entry, ContestState& state) {
  has_two_of_board(evening, entry, state);
  const std::int64_t stated = number_at(entry, "ballots");
  if (state.ledger.is_complete() && stated != state.ledger.waiting()) {
    evening.faults.add(Code::verify_entry_confirmed, place_of(entry.line, "/body/ballots"),
                       {std::to_string(stated), std::to_string(state.ledger.waiting())});
  }
  state.ledger.confirm(entry.seq);
}

}  // namespace

void take_ballot_entry(Evening& evening, const Entry& entry, ContestState& state) {
  if (!nothing_stands(evening, entry, state)) return;
  switch (entry.kind) {
    case Kind::box:
      return take_box(evening, entry, state);
    case Kind::bundle:
      return take_bundle(evening, entry, state);
    case Kind::retracted:
      return take_retracted(evening, entry, state);
    case Kind::correction:
      return take_correction(evening, entry, state);
    case Kind::ruling:
      return take_ruling(evening, entry, state);
    case Kind::confirmed:
      return take_confirmed(evening, entry, state);
    default:
      break;
  }
}

}  // namespace kp::verify
