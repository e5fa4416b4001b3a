// A list as a spreadsheet saves it (CSV) → its cells.
//
// Lenient where the strict bundle parser (csv.h) is not: a list is proofread by two people before it counts
// for anything, a bundle is not. What cannot be told apart is a finding all the same, never a guess.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kp {

/// One line of a table: where it starts in the file, and its cells, NFC and tidied (text.h).
struct TableLine {
  std::size_t number = 0;  ///< from 1
  std::vector<std::string> cells;
};

/// Purpose: whether `bytes` can be text of a CSV file at all.
/// Errors: names/empty names/workbook names/encoding (where = file, or file:line:column)
Done check_table_text(std::string_view bytes, const std::string& file);

/// Purpose: the lines of a table that have a cell which is not blank.
/// In: `bytes` passed check_table_text; a byte order mark is skipped; `separator` one of , ; and tab.
/// Promise: a cell in double quotes may hold separators, doubled quotes and line breaks (they become spaces).
/// Errors: names/quote (file:line)
Result<std::vector<TableLine>> parse_table(std::string_view bytes, const std::string& file, char separator);

}  // namespace kp
