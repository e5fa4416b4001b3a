#include "intake/manifest.h"

#include <filesystem>
#include <set>
#include <system_error>

#include "base/canon.h"
#include "base/json.h"
#include "base/text.h"
#include "contest/schema.h"

namespace kp {
namespace {

ManifestBundle bundle_from(const Json& json) {
  ManifestBundle bundle;
  bundle.bundle = json.at("bundle").string();
  bundle.file = json.at("file").string();
  bundle.sha256 = json.at("sha256").string();
  bundle.ballots = json.at("ballots").integer();
  bundle.pass = json.at("pass").integer();
  bundle.station = json.at("station").string();
  if (const Json* by = json.find("by")) bundle.by = by->string();
  bundle.method = json.at("method").string();
  if (const Json* counted = json.find("counted")) bundle.counted = counted->integer();
  return bundle;
}

Json to_json(const ManifestBundle& bundle) {
  Json json = Json::object({{"bundle", bundle.bundle},
                            {"file", bundle.file},
                            {"sha256", bundle.sha256},
                            {"ballots", bundle.ballots},
                            {"pass", bundle.pass},
                            {"station", bundle.station},
                            {"method", bundle.method}});
  if (!bundle.by.empty()) json.set("by", bundle.by);
  if (bundle.counted) json.set("counted", *bundle.counted);
  return json;
}

}  // namespace

bool is_inner_path(std::string_view file) {
  if (file.empty() || file.front() == '/' || file.find('\\') != std::string_view::npos) return false;
  while (true) {
    const std::size_t slash = file.find('/');
    const std::string_view step = file.substr(0, slash);
    if (step.empty() || step == "..") return false;
    if (slash == std::string_view::npos) return true;
    file.remove_prefix(slash + 1);
  }
}

Result<std::string> path_within(const std::string& manifest_path, const std::string& file) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path path = fs::path(manifest_path).parent_path() / file;
  // Most files lie beside their manifest, and are no links: nothing leads out of the folder.
  if (file.find('/') == std::string::npos && !fs::is_symlink(path, error)) return path.string();
  const fs::path real_folder = fs::weakly_canonical(fs::absolute(manifest_path).parent_path(), error);
  const fs::path real_path = fs::weakly_canonical(fs::absolute(path), error);
  const fs::path inside = real_path.lexically_relative(real_folder);
  if (error || inside.empty() || *inside.begin() == "..") {
    return finding(Code::manifest_path, manifest_path, {file});
  }
  return path.string();
}

Result<Manifest> parse_manifest(std::string_view bytes, const std::string& file) {
  const Result<Json> json = parse_json(bytes, file);
  Findings findings = json ? check_schema(*json, Schema::manifest) : json.findings();
  Manifest manifest;
  if (findings.empty()) {
    manifest.congress = json->at("congress").string();
    manifest.contest = json->at("contest").string();
    std::set<std::pair<std::string, std::int64_t>> seen;
    for (const Json& element : json->at("bundles").array()) {
      ManifestBundle bundle = bundle_from(element);
      const std::string pointer = pointer_to("/bundles", manifest.bundles.size());
      if (!is_inner_path(bundle.file)) {
        findings.push_back(finding(Code::manifest_path, pointer_to(pointer, "file"), {bundle.file}));
      }
      if (element.find("by") != nullptr && tidied(bundle.by).empty()) {
        findings.push_back(finding(Code::people_missing, pointer_to(pointer, "by")));
      }
      if (!seen.emplace(bundle.bundle, bundle.pass).second) {
        findings.push_back(
            finding(Code::manifest_duplicate_bundle, pointer, {bundle.bundle, std::to_string(bundle.pass)}));
      }
      manifest.bundles.push_back(std::move(bundle));
    }
  }
  if (findings.empty()) return manifest;
  for (Finding& found : findings) {
    if (!found.where.starts_with(file)) found.where = file + "#" + found.where;
  }
  return findings;
}

std::string manifest_bytes(const Manifest& manifest) {
  Json::Array bundles;
  for (const ManifestBundle& bundle : manifest.bundles) bundles.push_back(to_json(bundle));
  return canonical(Json::object({{"format", "kiemphieu/manifest@1"},
                                 {"congress", manifest.congress},
                                 {"contest", manifest.contest},
                                 {"bundles", std::move(bundles)}}));
}

}  // namespace kp
