// draft: a definition, or one more contest, from a list as a spreadsheet saves it.
#include <fmt/format.h>

#include <filesystem>

#include "base/file.h"
#include "base/text.h"
#include "contest/definition.h"
#include "contest/list_rules.h"
#include "intake/name_list.h"
#include "kiemphieu/commands.h"
#include "kiemphieu/draft.h"
#include "kiemphieu/proof.h"
#include "kiemphieu/session.h"
#include "proceedings/setup.h"

namespace kp {
namespace {

/// The list and what it is drafted for.
struct Material {
  NameList list;
  std::optional<Json> definition;  ///< to which a contest is added
  std::optional<Session> record;   ///< for which a contest is made
  std::optional<Congress> congress;
  std::vector<Contest> known;
  std::optional<Electorate> now;
};

Result<NameList> list_from(const Arguments& arguments) {
  const std::vector<std::string> names = arguments.texts("name");
  if (names.empty() == !arguments.has("LIST.csv")) {
    throw UsageError(Text{"ghi một tệp danh sách CSV, hoặc --name \"họ và tên\" cho từng người",
                          "give a CSV list, or --name \"full name\" for each person"}
                         .in(arguments.language())
                         .data());
  }
  if (names.empty()) {
    const std::string path = arguments.path("LIST.csv");
    const Result<std::string> bytes = read_file(path, kMostListBytes);
    return bytes ? parse_name_list(*bytes, path) : bytes.findings();
  }
  NameList list;
  for (const std::string& name : names) {
    Row row;
    row.name = tidied(name);
    row.json = Json::object({{"name", row.name}});
    list.rows.push_back(std::move(row));
  }
  return list;
}

// What earlier lists already say of a person who is only named here.
void add_particulars(NameList& list, const std::vector<Contest>& known) {
  for (Row& row : list.rows) {
    for (const Contest& contest : known) {
      for (const Row& there : contest.rows) {
        if (name_key(there.name) != name_key(row.name)) continue;
        for (const std::string_view key : {"sex", "born", "joined", "ethnicity", "degree", "title"}) {
          const Json* value = there.json.find(key);
          if (value != nullptr && row.json.find(key) == nullptr) row.json.set(key, *value);
        }
      }
    }
  }
}

// Who is there now: as the last contest of the congress itself was told, when it was told otherwise than the
// definition. A new contest would else begin with the figures of the definition again.
std::optional<Electorate> electorate_now(const History& history) {
  std::optional<Electorate> now;
  for (const ContestHistory& contest : history.contests) {
    if (contest.contest.kind) continue;
    if (contest.electorate_entered || contest.contest.electorate) now = contest.electorate;
  }
  return now;
}

Result<Material> material_from(const Arguments& arguments) {
  Material material;
  Result<NameList> list = list_from(arguments);
  if (!list) return list.findings();
  material.list = std::move(list).value();
  const std::string into = arguments.path("for");
  if (into.empty()) return material;
  if (is_record(into)) {
    Result<Session> session = Session::open(into, Access::read);
    if (!session) return session.findings();
    material.congress = session->history().congress;
    material.known = session->history().definitions();
    material.now = electorate_now(session->history());
    material.record.emplace(std::move(session).value());
    return material;
  }
  const Result<std::string> bytes = read_file(into, kMostDefinitionBytes);
  if (!bytes) return bytes.findings();
  Result<Congress> congress = parse_congress(*bytes, into);
  if (!congress) return congress.findings();
  Result<Json> json = parse_json(*bytes, into);
  if (!json) return json.findings();
  material.known = congress->contests;
  material.congress = std::move(congress).value();
  material.definition = std::move(json).value();
  return material;
}

std::string next_step(const std::string& path, bool for_record, const Arguments& arguments) {
  const bool vi = arguments.language() == Language::vi;
  const std::string told = vi ? "Hai người đọc soát bản trên với danh sách gốc. Đúng thì gõ tiếp:"
                              : "Two people proofread the above. If it is right:";
  const std::string command = for_record ? fmt::format("kiemphieu contest {} {} --by … --by …",
                                                       quoted(arguments.path("for")), quoted(path))
                                         : fmt::format("kiemphieu open {} -o HALL.kp --by …", quoted(path));
  return fmt::format("\n{}\n  → {}\n", told, command);
}

// What was answered, as a definition, with the proof of it.
Result<Reply> congress_reply(const std::string& bytes, const Arguments& arguments) {
  const Result<Definition> definition = definition_from(bytes, arguments.path("o"));
  if (!definition) return definition.findings();
  if (has_error(definition->findings)) return definition->findings;
  return proof_of(*definition, arguments.language());
}

Result<Reply> contest_reply(const std::string& bytes, const Session& record, const Arguments& arguments) {
  const Result<Json> json = parse_json(bytes, arguments.path("o"));
  if (!json) return json.findings();
  const Result<Contest> contest = parse_contest(*json);
  if (!contest) return contest.findings();
  Reply reply;
  const History& history = record.history();
  reply.findings = check_new_list(history, *contest);
  if (!reply.ok()) return reply.findings;
  reply.json = {{"contest", contest->id}, {"replaces", history.find(contest->id) != nullptr}};
  reply.text = practice_line(history.congress, arguments.language()) +
               contest_proof(history.congress, as_it_will_stand(history, *contest), arguments.language());
  return reply;
}

Json ask_all(Questions& questions, const Arguments& arguments, const Material& material) {
  const Congress* congress = material.congress ? &*material.congress : nullptr;
  Json contest =
      draft_contest(questions, arguments, material.list.rows, {congress, material.known, material.now});
  if (congress == nullptr) {
    return draft_congress(questions, arguments, contest, entry_time(Purpose::practice, "").substr(0, 10));
  }
  if (!material.definition) return contest;
  Json whole = *material.definition;
  Json::Array contests = whole.at("contests").array();
  contests.push_back(std::move(contest));
  whole.set("contests", std::move(contests));
  return whole;
}

Json drafted(Questions& questions, const Arguments& arguments, const Material& material) {
  for (;;) {
    try {
      return ask_all(questions, arguments, material);
    } catch (const StepBack&) {
      questions.begin_again();
    }
  }
}

Reply draft(const Arguments& arguments) {
  const std::string path = arguments.path("o");
  std::error_code error;
  if (std::filesystem::exists(std::filesystem::symlink_status(path, error)))
    return finding(Code::file_exists, path);
  Result<Material> material = material_from(arguments);
  if (!material) return material.findings();
  Questions questions(arguments);
  if (arguments.has("name")) add_particulars(material->list, material->known);
  const Json json = drafted(questions, arguments, *material);
  if (!questions.missing().empty()) {
    throw UsageError(
        fmt::format(fmt::runtime(arguments.language() == Language::vi ? "còn thiếu {}" : "missing {}"),
                    questions.missing()));
  }
  const std::string bytes = indented(json);
  Result<Reply> made = material->record ? contest_reply(bytes, *material->record, arguments)
                                        : congress_reply(bytes, arguments);
  if (!made) return made.findings();
  if (Done written = write_file(path, bytes); !written) return written.findings();
  Reply reply = std::move(made).value();
  reply.findings.insert(reply.findings.begin(), material->list.notes.begin(), material->list.notes.end());
  reply.json.emplace_back("file", path);
  reply.text += next_step(path, material->record.has_value(), arguments);
  return reply;
}

}  // namespace

std::vector<Command> draft_commands() {
  const auto one = [](std::string_view name, const Text& about) {
    return Option{name, Takes::one, false, about};
  };
  const auto many = [](std::string_view name, const Text& about) {
    return Option{name, Takes::many, false, about};
  };
  Position list = {"LIST.csv", {"danh sách lưu từ bảng tính (CSV UTF-8)", "list saved from a spreadsheet"}};
  list.optional = true;
  return {
      {{"draft",
        {"lập tệp định nghĩa từ danh sách; hỏi những gì còn thiếu",
         "a definition from a list; asks what is missing"},
        {list},
        {{"o", Takes::one, true, {"tệp sẽ tạo, ví dụ daihoi.json", "the file to make"}},
         one("for", {"thêm cuộc bầu cho sổ hoặc tệp định nghĩa này",
                     "one more contest for this record or definition"}),
         many("name",
              {"họ và tên một người, khi không có tệp danh sách", "a name, where there is no list file"}),
         one("office", {"chức danh: committee, standing-committee, secretary, deputy-secretary, inspection, "
                        "inspection-head, inspection-deputy, delegates, alternate-delegates, other",
                        "office, one of these words"}),
         one("seats", {"số lượng cần bầu", "seats"}),
         one("question",
             {"election (mặc định), opinion, withdrawal, introduction, confidence, rating, survey",
              "election unless given"}),
         one("contest", {"mã cuộc bầu; mã đã có trong sổ thì thay danh sách",
                         "id of the contest; one that is there gets the new list"}),
         one("contest-title", {"tên cuộc bầu", "title of the contest"}),
         one("prepared",
             {"số người cấp uỷ triệu tập chuẩn bị", "names on the convening committee's own list"}),
         one("among", {"mã cuộc bầu mà người trúng cử mới được vào danh sách này",
                       "id of the contest whose elected may stand"}),
         one("fraction-of", {"tỷ lệ tính trên: base, returned, valid (phiếu tín nhiệm, xếp loại)",
                             "base, returned or valid (confidence, rating)"}),
         one("unit", {"tên chi bộ, đảng bộ", "name of the Party organisation"}),
         one("superior", {"cấp trên trực tiếp", "its superior"}),
         one("level",
             {"branch, base, upper-base, province, central", "branch, base, upper-base, province, central"}),
         one("kind",
             {"delegates, members, committee, inspection", "delegates, members, committee, inspection"}),
         one("title", {"tên đại hội", "title of the congress"}),
         one("date", {"ngày họp", "date"}),
         one("term", {"nhiệm kỳ", "term"}),
         one("place", {"địa điểm", "place"}),
         one("regulation", {"190-QD/TW (mặc định), 244-QD/TW", "190-QD/TW unless given"}),
         one("purpose",
             {"practice (diễn tập, mặc định), official (chính thức)", "practice unless given, or official"}),
         one("summoned", {"số được triệu tập", "number summoned"}),
         many("deduct", {"số trừ, LÝ_DO=SỐ", "deduction, REASON=COUNT"}),
         one("present", {"số có mặt", "number present"}),
         many("board", {"ban kiểm phiếu: người đầu là trưởng ban, sau là uỷ viên",
                        "the counting board, its head first"}),
         many("technician", {"cán bộ kỹ thuật", "a technician"}),
         one("passes", {"số lượt nhập mỗi xấp, 1 đến 3; 2 nếu không ghi", "passes a bundle, 2 unless given"}),
         one("signatures",
             {"số chữ ký số mỗi kết quả; 0 nếu không ghi", "signatures a result, 0 unless given"}),
         one("id", {"mã đại hội", "id of the congress"})}},
       draft}};
}

}  // namespace kp
