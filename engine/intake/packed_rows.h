// Packed rows: the ballots of a bundle file in a part of its bytes (a ninth, where thirty names are struck),
// from which the file can be made again. Of a large file they are several such parts, one behind another.
//
// A record keeps them beside the file (docs/formats.md §4), so that counting parses nothing. They are never
// believed: whoever reads them writes the file anew from them (to_csv) and holds that
// to the file's digest, which the record's entries state. Where anything is wrong with them, the file is
// read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ballots/ballots.h"
#include "intake/csv.h"

namespace kp {

/// Purpose: the packed rows of `ballots`; of the next ones of a file they are the next part. In: at least one
/// ballot.
std::string pack_rows(const Ballots& ballots);

/// Purpose: the ballots that `packed` holds.
/// Promise: whatever the bytes are, ballots as parse_ballots could have read them, or nothing.
/// Returns: nothing when they are not packed rows of this shape, or of more ballots than a file can hold.
/// Cost: linear in `packed`, and no more memory than 64 times as much.
std::optional<Ballots> unpack_rows(std::string_view packed, const BundleShape& shape);

}  // namespace kp
