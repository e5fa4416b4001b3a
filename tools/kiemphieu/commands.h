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

// Each family gives its rows.
std::vector<Command> draft_commands();         // draft
std::vector<Command> definition_commands();    // check open contest electorate
std::vector<Command> ballot_proof_commands();  // ballot-proof
std::vector<Command> hall_commands();          // box import
std::vector<Command> pack_commands();          // pack
std::vector<Command> key_commands();           // key
std::vector<Command> board_commands();         // compare correct rule retract reopen
std::vector<Command> result_commands();        // decide result close
std::vector<Command> sign_commands();          // sign
std::vector<Command> minutes_commands();       // minutes
std::vector<Command> forms_commands();         // forms
std::vector<Command> hand_count_commands();    // hand-count
std::vector<Command> slides_commands();        // slides
std::vector<Command> dossier_commands();       // export
std::vector<Command> backup_commands();        // backup
std::vector<Command> view_commands();          // status log rules
std::vector<Command> audit_commands();         // audit plan, audit enter, audit report
std::vector<Command> prove_commands();         // prove
std::vector<Command> mock_commands();          // mock
std::vector<Command> drill_print_commands();   // drill print
std::vector<Command> drill_commands();         // drill start, drill answer, drill score, drill book

// Positions and options that many commands share.
Position record_position();
Position contest_position();
Option by_option();
Option note_option();

}  // namespace kp
