// box, pack, import: what was counted in the hall, and how the bundles come into the record.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/digest.h"
#include "base/file.h"
#include "base/text.h"
#include "contest/definition.h"
#include "intake/csv.h"
#include "kiemphieu/commands.h"
#include "kiemphieu/importer.h"
#include "kiemphieu/progress.h"
#include "kiemphieu/session.h"
#include "proceedings/gate.h"
#include "proceedings/setup.h"

namespace kp {
namespace {

Reply box(const Arguments& arguments) {
  BoxFigures figures;
  figures.issued = arguments.integer("issued");
  figures.returned = arguments.integer("returned");
  figures.spoiled = arguments.integer_if("spoiled");
  figures.seal = arguments.text("seal");
  figures.note = arguments.text("note");
  Result<ContestSession> at =
      open_contest(arguments.path("HALL.kp"), arguments.text("CONTEST"), arguments.texts("by"));
  if (!at) return at.findings();
  const Result<Act> act = count_box(*at->contest, figures, at->by);
  if (!act) return act.findings();

  // The figures are recorded as they are; what the gate will say is shown at once, while everyone is still
  // there.
  ContestHistory after = *at->contest;
  after.boxes.push_back({0, figures.issued, figures.returned, figures.spoiled, figures.seal});
  const Result<RulingTally> rulings = rulings_in_force(after, at->session.fetch());
  if (!rulings) return rulings.findings();
  Reply reply;
  Findings gate = check_box(after, rulings->not_issued);
  const History& history = at->session.history();
  add(gate, check_elected_among(after.contest, history.may_be_elected_in(after.contest.among)));
  for (Finding& found : gate) {
    found.severity = Severity::warning;
    reply.findings.push_back(std::move(found));
  }
  if (Done written = append_and_commit(at->session, *act); !written) return written.findings();
  const bool vi = arguments.language() == Language::vi;
  reply.json = {
      {"contest", at->contest->contest.id}, {"issued", figures.issued}, {"returned", figures.returned}};
  reply.text = fmt::format(fmt::runtime(vi ? "{}: phát ra {}, thu về {}\n" : "{}: issued {}, returned {}\n"),
                           at->contest->contest.id, figures.issued, figures.returned);
  return reply;
}

/// What a bundle is packed for.
struct PackFor {
  std::string congress;
  Contest contest;
};

// The contest as a definition file has it, or as a record has it now: what the evening decided is only there.
Result<PackFor> contest_to_pack(const std::string& path, const std::string& id) {
  std::vector<Contest> contests;
  std::string congress_id;
  if (is_record(path)) {
    const Result<Session> session = Session::open(path, Access::read);
    if (!session) return session.findings();
    congress_id = session->history().congress.id;
    contests = session->history().definitions();
  } else {
    const Result<std::string> bytes = read_file(path, kMostDefinitionBytes);
    if (!bytes) return bytes.findings();
    Result<Congress> congress = parse_congress(*bytes, path);
    if (!congress) return congress.findings();
    congress_id = congress->id;
    contests = std::move(congress->contests);
  }
  std::string ids;
  for (Contest& contest : contests) {
    if (contest.id == id) return PackFor{congress_id, std::move(contest)};
    ids += (ids.empty() ? "" : ", ") + contest.id;
  }
  return finding(Code::contest_unknown, id, {ids.empty() ? "-" : ids});
}

/// The manifest at `path`, or a new one for this contest when there is none yet.
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

Result<ManifestBundle> bundle_to_pack(const Arguments& arguments, const Contest& contest) {
  const std::string csv = arguments.path("CSV");
  ManifestBundle bundle;
  bundle.bundle = arguments.text("bundle");
  bundle.pass = arguments.integer_if("pass").value_or(1);
  bundle.by = tidied(arguments.text("by"));
  if (arguments.has("by") && bundle.by.empty()) return finding(Code::people_missing);
  bundle.station = arguments.has("station") ? arguments.text("station") : std::to_string(bundle.pass);
  bundle.method =
      arguments.has("method") ? arguments.text("method") : (bundle.by.empty() ? "imported" : "keyed");
  bundle.counted = arguments.integer_if("counted");
  Result<std::string> name = name_in_manifest(csv, arguments.path("o"));
  if (!name) return name.findings();
  bundle.file = std::move(name).value();
  const Result<std::string> bytes = read_file(csv, kMostBundleBytes);
  if (!bytes) return bytes.findings();
  const Result<Ballots> ballots = parse_ballots(*bytes, csv, {contest.ballot, contest.rows.size()});
  if (!ballots) return ballots.findings();
  bundle.sha256 = sha256_hex(*bytes);
  bundle.ballots = static_cast<std::int64_t>(ballots->size());
  return bundle;
}

Reply pack(const Arguments& arguments) {
  const Result<PackFor> pack_for = contest_to_pack(arguments.path("congress"), arguments.text("contest"));
  if (!pack_for) return pack_for.findings();
  const std::string path = arguments.path("o");
  Result<Manifest> manifest = manifest_to_extend(path, pack_for->congress, pack_for->contest.id);
  if (!manifest) return manifest.findings();
  Result<ManifestBundle> bundle = bundle_to_pack(arguments, pack_for->contest);
  if (!bundle) return bundle.findings();
  const auto same =
      std::find_if(manifest->bundles.begin(), manifest->bundles.end(), [&](const ManifestBundle& known) {
        return known.bundle == bundle->bundle && known.pass == bundle->pass;
      });
  if (same != manifest->bundles.end() && same->sha256 != bundle->sha256) {
    return finding(Code::manifest_duplicate_bundle, path, {bundle->bundle, std::to_string(bundle->pass)});
  }
  const std::string digest = bundle->sha256;
  const std::int64_t ballots = bundle->ballots;
  if (same == manifest->bundles.end()) {
    manifest->bundles.push_back(std::move(bundle).value());
    // What was typed is held to the schema like any other manifest before it is written.
    const std::string bytes = manifest_bytes(*manifest);
    if (const Result<Manifest> good = parse_manifest(bytes, path); !good) return good.findings();
    if (Done written = write_file(path, bytes); !written) return written.findings();
  }
  Reply reply;
  reply.json = {{"manifest", path}, {"sha256", digest}, {"ballots", ballots}};
  const bool vi = arguments.language() == Language::vi;
  reply.text =
      fmt::format(fmt::runtime(vi ? "{}: {} phiếu\n  mã số: {}\n" : "{}: {} ballots\n  digest: {}\n"),
                  arguments.path("CSV"), ballots, in_groups_of_four(digest));
  return reply;
}

Reply import(const Arguments& arguments) {
  const Result<std::vector<std::string>> manifests = find_manifests(arguments.paths("MANIFEST"));
  if (!manifests) return manifests.findings();
  Result<Session> session = Session::open(arguments.path("HALL.kp"), Access::write);
  if (!session) return session.findings();
  const bool vi = arguments.language() == Language::vi;
  Importer importer(*session, arguments.texts("by"),
                    progress_on_terminal(vi ? "đã đọc xấp" : "bundles read"));
  for (const std::string& manifest : *manifests) importer.take(manifest);
  Reply reply;
  reply.findings = importer.findings();
  if (!reply.ok()) return reply;
  if (importer.entered() > 0) {
    if (Done written = session->commit(); !written) return written.findings();
  }
  reply.json = {
      {"entered", importer.entered()}, {"ballots", importer.ballots()}, {"already_there", importer.there()}};
  reply.text = fmt::format(fmt::runtime(vi ? "Đã nhập {} xấp, {} phiếu; {} xấp đã có từ trước\n"
                                           : "Entered {} bundles, {} ballots; {} were there already\n"),
                           importer.entered(), importer.ballots(), importer.there());
  return reply;
}

}  // namespace

std::vector<Command> hall_commands() {
  return {
      {{"box",
        {"ghi số phiếu phát ra, thu về đã kiểm đếm trong hội trường", "what was counted in the hall"},
        {record_position(), contest_position()},
        {{"issued", Takes::one, true, {"số phiếu phát ra", "ballots issued"}},
         {"returned", Takes::one, true, {"số phiếu thu về", "ballots returned"}},
         {"spoiled", Takes::one, false, {"số phiếu hỏng đã đổi", "spoiled ballots exchanged"}},
         {"seal", Takes::one, false, {"số niêm phong hòm phiếu", "seal of the box"}},
         by_option(),
         note_option()}},
       box},
      {{"pack",
        {"lập hoặc bổ sung bản kê xấp phiếu (manifest)", "makes or extends a manifest"},
        {{"CSV", {"tệp phiếu của xấp", "the bundle's CSV"}}},
        {{"congress",
          Takes::one,
          true,
          {"tệp định nghĩa đại hội, hoặc sổ kiểm phiếu", "definition of the congress, or the record"}},
         {"contest", Takes::one, true, {"mã cuộc bầu", "id of the contest"}},
         {"bundle", Takes::one, true, {"số xấp", "number of the bundle"}},
         {"pass", Takes::one, false, {"lượt nhập, 1 nếu không ghi", "pass, 1 unless given"}},
         {"station", Takes::one, false, {"máy nhập", "station"}},
         {"method", Takes::one, false, {"keyed, scanned, imported", "keyed, scanned, imported"}},
         {"by", Takes::one, false, {"người nhập", "who keyed"}},
         {"counted",
          Takes::one,
          false,
          {"số tờ đếm tay trước khi nhập", "sheets counted by hand before reading"}},
         {"o", Takes::one, true, {"bản kê (manifest.json)", "the manifest"}}}},
       pack},
      {{"import",
        {"kiểm tra mã số, chữ ký, đọc các xấp phiếu vào sổ", "verifies, parses and appends bundles"},
        {record_position(), {"MANIFEST", {"bản kê hoặc thư mục", "manifest or folder"}, true}},
        {by_option()}},
       import},
  };
}

}  // namespace kp
