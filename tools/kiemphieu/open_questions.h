// The ballots of a bundle that wait for the board: which rows cannot be read, which flags nobody confirmed,
// what to type.
#pragma once

#include <string>
#include <vector>

#include "proceedings/reading.h"

namespace kp {

/// A ballot that waits for a ruling or a confirmation.
struct OpenQuestion {
  std::string bundle;
  std::uint32_t ballot = 0;
  std::vector<std::uint32_t> rows;  ///< that some pass cannot read
  bool all_rows = false;
  Flags flags;  ///< of any pass, when they are not confirmed
};

/// Purpose: what is open in one bundle, by ballot.
std::vector<OpenQuestion> open_questions(const ContestHistory& contest, const BundleReading& reading);

/// Purpose: bundle, ballot, number, name and what is open.
std::string questions_text(const Contest& contest, const std::vector<OpenQuestion>& questions,
                           Language language);

/// Purpose: the commands that settle it, ready to be filled in. `record` is the record's path as typed.
std::vector<std::string> ruling_commands(const Contest& contest, const std::vector<OpenQuestion>& questions,
                                         const std::string& record);

/// Purpose: the same as objects: bundle, ballot, rows, flags.
Json::Array questions_json(const std::vector<OpenQuestion>& questions);

}  // namespace kp
