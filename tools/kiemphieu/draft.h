// A definition from a list and answers: what draft writes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "contest/congress.h"
#include "kiemphieu/questions.h"

namespace kp {

/// What a contest is drafted for.
struct DraftFor {
  const Congress* congress = nullptr;  ///< it will belong to; null while that is drafted too
  std::vector<Contest> known;          ///< its contests so far
  std::optional<Electorate> now;       ///< who is there now, where the evening changed that of the congress
};

/// Purpose: the contest that is to hold `rows`, as JSON of contract §3, from options and answers. One that is
/// known by the id given is what its defaults come from: its list is to be replaced.
Json draft_contest(Questions& questions, const Arguments& arguments, const std::vector<Row>& rows,
                   const DraftFor& draft_for);

/// Purpose: the congress around one contest, as JSON of contract §3.
/// In: `today`, YYYY-MM-DD, the date unless another one is given.
Json draft_congress(Questions& questions, const Arguments& arguments, const Json& contest,
                    const std::string& today);

/// Purpose: JSON for people: a row of a list on one line, a line end behind all.
std::string indented(const Json& json);

/// Purpose: the deductions of an electorate given as --deduct REASON=COUNT. Throws UsageError.
std::vector<Deduction> deductions_given(const Arguments& arguments);

}  // namespace kp
