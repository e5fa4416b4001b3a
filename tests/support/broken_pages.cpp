// A library that is not ours, for paper_test: of another build, or one that cannot make a page.
#include "paper/pages_library.h"

extern "C" {

int kiemphieu_pages_mark() {
  return kp::paper::kPagesMark + KP_MARK_AHEAD;
}

void kiemphieu_make_pages(const kp::paper::Document&, kp::paper::MadePages& made) {
  made.trouble = kp::paper::PagesTrouble::failed;
  made.why = "no memory";
}
}
