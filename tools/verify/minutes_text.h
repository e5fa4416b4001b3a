// What minutes say, read off a page by the places of its words.
//
// Nothing of how the engine sets a page is used but this: of a table row all cells begin on one line, the
// number first, figures to the right of the name; what a cell has no room for stands below, within its
// column. Lines of text, heads, further columns and whatever stands between are passed over. Pure arithmetic
// over words.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "verify/pdf_reader.h"

namespace kp::verify {

/// Which figures a row of the list bears.
struct RowForm {
  bool graded = false;      ///< a column an option, the share below the number; else votes and share
  std::size_t figures = 2;  ///< how many stand on the first line
};

/// A row that a table shows.
struct ShownRow {
  std::size_t page = 0;
  double top = 0;
  std::string number;
  std::string name;                  ///< words with one space between
  std::vector<std::string> figures;  ///< from left to right; of a graded row then its shares

  /// "3. Nguyễn Văn An: 53, 88.33"
  [[nodiscard]] std::string in_words() const;
};

/// Purpose: every row of the pages that has that form, from top to bottom, page after page.
std::vector<ShownRow> rows_shown(const std::vector<WordsOfPage>& pages, const RowForm& form);

/// The figures of the ballots, by the key they have in a result: issued, returned, valid, invalid.
using ShownFigures = std::map<std::string, std::string, std::less<>>;

/// Purpose: the first table of figures below heads that name them, in Vietnamese or English; empty for none.
ShownFigures figures_shown(const std::vector<WordsOfPage>& pages);

/// Purpose: all text of a page without spaces, line after line.
std::string text_of(const WordsOfPage& page);

/// Purpose: the text of all pages without spaces and without what stands above and below the body of each.
/// In: `foot`, with which the line begins or goes on below which a body ends.
std::string body_of(const std::vector<WordsOfPage>& pages, std::string_view foot);

/// Purpose: `text` in normal form C without any space.
std::string without_spaces(std::string_view text);

}  // namespace kp::verify
