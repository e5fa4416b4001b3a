// Dates and instants of files, as people write them. No clock and no locale: Viet Nam keeps one time all
// year.
#pragma once

#include <string>
#include <string_view>

#include "base/finding.h"

namespace kp {

/// Purpose: "25/11/2026" of "2026-11-25", "05/1990" of "1990-05"; a year alone, or what is no date, as it is.
/// English keeps the order of the file.
std::string spoken_date(std::string_view date, Language language);

/// Purpose: an entry's instant on the clocks of Viet Nam: "25/11/2026 19:30:00" of "2026-11-25T12:30:00Z".
/// In: `at` as entries have it (docs/formats.md §4); anything else comes back as it is.
std::string spoken_time(std::string_view at, Language language);

}  // namespace kp
