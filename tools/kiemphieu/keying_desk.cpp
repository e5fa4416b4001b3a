#include "kiemphieu/keying_desk.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "base/text.h"

namespace kp {
namespace {

std::string csv_of(const std::string& folder, const KeyingTask& task) {
  return fmt::format("{}/{}-{}.csv", folder, task.bundle, task.pass);
}

std::string manifest_of(const std::string& folder) {
  return folder + "/manifest.json";
}

// What was handed over into this folder before must leave room for this pass.
Findings check_handed_over(const std::string& folder, const PackFor& pack_for, const KeyingTask& task) {
  const Result<Manifest> manifest =
      manifest_to_extend(manifest_of(folder), pack_for.congress.id, pack_for.contest.id);
  if (!manifest) return manifest.findings();
  for (const ManifestBundle& known : manifest->bundles) {
    if (known.bundle != task.bundle) continue;
    if (known.pass == task.pass) {
      return {finding(Code::key_done, folder,
                      {known.bundle, std::to_string(known.pass), std::to_string(known.ballots)})};
    }
    Findings same = check_independent(pack_for.contest.id, task, known.pass, known.station, known.by);
    if (!same.empty()) return same;
  }
  return {};
}

}  // namespace

Result<FolderLock> FolderLock::take(const std::string& folder) {
  FolderLock lock(Descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)));
  if (!lock.folder_.is_open()) return finding(Code::file_unreadable, folder, {meaning_of_error(errno)});
  // A file system that knows no locks is taken as it is: most have one keyer a folder anyway.
  if (::flock(lock.folder_.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    return finding(Code::key_busy, folder);
  return lock;
}

Findings check_independent(const std::string& contest, const KeyingTask& task, std::int64_t pass,
                           const std::string& station, const std::string& by) {
  const std::string where = fmt::format("{}/{}", contest, task.bundle);
  Findings findings;
  if (!by.empty() && name_key(by) == name_key(task.by)) {
    findings.push_back(
        finding(Code::gate_same_person, where, {std::to_string(pass), std::to_string(task.pass), task.by}));
  }
  if (station == task.station) {
    findings.push_back(finding(Code::gate_same_station, where,
                               {std::to_string(pass), std::to_string(task.pass), task.station}));
  }
  return findings;
}

std::string session_file_of(const std::string& csv) {
  return std::filesystem::path(csv).replace_extension(".keying").string();
}

KeyingDesk::KeyingDesk(FolderLock lock, std::string folder, const PackFor& pack_for, KeyedBundle bundle)
    : lock_(std::move(lock)), folder_(std::move(folder)), pack_for_(&pack_for), bundle_(std::move(bundle)) {}

Result<KeyingDesk> KeyingDesk::open(const std::string& folder, const PackFor& pack_for, KeyingTask task) {
  if (Done made = make_folder(folder); !made) return made.findings();
  Result<FolderLock> lock = FolderLock::take(folder);
  if (!lock) return lock.findings();
  if (Findings found = check_handed_over(folder, pack_for, task); !found.empty()) return found;
  const std::string path = session_file_of(csv_of(folder, task));
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    return KeyingDesk(std::move(lock).value(), folder, pack_for,
                      KeyedBundle(pack_for.contest, std::move(task)));
  }
  const Result<std::string> bytes = read_file(path, kMostBundleBytes);
  if (!bytes) return bytes.findings();
  Result<KeyedBundle> bundle = KeyedBundle::resume(*bytes, path, pack_for.contest, std::move(task));
  if (!bundle) return bundle.findings();
  return KeyingDesk(std::move(lock).value(), folder, pack_for, std::move(bundle).value());
}

Reaction KeyingDesk::enter(std::string_view line) {
  KeyedBundle next = bundle_;
  Reaction reaction = next.enter(line);
  if (reaction.became == Became::recorded || reaction.became == Became::removed) {
    const Done saved = write_file(session_file_of(csv_of(folder_, next.task())), next.file_bytes());
    if (!saved) return {Became::refused, saved.findings().front()};
  }
  bundle_ = std::move(next);
  return reaction;
}

Result<ManifestBundle> KeyingDesk::hand_over() const {
  const KeyingTask& task = bundle_.task();
  const std::string csv = csv_of(folder_, task);
  if (Done written = write_file(csv, bundle_.csv()); !written) return written.findings();
  ManifestBundle stated;
  stated.bundle = task.bundle;
  stated.pass = task.pass;
  stated.station = task.station;
  stated.by = task.by;
  stated.method = "keyed";
  stated.counted = task.counted;
  return pack_bundle(*pack_for_, csv, manifest_of(folder_), std::move(stated));
}

}  // namespace kp
