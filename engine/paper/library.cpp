#include "paper/library.h"

#include <dlfcn.h>

#include "paper/pages_library.h"

namespace kp::paper {

Result<void*> pages_function(const std::string& library, const char* name) {
  void* const loaded = ::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (loaded == nullptr) {
    const char* why = ::dlerror();
    return finding(Code::paper_no_library, library, {why == nullptr ? "" : why});
  }
  const auto mark = reinterpret_cast<PagesMark>(::dlsym(loaded, kPagesMarkName));
  void* const function = ::dlsym(loaded, name);
  if (mark == nullptr || function == nullptr || mark() != kPagesMark) {
    return finding(Code::paper_other_library, library);
  }
  return function;
}

}  // namespace kp::paper
