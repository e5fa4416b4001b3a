// The commands, one row each; what they do stands in the file of their family.
#pragma once

#include <span>

#include "kiemphieu/arguments.h"
#include "kiemphieu/reply.h"

namespace kp {

struct Command {
  CommandSpec spec;
  Reply (*run)(const Arguments& arguments);
};

// Each family gives its rows; main.cpp knows with which words they begin.
std::vector<Command> draft_commands();
std::vector<Command> definition_commands();
std::vector<Command> ballot_proof_commands();
std::vector<Command> hall_commands();
std::vector<Command> pack_commands();
std::vector<Command> key_commands();
std::vector<Command> board_commands();
std::vector<Command> result_commands();
std::vector<Command> sign_commands();
std::vector<Command> minutes_commands();
std::vector<Command> forms_commands();
std::vector<Command> hand_count_commands();
std::vector<Command> slides_commands();
std::vector<Command> dossier_commands();
std::vector<Command> backup_commands();
std::vector<Command> view_commands();
std::vector<Command> audit_commands();
std::vector<Command> prove_commands();
std::vector<Command> mock_commands();
std::vector<Command> drill_print_commands();
std::vector<Command> drill_commands();

// Positions and options that many commands share.
Position record_position();
Position contest_position();
Option by_option();
Option note_option();

}  // namespace kp
