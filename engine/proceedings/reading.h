// The passes of one bundle as they stand now: as they were read, then corrected, then ruled (docs/formats.md
// §6).
//
// One bundle at a time, so that memory does not grow with the number of bundles.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "ballots/ballots.h"
#include "base/result.h"
#include "proceedings/history.h"

namespace kp {

/// Fetches what there is of a bundle; several threads may fetch at once.
struct FetchBundle {
  /// The file with this digest, held to it.
  std::function<Result<std::string>(const std::string& sha256)> file;
  /// The packed rows that the record keeps beside that file; "" when it keeps none. Nobody vouches for them.
  std::function<Result<std::string>(const std::string& sha256)> packed_rows = [](const auto&) {
    return std::string();
  };
};

struct PassReading {
  const BundlePass* pass = nullptr;
  Ballots ballots;
  std::map<std::uint32_t, Flags> flags_in_file;  ///< of the ballots that were corrected
};

struct BundleReading {
  std::string bundle;
  std::vector<PassReading> passes;  ///< those in force, by pass number; at least one
};

/// Purpose: a bundle as its passes in force read it now.
/// In: `bundle` has a pass in force.
/// Errors: those of `fetch`; csv/… when the stored file is no bundle of this contest
Result<BundleReading> read_bundle(const ContestHistory& contest, const std::string& bundle,
                                  const FetchBundle& fetch);

/// Purpose: one pass as its file has it, before corrections and rulings.
/// Promise: what the file with the digest in the pass's entry says, be it read from packed rows or itself.
Result<Ballots> read_pass(const ContestHistory& contest, const BundlePass& pass, const FetchBundle& fetch);

/// A ballot that the passes of its bundle do not read alike.
struct Difference {
  std::uint32_t ballot = 0;
  std::uint32_t row = 0;  ///< number on the list; 0 for the flags, or the ballot as a whole
  std::vector<std::string>
      readings;  ///< one a pass: the letter, the flags, or "" where the ballot is missing
};

/// Purpose: every place where the passes differ, by ballot and row. Cost: linear in the ballots.
std::vector<Difference> differences(const BundleReading& reading);

/// A ballot that waits for the board.
struct Doubt {
  std::uint32_t ballot = 0;
  bool unreadable = false;   ///< some mark is "?"
  bool unconfirmed = false;  ///< some flag is not confirmed
};

/// Purpose: the ballots of a bundle that are doubtful, in order of their numbers.
std::vector<Doubt> doubts(const ContestHistory& contest, const BundleReading& reading);

/// Ballots with a ruling in force.
struct RulingTally {
  std::int64_t ballots = 0;
  std::int64_t not_issued = 0;  ///< those ruled not to have been issued

  RulingTally& operator+=(const RulingTally& more);
};

/// Purpose: the rulings in force in a bundle: those on ballots that some pass in force has.
RulingTally rulings_in_force(const ContestHistory& contest, const BundleReading& reading);

/// Purpose: the same of all bundles.
/// Errors: those of read_bundle
/// Cost: reads only bundles that have a ruling and a retracted pass; elsewhere the ballot is surely there.
Result<RulingTally> rulings_in_force(const ContestHistory& contest, const FetchBundle& fetch);

}  // namespace kp
