// The fast path of parse_ballots (csv.h): bundle files that look just as our own programs write them.
//
// It never says what is wrong with a file; it takes it or leaves it to the careful parser, which alone gives
// findings. Whatever it takes, the careful parser takes too and reads alike: tests/fuzz/fuzz_shape.cpp.
#pragma once

#include <optional>
#include <string_view>

#include "ballots/ballots.h"
#include "base/processor.h"
#include "intake/csv.h"

namespace kp {

/// Purpose: the ballots of a file of the plain shape: the header; then lines `12,..a.,` and perhaps flags, no
/// quotes, numbers ascending; LF or CRLF; nothing behind the last ballot. A byte order mark is skipped, the
/// last line end may be missing.
/// In: at least one row; `instructions` that run here (each has a version of the innermost step:
///     plain_lines.h).
/// Returns: nothing when the file has any other shape, be it faulty or not.
/// Cost: one pass over `bytes`, up to 32 marks at a time, into bit planes.
std::optional<Ballots> parse_by_shape(std::string_view bytes, const BundleShape& shape,
                                      Instructions instructions = chosen_instructions());

}  // namespace kp
