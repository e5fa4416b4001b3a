// check, open, contest, electorate: what will be voted on, and by whom.
#include <fmt/format.h>

#include "base/digest.h"
#include "base/file.h"
#include "contest/definition.h"
#include "contest/list_rules.h"
#include "contest/majority.h"
#include "kiemphieu/commands.h"
#include "kiemphieu/draft.h"
#include "kiemphieu/proof.h"
#include "kiemphieu/session.h"
#include "proceedings/list_building.h"
#include "proceedings/setup.h"

namespace kp {
namespace {

Reply check(const Arguments& arguments) {
  const Result<Definition> definition = read_definition(arguments.path("C.json"));
  if (!definition) return definition.findings();
  return proof_of(*definition, arguments.language());
}

Reply open(const Arguments& arguments) {
  Result<Definition> definition = read_definition(arguments.path("C.json"));
  if (!definition) return definition.findings();
  if (has_error(definition->findings)) return definition->findings;
  const Congress& congress = definition->congress;
  const Result<People> by = resolve_people(congress, congress.board, arguments.texts("by"));
  if (!by) return by.findings();
  Result<Record> record = Record::create(arguments.path("o"));
  if (!record) return record.findings();
  const Act act = opened(congress, definition->digest, *by);
  const Entry entry{0, entry_time(congress.purpose, ""), act.by, act.kind, act.body};
  Done written = record->append(entry_bytes(entry));
  if (written) written = record->put_blob(definition->digest, definition->bytes);
  if (written) written = record->commit();
  if (!written) return written.findings();
  Reply reply;
  reply.findings = definition->findings;
  reply.json = {{"record", make_record_id(congress, definition->digest)},
                {"sha256", definition->digest},
                {"purpose", word(congress.purpose)}};
  const bool vi = arguments.language() == Language::vi;
  reply.text = practice_line(congress, arguments.language()) +
               fmt::format(fmt::runtime(vi ? "Đã mở sổ {}\n  mã sổ: {}\n  mã số tệp định nghĩa: {}\n"
                                           : "Opened {}\n  record: {}\n  definition: {}\n"),
                           arguments.path("o"), make_record_id(congress, definition->digest),
                           in_groups_of_four(definition->digest));
  return reply;
}

// The contest of a file.
Result<Contest> read_contest(const std::string& path) {
  const Result<std::string> bytes = read_file(path, kMostDefinitionBytes);
  if (!bytes) return bytes.findings();
  const Result<Json> json = parse_json(*bytes, path);
  if (!json) return json.findings();
  return parse_contest(*json);
}

// The list that a poll leads to.
Result<Contest> contest_from_poll(const Arguments& arguments, const History& history, Findings& notes) {
  const Result<const ContestHistory*> poll = find_contest(history, arguments.text("from-poll"));
  if (!poll) return poll.findings();
  const Result<const ContestHistory*> into = find_contest(history, arguments.text("into"));
  if (!into) return into.findings();
  std::vector<std::uint32_t> taken;
  for (const std::string& number : arguments.texts("take")) {
    const bool digits =
        !number.empty() && number.size() <= 4 && number.find_first_not_of("0123456789") == std::string::npos;
    if (!digits)
      arguments.refuse("take",
                       {"phải là số trên danh sách xin ý kiến", "must be a number on the poll's list"});
    taken.push_back(static_cast<std::uint32_t>(std::stoul(number)));
  }
  return joined({history, **poll, **into, std::move(taken)}, notes);
}

// Either a file or a poll, with the list it goes into.
void check_what_is_given(const Arguments& arguments) {
  const bool file = arguments.has("CONTEST.json");
  const bool joins = arguments.has("from-poll");
  if (file == joins) {
    arguments.refuse("from-poll", {"ghi tệp định nghĩa cuộc bầu, hoặc --from-poll và --into",
                                   "give a definition file, or --from-poll and --into"});
  }
  if (joins != arguments.has("into") || (arguments.has("take") && !joins)) {
    arguments.refuse("into", {"--from-poll và --into đi cùng nhau, --take chỉ dùng với chúng",
                              "--from-poll and --into go together, --take only with them"});
  }
}

Reply contest(const Arguments& arguments) {
  check_what_is_given(arguments);
  Result<Session> session = Session::open(arguments.path("HALL.kp"), Access::write);
  if (!session) return session.findings();
  const History& history = session->history();
  Reply reply;
  const bool joins = arguments.has("from-poll");
  const Result<Contest> contest = joins ? contest_from_poll(arguments, history, reply.findings)
                                        : read_contest(arguments.path("CONTEST.json"));
  if (!contest) return contest.findings();
  const Result<People> by =
      resolve_people(history.congress, board_of(history.congress, *contest), arguments.texts("by"));
  if (!by) return by.findings();
  const Result<Act> act = add_contest(history, *contest, *by, reply.findings);
  if (!act) return act.findings();
  const ContestHistory* known = history.find(contest->id);
  const Contest standing = as_it_will_stand(history, *contest);
  const bool same = joins && known->contest.json == contest->json;
  if (!same) {
    if (Done written = append_and_commit(*session, *act); !written) return written.findings();
  }
  const bool vi = arguments.language() == Language::vi;
  reply.json = {{"contest", contest->id}, {"replaced", known != nullptr && !same}};
  if (joins) reply.json.emplace_back("rows", contest->json.at("rows"));
  const std::string_view did =
      same ? (vi ? "Danh sách đã đúng như vậy, không ghi gì" : "The list is so already, nothing written")
      : known != nullptr ? (vi ? "Đã thay danh sách" : "Replaced")
                         : (vi ? "Đã thêm" : "Added");
  reply.text = std::string(did) + contest_proof(history.congress, standing, arguments.language());
  return reply;
}

Electorate electorate_from(const Arguments& arguments) {
  return {arguments.integer("summoned"), deductions_given(arguments), arguments.integer("present")};
}

Reply electorate(const Arguments& arguments) {
  const Electorate electorate = electorate_from(arguments);
  const std::string note = arguments.text("note");
  Result<ContestSession> at =
      open_contest(arguments.path("HALL.kp"), arguments.text("CONTEST"), arguments.texts("by"));
  if (!at) return at.findings();
  const Contest& contest = at->contest->contest;
  const Result<Act> act = change_electorate(at->session.history(), *at->contest, electorate, at->by, note);
  if (!act) return act.findings();
  if (Done written = append_and_commit(at->session, *act); !written) return written.findings();
  const Base base = base_of(electorate);
  Reply reply;
  reply.findings = check_attendance(at->congress().regulation, kind_of(at->congress(), contest),
                                    contest.question, electorate, {});
  reply.json = {{"contest", contest.id}, {"base", base.count}, {"line", base.line}};
  reply.text =
      majority_sentence(kind_of(at->congress(), contest), base, contest.revote, arguments.language()) + "\n";
  return reply;
}

}  // namespace

Position record_position() {
  return {"HALL.kp", {"sổ kiểm phiếu", "the record"}};
}

Position contest_position() {
  return {"CONTEST", {"mã cuộc bầu", "id of the contest"}};
}

Option by_option() {
  return {"by",
          Takes::many,
          false,
          {"họ tên người làm; việc hai người thì ghi hai lần", "who does this; twice where it takes two"}};
}

Option note_option() {
  return {"note", Takes::one, false, {"ghi chú, lý do", "note, reason"}};
}

std::vector<Command> definition_commands() {
  const Position definition = {"C.json", {"tệp định nghĩa đại hội", "definition of the congress"}};
  return {
      {{"check",
        {"kiểm tra tệp định nghĩa và in ra để đọc soát",
         "all findings on a definition, and a print to proofread"},
        {definition},
        {}},
       check},
      {{"open",
        {"mở sổ kiểm phiếu mới", "a new record"},
        {definition},
        {{"o", Takes::one, true, {"sổ sẽ tạo, ví dụ HALL.kp", "the record to make, as HALL.kp"}},
         by_option()}},
       open},
      {{"contest",
        {"thêm cuộc bầu, hoặc thay danh sách trước khi mở hòm phiếu; gộp kết quả xin ý kiến",
         "adds a contest, or replaces it before its box; joins a poll into a list"},
        {record_position(),
         {"CONTEST.json", {"tệp định nghĩa cuộc bầu", "definition of the contest"}, false, true}},
        {{"from-poll",
          Takes::one,
          false,
          {"lần xin ý kiến (cho rút) cần gộp vào danh sách", "the poll to join into a list"}},
         {"into", Takes::one, false, {"cuộc bầu có danh sách đó", "the election with that list"}},
         {"take",
          Takes::many,
          false,
          {"số của người bằng nhau được chọn, 0 nếu không ai",
           "number of a tied name that was taken, 0 for nobody"}},
         by_option()}},
       contest},
      {{"electorate",
        {"sửa số triệu tập, số trừ, số có mặt của một cuộc bầu",
         "who is summoned, deducted and present in a contest"},
        {record_position(), contest_position()},
        {{"summoned", Takes::one, true, {"số được triệu tập", "number summoned"}},
         {"deduct", Takes::many, false, {"số trừ, LÝ_DO=SỐ", "deduction, REASON=COUNT"}},
         {"present", Takes::one, true, {"số có mặt", "number present"}},
         by_option(),
         note_option()}},
       electorate},
  };
}

}  // namespace kp
