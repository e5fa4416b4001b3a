// A bundle's CSV, judged and counted while it streams by (formats.md §3).
//
// Takes the bytes in pieces of any size and keeps no more of them than one line; what is kept of a bundle is
// its counts, its ballot numbers while it is read, and the few ballots that the board dealt with. Stops at
// the first fault and names its line.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/finding.h"
#include "verify/mark_planes.h"
#include "verify/recount.h"

namespace kp::verify {

/// A ballot as a pass reads it.
struct Reading {
  std::string marks;
  std::uint8_t flags = 0;

  bool operator==(const Reading&) const = default;
};

/// What is to be known of one bundle file.
struct ReadingTask {
  BallotRule rule;
  /// Ballots that the record corrects or rules on, sorted: they are set apart and not counted here.
  std::shared_ptr<const std::vector<std::uint32_t>> apart;
  /// Whether another pass of the same bundle is to be compared with this one.
  bool compare = false;
};

/// What a bundle file says. "The rest" are the ballots not set apart.
struct BundleFacts {
  BallotRule rule;
  std::int64_t ballots = 0;
  Counts rest;                   ///< flags taken as confirmed; ballots with a `?` in neither figure
  bool rest_unreadable = false;  ///< some ballot of the rest has a `?`
  std::int64_t rest_flagged = 0;
  std::vector<std::uint32_t> rest_flagged_ballots;  ///< sorted; only when `compare`
  Digest rest_digest{};                             ///< of the rest, sorted by number; only when `compare`
  std::vector<std::optional<Reading>> apart;        ///< in the order of ReadingTask::apart
};

/// What is wrong with a bundle file, and in which line (0: the whole file).
struct BundleFault {
  Code code;
  std::uint64_t line = 0;
  Args args;
};

class BundleParser {
 public:
  explicit BundleParser(const ReadingTask& task);

  /// Purpose: the next bytes of the file. Returns: whether all is well so far; false once and for ever.
  bool feed(std::string_view bytes);

  /// Purpose: the end of the file has been reached. Returns: whether all is well.
  bool finish();

  /// Purpose: the fault, after feed or finish said false.
  [[nodiscard]] const BundleFault& fault() const { return *fault_; }

  /// Purpose: what the file says, after finish said true.
  [[nodiscard]] BundleFacts facts() && { return std::move(facts_); }

 private:
  bool fail(Code code, Args args = {});
  std::size_t take_plain_ballots(std::string_view bytes);
  bool take_line(std::string_view line);
  bool take_header(std::string_view line);
  bool take_ballot_line(std::string_view line);
  void take_ballot(std::uint32_t number, std::string_view marks, std::uint8_t flags, const MarkScan& scan);
  bool take_apart(std::uint32_t number, std::string_view marks, std::uint8_t flags);
  void keep_for_comparison(std::uint32_t number, std::string_view marks, std::uint8_t flags);
  bool numbers_are_unique();
  void digest_rest();

  ReadingTask task_;
  BundleFacts facts_;
  MarkPlanes planes_;
  std::string carried_;  ///< an unfinished line
  std::uint64_t line_ = 0;
  bool blank_seen_ = false;
  std::size_t next_apart_ = 0;
  std::vector<std::uint32_t> numbers_;
  bool ascending_ = true;
  std::string kept_;  ///< fixed-width copies of the rest, to be compared
  std::optional<BundleFault> fault_;
};

}  // namespace kp::verify
