// A PDF at its place: never over another one.
#pragma once

#include <string>

#include "base/result.h"

namespace kp {

/// Purpose: puts `pdf` at `path`; nothing is done when it is there already, byte by byte.
/// Errors: file/exists when something else is there; those of write_file
Done put_printed(const std::string& path, const std::string& pdf);

}  // namespace kp
