// What the program and kiemphieu-pages.so agree on. Inner part of render.h and signature.h.
//
// Both are built together; the mark says so, and another mark is refused before any value crosses.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "paper/document.h"

namespace kp::paper {

inline constexpr int kPagesMark = 6;  ///< one more whenever document.h or this file changes

enum class PagesTrouble : std::uint8_t { none, no_font, failed, not_readable };

struct MadePages {
  PagesTrouble trouble = PagesTrouble::none;
  std::string why;  ///< of `failed`, as the library beneath says it
  std::string pdf;
  std::size_t pages = 0;
  std::vector<char32_t> missing;  ///< characters that the font does not have, each once
};

struct WantedGap {
  std::string moment;    ///< as a PDF writes it, "D:20251015000000Z"
  std::size_t room = 0;  ///< bytes of the signature at the most
};

struct MadeGap {
  PagesTrouble trouble = PagesTrouble::none;
  std::string why;
  std::string pdf;
  std::size_t at = 0;  ///< of the first hex digit of the gap
};

struct FoundSignature {
  std::array<std::size_t, 4> range{};  ///< /ByteRange: two offsets, each with a length
  std::string contents;                ///< bytes, with their padding
};

struct FoundSignatures {
  PagesTrouble trouble = PagesTrouble::none;
  std::string why;
  std::vector<FoundSignature> all;  ///< in the order of their fields
};

/// The family that is looked for and embedded.
inline constexpr const char* kFontFamily = "Liberation Serif";

// The symbols of the library. C names, so that they can be looked up.
extern "C" {
using PagesMark = int (*)();
using MakePages = void (*)(const Document& document, MadePages& made);
using MakeGap = void (*)(const std::string& pdf, const WantedGap& wanted, MadeGap& made);
using FindSignatures = void (*)(const std::string& pdf, FoundSignatures& found);
}
inline constexpr const char* kPagesMarkName = "kiemphieu_pages_mark";
inline constexpr const char* kMakePagesName = "kiemphieu_make_pages";
inline constexpr const char* kMakeGapName = "kiemphieu_make_gap";
inline constexpr const char* kFindSignaturesName = "kiemphieu_find_signatures";

}  // namespace kp::paper
