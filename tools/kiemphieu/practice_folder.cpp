#include "kiemphieu/practice_folder.h"

#include <algorithm>
#include <filesystem>

#include "base/digest.h"
#include "base/file.h"
#include "contest/definition.h"
#include "intake/csv.h"

namespace kp {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostBoxBytes = 1U << 16U;

Result<PracticeBundle> read_bundle(const std::string& manifest, const ManifestBundle& stated,
                                   const Contest& contest, Findings& notes) {
  const Result<std::string> path = path_within(manifest, stated.file);
  if (!path) return path.findings();
  const Result<std::string> csv = read_file(*path, kMostBundleBytes);
  if (!csv) return csv.findings();
  if (sha256_hex(*csv) != stated.sha256) notes.push_back(finding(Code::drill_other_bytes, *path));
  Result<Ballots> ballots = parse_ballots(*csv, *path, {contest.ballot, contest.rows.size()});
  if (!ballots) return ballots.findings();
  return PracticeBundle{stated, std::move(ballots).value()};
}

Result<Json> read_box(const std::string& path) {
  const Result<std::string> bytes = read_file(path, kMostBoxBytes);
  if (!bytes) return bytes.findings();
  Result<Json> box = parse_json(*bytes, path);
  if (!box) return box;
  for (const char* key : {"issued", "returned"}) {
    const Json* figure = box->is_object() ? box->find(key) : nullptr;
    if (figure == nullptr || !figure->is_integer() || figure->integer() < 0)
      return finding(Code::drill_no_material, path, {path});
  }
  return box;
}

Result<PracticeContest> read_contest(const std::string& folder, const Contest& contest, Findings& notes) {
  const std::string path = folder + "/manifest.json";
  const Result<std::string> bytes = read_file(path, kMostManifestBytes);
  if (!bytes) return bytes.findings();
  const Result<Manifest> manifest = parse_manifest(*bytes, path);
  if (!manifest) return manifest.findings();
  const Result<Json> box = read_box(folder + "/box.json");
  if (!box) return box.findings();
  PracticeContest read{contest, box->at("issued").integer(), box->at("returned").integer(), {}};
  for (const ManifestBundle& stated : manifest->bundles) {
    const auto same = [&](const PracticeBundle& known) { return known.stated.bundle == stated.bundle; };
    const auto known = std::find_if(read.bundles.begin(), read.bundles.end(), same);
    if (known != read.bundles.end() && known->stated.pass < stated.pass) continue;
    Result<PracticeBundle> bundle = read_bundle(path, stated, contest, notes);
    if (!bundle) return bundle.findings();
    if (known != read.bundles.end()) {
      *known = std::move(bundle).value();
    } else {
      read.bundles.push_back(std::move(bundle).value());
    }
  }
  return read;
}

// The list as it was on the ballots.
void mend_list(Contest& contest, const std::vector<Planted>& planted) {
  for (const Planted& fault : planted) {
    if (fault.contest != contest.id) continue;
    const auto is_named = [&](const Row& row) {
      return std::find(fault.rows.begin(), fault.rows.end(), static_cast<std::int64_t>(row.no)) !=
             fault.rows.end();
    };
    if (fault.fault == PlantKind::misprinted_list) {
      const auto first = std::find_if(contest.rows.begin(), contest.rows.end(), is_named);
      if (first == contest.rows.end()) continue;
      const auto second = std::find_if(first + 1, contest.rows.end(), is_named);
      if (second != contest.rows.end()) std::swap(first->name, second->name);
    } else if (fault.fault == PlantKind::surplus) {
      std::erase_if(contest.rows, is_named);
      for (std::size_t i = 0; i < contest.rows.size(); ++i)
        contest.rows[i].no = static_cast<std::uint32_t>(i + 1);
    }
  }
}

// Turns what was keyed back into the paper it was keyed from.
void take_back_to_paper(PracticeContest& contest, const std::vector<Planted>& planted) {
  for (const Planted& fault : planted) {
    if (fault.contest != contest.contest.id) continue;
    const auto lies_there = [&](const PracticeBundle& bundle) {
      return bundle.stated.bundle == fault.bundle;
    };
    if (fault.fault == PlantKind::duplicate_bundle) std::erase_if(contest.bundles, lies_there);
    if (fault.fault != PlantKind::typist) continue;
    const auto bundle = std::find_if(contest.bundles.begin(), contest.bundles.end(), lies_there);
    if (bundle == contest.bundles.end() || bundle->stated.pass != fault.pass) continue;
    const auto number = static_cast<std::uint32_t>(fault.ballot);
    const std::size_t at = bundle->ballots.find(number);
    if (at == bundle->ballots.size() || fault.marks.size() != bundle->ballots.rows()) continue;
    const std::vector<Edit> meant = {{number, fault.marks, bundle->ballots.flags(at)}};
    bundle->ballots = bundle->ballots.with(meant);
  }
}

}  // namespace

Result<Congress> read_practice_congress(const std::string& folder) {
  const std::string path = folder + "/congress.json";
  const Result<std::string> bytes = read_file(path, kMostDefinitionBytes);
  if (!bytes) return bytes.findings();
  Result<Congress> congress = parse_congress(*bytes, path);
  if (congress && congress->purpose != Purpose::practice) return finding(Code::drill_official, path);
  return congress;
}

std::string answers_path(const Arguments& arguments, const std::string& folder) {
  return arguments.has("answers") ? arguments.path("answers") : folder + "/answers.json";
}

Result<AnswersFile> read_answers(const std::string& path) {
  std::error_code error;
  if (!fs::exists(path, error)) return finding(Code::drill_no_answers, path, {path});
  Result<std::string> bytes = read_file(path, kMostAnswersBytes);
  if (!bytes) return bytes.findings();
  Result<Json> json = parse_json(*bytes, path);
  if (!json) return json.findings();
  return AnswersFile{std::move(bytes).value(), std::move(json).value()};
}

bool is_answers_file(const std::string& path) {
  const Result<std::string> bytes = read_file(path, kMostAnswersBytes);
  return bytes && bytes->find(kAnswersFormat) != std::string::npos;
}

Result<PracticeFolder> read_practice_folder(const std::string& folder, const std::string& only,
                                            const std::vector<Planted>& planted, Findings& notes) {
  Result<Congress> congress = read_practice_congress(folder);
  if (!congress) return congress.findings();
  PracticeFolder read{std::move(congress).value(), {}};
  bool known = only.empty();
  std::string ids;
  for (Contest& contest : read.congress.contests) {
    ids += (ids.empty() ? "" : ", ") + contest.id;
    if (!only.empty() && contest.id != only) continue;
    known = true;
    const std::string inner = folder + "/" + contest.id;
    std::error_code error;
    if (!fs::exists(inner + "/manifest.json", error)) continue;
    mend_list(contest, planted);
    Result<PracticeContest> made = read_contest(inner, contest, notes);
    if (!made) return made.findings();
    take_back_to_paper(made.value(), planted);
    read.contests.push_back(std::move(made).value());
  }
  if (!known) return finding(Code::contest_unknown, only, {ids.empty() ? "-" : ids});
  if (read.contests.empty()) return finding(Code::drill_no_material, folder, {folder});
  return read;
}

}  // namespace kp
