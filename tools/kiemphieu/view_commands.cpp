// status, log, rules: what can be looked at without changing anything. None of them shows votes of a name.
#include <fmt/format.h>

#include "kiemphieu/commands.h"
#include "kiemphieu/contest_status.h"
#include "kiemphieu/entry_text.h"
#include "kiemphieu/record_view.h"
#include "rules/ruleset.h"

namespace kp {
namespace {

Reply log(const Arguments& arguments) {
  const Result<RecordView> view = RecordView::open(arguments.path("RECORD"));
  if (!view) return view.findings();
  const Language language = arguments.language();
  const bool vi = language == Language::vi;
  Table table({{vi ? "Mục" : "Seq", Table::Align::right},
               {vi ? "Lúc (UTC)" : "At"},
               {vi ? "Việc" : "What"},
               {vi ? "Chi tiết" : "Detail"},
               {vi ? "Người làm" : "By"}});
  Json::Array lines;
  for (std::size_t i = 0; i < view->entries().size(); ++i) {
    const Result<Entry> entry = parse_entry(view->entries()[i], static_cast<std::int64_t>(i));
    if (!entry) return entry.findings();
    table.add({std::to_string(entry->seq), entry->at, std::string(spoken_kind(entry->kind).in(language)),
               entry_detail(*entry, language), fmt::format("{}", fmt::join(entry->by, ", "))});
    Json::Array by;
    for (const std::string& name : entry->by) by.emplace_back(name);
    lines.push_back(Json::object({{"seq", entry->seq},
                                  {"at", entry->at},
                                  {"kind", entry->kind},
                                  {"by", std::move(by)},
                                  {"detail", entry_detail(*entry, language)}}));
  }
  Reply reply;
  reply.json = {{"record", head_json(*view)}, {"entries", std::move(lines)}};
  reply.text = table.text() + root_text(*view, language);
  return reply;
}

Reply status(const Arguments& arguments) {
  const std::string path = arguments.path("RECORD");
  const Result<RecordView> view = RecordView::open(path);
  if (!view) return view.findings();
  const Language language = arguments.language();
  const bool vi = language == Language::vi;
  const History& history = view->history();
  Reply reply;
  if (history.congress.purpose == Purpose::practice) {
    reply.text += vi ? "*** DIỄN TẬP ***\n" : "*** PRACTICE ***\n";
  }
  reply.text += fmt::format("{} — {}{}\n", history.congress.title, history.record_id,
                            history.closed ? (vi ? " (đã khoá)" : " (closed)") : "");
  Json::Array contests;
  for (const ContestHistory& contest : history.contests) {
    const ContestStatus now = status_of(*view, contest, path);
    reply.text += status_text(now, language);
    contests.push_back(status_json(now, language));
  }
  reply.text += root_text(*view, language);
  reply.json = {{"record", head_json(*view)},
                {"purpose", word(history.congress.purpose)},
                {"closed", history.closed},
                {"contests", std::move(contests)}};
  return reply;
}

Reply rules(const Arguments& arguments) {
  const std::string wanted = arguments.text("regulation");
  if (!wanted.empty() && !regulation_named(wanted)) {
    arguments.refuse("regulation", {"phải là 244-QD/TW hoặc 190-QD/TW", "must be 244-QD/TW or 190-QD/TW"});
  }
  const Language language = arguments.language();
  Reply reply;
  Json::Array rows;
  for (const Regulation regulation : {Regulation::qd_244_2014, Regulation::qd_190_2024}) {
    if (!wanted.empty() && word(regulation) != wanted) continue;
    reply.text += fmt::format("{}\n", word(regulation));
    for (std::size_t i = 0; i < rule_count(); ++i) {
      const Rule rule = rule_row(regulation, static_cast<RuleId>(i));
      reply.text +=
          fmt::format("  {}  [{}; {}]\n      {}\n", rule.id, citation(rule.document, rule.article, language),
                      meaning(rule.grade).in(language), rule.text.in(language));
      rows.push_back(Json::object({{"regulation", word(regulation)},
                                   {"rule", rule.id},
                                   {"topic", word(rule.topic)},
                                   {"text_vi", rule.text.vi},
                                   {"text_en", rule.text.en},
                                   {"document", rule.document},
                                   {"article", rule.article},
                                   {"grade", word(rule.grade)}}));
    }
  }
  reply.json = {{"rules", std::move(rows)}};
  return reply;
}

}  // namespace

std::vector<Command> view_commands() {
  const Position record = {"RECORD", {"sổ kiểm phiếu hoặc hồ sơ", "a record or a dossier"}};
  return {
      {{"status",
        {"đang ở bước nào, còn thiếu gì, gõ lệnh gì tiếp",
         "where things stand, what is missing, what to type next"},
        {record},
        {}},
       status},
      {{"log", {"nhật ký của sổ", "the entry log"}, {record}, {}}, log},
      {{"rules",
        {"bảng quy định: điều khoản, mức độ đã đối chiếu", "the rule tables: article, how surely read"},
        {},
        {{"regulation", Takes::one, false, {"244-QD/TW hoặc 190-QD/TW", "244-QD/TW or 190-QD/TW"}}}},
       rules},
  };
}

}  // namespace kp
