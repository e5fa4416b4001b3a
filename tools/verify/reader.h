// Reading JSON from a folder that may be hostile.
//
// Stops at the first fault and builds nothing beyond fixed bounds, so that no file can make the verifier hang
// or swallow memory. In canonical form it accepts just the bytes that formats.md §1 allows for a value; every
// text is NFC and free of control and invisible characters in either form.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace kp::verify {

enum class Form : std::uint8_t {
  canonical,  ///< the one byte string of formats.md §1
  any,        ///< as people and other programs write JSON
};

/// Where bytes come from: a file, and the line of it that they begin on.
struct Source {
  std::string file;
  std::uint64_t line = 1;
};

/// Purpose: one JSON text.
/// Promise: a fault names its line and column; memory is bounded by the file and by fixed limits (a million
/// values,
///          64 members an object, keys of 64 bytes, 32 levels): more than any file of ours can have.
/// Errors: json/empty json/bom json/utf-8 json/syntax json/surrogate json/duplicate-key json/not-integer
///         json/integer-range json/not-nfc json/control-character json/depth dossier/json-bounds
///         entry/not-canonical (canonical form only)
/// Cost: linear in `bytes`.
Result<Json> read_json(std::string_view bytes, const Source& source, Form form);

}  // namespace kp::verify
