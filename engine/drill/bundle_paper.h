// A mock bundle as a stack of paper: cover, ballots, count sheet.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ballots/ballots.h"
#include "contest/congress.h"
#include "paper/document.h"

namespace kp {

struct PaperBundle {
  std::string bundle;
  std::optional<std::int64_t> counted;  ///< sheets counted by hand, as the cover says
  const Ballots& ballots;
};

/// Purpose: one bundle to print: its cover, its ballots in their order, its count sheet.
/// Promise: the same bytes for the same values; a bundle's paper does not depend on other bundles.
/// In: a practice congress; ballots of the contest's form and rows.
paper::Document bundle_document(const Congress& congress, const Contest& contest, const PaperBundle& bundle,
                                std::uint64_t seed);

/// Purpose: the sheet that came with the box: issued, returned, and a line to sign for each bundle.
paper::Document box_document(const Congress& congress, const Contest& contest, std::int64_t issued,
                             std::int64_t returned, const std::vector<PaperBundle>& bundles);

}  // namespace kp
