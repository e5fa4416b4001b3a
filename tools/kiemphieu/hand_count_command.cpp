// hand-count: what was counted by hand when machines failed, into the record and onto paper.
#include <fmt/format.h>

#include "base/canon.h"
#include "base/digest.h"
#include "base/file.h"
#include "intake/totals.h"
#include "kiemphieu/commands.h"
#include "kiemphieu/paper_file.h"
#include "kiemphieu/record_view.h"
#include "kiemphieu/session.h"
#include "proceedings/hand_count_note.h"
#include "sheet/hand_count.h"

namespace kp {
namespace {

constexpr std::uint64_t kMostTotalsBytes = 1U << 20U;

Result<HandCount> read_count(const Arguments& arguments, const Contest& contest) {
  HandCount count{{}, arguments.text("note")};
  Findings findings;
  for (const std::string& path : arguments.paths("TOTALS.csv")) {
    const Result<std::string> bytes = read_file(path, kMostTotalsBytes);
    if (!bytes) return bytes.findings();
    Result<HandTally> tally = parse_totals(*bytes, path, contest);
    if (tally) {
      count.teams.push_back(std::move(tally).value());
    } else {
      add(findings, tally.findings());
    }
  }
  if (!findings.empty()) return findings;
  return count;
}

// The minutes of the hand count that stands in a record or a dossier.
Reply print_minutes(const std::string& path, const History& history, const std::string& contest,
                    Language language) {
  const Result<const ContestHistory*> found = find_contest(history, contest);
  if (!found) return found.findings();
  if (!(*found)->by_hand) return finding(Code::hand_none, contest);
  const Result<paper::Document> minutes =
      hand_count_minutes(*(*found)->by_hand, BeforeResult{history, {}}, language);
  if (!minutes) return minutes.findings();
  Reply reply = print_to(path, *minutes);
  if (!reply.ok()) return reply;
  reply.json.emplace_back("contest", contest);
  reply.text = fmt::format(
      fmt::runtime(language == Language::vi ? "Biên bản kiểm tay: {}. In, đọc trước ban kiểm phiếu, ký.\n"
                                            : "Minutes of the count by hand: {}. Print, read to the board, "
                                              "sign.\n"),
      path);
  return reply;
}

Reply enter_count(const Arguments& arguments) {
  const std::string path = arguments.path("HALL.kp");
  Result<ContestSession> at = open_contest(path, arguments.text("CONTEST"), arguments.texts("by"));
  if (!at) return at.findings();
  const Contest& contest = at->contest->contest;
  const Result<HandCount> count = read_count(arguments, contest);
  if (!count) return count.findings();
  const Result<Json> document =
      make_hand_count(at->session.history(), *at->contest, *count, at->session.head());
  if (!document) return document.findings();
  const Result<Act> act = enter_hand_count(*at->contest, at->board(), *document, at->by);
  if (!act) return act.findings();
  if (Done written = append_and_commit(at->session, *act); !written) return written.findings();
  Reply reply;
  reply.json = {{"contest", contest.id},
                {"sha256", sha256_hex(canonical(*document))},
                {"outcome", document->at("outcome")}};
  const Language language = arguments.language();
  reply.text = fmt::format(
      fmt::runtime(
          language == Language::vi
              ? "{0}: đã ghi vào sổ số kiểm bằng tay.\n{1}.\nGiữ nguyên phiếu; có máy thì nhập phiếu "
                "và lập kết quả như thường. In biên bản để ký:\n  → kiemphieu hand-count {2} {0} -o "
                "{0}-kiem-tay.pdf\n"
              : "{0}: the count by hand is in the record.\n{1}.\nKeep the ballots; when there are "
                "machines, enter them and make the result as usual. To print the minutes:\n  → "
                "kiemphieu hand-count {2} {0} -o {0}-kiem-tay.pdf\n"),
      contest.id, hand_count_mark().in(language), quoted(path));
  return reply;
}

Reply hand_count(const Arguments& arguments) {
  if (arguments.has("TOTALS.csv") == arguments.has("o")) {
    arguments.refuse("o", {"chọn một: nêu các tệp số kiểm tay để ghi vào sổ, hoặc -o để in biên bản đã ghi",
                           "choose one: files of totals to enter them, or -o to print what was entered"});
  }
  if (arguments.has("TOTALS.csv")) return enter_count(arguments);
  const Result<RecordView> view = RecordView::open(arguments.path("HALL.kp"));
  if (!view) return view.findings();
  return print_minutes(arguments.path("o"), view->history(), arguments.text("CONTEST"), arguments.language());
}

}  // namespace

std::vector<Command> hand_count_commands() {
  Position totals = {"TOTALS.csv",
                     {"số kiểm tay của một tổ (CSV), mỗi tổ một tệp",
                      "the totals of one team (CSV), one file "
                      "for each"}};
  totals.many = true;
  totals.optional = true;
  return {
      {{"hand-count",
        {"ghi số kiểm bằng tay khi máy hỏng, in biên bản; không phải là kết quả",
         "enters a count by hand when machines fail, prints its minutes; no result"},
        {record_position(), contest_position(), totals},
        {{"o", Takes::one, false, {"tệp PDF sẽ ghi", "PDF file to write"}}, by_option(), note_option()}},
       hand_count},
  };
}

}  // namespace kp
