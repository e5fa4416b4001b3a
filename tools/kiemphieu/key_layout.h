// Where things go on the keyer's screen. Pure: sizes in, cells out; widths are those of a terminal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kp {

/// Purpose: `name` in at most `width` columns: whole; else its leading words as initials ("N.V.An"), since
/// the last word tells people apart; else cut.
std::string shortened(std::string_view name, std::size_t width);

/// Purpose: `text` in lines of at most `width` columns, broken between words where that is possible.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// How a list is spread over the screen: column after column, page after page where it does not fit.
struct Grid {
  std::size_t columns = 1;
  std::size_t lines = 1;
  std::size_t cell = 1;   ///< columns of the terminal that a cell takes, with a space behind it
  std::size_t first = 0;  ///< the first row shown, from 0
  std::size_t pages = 1;
  std::size_t page = 0;

  [[nodiscard]] std::size_t per_page() const { return columns * lines; }
};

/// Purpose: the grid that shows row `focus` (from 0) of `rows`.
/// In: `width` and `height` of the space for it, at least 1; `longest` the width of the longest cell.
Grid grid_for(std::size_t rows, std::size_t focus, std::size_t width, std::size_t height,
              std::size_t longest);

}  // namespace kp
