// A list of names as a spreadsheet saves it → the rows of a contest; and their order on the ballot.
//
// The first line that has a column of names (of a survey: of statements) is the head; what stands above it
// (titles) is passed over. Columns are known by what Vietnamese lists call them, or by the English words of
// the definition. The numbers of the file mean nothing: rows are numbered anew.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "contest/congress.h"

namespace kp {

/// The largest list file that is read, in bytes.
inline constexpr std::uint64_t kMostListBytes = 16U << 20U;

struct NameList {
  std::vector<Row> rows;  ///< in the order of the file, not numbered yet
  Findings notes;         ///< warnings
};

/// Purpose: the rows of a list file, whole or not at all.
/// In: `bytes` as they came; `file` names them in findings.
/// Errors: names/empty names/workbook names/encoding names/quote names/no-head names/column-twice
///         names/no-name names/none names/hidden-character names/legacy-font names/value names/date (where =
///         file:line); warnings names/unused-columns, and names/legacy-font of letters only
Result<NameList> parse_name_list(std::string_view bytes, const std::string& file);

/// Purpose: `rows` in the order in which a ballot prints them, numbered anew: names by R4.1–R4.4, the
/// statements of a survey as they were written.
std::vector<Row> in_ballot_order(std::vector<Row> rows, Question question);

/// Purpose: a date as people write it, as the definition has it: 3/2/1970, 03-02-1970, 1970-02-03 →
/// 1970-02-03; a month, 2/1970 → 1970-02; a year, 1970. "" when it is none of these, or no day of the
/// calendar.
std::string date_from(std::string_view written);

}  // namespace kp
