// The JSON Schemas of this project, applied.
//
// The files in schemas/ are the only statement of which keys and types a definition, a manifest or a result
// may have. They are built into the program, so that a copy on a stick checks the same as the folder it came
// from.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/finding.h"
#include "base/json.h"

namespace kp {

enum class Schema : std::uint8_t { congress, contest, manifest, result };

/// Purpose: everything in `value` that its schema does not allow.
/// Errors: schema/missing-key schema/unknown-key schema/type schema/value schema/pattern schema/range
/// schema/size,
///         each where = JSON pointer.
/// Cost: linear in `value` for the schemas at hand.
Findings check_schema(const Json& value, Schema schema);

/// Purpose: the text of a schema file, by its name in schemas/ ("congress.schema.json").
std::string_view schema_text(std::string_view file);

}  // namespace kp
