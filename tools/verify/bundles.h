// The bundle files: each read once, digested, parsed and counted, one at a time.
#pragma once

#include <cstdint>
#include <functional>

#include "verify/dossier.h"
#include "verify/faults.h"
#include "verify/survey.h"

namespace kp::verify {

/// Told how many bytes of how many have been gone through.
using Progress = std::function<void(std::uint64_t bytes, std::uint64_t of)>;

/// The largest bundle that can have been imported (formats.md §3).
inline constexpr std::uint64_t kMostBundleBytes = std::uint64_t{512} << 20U;

/// Purpose: reads every bundle file that the record names and gives each pass its facts.
/// Promise: one file at a time, in pieces; a file's facts are given only when its digest is the one recorded.
/// Errors: dossier/missing-file dossier/digest dossier/bundle-… (bundles/….csv:line) file/…, into `faults`.
/// Cost: linear in the files.
void read_bundles(Dossier& dossier, Survey& survey, Faults& faults, const Progress& progress);

}  // namespace kp::verify
