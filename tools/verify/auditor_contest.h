// The part of an auditor's report that tells of one contest.
#pragma once

#include <string>

#include "contest/congress.h"
#include "verify/account.h"
#include "verify/page.h"

namespace kp::verify {

/// Purpose: one contest: list, box figures, bundles, every act of the board, result, signers, rules.
void add_contest(Page& page, const Account& account, const Contest& contest);

/// Purpose: who wrote an entry, "A, B".
std::string people_of(const Entry& entry);

}  // namespace kp::verify
