// The file of a bundle on its way into the record: held to what its manifest says of it, and put there.
//
// A large one is read twice, piece by piece, so that memory does not depend on its size.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/file.h"
#include "base/result.h"
#include "contest/definition.h"
#include "intake/bundle_pieces.h"
#include "intake/manifest.h"
#include "record/record.h"

namespace kp {

/// Files of more bytes are read in pieces.
inline constexpr std::uint64_t kLargeFile = std::uint64_t{4} << 20U;

/// A file that is just what its manifest says.
struct BundleFile {
  std::string path;
  std::int64_t ballots = 0;
  std::optional<FileBytes> bytes;  ///< none of a file that was read in pieces
  std::string packed_rows;         ///< of the bytes that are here; "" when none are to be kept
  BundleSurvey survey;             ///< of a file that was read in pieces
};

/// Purpose: where findings say that a bundle is.
std::string bundle_place(const std::string& contest, const ManifestBundle& bundle);

/// Purpose: reads the file of a bundle. Touches nothing else, so several threads may do it at once.
/// Cost: memory of at most a few times kLargeFile, unless a large file is not plain (bundle_pieces.h).
/// Errors: file/… manifest/… csv/… bundle/digest bundle/count key/other-list
Result<BundleFile> read_bundle_file(const Contest& contest, const std::string& manifest_path,
                                    const ManifestBundle& bundle);

/// Purpose: puts a file into the record, with its packed rows.
/// Errors: those of the record; bundle/digest when a large file is no longer what it was.
Done put_bundle_file(Record& record, const Contest& contest, const ManifestBundle& bundle,
                     const BundleFile& file);

}  // namespace kp
