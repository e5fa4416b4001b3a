// From a document to a PDF that anyone can open, search and print.
//
// Pango and Cairo stand in a library of their own, kiemphieu-pages.so beside the program, so that a command
// that prints nothing does not load them. Same document, same fonts, same libraries: same bytes, on every
// machine and at every time. Their last line is a comment with the SHA-256 of all before it, so that a byte
// that changed is seen (formats.md §10). Liberation Serif (SIL Open Font License) is embedded as far as it is
// used.
#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"
#include "paper/document.h"

namespace kp::paper {

struct Rendered {
  std::string pdf;
  std::size_t pages = 0;
  Findings notes;  ///< paper/character, a warning for each character that the font does not have
};

/// Purpose: the pages of `document`.
/// In: `library`, the file to load; pages_library() unless a test has its own.
/// Errors: paper/no-library paper/other-library paper/no-font paper/not-made
/// Cost: loading and fonts some 50 ms once a process; a few ms a page.
Result<Rendered> render(const Document& document, const std::string& library);

/// Purpose: kiemphieu-pages.so in the folder of the running program.
std::string pages_library();

}  // namespace kp::paper
