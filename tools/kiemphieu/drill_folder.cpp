#include "kiemphieu/drill_folder.h"

#include <fmt/format.h>

#include <filesystem>
#include <optional>

#include "base/canon.h"
#include "base/digest.h"
#include "base/file.h"
#include "contest/definition.h"
#include "drill/score.h"
#include "kiemphieu/practice_folder.h"
#include "proceedings/entry.h"

namespace kp {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kDrillFormat = "kiemphieu/practice-drill@1";
constexpr std::uint64_t kMostHistoryBytes = 64U << 20U;
constexpr std::size_t kIdDigits = 8;

// `T/` names the same folder as `T`, also before it is made.
fs::path plain(const fs::path& folder) {
  std::error_code error;
  const fs::path whole = fs::weakly_canonical(folder, error);
  return whole.has_filename() ? whole : whole.parent_path();
}

bool lies_in(const fs::path& inner, const fs::path& outer) {
  const fs::path within = plain(inner);
  const fs::path folder = plain(outer);
  const auto [end, at] = std::mismatch(folder.begin(), folder.end(), within.begin(), within.end());
  return end == folder.end();
}

bool are_apart(const DrillStart& start) {
  const std::vector<std::string> folders = {start.material, start.team_folder, start.trainer_folder};
  for (std::size_t i = 0; i < folders.size(); ++i) {
    for (std::size_t k = 0; k < folders.size(); ++k) {
      if (i != k && lies_in(folders[i], folders[k])) return false;
    }
  }
  return true;
}

// What an earlier exercise left, when its folder is the material of this one.
bool is_of_a_team(const fs::path& inside) {
  return inside == "nhiem-vu.txt" || inside == "drill.json" || inside == "found.json";
}

Done copy_material(const std::string& material, const std::string& team) {
  std::error_code error;
  for (fs::recursive_directory_iterator at(material, error), end; !error && at != end; at.increment(error)) {
    const fs::path inside = at->path().lexically_relative(material);
    if (at->is_symlink(error) || !at->is_regular_file(error) || is_of_a_team(inside) ||
        is_answers_file(at->path().string()))
      continue;
    const fs::path target = fs::path(team) / inside;
    if (Done made = make_folder(target.parent_path().string()); !made) return made;
    fs::copy_file(at->path(), target, error);
    if (error) return write_failure(target.string(), error.value());
  }
  if (error) return write_failure(material, error.value());
  return done();
}

std::string task_text(const Drill& drill, Language language) {
  const bool vi = language == Language::vi;
  return fmt::format(
      fmt::runtime(
          vi ? "BÀI TẬP DIỄN TẬP {} – {}\n\n"
               "Trong thư mục này là tài liệu của một cuộc bầu chưa từng có. Trong đó có thể có lỗi cài "
               "sẵn.\n"
               "1. Đọc soát congress.json: kiemphieu check congress.json\n"
               "2. Mở sổ, ghi số phiếu phát ra, thu về (box.json hoặc tờ phiếu báo), đưa các xấp vào sổ, so, "
               "sửa, kết luận như "
               "docs/huong-dan.md.\n"
               "3. Thấy điều gì không ổn thì ghi lại ngay: loại lỗi, ở đâu (cuộc bầu/xấp/phiếu), làm gì.\n"
               "4. Nộp: kiemphieu drill answer THƯ_MỤC_NÀY\n"
             : "PRACTICE EXERCISE {} – {}\n\n"
               "This folder holds the material of an election that never was. Faults may have been planted "
               "in it.\n"
               "1. Proofread congress.json: kiemphieu check congress.json\n"
               "2. Open a record, enter issued and returned (box.json or the paper), import, compare, "
               "correct and rule as in "
               "docs/huong-dan.md.\n"
               "3. Write down at once what is wrong: the kind of fault, where (contest/bundle/ballot), what "
               "you do.\n"
               "4. Hand in: kiemphieu drill answer THIS_FOLDER\n"),
      drill.id, drill.team);
}

std::optional<DrillRun> run_in(std::string_view line) {
  const Result<Json> json = parse_json(line, {});
  if (!json) return std::nullopt;
  Fields fields(*json);
  DrillRun run;
  run.at = fields.text("at");
  run.drill = fields.text("drill");
  run.team = fields.text("team");
  run.points = fields.integer("points");
  run.of = fields.integer("of");
  run.missed = fields.texts("missed");
  return fields.good() ? std::optional(std::move(run)) : std::nullopt;
}

}  // namespace

Result<Drill> start_drill(const DrillStart& start) {
  if (!are_apart(start)) return finding(Code::drill_inside, start.team_folder);
  const Result<Congress> congress = read_practice_congress(start.material);
  if (!congress) return congress.findings();
  const Result<AnswersFile> answers = read_answers(start.answers);
  if (!answers) return answers.findings();
  if (const Result<DrillAnswers> parsed = parse_answers(answers->json, start.answers); !parsed)
    return parsed.findings();
  const Drill drill{congress->id + "-" + sha256_hex(answers->bytes).substr(0, kIdDigits), start.team};
  std::error_code error;
  if (fs::exists(start.team_folder, error) && !fs::is_empty(start.team_folder, error))
    return finding(Code::file_exists, start.team_folder);
  const std::string kept = start.trainer_folder + "/" + drill.id;
  if (Done made = make_folder(kept); !made) return made.findings();
  if (Done made = make_folder(start.team_folder); !made) return made.findings();
  const Result<std::string> definition = read_file(start.material + "/congress.json", kMostDefinitionBytes);
  if (!definition) return definition.findings();
  for (const auto& [path, bytes] :
       {std::pair(kept + "/answers.json", answers->bytes), std::pair(kept + "/congress.json", *definition),
        std::pair(start.team_folder + "/nhiem-vu.txt", task_text(drill, start.language))}) {
    if (Done written = write_file(path, bytes); !written) return written.findings();
  }
  if (Done copied = copy_material(start.material, start.team_folder); !copied) return copied.findings();
  // Last: a folder with it is a whole exercise.
  const Json named = Json::object({{"format", kDrillFormat}, {"drill", drill.id}, {"team", drill.team}});
  if (Done written = write_file(start.team_folder + "/drill.json", canonical(named)); !written)
    return written.findings();
  return drill;
}

Result<Drill> read_drill(const std::string& team_folder) {
  const std::string path = team_folder + "/drill.json";
  const Result<std::string> bytes = read_file(path, kMostAnswersBytes);
  const Finding none = finding(Code::drill_not_a_drill, path);
  if (!bytes) return none;
  const Result<Json> json = parse_json(*bytes, path);
  if (!json) return none;
  Fields fields(*json);
  const std::string format = fields.text("format");
  Drill drill{fields.text("drill"), fields.text("team")};
  if (!fields.good() || format != kDrillFormat) return none;
  // It becomes a folder's name.
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyz0123456789-";
  const bool plain = !drill.id.empty() && drill.id.find_first_not_of(kPlain) == std::string::npos;
  return plain ? Result<Drill>(std::move(drill)) : Result<Drill>(none);
}

std::vector<DrillRun> read_history(const std::string& trainer_folder, Findings& notes) {
  std::vector<DrillRun> runs;
  const std::string path = trainer_folder + "/history.jsonl";
  const Result<std::string> text = read_file(path, kMostHistoryBytes);
  if (!text) return runs;
  std::size_t number = 0;
  for (std::size_t from = 0; from < text->size();) {
    const std::size_t end = std::min(text->find('\n', from), text->size());
    ++number;
    if (std::optional<DrillRun> run = run_in(std::string_view(*text).substr(from, end - from))) {
      runs.push_back(std::move(*run));
    } else {
      notes.push_back(finding(Code::drill_history, path + ":" + std::to_string(number)));
    }
    from = end + 1;
  }
  return runs;
}

Done append_history(const std::string& trainer_folder, const DrillRun& run) {
  const std::string path = trainer_folder + "/history.jsonl";
  std::error_code error;
  std::string text;
  if (fs::exists(path, error)) {
    Result<std::string> there = read_file(path, kMostHistoryBytes);
    if (!there) return there.findings();
    text = std::move(there).value();
  }
  if (!text.empty() && text.back() != '\n') text += '\n';
  Json::Array missed(run.missed.begin(), run.missed.end());
  text += canonical(Json::object({{"at", run.at},
                                  {"drill", run.drill},
                                  {"team", run.team},
                                  {"points", run.points},
                                  {"of", run.of},
                                  {"missed", std::move(missed)}})) +
          "\n";
  return write_file(path, text);
}

}  // namespace kp
