// Which ballots are looked at: drawn from dice that were rolled in the hall, so that nobody could know them
// before and everybody can draw them again (docs/audit.md shows it in six lines of Python). Frozen.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"

namespace kp {

/// The fewest digits of a seed.
inline constexpr std::size_t kLeastSeedDigits = 20;

/// Purpose: the seed in what was typed: its decimal digits, spaces left out; nothing when something else is
/// there or fewer than kLeastSeedDigits.
std::optional<std::string> seed_in(std::string_view typed);

/// Purpose: a place 0 … population − 1 from a digest taken as a number of 256 bits; nothing for the few
/// digests that would favour some places. In: population ≥ 1.
std::optional<std::int64_t> place_of(const Digest& digest, std::int64_t population);

/// Purpose: `sample` different places of 0 … population − 1, in the order in which they are drawn.
/// Promise: a greater sample begins with a smaller one.
/// In: 0 ≤ sample ≤ population. Each draw is the SHA-256 of `<seed>/<contest>/<n>`, n = 1, 2, 3 …
std::vector<std::int64_t> draw(const std::string& seed, const std::string& contest, std::int64_t population,
                               std::int64_t sample);

}  // namespace kp
