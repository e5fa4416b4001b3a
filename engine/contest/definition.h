// From the bytes of a definition file to a Congress, with all that is wrong with it at once.
//
// Three steps: JSON (base/json.h), the schema (schema.h), then what a schema cannot say (list_rules.h). A
// congress comes only of a definition in which the first two found nothing; whoever has to mend one is told
// by all three what they can judge of it.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "contest/congress.h"

namespace kp {

/// The largest definition or contest file that is read, in bytes.
inline constexpr std::uint64_t kMostDefinitionBytes = 16U << 20U;

/// Purpose: a congress from the bytes of congress.json; JSON and schema only, so that a record can be read
/// back although a list rule was bettered since. Errors: json/… schema/…
Result<Congress> parse_congress(std::string_view bytes, const std::string& file);

/// Purpose: everything that is wrong with a definition that parse_congress refuses, so that it is mended in
/// one go. Promise: what JSON or the schema refuse is named and set aside, and the rest held to the rules,
/// unless kind,
///          level or regulation are set aside, which choose the rules. No finding is there only because
///          something was set aside.
/// Errors: json/… schema/… and those of check_congress
Findings all_faults(std::string_view bytes, const std::string& file);

/// Purpose: a contest from its JSON object, JSON and schema only. Errors: schema/…
Result<Contest> parse_contest(const Json& json);

/// Purpose: an electorate from JSON that the schema has admitted.
Electorate parse_electorate(const Json& json);

/// Purpose: an electorate as it stands in files.
Json to_json(const Electorate& electorate);

}  // namespace kp
