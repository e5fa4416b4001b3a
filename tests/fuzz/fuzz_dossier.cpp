// A whole dossier. Whatever the folder holds, verification ends, says so in every form it has, and calls
// nothing sound in which it found an error.
//
// The input is the files one after the other, each behind a line "=== name". <name> in a later file stands
// for the digest of the file called so (the part behind the last slash); files of bundles/ and manifests/
// take the digest as their name, so that a changed bundle stays one that its manifest and the record mean.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "base/digest.h"
#include "fuzz/fuzz.h"
#include "verify/auditor.h"
#include "verify/reader.h"
#include "verify/report.h"
#include "verify/verify.h"

using namespace kp;

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 32;

/// A folder of this process in memory, emptied for each input.
class Folder {
 public:
  Folder() {
    const fs::path memory = fs::exists("/dev/shm") ? "/dev/shm" : fs::temp_directory_path();
    path_ = memory / ("kp-fuzz-" + std::to_string(::getpid()));
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }

  void put(const std::string& name, std::string_view bytes) const {
    const fs::path file = path_ / name;
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

// The names a dossier can have files of; others are judged by the folder's listing alone, which needs no
// fuzzing.
bool is_plain(std::string_view name) {
  const std::string_view folder = name.substr(0, name.find('/') + 1);
  const std::string_view rest = name.substr(folder.size());
  const bool known = folder.empty() || folder == "bundles/" || folder == "manifests/" || folder == "results/";
  return known && !rest.empty() && rest.size() < 80 &&
         rest.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string_view::npos &&
         rest.front() != '.';
}

std::string with_digests(std::string_view bytes, const std::map<std::string, std::string>& digests) {
  std::string text(bytes);
  for (const auto& [name, digest] : digests) {
    const std::string mark = "<" + name + ">";
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
      text.replace(at, mark.size(), digest);
  }
  return text;
}

void lay_out(std::string_view input, const Folder& folder) {
  constexpr std::string_view kStart = "=== ";
  std::map<std::string, std::string> digests;
  for (std::size_t files = 0; input.starts_with(kStart) && files < kMostFiles; ++files) {
    auto [line, rest] = fuzz::split_line(input);
    const std::size_t next = rest.starts_with(kStart) ? 0 : rest.find("\n=== ");
    const std::size_t end = next == std::string_view::npos ? rest.size() : next;
    std::string name(line.substr(kStart.size()));
    input = rest.substr(std::min(rest.size(), end + (end == 0 ? 0 : 1)));
    if (!is_plain(name)) continue;
    const std::string bytes = with_digests(rest.substr(0, end), digests);
    const std::string digest = sha256_hex(bytes);
    const std::size_t slash = name.find('/') + 1;
    digests[name.substr(slash)] = digest;
    const bool by_digest = name.starts_with("bundles/") || name.starts_with("manifests/");
    if (by_digest) name = name.substr(0, slash) + digest + name.substr(std::min(name.size(), name.find('.')));
    folder.put(name, bytes);
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Folder folder;
  lay_out(fuzz::bytes_of(data, size), folder);
  verify::Request request;
  request.dossier = folder.path();
  request.unsigned_ok = true;
  request.without_minutes = true;
  request.account = true;
  const verify::Report report = verify::verify(request);
  KP_ASSERT(report.ok() != has_error(report.findings));
  KP_ASSERT(report.level <= verify::Assurance::consistent || report.level == verify::Assurance::signatures);
  for (const Language language : {Language::vi, Language::en}) {
    KP_ASSERT(!verify::report_text(report, "dossier", language).empty());
    KP_ASSERT(!verify::auditor_report(report, "dossier", language).empty());
    std::string json = verify::report_json(report, language);
    json.pop_back();
    KP_ASSERT(verify::read_json(json, {"report", 1}, verify::Form::canonical).ok());
  }
  return 0;
}
