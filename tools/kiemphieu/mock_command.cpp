// mock: a practice election with known answers, as files (contract §12).
#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "base/canon.h"
#include "base/file.h"
#include "contest/definition.h"
#include "kiemphieu/commands.h"
#include "kiemphieu/minutes_pages.h"
#include "kiemphieu/practice_folder.h"
#include "kiemphieu/progress.h"
#include "kiemphieu/recount.h"
#include "mock/dossier.h"
#include "mock/mock.h"

namespace kp {
namespace {

std::set<PlantKind> plants_from(const Arguments& arguments) {
  std::set<PlantKind> kinds;
  for (const std::string& name : arguments.texts("plant")) {
    const std::optional<PlantKind> kind = plant_named(name);
    if (!kind) {
      std::string known;
      for (const Plant& plant : plants()) known.append(known.empty() ? "" : " ").append(plant.word);
      arguments.refuse("plant", {"phải là một trong: " + known, "must be one of: " + known});
    }
    kinds.insert(*kind);
  }
  return kinds;
}

MockOptions options_from(const Arguments& arguments) {
  MockOptions options;
  if (arguments.has("congress")) {
    for (const char* other : {"preset", "delegates", "seats", "names"}) {
      if (arguments.has(other))
        arguments.refuse(other, {"không dùng cùng --congress", "does not go together with --congress"});
    }
  }
  if (arguments.has("preset")) {
    const std::optional<MockOptions> preset = mock_preset(arguments.text("preset"));
    if (!preset) {
      arguments.refuse("preset", {"phải là: branch commune district province national evening",
                                  "must be: branch commune district province national evening"});
    }
    options = *preset;
  }
  options.seed = arguments.seed("seed");
  options.delegates = arguments.integer_if("delegates").value_or(options.delegates);
  options.seats = arguments.integer_if("seats").value_or(options.seats);
  options.names = arguments.integer_if("names").value_or(options.names);
  options.passes = arguments.integer_if("passes");
  options.bundle_size = arguments.integer_if("bundle-size");
  options.plants = plants_from(arguments);
  return options;
}

Result<MockElection> election_from(const Arguments& arguments, const MockOptions& options) {
  if (!arguments.has("congress")) return MockElection::make(options);
  const std::string file = arguments.path("congress");
  const Result<std::string> bytes = read_file(file, kMostDefinitionBytes);
  if (!bytes) return bytes.findings();
  Result<Json> definition = parse_json(*bytes, file);
  if (!definition) return definition.findings();
  return MockElection::rehearse(std::move(definition).value(), file, options);
}

// Writes all bundles of a contest, their manifest and its box. Returns: what a right count of them gives.
Result<MockBundles> write_contest(const MockElection& election, const ContestPlan& plan,
                                  const std::string& folder) {
  if (Done made = make_folder(folder); !made) return made.findings();
  const Progress progress = progress_on_terminal("mock " + plan.contest.id);
  Manifest manifest{election.congress().id, plan.contest.id, {}};
  MockBundles bundles(plan);
  for (std::vector<MockBundle> some = bundles.next(); !some.empty(); some = bundles.next()) {
    for (MockBundle& bundle : some) {
      if (Done written = write_file(folder + "/" + bundle.stated.file, bundle.csv); !written)
        return written.findings();
      manifest.bundles.push_back(std::move(bundle.stated));
    }
    if (progress)
      progress(static_cast<std::size_t>(bundles.made()), static_cast<std::size_t>(plan.ballots()));
  }
  if (Done written = write_file(folder + "/manifest.json", manifest_bytes(manifest)); !written)
    return written.findings();
  const Json box = Json::object({{"issued", plan.ballots()}, {"returned", plan.ballots()}});
  if (Done written = write_file(folder + "/box.json", canonical(box)); !written) return written.findings();
  return bundles;
}

// Adds the minutes that came with it: they print what the results say, right or not.
Done add_minutes(std::map<std::string, std::string>& files, const PlayedRecord& record) {
  const History history = record.history();
  for (const ContestHistory& contest : history.contests) {
    const ResultEntry* standing = contest.standing();
    if (standing == nullptr) continue;
    const Result<Before> before = record_before(*standing, {record.entries(), files.at("congress.json")});
    if (!before) return before.findings();
    const Result<paper::Rendered> pages = minutes_pages(*standing, *before, PaperLanguage::vi);
    if (!pages) return pages.findings();
    files["results/" + contest.contest.id + ".pdf"] = pages->pdf;
  }
  return done();
}

// The dossier that was handed in, when a fault lies there.
Done write_dossier_of(const MockElection& election, const std::string& folder) {
  std::set<PlantKind> faults;
  for (const Planted& place : election.planted()) {
    if (plant_row(place.fault).stage == PlantStage::dossier) faults.insert(place.fault);
  }
  if (faults.empty()) return done();
  const Result<PlayedRecord> record = play(election, faults);
  if (!record) return record.findings();
  std::map<std::string, std::string> files = record->files();
  if (Done added = add_minutes(files, *record); !added) return added;
  for (const auto& [name, bytes] : files) {
    const std::string path = folder + "/" + name;
    if (Done made = make_folder(std::filesystem::path(path).parent_path().string()); !made) return made;
    if (Done written = write_file(path, bytes); !written) return written;
  }
  return done();
}

/// What was written.
struct Written {
  std::vector<Counts> counts;
  std::vector<Planted> planted;
  Json::Array contests;
  std::int64_t ballots = 0;
};

Result<Written> write_material(const MockElection& election, const std::string& folder) {
  Written all;
  if (Done made = make_folder(folder); !made) return made.findings();
  if (Done written = write_file(folder + "/congress.json", election.congress_bytes()); !written)
    return written.findings();
  for (const ContestPlan& plan : election.contests()) {
    const Result<MockBundles> bundles = write_contest(election, plan, folder + "/" + plan.contest.id);
    if (!bundles) return bundles.findings();
    all.counts.push_back(bundles->counts());
    all.planted.insert(all.planted.end(), bundles->planted().begin(), bundles->planted().end());
    all.contests.emplace_back(plan.contest.id);
    all.ballots += plan.ballots();
  }
  if (Done written = write_dossier_of(election, folder + "/dossier"); !written) return written.findings();
  return all;
}

// Whether something else than answers stands where the answers are to go: a record, say.
bool is_other_file(const std::string& answers) {
  std::error_code error;
  return std::filesystem::exists(answers, error) && !is_answers_file(answers);
}

Reply mock(const Arguments& arguments) {
  const Result<MockElection> election = election_from(arguments, options_from(arguments));
  if (!election) return election.findings();
  const std::string folder = arguments.path("o");
  std::error_code error;
  const std::string answers = answers_path(arguments, folder);
  if (std::filesystem::exists(folder + "/congress.json", error))
    return finding(Code::file_exists, folder + "/congress.json");
  if (is_other_file(answers)) return finding(Code::file_exists, answers);
  if (Done made = make_folder(std::filesystem::path(answers).parent_path().string()); !made)
    return made.findings();
  Result<Written> made = write_material(*election, folder);
  if (!made) return made.findings();
  if (Done written = write_file(answers, canonical(election->answers(made->counts, made->planted))); !written)
    return written.findings();
  std::string contests;
  for (const Json& id : made->contests) contests.append(contests.empty() ? "" : ", ").append(id.string());
  Reply reply;
  const bool vi = arguments.language() == Language::vi;
  reply.text =
      fmt::format(fmt::runtime(vi ? "Đã tạo cuộc bầu diễn tập {} trong {}: {} phiếu; đáp án: {}\n"
                                  : "Made the practice election {} in {}: {} ballots; answers: {}\n"),
                  contests, folder, made->ballots, answers);
  reply.json = {
      {"congress", folder + "/congress.json"}, {"contests", std::move(made->contests)}, {"answers", answers}};
  return reply;
}

}  // namespace

std::vector<Command> mock_commands() {
  return {
      {{"mock",
        {"tạo cuộc bầu diễn tập có sẵn đáp án", "a practice election with known answers"},
        {},
        {{"seed",
          Takes::one,
          true,
          {"hạt giống: cùng số thì cùng cuộc bầu", "seed: the same number, the same election"}},
         {"preset",
          Takes::one,
          false,
          {"branch commune district province national, hoặc evening: cả buổi với mọi lần bầu",
           "branch commune district province national, or evening: a full evening with all its ballots"}},
         {"congress",
          Takes::one,
          false,
          {"tập dượt trên định nghĩa thật (congress.json)", "rehearse a real definition (congress.json)"}},
         {"delegates", Takes::one, false, {"số người bầu", "voters"}},
         {"seats", Takes::one, false, {"số lượng cần bầu", "seats"}},
         {"names", Takes::one, false, {"số người trong danh sách", "names on the list"}},
         {"passes", Takes::one, false, {"số lượt nhập, 1 đến 3", "passes, 1 to 3"}},
         {"bundle-size", Takes::one, false, {"số phiếu mỗi xấp", "ballots a bundle"}},
         {"plant",
          Takes::many,
          false,
          {"cài một lỗi để tập phát hiện (xem docs/mock.md); lặp lại được",
           "plant a fault to be found (see docs/mock.md); may be repeated"}},
         {"answers", Takes::one, false, {"tệp đáp án", "file for the answers"}},
         {"o", Takes::one, true, {"thư mục", "folder"}}}},
       mock},
  };
}

}  // namespace kp
