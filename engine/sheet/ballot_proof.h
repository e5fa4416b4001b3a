// The proof of a ballot: the list just as it was approved and the ballot just as it will be printed, on
// paper, before anything is printed. A misprint that is found later costs a whole vote.
//
// Two people read it against what the congress approved, then type groups of its digest from the paper
// (proceedings/ballot_proof.h).
#pragma once

#include <string>

#include "contest/congress.h"
#include "paper/document.h"

namespace kp {

/// Purpose: the sheet of one contest, then its ballot in its size, marked so that it cannot be cast.
/// In: `congress_sha256` of congress.json.
paper::Document make_ballot_proof(const Congress& congress, const Contest& contest,
                                  const std::string& congress_sha256, Language language);

}  // namespace kp
