// What the program and kiemphieu-pages.so agree on. Inner part of render.h.
//
// Both are built together; the mark says so, and another mark is refused before any value crosses.
#pragma once

#include <string>
#include <vector>

#include "paper/document.h"

namespace kp::paper {

inline constexpr int kPagesMark = 5;  ///< one more whenever document.h or this file changes

enum class PagesTrouble : std::uint8_t { none, no_font, failed };

struct MadePages {
  PagesTrouble trouble = PagesTrouble::none;
  std::string why;  ///< of `failed`, as the library beneath says it
  std::string pdf;
  std::size_t pages = 0;
  std::vector<char32_t> missing;  ///< characters that the font does not have, each once
};

/// The family that is looked for and embedded.
inline constexpr const char* kFontFamily = "Liberation Serif";

// The two symbols of the library. C names, so that they can be looked up.
extern "C" {
using PagesMark = int (*)();
using MakePages = void (*)(const Document& document, MadePages& made);
}
inline constexpr const char* kPagesMarkName = "kiemphieu_pages_mark";
inline constexpr const char* kMakePagesName = "kiemphieu_make_pages";

}  // namespace kp::paper
