// report: the structure of a list and of the elected, and the credentials of those who vote.
#include <fmt/format.h>

#include "base/file.h"
#include "base/share.h"
#include "contest/definition.h"
#include "contest/list_rules.h"
#include "contest/majority.h"
#include "kiemphieu/commands.h"
#include "kiemphieu/history_source.h"
#include "kiemphieu/placed_file.h"
#include "kiemphieu/report.h"
#include "kiemphieu/spreadsheet.h"
#include "proceedings/setup.h"

namespace kp {
namespace {

/// Who was summoned to one vote, and who came.
class Credentials {
 public:
  Credentials(const Congress& congress, const ContestHistory& contest)
      : congress_(congress),
        contest_(contest.contest),
        electorate_(contest.electorate),
        kind_(kind_of(congress, contest.contest)),
        base_(base_of(contest.electorate)) {}

  [[nodiscard]] std::vector<Cells> rows(Language language) const {
    const bool vi = language == Language::vi;
    std::vector<Cells> rows = {{vi ? "Được triệu tập" : "Summoned", std::to_string(base_.summoned)}};
    for (const Deduction& deduction : electorate_.deductions) {
      rows.push_back(
          {fmt::format("{}: {}", vi ? "Trừ" : "Less", spoken_reason(deduction.reason).in(language)),
           std::to_string(deduction.count)});
    }
    rows.push_back({vi ? "Tổng số để tính kết quả" : "Base", std::to_string(base_.count)});
    rows.push_back({vi ? "Có mặt" : "Present", std::to_string(electorate_.present)});
    rows.push_back(
        {vi ? "Tỷ lệ có mặt trên số được triệu tập (%)" : "Present of those summoned (%)", share()});
    rows.push_back({vi ? "Vắng mặt, không được trừ" : "Absent, not deducted", std::to_string(absent())});
    return rows;
  }

  [[nodiscard]] Findings attendance() const {
    return check_attendance(congress_.regulation, kind_, contest_.question, electorate_, {});
  }

  [[nodiscard]] std::string text(Language language) const {
    const bool vi = language == Language::vi;
    std::string text;
    if (congress_.purpose == Purpose::practice) text += vi ? "*** DIỄN TẬP ***\n" : "*** PRACTICE ***\n";
    text += fmt::format("{}\n{}\n{} — {} ({})\n", title(language), congress_.unit, congress_.title,
                        congress_.date, spoken(kind_).in(language));
    for (const Cells& row : rows(language)) text += fmt::format("  {}: {}\n", row[0], row[1]);
    return text + "  " + majority_sentence(kind_, base_, contest_.revote, language) + "\n";
  }

  [[nodiscard]] std::vector<Cells> cells(Language language) const {
    std::vector<Cells> cells = {{title(language)}, {congress_.unit}, {congress_.title}, {congress_.date}, {}};
    if (congress_.purpose == Purpose::practice) {
      cells.insert(cells.begin(), {language == Language::vi ? "DIỄN TẬP" : "PRACTICE"});
    }
    for (Cells row : rows(language)) {
      row[1] = with_comma(row[1]);
      cells.push_back(std::move(row));
    }
    return cells;
  }

  [[nodiscard]] Json json() const {
    Json json = to_json(electorate_);
    json.set("kind", word(kind_));
    json.set("base", base_.count);
    json.set("line", base_.line);
    json.set("absent", absent());
    json.set("share_present", share());
    json.set("two_thirds_present", 3 * electorate_.present >= 2 * electorate_.summoned);
    return json;
  }

 private:
  [[nodiscard]] std::int64_t absent() const { return base_.count - electorate_.present; }
  [[nodiscard]] std::string share() const { return percent(electorate_.present, electorate_.summoned); }
  [[nodiscard]] std::string title(Language language) const {
    if (language == Language::en) return "Credentials report";
    switch (kind_) {
      case CongressKind::delegates:
        return "Báo cáo thẩm tra tư cách đại biểu";
      case CongressKind::members:
        return "Báo cáo thẩm tra tư cách đảng viên dự đại hội";
      default:
        return "Báo cáo số thành viên dự hội nghị";
    }
  }

  const Congress& congress_;
  const Contest& contest_;
  const Electorate& electorate_;
  CongressKind kind_;
  Base base_;
};

Reply report(const Arguments& arguments) {
  const Language language = arguments.language();
  const Result<History> history = history_of(arguments.path("SOURCE"));
  if (!history) return history.findings();
  const Result<const ContestHistory*> contest = find_contest(*history, arguments.text("CONTEST"));
  if (!contest) return contest.findings();
  const Congress& congress = history->congress;
  Reply reply;
  std::vector<Cells> cells;
  if (arguments.has("credentials")) {
    const Credentials credentials(congress, **contest);
    reply.findings = credentials.attendance();
    reply.json = {{"contest", (*contest)->contest.id}, {"credentials", credentials.json()}};
    reply.text = credentials.text(language);
    cells = credentials.cells(language);
  } else {
    const StructureReport structure = report_on(*history, (*contest)->contest);
    reply.json = report_json(structure);
    reply.text = report_text(structure, congress, language);
    cells = report_cells(structure, congress, language);
  }
  // Whoever was found elected by hand is not among the elected here.
  if ((*contest)->by_hand)
    reply.findings.push_back(finding(Code::verify_count_by_hand, (*contest)->contest.id));
  const std::string csv = arguments.path("csv");
  if (csv.empty()) return reply;
  if (Done written = put_new(csv, spreadsheet(cells)); !written) return written.findings();
  reply.json.emplace_back("file", csv);
  return reply;
}

}  // namespace

Command report_command() {
  return {
      {"report",
       {"báo cáo cơ cấu danh sách và người trúng cử; thẩm tra tư cách",
        "structure of list and elected; credentials"},
       {{"SOURCE", {"sổ kiểm phiếu, hồ sơ, hoặc tệp định nghĩa", "a record, a dossier or a definition"}},
        contest_position()},
       {{"credentials",
         Takes::nothing,
         false,
         {"báo cáo thẩm tra tư cách: số triệu tập, có mặt", "credentials: who was summoned, who is present"}},
        {"csv",
         Takes::one,
         false,
         {"ghi thêm bảng tính (CSV) vào tệp này", "writes a spreadsheet (CSV) too"}}}},
      report};
}

}  // namespace kp
