// The exercises of the book and their model answers: both from the same case, the answers counted.
#include <fmt/format.h>

#include <map>

#include "ballots/validity.h"
#include "base/check.h"
#include "base/text.h"
#include "contest/definition.h"
#include "drill/ballot_slip.h"
#include "drill/book_draft.h"
#include "drill/course.h"
#include "drill/scenario.h"
#include "intake/csv.h"
#include "rules/ruleset.h"
#include "sheet/words.h"

namespace kp {
namespace {

using paper::Align;
using paper::Table;
using paper::Words;

constexpr Language kVi = Language::vi;

constexpr std::array<std::string_view, kCourseParts> kPartTitles = {
    "Nhóm A. Phiếu này hợp lệ không? Tính cho ai?", "Nhóm B. Tổng số để tính kết quả và mức quá bán",
    "Nhóm C. Ai trúng cử?", "Nhóm D. Bầu tiếp, bầu lại, bầu lần ba",
    "Nhóm E. Xin ý kiến, rút tên, tín nhiệm, xếp loại"};

constexpr std::array<std::string_view, kCourseParts> kPartQuestions = {
    "Mỗi tờ dưới đây là một phiếu của một cuộc bầu khác nhau. Hợp lệ hay không hợp lệ, vì sao? Nếu hợp lệ, "
    "ai được một phiếu? Tờ nào phải đưa ban "
    "kiểm phiếu kết luận trước?",
    "Tổng số để tính kết quả là bao nhiêu, quá bán từ bao nhiêu phiếu? Tỷ lệ phần trăm của từng người (hai "
    "chữ số)? Có trúng cử không?",
    "Bao nhiêu phiếu hợp lệ, không hợp lệ? Số phiếu của từng người? Ai trúng cử, còn khuyết mấy người, việc "
    "tiếp theo là gì?",
    "Ai trúng cử? Cần quá bán không? Việc tiếp theo là gì, ai quyết định?",
    "Kết quả của từng người là gì? Tính trên tổng số nào?"};

/// One exercise: its number in the book, its case, its congress.
struct Task {
  std::string number;
  CoursePart part = CoursePart::line;
  Json scenario;
  ScenarioResult result;

  [[nodiscard]] const Contest& contest() const { return result.congress.contests.front(); }
};

std::vector<Task> tasks() {
  std::vector<Task> all;
  std::map<CoursePart, int> numbers;
  for (const Exercise& exercise : kExercises) {
    const auto letter = static_cast<char>('A' + static_cast<int>(exercise.part));
    Json scenario = scenario_named(exercise.scenario).value();
    ScenarioResult result = scenario_result(scenario);
    all.push_back({fmt::format("{}{}", letter, ++numbers[exercise.part]), exercise.part, std::move(scenario),
                   std::move(result)});
  }
  return all;
}

std::string numbers_with(const std::string& marks, char letter) {
  std::string numbers;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (marks[i] == letter) numbers += (numbers.empty() ? "" : ", ") + std::to_string(i + 1);
  }
  return numbers;
}

// "để lại 1, 2; gạch 3": what a group of ballots looks like.
std::string in_words(const std::string& marks, BallotForm form) {
  std::string text;
  const auto say = [&](std::string_view what, char letter) {
    const std::string numbers = numbers_with(marks, letter);
    if (!numbers.empty()) text += fmt::format("{}{} {}", text.empty() ? "" : "; ", what, numbers);
  };
  const std::vector<std::string_view> heads = option_heads(form);
  if (form == BallotForm::strike) {
    say("để lại", 'a');
    say("gạch", '.');
  } else {
    for (std::size_t i = 0; i < heads.size(); ++i)
      say("«" + std::string(heads[i]) + "»", static_cast<char>('a' + i));
    say("bỏ trống", '.');
    say("đánh nhiều ô", '*');
  }
  say("không đọc rõ", '?');
  return text;
}

std::string flags_in_words(const std::string& field) {
  Flags flags;
  FlagFault fault;
  KP_ASSERT(parse_flags(field, flags, fault));
  return spoken(flags, kVi);
}

std::string facts_of(const Task& task) {
  const Congress& congress = task.result.congress;
  const Contest& contest = task.contest();
  std::string text = fmt::format("{}, cấp {}. Triệu tập {}", in_sentence_case(spoken(congress.kind).vi),
                                 spoken(congress.level).vi, congress.electorate.summoned);
  for (const Deduction& less : congress.electorate.deductions)
    text += fmt::format("; trong đó {} người {}", less.count, spoken_reason(less.reason).vi);
  text += fmt::format("; có mặt {}. ", congress.electorate.present);
  text += in_sentence_case(spoken(contest.question).vi);
  if (contest.office != Office::other) text += fmt::format(", {}", spoken(contest.office).vi);
  text += fmt::format(": danh sách {} người", contest.rows.size());
  if (contest.seats > 0) text += fmt::format(", số lượng {}", contest.seats);
  if (contest.prepared) text += fmt::format(", cấp uỷ chuẩn bị {} người", *contest.prepared);
  if (contest.revote) {
    text += fmt::format(", lần {}, bầu lại giữa những người bằng phiếu", contest.round);
  } else if (contest.round > 1) {
    text += fmt::format(", lần {}", contest.round);
  }
  return text + ".";
}

Table ballots_of(const Task& task) {
  Table table;
  table.columns = {{1, Align::right}, {6, Align::left}};
  table.head = {{{"Số phiếu"}}, {{"Trên phiếu"}}};
  for (const Json& group : task.scenario.at("ballots").array()) {
    const Json::Array& parts = group.array();
    std::string seen = in_words(parts[1].string(), task.contest().ballot);
    if (parts.size() > 2) seen += "; " + flags_in_words(parts[2].string());
    table.rows.push_back({Words{{std::to_string(parts[0].integer())}}, {{std::move(seen)}}});
  }
  table.size = 11;
  table.before = 3;
  table.whole = true;
  return table;
}

/// The ballot that an exercise of `validity` is about: the last one of its case, as it lay in the box.
struct LastBallot {
  std::uint32_t number = 0;
  std::string marks;
  Flags flags;
};

LastBallot last_ballot(const Task& task) {
  const Contest& contest = task.contest();
  const Ballots ballots =
      parse_ballots(scenario_bundle(task.scenario).csv, "ballots.csv", {contest.ballot, contest.rows.size()})
          .value();
  const std::size_t last = ballots.size() - 1;
  return {ballots.numbers()[last], ballots.marks(last), ballots.flags(last)};
}

// For the trainees to fill in while they look at the ballots.
void write_form(BookDraft& draft, const std::vector<Task>& all) {
  Table form;
  form.columns = {{1, Align::center}, {2, Align::center}, {5, Align::left}, {3, Align::left}};
  form.head = {{{"Bài"}}, {{"Hợp lệ?"}}, {{"Vì sao"}}, {{"Ai được một phiếu"}}};
  for (const Task& task : all) {
    if (task.part == CoursePart::validity)
      form.rows.push_back({Words{{task.number}}, {{""}}, {{""}}, {{""}}});
  }
  form.before = 10;
  form.spread = 7;
  draft.table(std::move(form));
}

void draw_ballots(BookDraft& draft, const std::vector<Task>& all) {
  paper::Slips slips;
  Random random(1);
  for (const Task& task : all) {
    if (task.part != CoursePart::validity) continue;
    Contest contest = task.contest();
    // The case's own title gives the answer away.
    contest.title = "Bầu ban chấp hành";
    const LastBallot ballot = last_ballot(task);
    const SlipSize size = slip_size(contest);
    slips.width = size.width;
    slips.height = size.height;
    for (paper::Slip& slip : ballot_slips(task.result.congress, contest,
                                          {"bài " + task.number, ballot.marks, ballot.flags}, random)) {
      slips.slips.push_back(std::move(slip));
    }
  }
  draft.slips(std::move(slips));
}

Table rows_of(const Task& task) {
  Table table;
  const Json::Array& rows = task.result.sheet.at("rows").array();
  const std::vector<std::string_view> heads = option_heads(task.contest().ballot);
  const bool graded = !rows.empty() && rows.front().find("options") != nullptr;
  table.columns = {{1, Align::center}, {4, Align::left}};
  table.head = {{{"Số"}}, {{"Họ và tên"}}};
  const auto column = [&](std::string_view head) {
    table.columns.push_back({2, Align::right});
    table.head.push_back({{std::string(head)}});
  };
  if (graded) {
    for (const std::string_view head : heads) column(head);
  } else {
    column("Số phiếu");
    column("%");
  }
  table.columns.push_back({3.4, Align::left});
  table.head.push_back({{"Kết quả"}});
  for (const Json& row : rows) {
    std::vector<Words> cells = {{{std::to_string(row.at("no").integer())}}, {{row.at("name").string()}}};
    if (graded) {
      for (const Json& option : row.at("options").array())
        cells.push_back({{std::to_string(option.integer())}});
      cells.push_back({{spoken_band(row.at("band").string(), kVi)}});
    } else {
      cells.push_back({{std::to_string(row.at("votes").integer())}});
      cells.push_back({{row.at("percent").string()}});
      const Json* standing = row.find("standing");
      cells.push_back({{standing == nullptr ? "" : spoken_standing(standing->string(), kVi)}});
    }
    table.rows.push_back(std::move(cells));
  }
  table.size = 11;
  table.before = 3;
  table.whole = true;
  return table;
}

std::string invalid_in_words(const Json& ballots, bool counted = true) {
  std::string text;
  for (const Json::Member& reason : ballots.at("invalid_by").members()) {
    for (std::size_t i = 0; i < kVerdictCount; ++i) {
      const auto verdict = static_cast<Verdict>(i);
      if (word(verdict) == reason.first)
        text += fmt::format("{}{}{}", text.empty() ? "" : "; ", spoken(verdict).vi,
                            counted ? fmt::format(": {}", reason.second.integer()) : "");
    }
  }
  return text;
}

std::string figures_of(const Task& task) {
  const Json& ballots = task.result.sheet.at("ballots");
  const std::string invalid = invalid_in_words(ballots);
  return fmt::format("Hợp lệ {}, không hợp lệ {}{}.", ballots.at("valid").integer(),
                     ballots.at("invalid").integer(), invalid.empty() ? "" : " (" + invalid + ")");
}

std::string conclusion_of(const Task& task) {
  const Json& sheet = task.result.sheet;
  const Json& next = sheet.at("next");
  std::string text = "Kết luận: " + spoken_outcome(sheet.at("outcome").string(), kVi);
  const std::int64_t open = sheet.at("open_seats").integer();
  if (open > 0) text += fmt::format("; còn khuyết {}", open);
  if (next.at("action").string() != "none")
    text += "; tiếp theo: " + spoken_action(next.at("action").string(), kVi);
  return text + ".";
}

std::string basis_of(const Json& step) {
  std::string text = fmt::format("{} ({}", step.at("text_vi").string(),
                                 citation(step.at("document").string(), step.at("article").string(), kVi));
  if (step.at("grade").string() == word(Grade::unverified)) text += "; chưa kiểm chứng";
  return text + ")";
}

// Rules that every election rests on are said once, not in each answer.
bool is_telling(const Task& task, const std::string& rule) {
  if (rule == "validity/full-or-fewer" || rule.starts_with("ballot/")) return false;
  if (rule == "validity/nobody-on-agree") {
    return task.part == CoursePart::validity && last_ballot(task).marks.find('a') == std::string::npos;
  }
  if (rule.starts_with("base/")) return task.part == CoursePart::line;
  if (rule == "majority/over-half") return task.part != CoursePart::validity;
  return true;
}

void write_steps(BookDraft& draft, const Task& task) {
  for (const Json& step : task.result.sheet.at("steps").array()) {
    if (is_telling(task, step.at("rule").string())) draft.item(basis_of(step));
  }
}

void write_validity_answer(BookDraft& draft, const Task& task) {
  const Json* rulings = task.scenario.find("rulings");
  const Json& ballots = task.result.sheet.at("ballots");
  const LastBallot ballot = last_ballot(task);
  // The others of the case are all valid: what is invalid is the ballot of the exercise.
  const bool valid = ballots.at("invalid").integer() == 0;
  std::string text = valid ? "Hợp lệ." : "Không hợp lệ – " + invalid_in_words(ballots, false) + ".";
  if (rulings != nullptr) {
    const std::string marks = rulings->array().front().array()[1].string();
    text = fmt::format(
        "Phiếu nghi ngờ: người nhập ghi ?, hai uỷ viên cầm tờ phiếu kết luận. Kết luận «{}» thì {}",
        in_words(marks, task.contest().ballot), valid ? "phiếu hợp lệ." : "phiếu không hợp lệ.");
    if (valid) text += fmt::format(" Được tính: {}.", numbers_with(marks, 'a'));
  } else if (valid) {
    const std::string chosen = numbers_with(ballot.marks, 'a');
    text +=
        chosen.empty() ? " Không ai được phiếu nào từ tờ này." : " Được tính một phiếu: số " + chosen + ".";
  }
  draft.text(Words{{"Bài " + task.number + ". ", true}, {text}}, true);
  write_steps(draft, task);
}

// Some cases are titled in words of the files ("members: …"), which are not for people.
std::string title_of(const Task& task) {
  const std::string& about = task.scenario.at("about").string();
  return about.front() >= 'a' && about.front() <= 'z' ? "" : " – " + about;
}

void write_answer(BookDraft& draft, const Task& task) {
  draft.subheading("Bài " + task.number + title_of(task));
  draft.text(task.result.sheet.at("base").at("sentence_vi").string(), true);
  draft.text(figures_of(task), true);
  draft.table(rows_of(task));
  draft.text(Words{{conclusion_of(task), true}}, true);
  write_steps(draft, task);
}

}  // namespace

void write_exercises(BookDraft& draft) {
  draft.heading("2. Bài tập buổi sáng");
  const std::vector<Task> all = tasks();
  for (std::size_t part = 0; part < kCourseParts; ++part) {
    draft.subheading(std::string(kPartTitles[part]));
    draft.text(Words{{std::string(kPartQuestions[part]), false, true}}, part > 0);
    if (static_cast<CoursePart>(part) == CoursePart::validity) {
      write_form(draft, all);
      draw_ballots(draft, all);
      continue;
    }
    for (const Task& task : all) {
      if (task.part != static_cast<CoursePart>(part)) continue;
      draft.text(Words{{"Bài " + task.number + ". ", true}, {facts_of(task)}}, true);
      draft.table(ballots_of(task));
    }
  }
}

void write_answers(BookDraft& draft) {
  draft.heading("5. Lời giải");
  const std::vector<Task> all = tasks();
  for (std::size_t part = 0; part < kCourseParts; ++part) {
    draft.subheading(std::string(kPartTitles[part]));
    for (const Task& task : all) {
      if (task.part != static_cast<CoursePart>(part)) continue;
      if (task.part == CoursePart::validity) {
        write_validity_answer(draft, task);
      } else {
        write_answer(draft, task);
      }
    }
  }
}

}  // namespace kp
