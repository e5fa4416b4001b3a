// compare, correct, rule, retract, reopen: what the board looks at and concludes together.
#include <fmt/format.h>

#include <charconv>

#include "kiemphieu/commands.h"
#include "kiemphieu/comparison.h"
#include "kiemphieu/open_questions.h"
#include "kiemphieu/session.h"
#include "proceedings/board_acts.h"
#include "proceedings/gate.h"

namespace kp {
namespace {

Result<ContestSession> open_at(const Arguments& arguments) {
  return open_contest(arguments.path("HALL.kp"), arguments.text("CONTEST"), arguments.texts("by"));
}

BoardAct board_act(const ContestSession& at, const Arguments& arguments) {
  return {*at.contest, at.board(), at.by, arguments.text("note")};
}

BallotKey ballot_of(const Arguments& arguments) {
  return {arguments.text("bundle"), static_cast<std::uint32_t>(arguments.integer("ballot"))};
}

// --row 12=a 13=.
RowMarks rows_of(const Arguments& arguments) {
  RowMarks rows;
  for (const std::string& text : arguments.texts("row")) {
    std::uint32_t row = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), row);
    const bool good = error == std::errc() && end + 2 == text.data() + text.size() && *end == '=';
    if (!good) {
      const Text why = {
          "phải viết SỐ=DẤU: 12=a là để lại (đồng ý), 12=. là bị gạch (bỏ trống), 12=b là không đồng ý",
          "write NUMBER=MARK: 12=a left (agree), 12=. struck (blank), 12=b disagree"};
      throw UsageError(fmt::format("--row «{}»: {}", text, why.in(arguments.language())));
    }
    rows.emplace_back(row, text.back());
  }
  return rows;
}

Reply enter(ContestSession& at, const Result<Act>& act, const Text& said, Language language) {
  if (!act) return act.findings();
  if (Done written = append_and_commit(at.session, *act); !written) return written.findings();
  Reply reply;
  reply.json = {{"contest", at.contest->contest.id}, {"kind", act->kind}};
  reply.text =
      fmt::format("{}: {} ({})\n", at.contest->contest.id, said.in(language), fmt::join(act->by, ", "));
  return reply;
}

Reply compare(const Arguments& arguments) {
  const std::string path = arguments.path("HALL.kp");
  Result<Session> session = Session::open(path, Access::read);
  if (!session) return session.findings();
  const Result<const ContestHistory*> contest = find_contest(session->history(), arguments.text("CONTEST"));
  if (!contest) return contest.findings();
  const bool vi = arguments.language() == Language::vi;
  Reply reply;
  Json::Array found;
  std::vector<Mending> next;
  std::vector<OpenQuestion> questions;
  for (const std::string& bundle : (*contest)->bundles_in_force()) {
    const Result<BundleReading> reading = read_bundle(**contest, bundle, session->fetch());
    if (!reading) return reading.findings();
    for (OpenQuestion& open : open_questions(**contest, *reading)) questions.push_back(std::move(open));
    const Comparison comparison = compare_passes((*contest)->contest, *reading);
    if (comparison.ballots == 0) continue;
    reply.text += comparison_text(comparison, arguments.language());
    for (Json& difference : comparison_json(comparison)) found.push_back(std::move(difference));
    for (Mending& mending : mendings(comparison, path, arguments.language()))
      next.push_back(std::move(mending));
  }
  if (found.empty()) {
    reply.text = vi ? "Các lượt nhập giống nhau.\n" : "The passes agree.\n";
  } else {
    reply.text +=
        vi ? "Hai uỷ viên cầm tờ phiếu xem lượt nào đúng, sửa lượt kia (correct), hoặc rút cả lượt sai "
             "(retract) để nhập lại:\n"
           : "Two of the board, the sheet in hand, see which pass is right and mend the other (correct), "
             "or take it back whole (retract) to key it again:\n";
  }
  Json::Array commands;
  const auto tell = [&](const std::string& line) {
    reply.text += fmt::format("  → {}\n", line);
    commands.emplace_back(line);
  };
  std::string when;
  for (const Mending& mending : next) {
    if (mending.when != when) reply.text += fmt::format("  {}:\n", mending.when);
    when = mending.when;
    tell(mending.command);
  }
  reply.text += questions_text((*contest)->contest, questions, arguments.language());
  for (const std::string& command : ruling_commands((*contest)->contest, questions, path)) tell(command);
  reply.json = {{"contest", (*contest)->contest.id},
                {"differences", std::move(found)},
                {"doubtful", questions_json(questions)},
                {"next", std::move(commands)}};
  return reply;
}

Reply correct_command(const Arguments& arguments) {
  const BallotKey ballot = ballot_of(arguments);
  Retyped right{rows_of(arguments), {}};
  if (arguments.has("flags")) {
    Flags given;
    FlagFault fault;
    if (!parse_flags(arguments.text("flags"), given, fault)) {
      arguments.refuse("flags",
                       {"phải là: not-issued outside-name signed written-on marked, cách nhau bằng |",
                        "must be: not-issued outside-name signed written-on marked, separated by |"});
    }
    right.flags = given;
  }
  Result<ContestSession> at = open_at(arguments);
  if (!at) return at.findings();
  const Result<Act> act =
      correct(board_act(*at, arguments), ballot, arguments.integer("pass"), right, at->session.fetch());
  return enter(*at, act, {"đã ghi sửa lỗi nhập", "correction entered"}, arguments.language());
}

Result<Act> ruling_from(const Arguments& arguments, const ContestSession& at) {
  const BoardAct act = board_act(at, arguments);
  const BallotKey ballot = ballot_of(arguments);
  const FetchBundle fetch = at.session.fetch();
  if (arguments.has("marks")) return rule_marks(act, ballot, arguments.text("marks"), fetch);
  if (arguments.has("row")) return rule_rows(act, ballot, rows_of(arguments), fetch);
  for (const Verdict reason : kRuledReasons) {
    if (word(reason) == arguments.text("invalid")) return rule_invalid(act, ballot, reason, fetch);
  }
  arguments.refuse("invalid", {"phải là một trong: not-issued outside-name marked ruled-invalid",
                               "must be one of: not-issued outside-name marked ruled-invalid"});
}

Reply rule(const Arguments& arguments) {
  const int ways = int{arguments.has("marks")} + int{arguments.has("row")} + int{arguments.has("invalid")} +
                   int{arguments.has("confirm-flags")};
  const bool places = arguments.has("bundle") && arguments.has("ballot");
  if (ways != 1 || places == arguments.has("confirm-flags")) {
    throw UsageError(
        Text{"ghi --bundle, --ballot và đúng một trong --marks, --row, --invalid; hoặc chỉ --confirm-flags",
             "give --bundle, --ballot and one of --marks, --row, --invalid; or --confirm-flags alone"}
            .in(arguments.language())
            .data());
  }
  Result<ContestSession> at = open_at(arguments);
  if (!at) return at.findings();
  if (!arguments.has("confirm-flags")) {
    return enter(*at, ruling_from(arguments, *at), {"đã ghi kết luận", "ruling entered"},
                 arguments.language());
  }
  const Result<std::int64_t> waiting = ballots_waiting(*at->contest, at->session.fetch());
  if (!waiting) return waiting.findings();
  if (*waiting == 0) return finding(Code::confirm_nothing, at->contest->contest.id);
  return enter(*at, confirm_flags(board_act(*at, arguments), *waiting),
               {"đã xác nhận các ghi chú", "flags confirmed"}, arguments.language());
}

Reply retract_command(const Arguments& arguments) {
  Result<ContestSession> at = open_at(arguments);
  if (!at) return at.findings();
  const Result<Act> act =
      retract(board_act(*at, arguments), arguments.text("bundle"), arguments.integer("pass"));
  return enter(*at, act,
               {"đã rút lượt nhập; nhập lại với số lượt kế tiếp",
                "pass retracted; key it again under the next number"},
               arguments.language());
}

Reply reopen_command(const Arguments& arguments) {
  Result<ContestSession> at = open_at(arguments);
  if (!at) return at.findings();
  ContestHistory after = *at->contest;
  after.reopened = true;
  Reply reply = enter(*at, reopen(board_act(*at, arguments)), {"đã mở lại kết quả", "result reopened"},
                      arguments.language());
  if (reply.ok()) add(reply.findings, check_further_rounds(at->session.history(), after));
  return reply;
}

Option flags_option() {
  return {"flags",
          Takes::one,
          false,
          {"ghi chú của phiếu, cách nhau bằng |, để trống là bỏ hết: signed ký tên, written-on viết thêm, "
           "marked dấu riêng, outside-name người ngoài danh sách, not-issued không do ban phát ra",
           "flags of the ballot, separated by |, empty for none: signed, written-on, marked, outside-name, "
           "not-issued"}};
}

Option invalid_option() {
  return {"invalid",
          Takes::one,
          false,
          {"phiếu không hợp lệ vì: marked dấu riêng, not-issued không do ban phát ra, outside-name "
           "người ngoài danh sách, ruled-invalid lý do khác",
           "the ballot is invalid: marked, not-issued, outside-name, ruled-invalid"}};
}

}  // namespace

std::vector<Command> board_commands() {
  const Option bundle = {"bundle", Takes::one, true, {"số xấp", "number of the bundle"}};
  const Option pass = {"pass", Takes::one, true, {"lượt nhập", "pass"}};
  const Option ballot = {
      "ballot", Takes::one, true, {"số phiếu trong xấp", "number of the ballot in the bundle"}};
  const Option row = {"row",
                      Takes::pairs,
                      false,
                      {"SỐ=DẤU: 12=a để lại (đồng ý), 12=. bị gạch (bỏ trống), 12=b không đồng ý",
                       "NUMBER=MARK: 12=a left (agree), 12=. struck (blank), 12=b disagree"}};
  const auto optional = [](Option option) {
    option.required = false;
    return option;
  };
  return {
      {{"compare",
        {"các lượt nhập khác nhau ở đâu", "where the passes differ"},
        {record_position(), contest_position()},
        {}},
       compare},
      {{"correct",
        {"hai uỷ viên sửa lỗi nhập của một lượt, theo tờ phiếu", "two of the board set a typing error right"},
        {record_position(), contest_position()},
        {bundle, pass, ballot, row, flags_option(), by_option(), note_option()}},
       correct_command},
      {{"rule",
        {"hai uỷ viên kết luận về một phiếu, hoặc xác nhận các ghi chú",
         "two of the board rule on a ballot or confirm flags"},
        {record_position(), contest_position()},
        {optional(bundle),
         optional(ballot),
         {"marks",
          Takes::one,
          false,
          {"đọc cả phiếu là: mỗi dòng một dấu, liền nhau, ví dụ aa.a",
           "how the whole ballot reads, as in aa.a"}},
         row,
         invalid_option(),
         {"confirm-flags",
          Takes::nothing,
          false,
          {"xác nhận mọi ghi chú đã đọc", "confirm all flags read so far"}},
         by_option(),
         note_option()}},
       rule},
      {{"retract",
        {"hai uỷ viên rút một lượt nhập của một xấp", "two of the board take a pass back"},
        {record_position(), contest_position()},
        {bundle, pass, by_option(), note_option()}},
       retract_command},
      {{"reopen",
        {"hai uỷ viên mở lại một kết quả để sửa", "two of the board reopen a result"},
        {record_position(), contest_position()},
        {by_option(), note_option()}},
       reopen_command},
  };
}

}  // namespace kp
