// What a person types for one ballot, and the marks it stands for (docs/formats.md, "Keying").
//
// The shortest natural line: on a ballot of struck names the struck numbers ("7 12 33"), on an agree ballot
// the numbers that disagree, else number and level ("3b 7c"). What is not named bears the first option. One
// keystroke more says what is unusual: "7?" cannot be read, "7*" several boxes, "7." none; "k" the ballot is
// signed. It needs no other keys than the numeric pad has, but for levels and flags.
#pragma once

#include <string>
#include <string_view>

#include "intake/csv.h"

namespace kp {

/// One ballot as it was keyed.
struct KeyedBallot {
  std::string marks;
  Flags flags;
  bool operator==(const KeyedBallot&) const = default;
};

/// Purpose: the ballot that `text` stands for.
/// Promise: nothing is guessed: a number beyond the list, one that is named twice, a mark of another form, or
/// a run of digits that can be split in two ways is refused.
/// Errors: key/character key/digits key/row key/row-twice key/range key/mark key/level-missing key/flag-twice
Result<KeyedBallot> parse_typed(std::string_view text, const BundleShape& shape);

/// Purpose: a short line that parse_typed reads as `ballot`, for mending it.
std::string typed_text(const KeyedBallot& ballot, BallotForm form);

/// Purpose: the ballot that the longest readable beginning of `text` stands for: what to show while it is
/// typed.
KeyedBallot preview_typed(std::string_view text, const BundleShape& shape);

/// Purpose: the letter that sets a flag: p n k v r.
char key_of(Flag flag);

}  // namespace kp
