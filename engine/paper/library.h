// Opening kiemphieu-pages.so. Inner part of render.h and signature.h.
#pragma once

#include <string>

#include "base/result.h"

namespace kp::paper {

/// Purpose: the function of that name (pages_library.h). The library is loaded once and never unloaded: what
/// stands beneath keeps state of its own until the process ends.
/// Errors: paper/no-library paper/other-library
Result<void*> pages_function(const std::string& library, const char* name);

}  // namespace kp::paper
