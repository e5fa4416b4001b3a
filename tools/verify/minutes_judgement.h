// A PDF of minutes judged as a whole: whose it is, what it says, who signed it.
#pragma once

#include <string>
#include <vector>

#include "contest/congress.h"
#include "verify/contest_state.h"
#include "verify/faults.h"
#include "verify/signers.h"
#include "verify/verify.h"

namespace kp::verify {

/// What is known when minutes are judged.
struct MinutesSetting {
  const Congress& congress;
  std::vector<const ContestState*> standing;  ///< contests with a standing result
  const Authority* authority = nullptr;       ///< null when no CA was given
  const std::string& library;                 ///< as for read_pdf
};

/// Purpose: judges the PDF `pdf`. A signature inside it does not count towards the level: that is said of the
/// result's own signatures.
/// In: `contest`, whose minutes it must be; null for those of the standing result whose digest it bears.
/// Errors: minutes/…, and as warnings signature/weak-key signature/not-pinned signature/untrusted
///         signature/expired (by the time that the PDF claims), into `faults`; where = `place`.
MinutesReport judge_minutes(const std::string& pdf, const ContestState* contest, const std::string& place,
                            const MinutesSetting& setting, Faults& faults);

}  // namespace kp::verify
