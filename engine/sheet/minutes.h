// The minutes (biên bản kiểm phiếu): a result as a paper to be read out, signed and filed.
//
// Says what result.json says and nothing else about the count; what only the record knows (board, attendance,
// acts of the board with their names and notes) comes from the record as it stood just before the result's
// entry. So the same result and record give the same paper at any later time. Never on it: how many votes
// would have changed an outcome (`flip`, `to_line`), marks of a single ballot, anything of a person who
// voted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"
#include "paper/document.h"
#include "proceedings/entry.h"
#include "proceedings/history.h"

namespace kp {

/// The record as it stood just before the result's entry.
struct BeforeResult {
  History history;             ///< replayed from `entries`
  std::vector<Entry> entries;  ///< those before the result's own
};

/// Vietnamese, English, or Vietnamese with English below it (bilingual.h).
enum class PaperLanguage : std::uint8_t { vi, en, both };
PaperLanguage paper_language(Language language);

/// Purpose: the document of one result.
/// In: `result` as parse_result (sheet/result_file.h) admits it, `sha256` of its bytes; `before` null when
///     only the file is there, else of the record that the result names, with its contest.
paper::Document make_minutes(const Json& result, const std::string& sha256, const BeforeResult* before,
                             PaperLanguage language);

}  // namespace kp
