// The line of digits under the QR code of the minutes, as someone typed it (formats.md §10).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kp::verify {

struct TypedLine {
  std::string start;               ///< the first 33 hex digits of a digest; "" when a group is wrong
  std::vector<std::size_t> wrong;  ///< groups, from 1, whose check digit does not fit
};

/// Purpose: what a typed line stands for.
/// In: 48 digits, spaces, points and hyphens between them as one likes.
/// Returns: nothing when there is anything else, or more or fewer digits. A line that no digest gives, though
///          its check digits fit, has a `start` that no digest begins with.
std::optional<TypedLine> typed_line(std::string_view text);

/// Purpose: how many digits `text` has, for whoever typed too many or too few.
std::size_t digits_in(std::string_view text);

}  // namespace kp::verify
