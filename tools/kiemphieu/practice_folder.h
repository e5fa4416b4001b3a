// The folder that mock wrote, read back for training: definition, box, and one reading of each bundle.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ballots/ballots.h"
#include "contest/congress.h"
#include "intake/manifest.h"
#include "kiemphieu/arguments.h"
#include "mock/plants.h"

namespace kp {

struct PracticeBundle {
  ManifestBundle stated;
  Ballots ballots;
};

struct PracticeContest {
  Contest contest;  ///< as it was on the ballots
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

/// Purpose: where the answers of the material in `folder` stand: as --answers says, else in it.
std::string answers_path(const Arguments& arguments, const std::string& folder);

/// An answers file: its bytes, and what they say.
struct AnswersFile {
  std::string bytes;
  Json json;
};

/// Purpose: an answers file as `mock` wrote it. Errors: drill/no-answers; those of files and of JSON
Result<AnswersFile> read_answers(const std::string& path);

/// Purpose: whether the file at `path` can be read and holds answers. It is known by what it says: a copy
/// under another name is one too.
bool is_answers_file(const std::string& path);

}  // namespace kp
