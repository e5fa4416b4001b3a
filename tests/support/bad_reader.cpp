// A kiemphieu-reader.so as a hostile PDF would make it: it comes to a bad end, by the first letter of the
// file.
#include <cstdlib>
#include <string>
#include <vector>

#include "verify/pdf_reader.h"

extern "C" {

int kiemphieu_reader_mark() {
  return kp::verify::kReaderMark;
}

void kiemphieu_read_pdf(const std::string& pdf, kp::verify::PdfAsRead& read) {
  if (pdf == "crash") std::abort();
  if (pdf == "leave") std::_Exit(0);
  if (pdf == "swell") {
    // Kept where it can be seen, so that no compiler takes it away.
    for (std::vector<std::string> kept;;) {
      kept.emplace_back(std::size_t{64} << 20U, 'x');
      read.why = kept.back().substr(0, 1);
    }
  }
  read.pages = {{{1, 2, 3, 4, "word"}}, {}};
  read.signatures = {{{1, 2, 3, 4}, std::string("\0x", 2), "D:"}};
}
}
