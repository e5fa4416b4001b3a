// What the verifier and kiemphieu-reader.so agree on: a PDF as words at their places, and its signatures.
//
// Poppler and qpdf stand in a library of their own beside the program, opened only when there is a PDF to
// read. Both are built together; the mark says so, and another mark is refused before any value crosses.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kp::verify {

inline constexpr int kReaderMark = 1;  ///< one more whenever this file changes

/// A word and the box around it, in points from the upper left corner of its page.
struct PlacedWord {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
  std::string text;  ///< UTF-8

  [[nodiscard]] double middle() const { return (left + right) / 2; }
  [[nodiscard]] double height() const { return bottom - top; }
};
using WordsOfPage = std::vector<PlacedWord>;

/// A signature field that someone filled.
struct SignatureField {
  std::array<std::size_t, 4> range{};  ///< /ByteRange: two offsets, each with a length
  std::string contents;                ///< bytes, with their padding
  std::string moment;                  ///< /M as it stands, "" for none
};

struct PdfAsRead {
  std::string why;  ///< why it cannot be read, "" when it can
  std::vector<WordsOfPage> pages;
  std::vector<SignatureField> signatures;
};

// The two symbols of the library. C names, so that they can be looked up.
extern "C" {
using ReaderMark = int (*)();
using ReadPdf = void (*)(const std::string& pdf, PdfAsRead& read);
}
inline constexpr const char* kReaderMarkName = "kiemphieu_reader_mark";
inline constexpr const char* kReadPdfName = "kiemphieu_read_pdf";

}  // namespace kp::verify
