#include "verify/manifests.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "base/digest.h"
#include "contest/schema.h"
#include "verify/reader.h"
#include "verify/signers.h"

namespace kp::verify {
namespace {

constexpr std::uint64_t kMostManifestBytes = std::uint64_t{64} << 20U;

// A bundle's place within one manifest.
using ItemKey = std::pair<std::string, std::int64_t>;

bool is_safe_path(std::string_view path) {
  if (path.empty() || path.front() == '/' || path.find('\\') != std::string_view::npos) return false;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    if (path.substr(0, slash) == "..") return false;
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
  }
  return true;
}

// A bundle and pass, with its digest, as the record knows it.
struct Known {
  std::string contest;
  std::string bundle;
  std::int64_t pass = 0;
  std::string sha256;

  auto operator<=>(const Known&) const = default;
};

/// Checks one manifest after the other.
class ManifestCheck {
 public:
  ManifestCheck(Dossier& dossier, const std::string& congress_id, Faults& faults)
      : dossier_(dossier), congress_id_(congress_id), faults_(faults) {}

  void run(const Survey& survey) {
    std::map<std::string, std::vector<const Pass*>> by_manifest;
    for (const auto& [line, pass] : survey.passes) {
      by_manifest[pass.body.at("manifest").string()].push_back(&pass);
      known_.insert(
          {pass.contest, pass.bundle, pass.body.at("pass").integer(), pass.body.at("sha256").string()});
    }
    for (const auto& [digest, passes] : by_manifest) check(digest, passes);
  }

 private:
  void check(const std::string& digest, const std::vector<const Pass*>& passes) {
    const std::string name = "manifests/" + digest + ".json";
    dossier_.admit(name + ".p7s");
    if (!dossier_.expect(name, faults_)) return;
    const Result<std::string> bytes = dossier_.read(name, kMostManifestBytes);
    if (!bytes) return faults_.add(bytes.findings());
    if (const std::string found = sha256_hex(*bytes); found != digest) {
      return faults_.add(Code::verify_dossier_digest, name, {found});
    }
    check_signers(name, *bytes, passes);
    const Result<Json> json = read_json(*bytes, {name, 1}, Form::any);
    if (!json) return faults_.add(json.findings());
    if (Findings findings = check_schema(*json, Schema::manifest); !findings.empty()) {
      for (Finding& finding : findings) finding.where = name + "#" + finding.where;
      return faults_.add(std::move(findings));
    }
    check_items(name, *json, passes);
  }

  // The signers that the entries name must be just those whose signature over the manifest holds.
  void check_signers(const std::string& name, const std::string& manifest,
                     const std::vector<const Pass*>& passes) {
    const std::string signature = name + ".p7s";
    Json::Array signers;
    if (dossier_.has(signature)) {
      const Result<std::string> bytes = dossier_.read(signature, kMostSignatureBytes);
      if (!bytes) return faults_.add(bytes.findings());
      const Result<Envelope> envelope = open_envelope(*bytes, manifest, signature);
      if (!envelope) return faults_.add(envelope.findings());
      std::set<std::string> sorted;
      for (const Signer& signer : envelope->signers) sorted.insert(signer.certificate);
      for (const std::string& certificate : sorted) signers.emplace_back(certificate);
    }
    for (const Pass* pass : passes) {
      const Json& stated = pass->body.at("signers");
      if (stated == Json(signers)) continue;
      if (!dossier_.has(signature)) {
        dossier_.expect(signature, faults_);
        continue;
      }
      faults_.add(Code::verify_manifest_signers, place_of(pass->line, "/body/signers"));
    }
  }

  void check_items(const std::string& name, const Json& manifest, const std::vector<const Pass*>& passes) {
    if (!congress_id_.empty() && manifest.at("congress").string() != congress_id_) {
      faults_.add(Code::verify_manifest_congress, name + "#/congress",
                  {manifest.at("congress").string(), congress_id_});
    }
    const std::string& contest = manifest.at("contest").string();
    std::map<ItemKey, const Json*> items;
    const Json::Array& bundles = manifest.at("bundles").array();
    for (std::size_t i = 0; i < bundles.size(); ++i) {
      const Json& item = bundles[i];
      const std::string place = name + "#" + pointer_to("/bundles", i);
      const std::string& bundle = item.at("bundle").string();
      const std::int64_t pass = item.at("pass").integer();
      if (!is_safe_path(item.at("file").string())) faults_.add(Code::verify_manifest_path, place + "/file");
      if (!items.emplace(ItemKey{bundle, pass}, &item).second) {
        faults_.add(Code::verify_manifest_twice, place, {bundle, std::to_string(pass)});
      }
      if (!known_.contains({contest, bundle, pass, item.at("sha256").string()})) {
        faults_.add(Code::verify_manifest_not_in_record, place, {bundle, std::to_string(pass)});
      }
    }
    for (const Pass* pass : passes) compare(name, contest, items, *pass);
  }

  void compare(const std::string& name, const std::string& contest,
               const std::map<ItemKey, const Json*>& items, const Pass& pass) {
    const auto it = items.find({pass.bundle, pass.body.at("pass").integer()});
    if (contest != pass.contest || it == items.end()) {
      return faults_.add(Code::verify_manifest_no_item, place_of(pass.line, "/body/manifest"), {name});
    }
    for (const std::string_view key : {"sha256", "ballots", "station", "by", "method", "counted"}) {
      const Json* stated = pass.body.find(key);
      const Json* in_manifest = it->second->find(key);
      const bool both = stated != nullptr && in_manifest != nullptr;
      if (both ? *stated == *in_manifest : stated == in_manifest) continue;
      faults_.add(Code::verify_manifest_differs, place_of(pass.line, pointer_to("/body", key)), {name});
    }
  }

  Dossier& dossier_;
  const std::string& congress_id_;
  Faults& faults_;
  std::set<Known> known_;
};

}  // namespace

void check_manifests(Dossier& dossier, const Survey& survey, const std::string& congress_id, Faults& faults) {
  ManifestCheck(dossier, congress_id, faults).run(survey);
}

}  // namespace kp::verify
