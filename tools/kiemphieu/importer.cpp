#include "kiemphieu/importer.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/digest.h"
#include "base/file.h"
#include "base/work_in_order.h"
#include "seal/seal.h"

namespace kp {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostSignatureBytes = 1U << 20U;

// Whether a manifest states a bundle otherwise than the record has it.
bool stated_otherwise(const BundlePass& known, const ManifestBundle& stated) {
  return known.ballots != stated.ballots || known.station != stated.station || known.by != stated.by ||
         known.method != stated.method || known.counted != stated.counted;
}

// A stick's files copied together make "manifest (1).json" beside "manifest.json".
Result<std::vector<std::string>> manifests_in(const fs::path& folder) {
  std::vector<std::string> manifests;
  std::error_code error;
  for (const fs::directory_entry& file : fs::directory_iterator(folder, error)) {
    const std::string name = file.path().filename().string();
    if (name.starts_with("manifest") && name.ends_with(".json") && file.is_regular_file(error)) {
      manifests.push_back(file.path().string());
    }
  }
  if (error) return finding(Code::file_unreadable, folder.string(), {meaning_of_error(error.value())});
  return manifests;
}

// Several bundles are in memory at once only while they are of the size of bundles.
std::size_t threads_for(const std::string& manifest_path, const std::vector<ManifestBundle>& bundles) {
  const fs::path folder = fs::path(manifest_path).parent_path();
  const bool large = std::any_of(bundles.begin(), bundles.end(), [&](const ManifestBundle& bundle) {
    std::error_code error;
    const std::uint64_t size = fs::file_size(folder / bundle.file, error);
    return !error && size > kLargeFile;
  });
  return large ? 1 : threads_here(3);
}

}  // namespace

Result<std::vector<std::string>> find_manifests(const std::vector<std::string>& words) {
  std::vector<std::string> manifests;
  for (const std::string& word : words) {
    std::error_code error;
    if (!fs::is_directory(word, error)) {
      manifests.push_back(word);
      continue;
    }
    std::vector<fs::path> folders = {word};
    for (const fs::directory_entry& inner : fs::directory_iterator(word, error)) {
      if (inner.is_directory(error)) folders.push_back(inner.path());
    }
    std::vector<std::string> found;
    for (const fs::path& folder : folders) {
      const Result<std::vector<std::string>> more = manifests_in(folder);
      if (!more) return more.findings();
      found.insert(found.end(), more->begin(), more->end());
    }
    if (found.empty()) return finding(Code::import_no_manifest, word);
    std::sort(found.begin(), found.end());
    manifests.insert(manifests.end(), found.begin(), found.end());
  }
  return manifests;
}

Access access_for(const std::vector<std::string>& manifests) {
  constexpr std::uint64_t kMuch = std::uint64_t{16} << 20U;
  std::set<fs::path> folders;
  for (const std::string& manifest : manifests) folders.insert(fs::path(manifest).parent_path());
  std::uint64_t bytes = 0;
  for (const fs::path& folder : folders) {
    std::error_code error;
    for (const fs::directory_entry& file : fs::directory_iterator(folder.empty() ? "." : folder, error)) {
      const std::uint64_t size = file.path().extension() == ".csv" ? file.file_size(error) : 0;
      if (!error) bytes += size;
    }
  }
  return bytes > kMuch ? Access::write_much : Access::write;
}

Importer::Importer(Session& session, People given, Progress progress)
    : session_(session), given_(std::move(given)), progress_(std::move(progress)) {
  for (const ContestHistory& contest : session_.history().contests) {
    for (const auto& [bundle, passes] : contest.bundles) {
      for (const auto& [number, pass] : passes) {
        if (!pass.retracted) first_seen_[pass.sha256].emplace(contest.contest.id, bundle);
      }
    }
  }
}

Result<Importer::Opened> Importer::open(const std::string& path) const {
  const History& history = session_.history();
  Opened opened;
  opened.path = path;
  Result<std::string> bytes = read_file(path, kMostManifestBytes);
  if (!bytes) return bytes.findings();
  opened.bytes = std::move(bytes).value();
  opened.digest = sha256_hex(opened.bytes);
  Result<Manifest> manifest = parse_manifest(opened.bytes, path);
  if (!manifest) return manifest.findings();
  opened.manifest = std::move(manifest).value();
  if (opened.manifest.congress != history.congress.id) {
    return finding(Code::manifest_other_congress, path, {opened.manifest.congress, history.congress.id});
  }
  const Result<const ContestHistory*> contest = find_contest(history, opened.manifest.contest);
  if (!contest) return contest.findings();
  opened.contest = *contest;

  std::error_code error;
  if (fs::exists(path + ".p7s", error)) {
    Result<std::string> p7s = read_file(path + ".p7s", kMostSignatureBytes);
    if (!p7s) return p7s.findings();
    opened.p7s = std::move(p7s).value();
    const Result<std::vector<Certificate>> signers = read_signers(opened.bytes, opened.p7s, path + ".p7s");
    if (!signers) return signers.findings();
    for (const Certificate& signer : *signers) opened.signers.push_back(signer.digest);
    std::sort(opened.signers.begin(), opened.signers.end());
  }
  const Board& board = board_of(history.congress, opened.contest->contest);
  Result<People> by = resolve_people(history.congress, board, given_);
  if (!by) return by.findings();
  opened.by = std::move(by).value();
  return opened;
}

void Importer::take(const std::string& manifest_path) {
  const Result<Opened> opened = open(manifest_path);
  if (!opened) {
    add(findings_, opened.findings());
    return;
  }
  const fs::path folder = fs::path(manifest_path).parent_path();
  folders_.insert(folder.empty() ? "." : folder.string());
  for (const ManifestBundle& bundle : opened->manifest.bundles) {
    listed_.insert((folder / bundle.file).lexically_normal().string());
  }
  const std::vector<ManifestBundle>& bundles = opened->manifest.bundles;
  std::vector<Admission> admissions;
  for (const ManifestBundle& bundle : bundles) admissions.push_back(admit(*opened, bundle));
  const auto read = [&](std::size_t i) -> std::optional<Result<BundleFile>> {
    if (!admissions[i].fresh) return std::nullopt;
    return read_bundle_file(opened->contest->contest, manifest_path, bundles[i]);
  };
  work_in_order(bundles.size(), threads_for(manifest_path, bundles), read,
                [&](std::size_t i, const std::optional<Result<BundleFile>>& file) {
                  add(findings_, admissions[i].findings);
                  if (file) take_bundle(*opened, bundles[i], *file);
                  if (progress_) progress_(i + 1, bundles.size());
                });
}

void Importer::warn_of_unlisted() {
  std::vector<std::string> unlisted;
  for (const std::string& folder : folders_) {
    std::error_code error;
    for (const fs::directory_entry& file : fs::directory_iterator(folder, error)) {
      const std::string path = file.path().lexically_normal().string();
      if (file.path().extension() == ".csv" && !listed_.contains(path)) unlisted.push_back(path);
    }
  }
  std::sort(unlisted.begin(), unlisted.end());
  for (const std::string& path : unlisted) findings_.push_back(finding(Code::import_unlisted_file, path));
}

void Importer::tell_of_retracted() {
  const Severity severity = entered_ > 0 ? Severity::warning : Severity::error;
  for (Finding& found : retracted_) found.severity = severity;
  add(findings_, std::move(retracted_));
}

Importer::Admission Importer::admit(const Opened& opened, const ManifestBundle& bundle) {
  const ContestHistory& contest = *opened.contest;
  const std::string where = bundle_place(contest.contest.id, bundle);
  const std::string pass = std::to_string(bundle.pass);
  const auto [known, first] =
      taken_.emplace(std::tuple(contest.contest.id, bundle.bundle, bundle.pass), bundle.sha256);
  if (!first) {
    if (known->second != bundle.sha256) return {false, {finding(Code::bundle_other_bytes, where, {pass})}};
    ++there_;
    return {};
  }
  switch (bundle_status(contest, bundle)) {
    case BundleStatus::retracted:
      if (contest.bundles.at(bundle.bundle).at(bundle.pass).sha256 != bundle.sha256)
        return {false, {finding(Code::bundle_retracted, where, {pass})}};
      retracted_.push_back(finding(Code::bundle_retracted, where, {pass}));
      return {};
    case BundleStatus::other_bytes:
      return {false, {finding(Code::bundle_other_bytes, where, {pass})}};
    case BundleStatus::there:
      ++there_;
      if (!stated_otherwise(contest.bundles.at(bundle.bundle).at(bundle.pass), bundle)) return {};
      return {false, {finding(Code::bundle_kept_as_recorded, where, {pass})}};
    case BundleStatus::fresh:
      break;
  }
  Findings closed = check_open_to_change(contest);
  const bool fresh = closed.empty();
  return {fresh, std::move(closed)};
}

void Importer::take_bundle(const Opened& opened, const ManifestBundle& bundle,
                           const Result<BundleFile>& file) {
  if (!file) return add(findings_, file.findings());
  const std::string& contest = opened.contest->contest.id;
  warn_of_same_bytes(contest, bundle);
  if (bundle.counted && *bundle.counted != file->ballots) {
    findings_.push_back(warning(
        Code::gate_counted, bundle_place(contest, bundle),
        {std::to_string(*bundle.counted), std::to_string(file->ballots), std::to_string(bundle.pass)}));
  }
  // With an error among the findings nothing will be committed; the rest is only read to name all faults at
  // once.
  if (has_error(findings_)) return;
  if (Done entered = enter(opened, bundle, *file); !entered) return add(findings_, entered.findings());
  ++entered_;
  ballots_ += file->ballots;
}

Done Importer::enter(const Opened& opened, const ManifestBundle& bundle, const BundleFile& file) {
  if (Done kept = keep_manifest(opened); !kept) return kept;
  if (Done stored = put_bundle_file(session_.record(), opened.contest->contest, bundle, file); !stored)
    return stored;
  return session_.append(enter_bundle(*opened.contest, {bundle, opened.digest, opened.signers}, opened.by));
}

Done Importer::keep_manifest(const Opened& opened) {
  if (!kept_manifests_.insert(opened.digest).second) return done();
  if (Done stored = session_.record().put_blob(opened.digest, opened.bytes); !stored) return stored;
  if (opened.p7s.empty()) return done();
  return session_.record().put_beside(opened.digest, opened.p7s);
}

void Importer::warn_of_same_bytes(const std::string& contest, const ManifestBundle& bundle) {
  std::map<std::string, std::string>& seen = first_seen_[bundle.sha256];
  const auto [here, fresh] = seen.emplace(contest, bundle.bundle);
  std::string same = here->second == bundle.bundle ? "" : here->second;
  const auto elsewhere =
      std::ranges::find_if(seen, [&](const auto& place) { return place.first != contest; });
  if (fresh && elsewhere != seen.end()) same = fmt::format("{}/{}", elsewhere->first, elsewhere->second);
  if (same.empty()) return;
  findings_.push_back(finding(Code::bundle_same_bytes, bundle_place(contest, bundle), {std::move(same)}));
}

}  // namespace kp
