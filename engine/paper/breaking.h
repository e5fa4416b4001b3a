// Where pages break: strips of known height, laid one below the other.
//
// Pure arithmetic, so that it can be tested without a font. A strip is what is never cut: one line of a
// paragraph, one line of a table row. A flow is a paragraph or a table; strips are kept together by `keep`.
#pragma once

#include <cstddef>
#include <vector>

namespace kp::paper {

struct Strip {
  double height = 0;
  double before = 0;  ///< space above; dropped at the top of a page
  bool keep = false;  ///< the next strip (of this flow or the next flow's first) stands on the same page
};

/// A paragraph or a table.
struct Flow {
  double head = 0;    ///< height of the head that stands above the first strip on every page; 0 for none
  double before = 0;  ///< space above the flow
  std::vector<Strip> body;  ///< in reading order
  std::size_t abreast = 1;  ///< lanes side by side
};

/// One strip, or the head of a flow, at its place.
struct Placed {
  std::size_t flow = 0;
  bool is_head = false;
  std::size_t strip = 0;  ///< within the flow's body; 0 for a head
  std::size_t lane = 0;
  double y = 0;  ///< its upper edge, from the top of the body area
};
using PlacedPage = std::vector<Placed>;

/// Purpose: gives every strip of every flow a page and a place.
/// Promise: every strip once, in reading order (with lanes: down the first, then down the next); a flow's
///          head above its strips on each page and lane where it has any; strips kept together stand on one
///          page unless together they are longer than a page; no strip below `height` unless it alone is
///          higher.
/// In: `height` of a page's body area, more than 0.
/// Returns: at least one page.
std::vector<PlacedPage> break_pages(const std::vector<Flow>& flows, double height);

}  // namespace kp::paper
