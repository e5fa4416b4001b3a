#include "verify/evening.h"

#include "base/text.h"

namespace kp::verify {

bool has_two_of_board(Evening& evening, const Entry& entry, const ContestState& state) {
  const BoardRoles& board = state.own_board ? *state.own_board : evening.board;
  bool good = entry.by.size() == 2;  // of different people: parse_entry saw to it
  for (const std::string& name : entry.by) {
    const auto member = board.find(name_key(name));
    good = good && member != board.end() && member->second != Role::technician;
  }
  if (!good) evening.faults.add(Code::verify_entry_two_of_board, place_of(entry.line, "/by"));
  return good;
}

bool has_two_and_note(Evening& evening, const Entry& entry) {
  const bool good = entry.by.size() == 2 && !name_key(text_or_empty(entry, "note")).empty();
  if (!good) evening.faults.add(Code::verify_entry_two_and_note, place_of(entry.line));
  return good;
}

bool replaces_just(Evening& evening, const Entry& entry, std::int64_t seq) {
  const std::int64_t stated = number_or_none(entry, "replaces");
  if (stated == seq) return true;
  const auto shown = [](std::int64_t value) { return value < 0 ? std::string("-") : std::to_string(value); };
  evening.faults.add(Code::verify_entry_replaces, place_of(entry.line, "/body"), {shown(stated), shown(seq)});
  return false;
}

bool nothing_stands(Evening& evening, const Entry& entry, const ContestState& state) {
  if (state.standing() == nullptr) return true;
  evening.faults.add(Code::verify_entry_result_stands, place_of(entry.line),
                     {state.contest.id, std::to_string(state.standing()->seq)});
  return false;
}

}  // namespace kp::verify
