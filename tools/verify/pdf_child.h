// Reading a PDF in a process of its own.
//
// The libraries that read PDFs are large and meet whatever someone put into a file. In a child with bounded
// memory and time the worst that a PDF can do is to end that child, and the verification goes on.
#pragma once

#include <optional>
#include <string>

#include "verify/pdf_reader.h"

namespace kp::verify {

/// Purpose: what `read` makes of `pdf`, done by a child.
/// In: no other thread of this program is running.
/// Returns: nothing when the child came to a bad end, or could not be started.
/// Cost: at most a GiB and a minute of the child's.
std::optional<PdfAsRead> read_in_child(ReadPdf read, const std::string& pdf);

}  // namespace kp::verify
