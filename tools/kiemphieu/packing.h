// From a CSV on disk to its place in a manifest; what `pack` and `key` share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "contest/congress.h"
#include "intake/manifest.h"
#include "proceedings/history.h"

namespace kp {

/// What a bundle is packed for.
struct PackFor {
  Congress congress;
  Contest contest;
  std::optional<ContestHistory> so_far;  ///< what happened to it; nothing where a definition file was named
  bool closed = false;                   ///< the record takes nothing more
};

/// Purpose: the contest as a definition file has it, or as a record has it now: what the evening decided is
/// only there.
/// Errors: those of read_file and parse_congress, or of Session::open; contest/unknown
Result<PackFor> contest_to_pack(const std::string& path, const std::string& id);

/// Purpose: the ids of all contests of a definition file or of a record.
/// Errors: those of read_file and parse_congress, or of Session::open
Result<std::vector<std::string>> contests_to_pack(const std::string& path);

/// Purpose: the bundle behind one that is counted up: "02" behind "01". Nothing where there is no number to
/// count up.
std::optional<std::string> next_bundle(std::string bundle);

/// Purpose: the manifest at `path`, or a new one for this contest when there is none yet.
/// Errors: pack/other-contest; those of read_file and parse_manifest
Result<Manifest> manifest_to_extend(const std::string& path, const std::string& congress,
                                    const std::string& contest);

/// A file that is to stand in a manifest, as `stated`: bundle, pass, station, by, method and counted.
struct FileToPack {
  std::string csv;
  ManifestBundle stated;
};

/// Purpose: enters files into the manifest at `manifest`, which is made when it is not there yet: all of them
/// or none. The same bundle and pass with the same bytes again changes nothing. Returns: what was stated with
/// file, digest and number of ballots, as it now stands in the manifest. Errors: pack/other-contest
/// pack/outside-folder manifest/duplicate-bundle; those of read_file, parse_ballots, parse_manifest and
/// write_file
Result<std::vector<ManifestBundle>> pack_bundles(const PackFor& pack_for, const std::string& manifest,
                                                 const std::vector<FileToPack>& files);

/// Purpose: the same with one file.
Result<ManifestBundle> pack_bundle(const PackFor& pack_for, const std::string& csv,
                                   const std::string& manifest, ManifestBundle stated);

}  // namespace kp
