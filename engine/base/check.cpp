#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace kp {

void assertion_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "kiemphieu: lỗi của chương trình / internal error: %s (%s:%d)\n", condition, file,
               line);
  std::abort();
}

}  // namespace kp
