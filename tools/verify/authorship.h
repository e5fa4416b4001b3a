// Who vouches for the dossier: signers who count, and digests typed from signed paper (formats.md §11).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "verify/account.h"
#include "verify/evening.h"
#include "verify/signers.h"
#include "verify/typed_line.h"

namespace kp::verify {

/// The signers of one standing result.
struct SignerTally {
  std::int64_t counting = 0;
  bool attributed = false;  ///< whether we have reason to know who they are: pinned, or under a CA
  std::vector<SignerAccount> signers = {};  ///< every one that the record holds, and why it counts
};

/// Purpose: counts the signers of a standing result who count, each judged at the `at` of their `signed`
/// entry. In: `authority` null when no CA was given. Errors: signature/expired signature/untrusted
/// signature/not-pinned (warnings), into `faults`. Rules: formats.md §11, level `signed`.
SignerTally count_signers(const Congress& congress, const ContestState& state, const Authority* authority,
                          Faults& faults);

/// What an auditor typed from paper, made plain.
struct Typed {
  std::vector<std::string> digests;
  std::vector<TypedLine> lines;
  std::string root;                        ///< as typed; "" for none
  std::optional<std::uint64_t> root_size;  ///< of how many entries it is the root, if of any
};

/// Purpose: whether what was typed agrees and covers every standing result.
/// Errors: bound/mismatch bound/line-slip bound/line-mismatch bound/replaced, and as a warning
///         bound/not-covered, into `faults`.
/// Returns: whether anything was typed, all of it agrees, and nothing stands uncovered.
bool is_bound(const Evening& evening, const Typed& typed, Faults& faults);

/// Purpose: the contest whose standing result a typed line belongs to, "" for none.
std::string contest_of(const Evening& evening, const TypedLine& line);

}  // namespace kp::verify
