// One paper in two languages, from the same paper in each.
//
// A paper is written by one writer in either language (minutes.h); both have the same blocks in the same
// order, so that they can be laid together: the second smaller and in italics below the first, and only where
// it says something else. Names and figures stand once.
#pragma once

#include "paper/document.h"

namespace kp {

/// Purpose: `first` with what `second` says in other words below it.
/// In: two papers of the same blocks, tables of the same rows and columns. What stands at the edges of the
///     pages is laid side by side; title, date and watermark are those of `first`.
paper::Document laid_together(paper::Document first, const paper::Document& second);

}  // namespace kp
