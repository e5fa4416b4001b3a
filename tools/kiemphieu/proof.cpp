#include "kiemphieu/proof.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.h"
#include "base/file.h"
#include "contest/definition.h"
#include "contest/list_rules.h"
#include "contest/majority.h"
#include "sheet/spoken_time.h"

namespace kp {
namespace {

std::string board_text(const Board& board, Language language) {
  std::string text;
  for (const BoardMember& member : board) {
    text += fmt::format("{}{} ({})", text.empty() ? "" : "; ", member.name, spoken(member.role).in(language));
  }
  return text;
}

// In: `indent`, the spaces in front of every line.
std::string electorate_text(const Electorate& electorate, const std::string& indent, Language language) {
  const bool vi = language == Language::vi;
  const Base base = base_of(electorate);
  std::string text =
      indent + fmt::format(fmt::runtime(vi ? "Triệu tập {}, trừ {}, tổng số để tính kết quả {}, có mặt {}\n"
                                           : "Summoned {}, less {}, base {}, present {}\n"),
                           base.summoned, base.deductions, base.count, electorate.present);
  for (const Deduction& deduction : electorate.deductions) {
    text += fmt::format(fmt::runtime(vi ? "{}  trừ {}: {}\n" : "{}  less {}: {}\n"), indent, deduction.count,
                        spoken_reason(deduction.reason).in(language));
  }
  return text;
}

/// A column of the list that is shown when some row has it.
struct Detail {
  std::string_view key;
  Text head;
};

std::string shown(const Json* value, std::string_view key, Language language) {
  const bool vi = language == Language::vi;
  if (value == nullptr) return "";
  if (value->is_bool()) return value->boolean() ? (vi ? "tái cử" : "incumbent") : "";
  if (key == "sex" && vi) return value->string() == "female" ? "nữ" : "nam";
  if (key == "born" || key == "joined") return spoken_date(value->string(), language);
  return value->string();
}

std::string list_text(const Contest& contest, Language language) {
  const std::vector<Row>& rows = contest.rows;
  const bool vi = language == Language::vi;
  const Text what =
      contest.question == Question::survey ? Text{"Nội dung", "Statement"} : Text{"Họ và tên", "Name"};
  std::vector<Table::Column> columns = {{vi ? "Số" : "No", Table::Align::right},
                                        {std::string(what.in(language))}};
  std::vector<std::string_view> keys;
  for (const Detail& detail :
       {Detail{"sex", {"Giới", "Sex"}}, Detail{"born", {"Ngày sinh", "Born"}},
        Detail{"ethnicity", {"Dân tộc", "Ethnicity"}}, Detail{"joined", {"Vào Đảng", "Joined"}},
        Detail{"degree", {"Trình độ", "Degree"}}, Detail{"incumbent", {"Tái cử", "Incumbent"}},
        Detail{"title", {"Chức vụ", "Title"}}}) {
    const bool used = std::any_of(rows.begin(), rows.end(),
                                  [&](const Row& row) { return row.json.find(detail.key) != nullptr; });
    if (!used) continue;
    columns.push_back({std::string(detail.head.in(language))});
    keys.push_back(detail.key);
  }
  Table table(columns);
  for (const Row& row : rows) {
    std::vector<std::string> cells = {std::to_string(row.no), row.name};
    for (const std::string_view key : keys) cells.push_back(shown(row.json.find(key), key, language));
    table.add(std::move(cells));
  }
  return table.text();
}

Json contest_summary(const Congress& congress, const Contest& contest) {
  const Base base = base_of(electorate_of(congress, contest));
  Json json = Json::object({{"id", contest.id},
                            {"rows", static_cast<std::int64_t>(contest.rows.size())},
                            {"base", base.count},
                            {"line", base.line}});
  const Rule rule = rule_row(congress.regulation, base_rule(kind_of(congress, contest), contest.question));
  json.set("base_rule", Json::object({{"rule", rule.id}, {"grade", word(rule.grade)}}));
  if (has_seats(contest.question)) {
    json.set("seats", contest.seats);
    json.set("surplus", static_cast<std::int64_t>(contest.rows.size()) - contest.seats);
    json.set("cap", surplus_cap(contest.seats));
  }
  return json;
}

std::string proof_text(const Definition& definition, Language language) {
  const Congress& congress = definition.congress;
  const bool vi = language == Language::vi;
  std::string text = practice_line(congress, language);
  text += fmt::format("{}\n{}, {}, {}\n", congress.title, congress.unit, congress.term,
                      spoken_date(congress.date, language));
  text += fmt::format(fmt::runtime(vi ? "{}; cấp: {}; theo {}\n" : "{}; level: {}; under {}\n"),
                      spoken(congress.kind).in(language), spoken(congress.level).in(language),
                      rule_row(congress.regulation, RuleId::base_members).document);
  text += electorate_text(congress.electorate, "", language);
  text += fmt::format(fmt::runtime(vi ? "Ban kiểm phiếu: {}\n" : "Counting board: {}\n"),
                      board_text(congress.board, language));
  text += fmt::format(fmt::runtime(vi ? "Mỗi xấp nhập {} lượt; kết quả cần {} chữ ký số\n"
                                      : "Passes a bundle: {}; signatures a result: {}\n"),
                      congress.passes_required, congress.signatures_required);
  for (const Contest& contest : congress.contests) text += contest_proof(congress, contest, language);
  return text + fmt::format("\n{}:\n  {}\n",
                            vi ? "Mã số tệp này (SHA-256), hai người cùng đọc và đối chiếu"
                               : "Digest of this file (SHA-256), for two people to read to each other",
                            in_groups_of_four(definition.digest));
}

}  // namespace

Result<Definition> definition_from(std::string bytes, const std::string& file) {
  Result<Congress> congress = parse_congress(bytes, file);
  if (!congress) return all_faults(bytes, file);
  Findings findings = check_congress(*congress);
  std::string digest = sha256_hex(bytes);
  return Definition{std::move(congress).value(), std::move(bytes), std::move(digest), std::move(findings)};
}

Result<Definition> read_definition(const std::string& path) {
  Result<std::string> bytes = read_file(path, kMostDefinitionBytes);
  if (!bytes) return bytes.findings();
  return definition_from(std::move(bytes).value(), path);
}

std::string practice_line(const Congress& congress, Language language) {
  if (congress.purpose == Purpose::official) return "";
  return language == Language::vi ? "*** DIỄN TẬP — không phải kết quả thật ***\n"
                                  : "*** PRACTICE — not a real result ***\n";
}

std::string contest_proof(const Congress& congress, const Contest& contest, Language language) {
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
  const CongressKind kind = kind_of(congress, contest);
  text += fmt::format("  {}\n", majority_sentence(kind, base, contest.revote, language));
  const std::string note =
      unverified_note(rule_row(congress.regulation, base_rule(kind, contest.question)), language);
  if (!note.empty()) text += "  " + note;
  if (contest.electorate) text += electorate_text(*contest.electorate, "  ", language);
  if (contest.board)
    text += fmt::format("  {}: {}\n", vi ? "Ban kiểm phiếu riêng" : "Its own board",
                        board_text(*contest.board, language));
  return text + list_text(contest, language);
}

Reply proof_of(const Definition& definition, Language language) {
  Reply reply;
  reply.findings = definition.findings;
  Json::Array contests;
  for (const Contest& contest : definition.congress.contests) {
    contests.push_back(contest_summary(definition.congress, contest));
  }
  reply.json = {{"sha256", definition.digest},
                {"congress", definition.congress.id},
                {"purpose", word(definition.congress.purpose)},
                {"contests", std::move(contests)}};
  reply.text = proof_text(definition, language);
  return reply;
}

}  // namespace kp
