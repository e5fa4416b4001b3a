// Forms for an evening without machines: covers of bundles, sheets to count each bundle by hand, sheets to
// add the bundles up, seals of boxes. One print run for one contest, made beforehand and kept with the board.
//
// What stands in brackets behind a line or over a column of a sheet is what is typed for it
// (intake/totals.h).
#pragma once

#include <cstdint>

#include "contest/congress.h"
#include "paper/document.h"

namespace kp {

/// How much paper is needed.
struct PaperPlan {
  std::int64_t ballots = 0;      ///< at most, as many as are present
  std::int64_t bundle_size = 0;  ///< ballots in a bundle, kLeastInBundle to kMostInBundle
  std::int64_t teams = 1;        ///< that count each bundle alone
};
inline constexpr std::int64_t kLeastInBundle = 5;
inline constexpr std::int64_t kMostInBundle = 100;

/// Purpose: how many bundles there are at most, one at least.
std::int64_t bundles_of(const PaperPlan& plan);

/// Purpose: the forms of one contest: for each bundle 01, 02 … a count sheet for each team; for each team a
/// sheet to add up; the covers of the bundles, two on a page; four seals. To be cut where lines are.
paper::Document make_fallback_forms(const Congress& congress, const Contest& contest, const PaperPlan& plan,
                                    Language language);

}  // namespace kp
