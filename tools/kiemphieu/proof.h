// The proof of a definition: what two people read aloud to each other before anything is printed.
#pragma once

#include <string>

#include "contest/congress.h"
#include "kiemphieu/reply.h"

namespace kp {

/// A definition file that was read, with what the list rules say of it.
struct Definition {
  Congress congress;
  std::string bytes;
  std::string digest;
  Findings findings;
};

/// Purpose: a definition from its bytes; `file` names them in findings. Errors: json/… schema/…
Result<Definition> definition_from(std::string bytes, const std::string& file);

/// Purpose: the same from a file. Errors: also file/…
Result<Definition> read_definition(const std::string& path);

/// Purpose: the answer of `check`: all findings; on screen the congress, each list, base with its deductions,
/// line, surplus and cap, and the digest in groups of four.
Reply proof_of(const Definition& definition, Language language);

/// Purpose: the part of the proof that is about one contest of `congress`.
std::string contest_proof(const Congress& congress, const Contest& contest, Language language);

/// Purpose: the line that marks a practice definition; "" for an official one.
std::string practice_line(const Congress& congress, Language language);

}  // namespace kp
