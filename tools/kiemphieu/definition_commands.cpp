// check, open, contest, electorate: what will be voted on, and by whom.
#include <fmt/format.h>

#include "base/digest.h"
#include "base/file.h"
#include "contest/definition.h"
#include "contest/list_rules.h"
#include "contest/majority.h"
#include "kiemphieu/commands.h"
#include "kiemphieu/session.h"
#include "proceedings/list_building.h"
#include "proceedings/setup.h"

namespace kp {
namespace {

/// A definition file that was read, with what the list rules say of it.
struct Definition {
  Congress congress;
  std::string bytes;
  std::string digest;
  Findings findings;
};

Result<Definition> read_definition(const std::string& path) {
  Result<std::string> bytes = read_file(path, kMostDefinitionBytes);
  if (!bytes) return bytes.findings();
  Result<Congress> congress = parse_congress(*bytes, path);
  if (!congress) return congress.findings();
  Findings findings = check_congress(*congress);
  std::string digest = sha256_hex(*bytes);
  return Definition{std::move(congress).value(), std::move(bytes).value(), std::move(digest),
                    std::move(findings)};
}

std::string practice_line(const Congress& congress, Language language) {
  if (congress.purpose == Purpose::official) return "";
  return language == Language::vi ? "*** DIỄN TẬP — không phải kết quả thật ***\n"
                                  : "*** PRACTICE — not a real result ***\n";
}

std::string board_text(const Board& board, Language language) {
  std::string text;
  for (const BoardMember& member : board) {
    text += fmt::format("{}{} ({})", text.empty() ? "" : "; ", member.name, spoken(member.role).in(language));
  }
  return text;
}

std::string contest_text(const Congress& congress, const Contest& contest, Language language) {
  const bool vi = language == Language::vi;
  const Base base = base_of(electorate_of(congress, contest));
  std::string text =
      fmt::format("\n{} — {} ({})\n", contest.id, contest.title, spoken(contest.question).in(language));
  const auto names = static_cast<std::int64_t>(contest.rows.size());
  if (has_seats(contest.question)) {
    text += fmt::format(
        fmt::runtime(vi ? "  danh sách {}, bầu {}, số dư {} (30% là {}); lần {}{}; phiếu {}\n"
                        : "  {} names, {} seats, surplus {} (30 % is {}); round {}{}; ballot: {}\n"),
        names, contest.seats, names - contest.seats, surplus_cap(contest.seats), contest.round,
        contest.revote ? (vi ? " (bầu lại giữa những người bằng phiếu)" : " (re-vote)") : "",
        spoken(contest.ballot).in(language));
  } else {
    text += fmt::format(fmt::runtime(vi ? "  danh sách {}; phiếu {}\n" : "  {} rows; ballot: {}\n"), names,
                        spoken(contest.ballot).in(language));
  }
  text +=
      fmt::format("  {}\n", majority_sentence(kind_of(congress, contest), base, contest.revote, language));
  if (contest.board)
    text += fmt::format("  {}: {}\n", vi ? "Ban kiểm phiếu riêng" : "Its own board",
                        board_text(*contest.board, language));
  Table table({{vi ? "Số" : "No", Table::Align::right}, {vi ? "Họ và tên" : "Name", Table::Align::left}});
  for (const Row& row : contest.rows) table.add({std::to_string(row.no), row.name});
  return text + table.text();
}

std::string proofreading(const Definition& definition, Language language) {
  const Congress& congress = definition.congress;
  const bool vi = language == Language::vi;
  const Base base = base_of(congress.electorate);
  std::string text = practice_line(congress, language);
  text += fmt::format("{}\n{}, {}, {}\n", congress.title, congress.unit, congress.term, congress.date);
  text += fmt::format(fmt::runtime(vi ? "{}; cấp: {}; theo {}\n" : "{}; level: {}; under {}\n"),
                      spoken(congress.kind).in(language), spoken(congress.level).in(language),
                      rule_row(congress.regulation, RuleId::base_members).document);
  text += fmt::format(fmt::runtime(vi ? "Triệu tập {}, trừ {}, tổng số để tính kết quả {}, có mặt {}\n"
                                      : "Summoned {}, less {}, base {}, present {}\n"),
                      base.summoned, base.deductions, base.count, congress.electorate.present);
  text += fmt::format(fmt::runtime(vi ? "Ban kiểm phiếu: {}\n" : "Counting board: {}\n"),
                      board_text(congress.board, language));
  text += fmt::format(fmt::runtime(vi ? "Mỗi xấp nhập {} lượt; kết quả cần {} chữ ký\n"
                                      : "Passes a bundle: {}; signatures a result: {}\n"),
                      congress.passes_required, congress.signatures_required);
  for (const Contest& contest : congress.contests) text += contest_text(congress, contest, language);
  text += fmt::format(
      "\n{}:\n  {}\n",
      vi ? "Mã số tệp này (SHA-256), hai người cùng đọc và đối chiếu" : "Digest of this file (SHA-256)",
      in_groups_of_four(definition.digest));
  return text;
}

Json contest_summary(const Congress& congress, const Contest& contest) {
  const Base base = base_of(electorate_of(congress, contest));
  Json json = Json::object({{"id", contest.id},
                            {"rows", static_cast<std::int64_t>(contest.rows.size())},
                            {"base", base.count},
                            {"line", base.line}});
  if (has_seats(contest.question)) {
    json.set("seats", contest.seats);
    json.set("surplus", static_cast<std::int64_t>(contest.rows.size()) - contest.seats);
    json.set("cap", surplus_cap(contest.seats));
  }
  return json;
}

Reply check(const Arguments& arguments) {
  Result<Definition> definition = read_definition(arguments.path("C.json"));
  if (!definition) return definition.findings();
  Reply reply;
  reply.findings = definition->findings;
  Json::Array contests;
  for (const Contest& contest : definition->congress.contests) {
    contests.push_back(contest_summary(definition->congress, contest));
  }
  reply.json = {{"sha256", definition->digest},
                {"congress", definition->congress.id},
                {"purpose", word(definition->congress.purpose)},
                {"contests", std::move(contests)}};
  reply.text = proofreading(*definition, arguments.language());
  return reply;
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
  reply.text = std::string(did) + contest_text(history.congress, standing, arguments.language());
  return reply;
}

Electorate electorate_from(const Arguments& arguments) {
  Electorate electorate;
  electorate.summoned = arguments.integer("summoned");
  electorate.present = arguments.integer("present");
  for (const std::string& deduction : arguments.texts("deduct")) {
    const std::size_t equals = deduction.find('=');
    const std::string count = equals == std::string::npos ? "" : deduction.substr(equals + 1);
    const bool digits =
        !count.empty() && count.size() <= 9 && count.find_first_not_of("0123456789") == std::string::npos;
    if (!digits)
      arguments.refuse("deduct", {"phải viết LÝ_DO=SỐ, ví dụ absent-unreplaced=2",
                                  "write REASON=COUNT, as in absent-unreplaced=2"});
    electorate.deductions.push_back({deduction.substr(0, equals), std::stoll(count)});
  }
  return electorate;
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
