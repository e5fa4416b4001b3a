// A file that is made once, at its place: never over another one.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace kp {

/// Purpose: puts `bytes` at `path`; nothing is done when they are there already, one by one.
/// Errors: file/exists when something else is there; those of write_file
Done put_new(const std::string& path, const std::string& bytes);

/// Purpose: puts `bytes` at `path`, over a file of the same kind: one that begins with `kind`. A record named
/// by mistake stays. Errors: file/exists when something else is there; those of write_file
Done put_over_own(const std::string& path, const std::string& bytes, std::string_view kind);

}  // namespace kp
