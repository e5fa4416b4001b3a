// drill start, answer, score, book: an exercise from the trainer's hand to the score.
#include <fmt/format.h>

#include <filesystem>

#include "base/canon.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/text.h"
#include "contest/definition.h"
#include "drill/book.h"
#include "kiemphieu/commands.h"
#include "kiemphieu/drill_folder.h"
#include "kiemphieu/drill_text.h"
#include "kiemphieu/placed_file.h"
#include "kiemphieu/practice_folder.h"
#include "kiemphieu/questions.h"
#include "kiemphieu/session.h"
#include "paper/render.h"
#include "sheet/result_file.h"

namespace kp {
namespace {

constexpr std::uint64_t kMostFoundBytes = 16U << 20U;
constexpr std::size_t kMostTeamName = 60;

Result<Json> read_json(const std::string& path) {
  const Result<std::string> bytes = read_file(path, kMostFoundBytes);
  return bytes ? parse_json(*bytes, path) : Result<Json>(bytes.findings());
}

Reply drill_start(const Arguments& arguments) {
  const std::string material = arguments.path("MATERIAL");
  const std::string team = tidied(arguments.text("team"));
  if (team.empty() || team.size() > kMostTeamName)
    arguments.refuse("team", {"tên đội ngắn, như «Đội 1»; không ghi tên người",
                              "a short name such as \"Team 1\"; no person's name"});
  const Result<Drill> drill = start_drill({material, answers_path(arguments, material), arguments.path("o"),
                                           arguments.path("trainer"), team, arguments.language()});
  if (!drill) return drill.findings();
  Reply reply;
  reply.json = {{"drill", drill->id}, {"team", drill->team}, {"folder", arguments.path("o")}};
  reply.text = fmt::format(fmt::runtime(arguments.language() == Language::vi
                                            ? "Đã giao bài {} cho {}: {}\nĐáp án ở {}/{}: không để đội "
                                              "thấy.\nĐội làm xong thì gõ:\n  → kiemphieu drill answer {}\n"
                                            : "Exercise {} handed to {}: {}\nThe answers are in {}/{}: keep "
                                              "them from the team.\nWhen the team is done:\n"
                                              "  → kiemphieu drill answer {}\n"),
                           drill->id, drill->team, arguments.path("o"), arguments.path("trainer"), drill->id,
                           quoted(arguments.path("o")));
  return reply;
}

/// Reads lines into values; what is wrong with one is said to whoever typed it.
template <class Value, class Parse>
std::vector<Value> taken(Questions& questions, Ask ask, const Text& further, Parse parse, Language language) {
  ask.may_be_empty = true;
  ask.check = [&](std::string& line) -> std::string {
    const Result<Value> value = parse(line);
    return value ? "" : message(value.findings().front(), language);
  };
  std::vector<Value> values;
  for (const std::string& line : questions.lines(ask, further)) {
    Result<Value> value = parse(line);
    if (value) values.push_back(std::move(value).value());
  }
  return values;
}

// Options are checked before anything is asked.
template <class Parse>
void check_options(const Arguments& arguments, std::string_view option, Parse parse) {
  if (!arguments.has(option)) return;
  for (const std::string& line : arguments.texts(option)) {
    const auto value = parse(line);
    if (value) continue;
    const std::string why = message(value.findings().front(), arguments.language());
    arguments.refuse(option, {why, why});
  }
}

Result<Found> asked(const Arguments& arguments) {
  const Language language = arguments.language();
  check_options(arguments, "fault", fault_from_words);
  check_options(arguments, "ruling", ruling_from_words);
  check_options(arguments, "outcome", result_from_words);
  Found found;
  for (const std::string& path : arguments.paths("result")) {
    const Result<std::string> bytes = read_file(path, kMostResultBytes);
    if (!bytes) return bytes.findings();
    const Result<Json> result = parse_result(*bytes, path);
    if (!result) return result.findings();
    found.results.push_back(found_in_result(*result));
  }
  Questions questions(arguments);
  if (questions.talks()) fmt::print(stderr, "{}\n", kinds_text(language));
  found.faults =
      taken<FoundFault>(questions,
                        {"fault",
                         {"Lỗi tìm thấy: loại (số hoặc từ) và chỗ, như «typist committee/003/12»",
                          "A fault: its kind (number or word) and place, as \"typist committee/003/12\""}},
                        {"Lỗi nữa", "Another fault"}, fault_from_words, language);
  found.rulings =
      taken<FoundRuling>(questions,
                         {"ruling",
                          {"Kết luận phiếu nghi ngờ: chỗ và dấu cả phiếu, như «committee/003/12 aa.a»",
                           "A doubtful ballot: its place and marks, as \"committee/003/12 aa.a\""}},
                         {"Phiếu nữa", "Another ballot"}, ruling_from_words, language);
  if (found.results.empty()) {
    found.results = taken<FoundResult>(questions,
                                       {"outcome",
                                        {"Kết quả: cuộc bầu, kết luận (filled short tied), số của người "
                                         "trúng cử, hợp lệ, không hợp lệ, như «committee filled 1,2,5 58 2»",
                                         "A result: contest, outcome (filled short tied), the elected, "
                                         "valid, invalid, as \"committee filled 1,2,5 58 2\""}},
                                       {"Cuộc bầu nữa", "Another contest"}, result_from_words, language);
  }
  return found;
}

Reply drill_answer(const Arguments& arguments) {
  const std::string folder = arguments.path("TEAM");
  const Result<Drill> drill = read_drill(folder);
  if (!drill) return drill.findings();
  Result<Found> found = Found{};
  if (arguments.has("from")) {
    const Result<Json> json = read_json(arguments.path("from"));
    if (!json) return json.findings();
    found = parse_found(*json, arguments.path("from"));
  } else {
    found = asked(arguments);
  }
  if (!found) return found.findings();
  const std::string path = folder + "/found.json";
  if (Done written = write_file(path, canonical(to_json(*found))); !written) return written.findings();
  Reply reply;
  reply.json = {{"drill", drill->id}, {"team", drill->team}, {"found", to_json(*found)}, {"file", path}};
  reply.text = fmt::format(fmt::runtime(arguments.language() == Language::vi
                                            ? "{} đã nộp: {} lỗi, {} kết luận, {} kết quả ({}). Nộp lại thì "
                                              "lần sau thay lần trước.\nNgười hướng dẫn chấm:\n"
                                              "  → kiemphieu drill score {} --trainer …\n"
                                            : "{} handed in: {} faults, {} rulings, {} results ({}). Handing "
                                              "in again replaces it.\nThe trainer:\n"
                                              "  → kiemphieu drill score {} --trainer …\n"),
                           drill->team, found->faults.size(), found->rulings.size(), found->results.size(),
                           path, quoted(folder));
  return reply;
}

Reply drill_score(const Arguments& arguments) {
  const std::string folder = arguments.path("TEAM");
  const std::string trainer = arguments.path("trainer");
  const Result<Drill> drill = read_drill(folder);
  if (!drill) return drill.findings();
  std::error_code error;
  if (!std::filesystem::exists(folder + "/found.json", error))
    return finding(Code::drill_not_answered, folder);
  const std::string kept = trainer + "/" + drill->id;
  if (!std::filesystem::exists(kept + "/answers.json", error))
    return finding(Code::drill_unknown_drill, trainer, {drill->id});
  const Result<Json> found_json = read_json(folder + "/found.json");
  if (!found_json) return found_json.findings();
  const Result<Found> found = parse_found(*found_json, folder + "/found.json");
  if (!found) return found.findings();
  const Result<AnswersFile> answers_file = read_answers(kept + "/answers.json");
  if (!answers_file) return answers_file.findings();
  const Result<DrillAnswers> answers = parse_answers(answers_file->json, kept + "/answers.json");
  if (!answers) return answers.findings();
  const Result<Congress> congress = read_practice_congress(kept);
  if (!congress) return congress.findings();

  Reply reply;
  const Score made = score(*answers, *found);
  std::vector<DrillRun> runs = read_history(trainer, reply.findings);
  DrillRun run{entry_time(Purpose::practice, ""), drill->id, drill->team, made.points, made.of, {}};
  for (const ScoredFault& fault : made.faults) {
    if (fault.match == Match::missed) run.missed.emplace_back(plant_row(fault.planted.fault).word);
  }
  if (Done appended = append_history(trainer, run); !appended) return appended.findings();
  runs.push_back(std::move(run));
  reply.json = {{"drill", drill->id}, {"team", drill->team}, {"score", to_json(made)}};
  reply.text = score_text(made, *drill, congress->regulation, arguments.language()) +
               history_text(runs, drill->team, arguments.language());
  return reply;
}

Reply drill_book(const Arguments& arguments) {
  const Result<paper::Rendered> pages = paper::render(make_book(), paper::pages_library());
  if (!pages) return pages.findings();
  const std::string path = arguments.path("o");
  if (Done written = put_new(path, pages->pdf); !written) return written.findings();
  Reply reply(pages->notes);
  reply.json = {
      {"file", path}, {"pages", static_cast<std::int64_t>(pages->pages)}, {"sha256", sha256_hex(pages->pdf)}};
  reply.text = fmt::format(
      fmt::runtime(
          arguments.language() == Language::vi
              ? "Sổ tay người hướng dẫn: {}, {} trang. Sao phần 2 cho học viên, giữ lại phần 3, 4, 5.\n"
              : "The trainer's book (in Vietnamese): {}, {} pages. Copy part 2 for the trainees, keep parts "
                "3, 4 and 5.\n"),
      path, pages->pages);
  return reply;
}

Position team_position() {
  return {"TEAM", {"thư mục của đội, do drill start lập", "the team's folder, made by drill start"}};
}

Option trainer_option() {
  return {"trainer",
          Takes::one,
          true,
          {"thư mục của người hướng dẫn: đáp án, sổ theo dõi", "the trainer's folder: answers, history"}};
}

}  // namespace

std::vector<Command> drill_commands() {
  return {
      {{"drill start",
        {"giao bài diễn tập cho một đội, cất đáp án riêng",
         "hand an exercise to a team, the answers kept apart"},
        {{"MATERIAL", {"thư mục do lệnh mock lập", "a folder that mock made"}}},
        {{"team", Takes::one, true, {"tên đội", "the team's name"}},
         trainer_option(),
         {"answers",
          Takes::one,
          false,
          {"tệp đáp án, nếu không ở trong tài liệu", "the answers file, when it is not in the material"}},
         {"o", Takes::one, true, {"thư mục của đội", "the team's folder"}}}},
       drill_start},
      {{"drill answer",
        {"đội nộp điều tìm thấy: lỗi, chỗ, kết luận, kết quả", "a team hands in what it found"},
        {team_position()},
        {{"from", Takes::one, false, {"tệp JSON thay cho các câu hỏi", "a JSON file instead of questions"}},
         {"fault",
          Takes::many,
          false,
          {"«LOẠI CHỖ», như «typist committee/003/12»", "\"KIND PLACE\", as \"typist committee/003/12\""}},
         {"ruling",
          Takes::many,
          false,
          {"«CHỖ DẤU», như «committee/003/12 aa.a»", "\"PLACE MARKS\", as \"committee/003/12 aa.a\""}},
         {"result",
          Takes::many,
          false,
          {"tệp kết quả do lệnh result ghi", "a result file written by the command result"}},
         {"outcome",
          Takes::many,
          false,
          {"«CUỘC KẾT_LUẬN TRÚNG_CỬ HỢP_LỆ KHÔNG», như «committee filled 1,2,5 58 2»",
           "\"CONTEST OUTCOME ELECTED VALID INVALID\", as \"committee filled 1,2,5 58 2\""}}}},
       drill_answer},
      {{"drill score",
        {"chấm một đội, ghi vào sổ theo dõi", "score a team and keep it in the history"},
        {team_position()},
        {trainer_option()}},
       drill_score},
      {{"drill book",
        {"lập sổ tay người hướng dẫn một ngày tập huấn (PDF)",
         "the trainer's book for a one-day course (PDF, Vietnamese)"},
        {},
        {{"o", Takes::one, true, {"tệp PDF sẽ ghi", "PDF file to write"}}}},
       drill_book},
  };
}

}  // namespace kp
