// manifest.json: which files are the bundles of a contest, with their digests (contract §4).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kp {

inline constexpr std::uint64_t kMostManifestBytes = 64U << 20U;

/// One reading of one bundle, as the manifest states it.
struct ManifestBundle {
  std::string bundle;
  std::string file;  ///< relative to the manifest's folder
  std::string sha256;
  std::int64_t ballots = 0;
  std::int64_t pass = 1;
  std::string station;
  std::string by;  ///< who keyed; "" when not given
  std::string method;
  std::optional<std::int64_t> counted;  ///< sheets counted by hand before reading
};

struct Manifest {
  std::string congress;
  std::string contest;
  std::vector<ManifestBundle> bundles;
};

/// Purpose: a manifest from its bytes.
/// Errors: json/… schema/… manifest/path manifest/duplicate-bundle people/missing (where = file#pointer, or
/// file:line:column)
Result<Manifest> parse_manifest(std::string_view bytes, const std::string& file);

/// Purpose: the bytes of a manifest, canonical.
std::string manifest_bytes(const Manifest& manifest);

/// Purpose: whether `file` names something at or below the manifest's folder by its words alone: relative,
/// without "..", "\" or an empty step; a "." step leads nowhere and is fine. Links are judged where the file
/// is opened (path_within).
bool is_inner_path(std::string_view file);

/// Purpose: the path of `file` as the manifest at `manifest_path` means it.
/// Errors: manifest/path when a link on the way leads out of the manifest's folder.
Result<std::string> path_within(const std::string& manifest_path, const std::string& file);

}  // namespace kp
