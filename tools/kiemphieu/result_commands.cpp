// decide, result, close: how a contest ends.
#include <fmt/format.h>

#include <filesystem>

#include "base/canon.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/text.h"
#include "kiemphieu/commands.h"
#include "kiemphieu/progress.h"
#include "kiemphieu/recount.h"
#include "kiemphieu/result_place.h"
#include "kiemphieu/result_text.h"
#include "kiemphieu/session.h"
#include "proceedings/decisions.h"
#include "proceedings/gate.h"
#include "proceedings/results.h"
#include "sheet/result_file.h"
#include "sheet/sheet.h"
#include "sheet/words.h"

namespace kp {
namespace {

// What can be decided, for help and for whoever mistypes it.
#define KP_ACTIONS_VI                                                                                                      \
  "revote bầu lại giữa những người bằng phiếu; vote-again bầu tiếp; accept-short dừng, không bầu " \
  "thêm; void huỷ lần bầu này; accept-excess chấp nhận phiếu thừa đã kết luận; list chốt danh "    \
  "sách xin ý kiến; alternates lấy người kế tiếp làm đại biểu dự khuyết"
#define KP_ACTIONS_EN                                                                                     \
  "revote among the tied; vote-again for the open seats; accept-short ends with open seats; void undoes " \
  "this vote; accept-excess after ballots were ruled not-issued; list settles a tied poll; alternates "   \
  "takes runners-up"

// --add: a name, or a whole row as a JSON object.
Json added_row(const Arguments& arguments, const std::string& text) {
  if (!text.starts_with('{')) return Json::object({{"name", tidied(text)}});
  const Result<Json> row = parse_json(text, "--add");
  if (!row) arguments.refuse("add", {"không phải JSON hợp lệ", "not JSON"});
  return *row;
}

Reply decide_command(const Arguments& arguments) {
  DecisionText text;
  const std::optional<DecisionAction> action = decision_named(arguments.text("action"));
  if (!action) {
    arguments.refuse("action", {"phải là một trong: " KP_ACTIONS_VI, "must be one of: " KP_ACTIONS_EN});
  }
  text.action = *action;
  text.votes_for = arguments.integer("votes-for");
  text.of = arguments.integer("of");
  text.note = arguments.text("note");
  for (const std::string& no : arguments.texts("drop")) {
    const bool digits =
        !no.empty() && no.size() <= 6 && no.find_first_not_of("0123456789") == std::string::npos;
    if (!digits)
      arguments.refuse("drop", {"phải là số thứ tự trong danh sách", "must be a number on the list"});
    text.drop.push_back(static_cast<std::uint32_t>(std::stoul(no)));
  }
  text.alternates = arguments.integer_if("seats").value_or(0);
  for (const std::string& row : arguments.texts("add")) text.added.push_back(added_row(arguments, row));

  Result<ContestSession> at =
      open_contest(arguments.path("HALL.kp"), arguments.text("CONTEST"), arguments.texts("by"));
  if (!at) return at.findings();
  Reply reply;
  const Result<Act> act =
      decide({at->session.history(), *at->contest, at->session.fetch()}, text, at->by, reply.findings);
  if (!act) return act.findings();
  if (Done written = append_and_commit(at->session, *act); !written) return written.findings();
  reply.json = {{"contest", at->contest->contest.id}, {"action", word(*action)}};
  const bool vi = arguments.language() == Language::vi;
  reply.text = fmt::format(fmt::runtime(vi ? "{}: đã ghi quyết định: {}\n" : "{}: decision entered: {}\n"),
                           at->contest->contest.id, spoken_decision(word(*action), arguments.language()));
  if (*action == DecisionAction::alternates) {
    const Rule rule = rule_row(at->congress().regulation, RuleId::round_alternates);
    reply.json.emplace_back("rule", rule.id);
    reply.json.emplace_back("grade", word(rule.grade));
    reply.text += unverified_note(rule, arguments.language());
  }
  if (const Json* opens = act->body.find("opens")) {
    reply.json.emplace_back("opens", *opens);
    reply.text += fmt::format(fmt::runtime(vi ? "Lần bầu tiếp: {} — danh sách {}, bầu {}\n"
                                              : "Further round: {} — {} names, {} seats\n"),
                              opens->at("id").string(), opens->at("rows").array().size(),
                              opens->find("seats") == nullptr ? 0 : opens->at("seats").integer());
  }
  return reply;
}

// The file a result goes to, or "" when no folder was named.
Result<std::string> result_path(const Arguments& arguments, const std::string& contest) {
  const std::string folder = arguments.path("o");
  if (folder.empty()) return std::string();
  if (Done made = make_folder(folder); !made) return made.findings();
  return (std::filesystem::path(folder) / (contest + ".json")).string();
}

/// Where the result was put, and what stood there before.
struct Place {
  std::string path;  ///< "" when no folder was named
  std::string kept;  ///< the new name of another result; "" when there was none
};

Reply answer_with(const Json& result, const Place& place, bool entered, Language language) {
  const std::string bytes = canonical(result);
  Reply reply;
  reply.json = {{"result", result}, {"sha256", sha256_hex(bytes)}, {"entered", entered}};
  if (!place.path.empty()) reply.json.emplace_back("file", place.path);
  if (!place.kept.empty()) reply.json.emplace_back("kept", place.kept);
  reply.text = result_text(result, language);
  reply.text += fmt::format("{}:\n  {}\n",
                            language == Language::vi ? "Mã số kết quả (SHA-256)" : "Digest of the result",
                            in_groups_of_four(sha256_hex(bytes)));
  if (!place.kept.empty()) {
    reply.text +=
        fmt::format(fmt::runtime(language == Language::vi ? "Tệp có sẵn ở đó được giữ lại với tên {}\n"
                                                          : "What stood there before is kept as {}\n"),
                    place.kept);
  }
  return reply;
}

// Further rounds that rest on an older result than this one; and this one, when it is such a round and
// counts.
Findings warn_of_rounds(const History& history, const ContestHistory& contest, const Json& result) {
  Findings findings = check_further_rounds(history, contest);
  if (result.at("outcome") == Json("void")) return findings;
  const ContestHistory* parent = history.find(contest.opened_on.contest);
  if (parent != nullptr) add(findings, check_further_rounds(history, *parent));
  return findings;
}

// A result that stands is given again as it is; nothing is appended.
Reply give_again(const Session& session, const ContestHistory& contest, const std::string& path,
                 Language language) {
  const ResultEntry& standing = *contest.standing();
  const std::string bytes = canonical(standing.result);
  // The record may have been altered: only what has the shape of a result, and is what the ballots give, is
  // shown as one.
  if (const Result<Json> whole = parse_result(bytes, path); !whole) return whole.findings();
  if (Findings differs = recount(contest, session, language); !differs.empty()) return differs;
  Place place{path, {}};
  if (!path.empty()) {
    Result<std::string> kept = make_way(path, bytes);
    if (!kept) return kept.findings();
    place.kept = std::move(kept).value();
    if (Done written = write_file(path, bytes); !written) return written.findings();
  }
  Reply reply = answer_with(standing.result, place, false, language);
  reply.findings = warn_of_fewer_returned(contest);
  return reply;
}

Reply result_command(const Arguments& arguments) {
  const Language language = arguments.language();
  const std::string id = arguments.text("CONTEST");
  {
    const Result<Session> reading = Session::open(arguments.path("HALL.kp"), Access::read);
    if (!reading) return reading.findings();
    const ContestHistory* known = reading->history().find(id);
    if (known != nullptr && known->standing() != nullptr) {
      const Result<std::string> path = result_path(arguments, id);
      return path ? give_again(*reading, *known, *path, language) : Reply(path.findings());
    }
  }
  Result<ContestSession> at = open_contest(arguments.path("HALL.kp"), id, arguments.texts("by"));
  if (!at) return at.findings();
  const Result<std::string> path = result_path(arguments, at->contest->contest.id);
  if (!path) return path.findings();
  // Someone else may have been faster between the two openings.
  if (at->contest->standing() != nullptr) return give_again(at->session, *at->contest, *path, language);
  const bool vi = language == Language::vi;
  const Result<Json> result =
      make_result(at->session.history(), *at->contest, at->session.fetch(), at->session.head(),
                  progress_on_terminal(vi ? "đã đếm xấp" : "bundles counted"));
  if (!result) return result.findings();
  const std::string bytes = canonical(*result);
  // The file is brought to the disk first and gets its name last, so that neither is there without the other.
  std::optional<PendingFile> file;
  if (!path->empty()) {
    Result<PendingFile> pending = PendingFile::write(*path, bytes);
    if (!pending) return pending.findings();
    file.emplace(std::move(pending).value());
  }
  if (Done written =
          append_and_commit(at->session, enter_result(*at->contest, *result, sha256_hex(bytes), at->by));
      !written) {
    return written.findings();
  }
  Place place{*path, {}};
  if (file) {
    Result<std::string> kept = make_way(*path, bytes);
    if (!kept) return kept.findings();
    place.kept = std::move(kept).value();
    if (Done placed = file->put_in_place(); !placed) return placed.findings();
  }
  Reply reply = answer_with(*result, place, true, language);
  reply.findings = warn_of_fewer_returned(*at->contest);
  add(reply.findings, warn_of_rounds(at->session.history(), *at->contest, *result));
  return reply;
}

Reply close_command(const Arguments& arguments) {
  Result<Session> session = Session::open(arguments.path("HALL.kp"), Access::write);
  if (!session) return session.findings();
  const Congress& congress = session->history().congress;
  const Result<People> by = resolve_people(congress, congress.board, arguments.texts("by"));
  if (!by) return by.findings();
  Reply reply;
  const Act act = close(session->history(), *by, reply.findings);
  if (Done written = append_and_commit(*session, act); !written) return written.findings();
  const RecordHead head = session->head();
  reply.json = {{"record", Json::object({{"id", head.id}, {"size", head.size}, {"root", head.root}})}};
  const bool vi = arguments.language() == Language::vi;
  reply.text = fmt::format(
      fmt::runtime(vi ? "Đã khoá sổ: {} mục\n  gốc của sổ: {}\n" : "Closed: {} entries\n  root: {}\n"),
      head.size, in_groups_of_four(head.root));
  return reply;
}

}  // namespace

std::vector<Command> result_commands() {
  return {
      {{"decide",
        {"ghi quyết định của đại hội: bầu lại, bầu tiếp, dừng, huỷ", "what the presiding body decided"},
        {record_position(), contest_position()},
        {{"action", Takes::one, true, {KP_ACTIONS_VI, KP_ACTIONS_EN}},
         {"add",
          Takes::many,
          false,
          {"thêm người vào danh sách bầu tiếp", "adds a name to the further round's list"}},
         {"drop", Takes::many, false, {"bỏ số này khỏi danh sách bầu tiếp", "leaves this number out of it"}},
         {"seats",
          Takes::one,
          false,
          {"alternates: lấy bao nhiêu người kế tiếp làm đại biểu dự khuyết",
           "alternates: how many runners-up become alternate delegates"}},
         {"votes-for", Takes::one, true, {"số biểu quyết đồng ý", "votes in favour"}},
         {"of", Takes::one, true, {"tổng số biểu quyết", "votes in all"}},
         by_option(),
         note_option()}},
       decide_command},
      {{"result",
        {"kiểm tra điều kiện, lập kết quả", "gate, outcome, appended"},
        {record_position(), contest_position()},
        {{"o", Takes::one, false, {"thư mục ghi tệp kết quả", "folder for the result file"}}, by_option()}},
       result_command},
      {{"close", {"khoá sổ, không ghi thêm gì nữa", "ends the record"}, {record_position()}, {by_option()}},
       close_command},
  };
}

}  // namespace kp
