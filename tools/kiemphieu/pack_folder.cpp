#include "kiemphieu/pack_folder.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <set>

#include "base/finding.h"

namespace kp {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostBundleLetters = 16;
constexpr std::string_view kDigits = "0123456789";

bool is_bundle(std::string_view name) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-";
  return !name.empty() && name.size() <= kMostBundleLetters &&
         name.find_first_not_of(kLetters) == std::string::npos;
}

bool is_digit(char c) {
  return kDigits.find(c) != std::string_view::npos;
}

// "B01.p2" → B01 and 2.
std::optional<BundleName> with_pass_named(const std::string& stem) {
  const std::size_t dot = stem.rfind(".p");
  if (dot == std::string::npos) return std::nullopt;
  const std::string_view number = std::string_view(stem).substr(dot + 2);
  std::int64_t pass = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), pass);
  const bool good = error == std::errc() && end == number.data() + number.size() && pass >= 1 && pass <= 99;
  return good ? std::optional(BundleName{stem.substr(0, dot), pass}) : std::nullopt;
}

bool is_csv(const fs::path& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return extension == ".csv" && !path.filename().string().starts_with('.');
}

}  // namespace

Result<BundleName> bundle_name_of(const std::string& path) {
  const std::string stem = fs::path(path).stem().string();
  BundleName name = {stem, 1};
  if (const std::optional<BundleName> named = with_pass_named(stem)) {
    name = *named;
  } else if (const std::size_t hyphen = stem.rfind('-'); hyphen != std::string::npos && hyphen > 0 &&
                                                         hyphen + 2 == stem.size() && is_digit(stem.back()) &&
                                                         stem.back() != '0') {
    const BundleName with_pass = {stem.substr(0, hyphen), stem.back() - '0'};
    if (!is_digit(stem[hyphen - 1])) {
      return finding(Code::pack_ambiguous, path, {with_pass.bundle, std::to_string(with_pass.pass)});
    }
    name = with_pass;
  }
  if (!is_bundle(name.bundle)) return finding(Code::pack_file_name, path);
  return name;
}

Result<std::vector<FileToPack>> files_to_pack(const std::string& folder, const Manifest& manifest,
                                              const ManifestBundle& common) {
  std::set<std::string> listed;
  for (const ManifestBundle& bundle : manifest.bundles)
    listed.insert(fs::path(bundle.file).lexically_normal().string());
  std::vector<std::string> paths;
  std::size_t files = 0;
  std::error_code error;
  for (const fs::directory_entry& file : fs::directory_iterator(folder, error)) {
    if (!is_csv(file.path()) || !file.is_regular_file(error)) continue;
    ++files;
    if (!listed.contains(file.path().filename().string())) paths.push_back(file.path().string());
  }
  if (files == 0) return finding(Code::pack_no_files, folder);
  std::sort(paths.begin(), paths.end());
  Findings findings;
  std::vector<FileToPack> to_pack;
  std::map<std::pair<std::string, std::int64_t>, std::string> seen;
  for (const std::string& path : paths) {
    const Result<BundleName> name = bundle_name_of(path);
    if (!name) {
      add(findings, name.findings());
      continue;
    }
    const auto [first, fresh] = seen.emplace(std::pair(name->bundle, name->pass), path);
    if (!fresh) {
      findings.push_back(
          finding(Code::pack_same_pass, path, {name->bundle, std::to_string(name->pass), first->second}));
      continue;
    }
    ManifestBundle stated = common;
    stated.bundle = name->bundle;
    stated.pass = name->pass;
    if (stated.station.empty()) stated.station = std::to_string(name->pass);
    to_pack.push_back({path, std::move(stated)});
  }
  if (!findings.empty()) return findings;
  return to_pack;
}

}  // namespace kp
