// A folder of bundle files whose names say what they are → one manifest.
//
//   B01.csv                bundle B01, pass 1
//   B01-2.csv  B01.p2.csv  bundle B01, pass 2; with a hyphen only where the bundle's own name ends in a digit
//   and
//                          the pass is one digit: A-2.csv could as well be bundle A-2 and is refused
#pragma once

#include <string>

#include "kiemphieu/packing.h"

namespace kp {

/// Which bundle and pass a file holds.
struct BundleName {
  std::string bundle;
  std::int64_t pass = 1;
};

/// Purpose: what a file's name says. Errors: pack/file-name pack/ambiguous (where = path)
Result<BundleName> bundle_name_of(const std::string& path);

/// Purpose: the files of `folder` for pack_bundles: every .csv in it that `manifest` does not list already.
/// In: `common` says station, by and method of all of them; without a station it is the pass's number.
/// Errors: pack/no-files pack/same-pass; those of bundle_name_of; all at once
Result<std::vector<FileToPack>> files_to_pack(const std::string& folder, const Manifest& manifest,
                                              const ManifestBundle& common);

}  // namespace kp
