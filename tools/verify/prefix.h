// --prefix: is what we hold from before the beginning of this dossier?
//
// Before can be an older dossier, a checkpoint.txt, or size and root as someone wrote them down in the hall.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "verify/faults.h"
#include "verify/tree.h"

namespace kp::verify {

/// What --prefix named.
struct Older {
  Head head;
  std::string origin;  ///< the checkpoint's first line; "" when it is not known
  std::string record;  ///< the older record.jsonl; "" when no dossier was named
};

/// Purpose: reads what --prefix named: a dossier (its record alone), a file of three lines, or "SIZE ROOT"
/// (also "SIZE:ROOT").
/// Errors: file/… prefix/form
Result<Older> read_older(const std::string& given);

/// Purpose: whether an older record is the beginning of this one.
/// In: `record`, record.jsonl; `origin`, its checkpoint's first line, "" when that is not known.
/// Returns: of how many entries it is. Errors, into `faults`: prefix/other-record prefix/longer
/// prefix/differs; where both
///         records are at hand prefix/fork at the first entry that differs (record.jsonl:line).
std::optional<std::uint64_t> size_of_prefix(const Older& older, std::string_view record,
                                            const std::string& origin, Faults& faults);

}  // namespace kp::verify
