// ballot-proof: the ballot on paper before it is printed, and two people who found it right.
#include "proceedings/ballot_proof.h"

#include <fmt/format.h>

#include "kiemphieu/commands.h"
#include "kiemphieu/paper_file.h"
#include "kiemphieu/record_view.h"
#include "kiemphieu/session.h"
#include "sheet/ballot_proof.h"

namespace kp {
namespace {

Reply print_proof(const Arguments& arguments) {
  const Result<RecordView> view = RecordView::open(arguments.path("HALL.kp"));
  if (!view) return view.findings();
  const History& history = view->history();
  const Result<const ContestHistory*> contest = find_contest(history, arguments.text("CONTEST"));
  if (!contest) return contest.findings();
  Reply reply =
      print_to(arguments.path("o"), make_ballot_proof(history.congress, (*contest)->contest,
                                                      history.congress_sha256, arguments.language()));
  if (!reply.ok()) return reply;
  reply.json.emplace_back("contest", (*contest)->contest.id);
  const bool vi = arguments.language() == Language::vi;
  // The digest is to be read from the paper, so it is not shown here.
  reply.text = fmt::format(
      fmt::runtime(vi ? "Bản soát phiếu: {}. In ra, hai người đối chiếu từng dòng, rồi gõ các nhóm mã số "
                        "đọc từ giấy:\n  → kiemphieu ballot-proof {} {} --by … --typed … --by … "
                        "--typed …\n"
                      : "Proof of the ballot: {}. Print it, let two people read every line, then type the "
                        "groups read from the paper:\n  → kiemphieu ballot-proof {} {} --by … --typed … "
                        "--by … --typed …\n"),
      arguments.path("o"), quoted(arguments.path("HALL.kp")), (*contest)->contest.id);
  return reply;
}

Reply enter_confirmation(const Arguments& arguments) {
  const std::vector<std::string> typed = arguments.texts("typed");
  const std::vector<std::string> names = arguments.texts("by");
  if (typed.size() != 2 || names.size() != 2) {
    arguments.refuse("typed", {"hai người, mỗi người một lần --by và một lần --typed \"hai nhóm\"",
                               "two people, each with --by and --typed \"two groups\""});
  }
  Result<ContestSession> at = open_contest(arguments.path("HALL.kp"), arguments.text("CONTEST"), names);
  if (!at) return at.findings();
  const Result<Act> act = confirm_proof(*at->contest, at->by, {typed[0], typed[1]});
  if (!act) return act.findings();
  if (Done written = append_and_commit(at->session, *act); !written) return written.findings();
  Reply reply;
  const Contest& contest = at->contest->contest;
  reply.json = {{"contest", contest.id}, {"digest", ballot_digest(contest)}};
  reply.text = fmt::format(
      fmt::runtime(
          arguments.language() == Language::vi
              ? "{}: đã ghi vào sổ: hai người đã soát mẫu phiếu, đúng danh sách trong sổ. In phiếu được.\n"
              : "{}: entered: two people read the proof of the ballot; it is of the list in the record. The "
                "ballots may be printed.\n"),
      contest.id);
  return reply;
}

Reply ballot_proof(const Arguments& arguments) {
  if (arguments.has("typed") == arguments.has("o")) {
    arguments.refuse("typed",
                     {"chọn một: -o để in bản soát, --by … --typed … hai lần để ghi là đã soát",
                      "choose one: -o to print the proof, --by … --typed … twice to enter that it was read"});
  }
  return arguments.has("typed") ? enter_confirmation(arguments) : print_proof(arguments);
}

}  // namespace

std::vector<Command> ballot_proof_commands() {
  return {
      {{"ballot-proof",
        {"bản soát phiếu trước khi in (PDF); hai người xác nhận đã soát",
         "the ballot's proof before printing (PDF); two people confirm it"},
        {record_position(), contest_position()},
        {{"o", Takes::one, false, {"tệp PDF sẽ ghi", "PDF file to write"}},
         {"typed",
          Takes::many,
          false,
          {"hai nhóm mã số đọc từ giấy, mỗi người một lần, theo thứ tự như --by",
           "two groups of the digest read from the paper, once for each person, in the order of --by"}},
         by_option()}},
       ballot_proof},
  };
}

}  // namespace kp
