// The folder that mock wrote, read back for training: definition, box, and one reading of each bundle.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ballots/ballots.h"
#include "contest/congress.h"
#include "intake/manifest.h"
#include "mock/plants.h"

namespace kp {

struct PracticeBundle {
  ManifestBundle stated;
  Ballots ballots;
};

struct PracticeContest {
  std::string id;
  std::int64_t issued = 0;
  std::int64_t returned = 0;
  std::vector<PracticeBundle> bundles;  ///< each once, as its first pass read it, in the manifest's order
};

struct PracticeFolder {
  Congress congress;
  std::vector<PracticeContest> contests;  ///< those that have a folder with a manifest
};

/// Purpose: the practice election in `folder`, or only its contest `only`, as its paper was: with what is
/// `planted` taken back. A misprinted or overlong list is right on the ballots, a typist's error is not on
/// them, and a stack that was entered twice lies there once.
/// Promise: never an official one.
/// Errors: drill/official drill/no-material contest/unknown; those of the definition, the manifest and the
///         bundles. A bundle whose bytes are not the manifest's is a warning in `notes`: drill/other-bytes
Result<PracticeFolder> read_practice_folder(const std::string& folder, const std::string& only,
                                            const std::vector<Planted>& planted, Findings& notes);

/// Purpose: the practice congress in `folder`. Errors: drill/official; those of the definition
Result<Congress> read_practice_congress(const std::string& folder);

}  // namespace kp
