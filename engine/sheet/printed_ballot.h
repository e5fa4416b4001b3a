// The ballot as it goes to the press: head, title, list, how it is marked. In Vietnamese, whoever prints it.
#pragma once

#include <string_view>
#include <vector>

#include "contest/congress.h"
#include "paper/document.h"

namespace kp {

/// A4 for long lists, half of it or a quarter for shorter ones; very long lists take several sheets.
struct SlipSize {
  paper::Points width = 0;
  paper::Points height = 0;
  std::size_t rows = 0;   ///< at most, on one sheet
  std::size_t lanes = 1;  ///< side by side
};
SlipSize slip_size(const Contest& contest);

/// Purpose: the sheets of one ballot that nobody has marked: one, or several of about equal length for a list
/// that is longer than a sheet. Without stamp and edge: those are for whoever prints it.
std::vector<paper::Slip> printed_ballot(const Congress& congress, const Contest& contest);

/// Purpose: the heads of the columns in which a form is marked: none for `strike`.
std::vector<std::string_view> option_heads(BallotForm form);

}  // namespace kp
