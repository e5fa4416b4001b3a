// One line of the record, read strictly: the keys of formats.md §4 and no others, each of its type.
//
// What parse_entry admits can be read without asking again: every required member of `body` is there and
// every member has the type and range its kind prescribes. Whether the entry may stand where it stands is
// replay.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace kp::verify {

enum class Kind : std::uint8_t {
  opened,
  contest,
  electorate,
  box,
  bundle,
  retracted,
  correction,
  ruling,
  confirmed,
  decision,
  result,
  reopened,
  signature,  ///< `signed` in the file
  note,
  closed
};

struct Entry {
  std::uint64_t line = 0;  ///< 0, 1, 2 …: which line of the record this is
  std::int64_t seq = 0;    ///< as the entry itself states it
  std::string at;
  std::int64_t seconds = 0;  ///< `at`, since 1970
  std::vector<std::string> by;
  Kind kind = Kind::note;
  Json body;
};

/// Purpose: reads one entry.
/// In: the line without its LF; `line` counted from 0.
/// Errors: json/… entry/not-canonical (file:line:column) · entry/keys entry/kind entry/time entry/people
/// entry/body
///         (record.jsonl:line#pointer)
Result<Entry> parse_entry(std::string_view bytes, std::uint64_t line);

/// Purpose: the word of a kind in the record.
std::string_view word(Kind kind);

/// Purpose: the place of an entry, or of a member of it, in findings: "record.jsonl:17#/body/contest".
std::string place_of(std::uint64_t line, std::string_view pointer = {});

// Members of a body that parse_entry admitted.

/// Purpose: a required text member.
const std::string& text_at(const Entry& entry, std::string_view key);
/// Purpose: a required number.
std::int64_t number_at(const Entry& entry, std::string_view key);
/// Purpose: an optional text, "" when it is absent.
std::string text_or_empty(const Entry& entry, std::string_view key);
/// Purpose: an optional number, −1 when it is absent.
std::int64_t number_or_none(const Entry& entry, std::string_view key);

}  // namespace kp::verify
