#include "kiemphieu/open_questions.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "kiemphieu/mark_words.h"
#include "kiemphieu/reply.h"

namespace kp {
namespace {

constexpr std::string_view kTwoOfBoard = " --by \"…\" --by \"…\"";

OpenQuestion question_about(const BundleReading& reading, const Doubt& doubt) {
  OpenQuestion question{reading.bundle, doubt.ballot, {}, false, {}};
  std::set<std::uint32_t> rows;
  for (const PassReading& pass : reading.passes) {
    const std::size_t index = pass.ballots.find(doubt.ballot);
    if (index == pass.ballots.size()) continue;
    const std::string marks = pass.ballots.marks(index);
    for (std::size_t row = 0; row < marks.size(); ++row) {
      if (marks[row] == letter(Mark::unreadable)) rows.insert(static_cast<std::uint32_t>(row + 1));
    }
    for (std::size_t i = 0; doubt.unconfirmed && i < kFlagCount; ++i) {
      const auto flag = static_cast<Flag>(i);
      if (pass.ballots.flags(index).has(flag)) question.flags.insert(flag);
    }
    question.all_rows = rows.size() == marks.size();
  }
  question.rows.assign(rows.begin(), rows.end());
  return question;
}

}  // namespace

std::vector<OpenQuestion> open_questions(const ContestHistory& contest, const BundleReading& reading) {
  std::vector<OpenQuestion> questions;
  for (const Doubt& doubt : doubts(contest, reading)) questions.push_back(question_about(reading, doubt));
  return questions;
}

std::string questions_text(const Contest& contest, const std::vector<OpenQuestion>& questions,
                           Language language) {
  if (questions.empty()) return {};
  const bool vi = language == Language::vi;
  Table table({{vi ? "Xấp" : "Bundle"},
               {vi ? "Phiếu" : "Ballot", Table::Align::right},
               {vi ? "Số" : "No", Table::Align::right},
               {vi ? "Họ và tên" : "Name"},
               {vi ? "Chờ kết luận" : "To be ruled on"}});
  const std::string unreadable(spoken(Mark::unreadable, contest.ballot).in(language));
  for (const OpenQuestion& question : questions) {
    const std::string ballot = std::to_string(question.ballot);
    const auto whole = [&](const std::string& what) {
      table.add({question.bundle, ballot, "", vi ? "(cả phiếu)" : "(whole ballot)", what});
    };
    if (!question.flags.none()) whole(spoken(question.flags, language));
    if (question.all_rows) {
      whole(unreadable);
      continue;
    }
    for (const std::uint32_t row : question.rows) {
      table.add({question.bundle, ballot, std::to_string(row), contest.rows[row - 1].name, unreadable});
    }
  }
  const std::string_view head = vi ? "Phiếu chờ ban kiểm phiếu kết luận (--confirm-flags nhận mọi ghi chú; "
                                     "ghi chú nào không đúng thì trước đó kết "
                                     "luận riêng phiếu ấy bằng --marks):\n"
                                   : "Ballots that wait for the board (--confirm-flags takes every flag; one "
                                     "that is wrong is ruled on before, by "
                                     "--marks):\n";
  std::string text = std::string(head) + table.text();
  const bool reads = std::any_of(questions.begin(), questions.end(),
                                 [](const OpenQuestion& question) { return !question.rows.empty(); });
  if (reads) {
    text +=
        fmt::format(fmt::runtime(vi ? "Thay … sau số dòng bằng: {}\n" : "Put for … behind a number: {}\n"),
                    legend_of(contest.ballot, language));
  }
  return text;
}

std::vector<std::string> ruling_commands(const Contest& contest, const std::vector<OpenQuestion>& questions,
                                         const std::string& record) {
  std::vector<std::string> commands;
  bool flags = false;
  for (const OpenQuestion& question : questions) {
    flags = flags || !question.flags.none();
    if (question.rows.empty()) continue;
    std::string command = fmt::format("kiemphieu rule {} {} --bundle {} --ballot {}", record, contest.id,
                                      question.bundle, question.ballot);
    if (question.all_rows) command += " --marks …";
    for (const std::uint32_t row : question.rows) {
      if (!question.all_rows) command += fmt::format(" --row {}=…", row);
    }
    commands.push_back(fmt::format("{}{} --note \"…\"", command, kTwoOfBoard));
  }
  if (flags) {
    commands.push_back(
        fmt::format("kiemphieu rule {} {} --confirm-flags{}", record, contest.id, kTwoOfBoard));
  }
  return commands;
}

Json::Array questions_json(const std::vector<OpenQuestion>& questions) {
  Json::Array array;
  for (const OpenQuestion& question : questions) {
    Json::Array rows;
    for (const std::uint32_t row : question.rows) rows.emplace_back(row);
    array.push_back(Json::object({{"bundle", question.bundle},
                                  {"ballot", question.ballot},
                                  {"rows", std::move(rows)},
                                  {"flags", to_text(question.flags)}}));
  }
  return array;
}

}  // namespace kp
