#include "kiemphieu/packing.h"

#include <algorithm>
#include <filesystem>

#include "base/digest.h"
#include "base/file.h"
#include "contest/definition.h"
#include "intake/csv.h"
#include "kiemphieu/session.h"

namespace kp {
namespace {

// How the manifest names the CSV: relative to the manifest's own folder.
Result<std::string> name_in_manifest(const std::string& csv, const std::string& manifest) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path folder = fs::weakly_canonical(fs::absolute(manifest), error).parent_path();
  const std::string name =
      fs::weakly_canonical(fs::absolute(csv), error).lexically_relative(folder).generic_string();
  if (error || !is_inner_path(name)) return finding(Code::pack_outside_folder, csv);
  return name;
}

}  // namespace

Result<Manifest> manifest_to_extend(const std::string& path, const std::string& congress,
                                    const std::string& contest) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return Manifest{congress, contest, {}};
  const Result<std::string> bytes = read_file(path, kMostManifestBytes);
  if (!bytes) return bytes.findings();
  Result<Manifest> manifest = parse_manifest(*bytes, path);
  if (manifest && (manifest->congress != congress || manifest->contest != contest)) {
    return finding(Code::pack_other_contest, path, {manifest->congress, manifest->contest});
  }
  return manifest;
}

Result<PackFor> contest_to_pack(const std::string& path, const std::string& id) {
  if (is_record(path)) {
    const Result<Session> session = Session::open(path, Access::read);
    if (!session) return session.findings();
    const Result<const ContestHistory*> contest = find_contest(session->history(), id);
    if (!contest) return contest.findings();
    return PackFor{session->history().congress, (*contest)->contest, **contest, session->history().closed};
  }
  const Result<std::string> bytes = read_file(path, kMostDefinitionBytes);
  if (!bytes) return bytes.findings();
  const Result<Congress> congress = parse_congress(*bytes, path);
  if (!congress) return congress.findings();
  std::string ids;
  for (const Contest& contest : congress->contests) {
    if (contest.id == id) return PackFor{*congress, contest, {}, false};
    ids += (ids.empty() ? "" : ", ") + contest.id;
  }
  return finding(Code::contest_unknown, id, {ids.empty() ? "-" : ids});
}

Result<ManifestBundle> pack_bundle(const PackFor& pack_for, const std::string& csv,
                                   const std::string& manifest_path, ManifestBundle stated) {
  Result<Manifest> manifest = manifest_to_extend(manifest_path, pack_for.congress.id, pack_for.contest.id);
  if (!manifest) return manifest.findings();
  Result<std::string> name = name_in_manifest(csv, manifest_path);
  if (!name) return name.findings();
  stated.file = std::move(name).value();
  const Result<std::string> bytes = read_file(csv, kMostBundleBytes);
  if (!bytes) return bytes.findings();
  const Contest& contest = pack_for.contest;
  const Result<Ballots> ballots = parse_ballots(*bytes, csv, {contest.ballot, contest.rows.size()});
  if (!ballots) return ballots.findings();
  stated.sha256 = sha256_hex(*bytes);
  stated.ballots = static_cast<std::int64_t>(ballots->size());

  for (const ManifestBundle& known : manifest->bundles) {
    if (known.bundle != stated.bundle || known.pass != stated.pass) continue;
    if (known.sha256 == stated.sha256) return known;
    return finding(Code::manifest_duplicate_bundle, manifest_path,
                   {stated.bundle, std::to_string(stated.pass)});
  }
  manifest->bundles.push_back(stated);
  // What was typed is held to the schema like any other manifest before it is written.
  const std::string extended = manifest_bytes(*manifest);
  if (const Result<Manifest> good = parse_manifest(extended, manifest_path); !good) return good.findings();
  if (Done written = write_file(manifest_path, extended); !written) return written.findings();
  return stated;
}

}  // namespace kp
