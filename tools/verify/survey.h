// The first walk over the record: form, order, tree, and what will have to be read from the other files.
//
// Nothing is judged here but the lines themselves. The walk collects which bundle files are to be read, for
// which list, with which ballots set apart, so that every file is read once before the record is replayed
// (replay.h).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/digest.h"
#include "contest/congress.h"
#include "verify/bundle_parser.h"
#include "verify/entry.h"
#include "verify/faults.h"

namespace kp::verify {

/// The largest record.jsonl that is read.
inline constexpr std::uint64_t kMostRecordBytes = std::uint64_t{256} << 20U;

/// A `bundle` entry: one pass of one bundle, and what its file says once it is read.
struct Pass {
  std::uint64_t line = 0;
  std::string contest;
  std::string bundle;
  Json body;
  std::optional<BallotRule>
      rule;  ///< of the list in force at the entry; nothing when there is no such contest
  std::shared_ptr<const std::vector<std::uint32_t>> apart;
  std::shared_ptr<const BundleFacts> facts;  ///< null while not read, or not readable
};

/// A bundle of a contest, whichever passes it has.
using BundleKey = std::pair<std::string, std::string>;

struct Survey {
  std::uint64_t size = 0;  ///< lines
  Digest root{};
  std::map<std::uint64_t, Digest> root_before;  ///< of each `result` line, the root of the lines before it
  std::set<std::uint64_t> unusable;             ///< lines that are no entries
  bool broken = false;                          ///< too many of them: a replay would mean nothing
  std::map<std::uint64_t, Pass> passes;         ///< by line
  std::map<BundleKey, std::shared_ptr<const std::vector<std::uint32_t>>> apart;
  /// By contest, the line of the result that stands at the end as far as `reopened` entries tell.
  std::map<std::string, std::uint64_t, std::less<>> last_result;
  /// For each wanted root, how many entries it is the root of.
  std::vector<std::optional<std::uint64_t>> wanted_sizes;
};

/// Purpose: walks over the lines of record.jsonl.
/// In: the whole file; `congress` null when the definition cannot be read; roots that an auditor typed.
/// Errors: json/… entry/not-canonical entry/keys entry/kind entry/body entry/people entry/time entry/seq
///         entry/line-end entry/none, into `faults`.
/// Cost: linear in `bytes`, times the logarithm of the entries when roots are wanted.
Survey survey_record(std::string_view bytes, const Congress* congress, const std::vector<Digest>& wanted,
                     Faults& faults);

/// Purpose: calls `each(line, number)` for every line of a record, the LF left out.
template <class Each>
void for_each_line(std::string_view bytes, Each each) {
  std::uint64_t number = 0;
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    each(bytes.substr(0, end), number++);
    bytes = end == std::string_view::npos ? std::string_view() : bytes.substr(end + 1);
  }
}

}  // namespace kp::verify
