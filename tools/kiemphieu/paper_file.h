// A document printed into a file.
#pragma once

#include <string>

#include "kiemphieu/reply.h"
#include "paper/document.h"

namespace kp {

/// Purpose: makes the pages of `document` and puts them at `path`, where nothing else may be but the same
/// pages. Returns: an answer with file, pages and sha256.
/// Errors: those of paper::render and put_new
Reply print_to(const std::string& path, const paper::Document& document);

}  // namespace kp
