#include "kiemphieu/packing.h"

#include <algorithm>
#include <cctype>
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

Result<Congress> read_congress(const std::string& path) {
  const Result<std::string> bytes = read_file(path, kMostDefinitionBytes);
  if (!bytes) return bytes.findings();
  return parse_congress(*bytes, path);
}

// What the file says of itself, beside what is stated of it.
Result<ManifestBundle> read_to_pack(const Contest& contest, const FileToPack& file,
                                    const std::string& manifest) {
  Result<std::string> name = name_in_manifest(file.csv, manifest);
  if (!name) return name.findings();
  const Result<std::string> bytes = read_file(file.csv, kMostBundleBytes);
  if (!bytes) return bytes.findings();
  const Result<Ballots> ballots = parse_ballots(*bytes, file.csv, {contest.ballot, contest.rows.size()});
  if (!ballots) return ballots.findings();
  ManifestBundle read = file.stated;
  read.file = std::move(name).value();
  read.sha256 = sha256_hex(*bytes);
  read.ballots = static_cast<std::int64_t>(ballots->size());
  return read;
}

// The bundle as the manifest has it now.
Result<ManifestBundle> enter(Manifest& manifest, const ManifestBundle& read, const std::string& path) {
  for (const ManifestBundle& known : manifest.bundles) {
    if (known.bundle != read.bundle || known.pass != read.pass) continue;
    if (known.sha256 == read.sha256) return known;
    return finding(Code::manifest_duplicate_bundle, path, {read.bundle, std::to_string(read.pass)});
  }
  manifest.bundles.push_back(read);
  return read;
}

}  // namespace

std::optional<std::string> next_bundle(std::string bundle) {
  for (std::size_t at = bundle.size();
       at > 0 && std::isdigit(static_cast<unsigned char>(bundle[at - 1])) != 0; --at) {
    if (bundle[at - 1] != '9') {
      ++bundle[at - 1];
      return bundle;
    }
    bundle[at - 1] = '0';
  }
  return std::nullopt;
}

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

Result<std::vector<std::string>> contests_to_pack(const std::string& path) {
  std::vector<std::string> ids;
  if (is_record(path)) {
    const Result<Session> session = Session::open(path, Access::read);
    if (!session) return session.findings();
    for (const ContestHistory& contest : session->history().contests) ids.push_back(contest.contest.id);
    return ids;
  }
  const Result<Congress> congress = read_congress(path);
  if (!congress) return congress.findings();
  for (const Contest& contest : congress->contests) ids.push_back(contest.id);
  return ids;
}

Result<PackFor> contest_to_pack(const std::string& path, const std::string& id) {
  if (is_record(path)) {
    const Result<Session> session = Session::open(path, Access::read);
    if (!session) return session.findings();
    const Result<const ContestHistory*> contest = find_contest(session->history(), id);
    if (!contest) return contest.findings();
    return PackFor{session->history().congress, (*contest)->contest, **contest, session->history().closed};
  }
  const Result<Congress> congress = read_congress(path);
  if (!congress) return congress.findings();
  std::string ids;
  for (const Contest& contest : congress->contests) {
    if (contest.id == id) return PackFor{*congress, contest, {}, false};
    ids += (ids.empty() ? "" : ", ") + contest.id;
  }
  return finding(Code::contest_unknown, id, {ids.empty() ? "-" : ids});
}

Result<std::vector<ManifestBundle>> pack_bundles(const PackFor& pack_for, const std::string& manifest_path,
                                                 const std::vector<FileToPack>& files) {
  Result<Manifest> manifest = manifest_to_extend(manifest_path, pack_for.congress.id, pack_for.contest.id);
  if (!manifest) return manifest.findings();
  Findings findings;
  std::vector<ManifestBundle> packed;
  const std::size_t before = manifest->bundles.size();
  for (const FileToPack& file : files) {
    Result<ManifestBundle> read = read_to_pack(pack_for.contest, file, manifest_path);
    Result<ManifestBundle> entered = read ? enter(*manifest, *read, manifest_path) : read.findings();
    if (entered) {
      packed.push_back(std::move(entered).value());
    } else {
      add(findings, entered.findings());
    }
  }
  if (!findings.empty()) return findings;
  if (manifest->bundles.size() == before) return packed;
  // What was typed is held to the schema like any other manifest before it is written.
  const std::string extended = manifest_bytes(*manifest);
  if (const Result<Manifest> good = parse_manifest(extended, manifest_path); !good) return good.findings();
  if (Done written = write_file(manifest_path, extended); !written) return written.findings();
  return packed;
}

Result<ManifestBundle> pack_bundle(const PackFor& pack_for, const std::string& csv,
                                   const std::string& manifest, ManifestBundle stated) {
  Result<std::vector<ManifestBundle>> packed = pack_bundles(pack_for, manifest, {{csv, std::move(stated)}});
  if (!packed) return packed.findings();
  return std::move(packed->front());
}

}  // namespace kp
