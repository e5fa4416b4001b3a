// status, log, rules, report: what can be looked at without changing anything. None of them shows votes of a
// name.
#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "kiemphieu/commands.h"
#include "kiemphieu/contest_status.h"
#include "kiemphieu/copies.h"
#include "kiemphieu/entry_text.h"
#include "kiemphieu/record_view.h"
#include "kiemphieu/recount.h"
#include "kiemphieu/report.h"
#include "proceedings/gate.h"
#include "rules/ruleset.h"
#include "sheet/spoken_time.h"

// The topics of the rule tables, for help and for whoever mistypes one.
#define KP_TOPICS \
  "base ballot validity reconciliation majority tie round poll list board scope order minutes structure"

namespace kp {
namespace {

Reply log(const Arguments& arguments) {
  const Result<RecordView> view = RecordView::open(arguments.path("RECORD"));
  if (!view) return view.findings();
  const Language language = arguments.language();
  const bool vi = language == Language::vi;
  Table table({{vi ? "Mục" : "Seq", Table::Align::right},
               {vi ? "Lúc (giờ Việt Nam)" : "At (Viet Nam)"},
               {vi ? "Việc" : "What"},
               {vi ? "Người làm" : "By"}});
  std::vector<std::string> details;
  Json::Array lines;
  for (std::size_t i = 0; i < view->entries().size(); ++i) {
    const Result<Entry> entry = parse_entry(view->entries()[i], static_cast<std::int64_t>(i));
    if (!entry) return entry.findings();
    table.add({std::to_string(entry->seq), spoken_time(entry->at, language),
               std::string(spoken_kind(entry->kind).in(language)),
               fmt::format("{}", fmt::join(entry->by, ", "))});
    details.push_back(entry_detail(*entry, language));
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
  reply.text = table.text(details) + root_text(*view, language);
  return reply;
}

// The command that comes when no contest waits for one.
std::string when_all_is_done(const History& history, const std::string& path) {
  if (std::filesystem::is_directory(path)) return "kiemphieu-verify " + quoted(path);
  if (history.contests.empty()) return fmt::format("kiemphieu draft … --for {} -o …", quoted(path));
  return fmt::format("kiemphieu export {} -o …", quoted(path));
}

// How an earlier or equal copy stands to the record; "" when the findings say it.
std::string copy_text(const RecordView& own, const RecordView& other, const std::string& path,
                      const Findings& findings, Language language) {
  if (!findings.empty()) return "";
  const bool vi = language == Language::vi;
  const std::size_t behind = own.entries().size() - other.entries().size();
  if (behind == 0) {
    return fmt::format(fmt::runtime(vi ? "\n{}: giống hệt sổ này.\n" : "\n{}: the same as this record.\n"),
                       path);
  }
  return fmt::format(fmt::runtime(vi ? "\n{}: là phần đầu của sổ này, thiếu {} mục cuối.\n"
                                     : "\n{}: the beginning of this record, without its last {} entries.\n"),
                     path, behind);
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
  std::string next;
  for (const ContestHistory& contest : history.contests) {
    const ContestStatus now = status_of(*view, contest, path);
    reply.text += status_text(now, language);
    contests.push_back(status_json(now, language));
    if (next.empty() && !now.next.empty()) next = now.next.front();
    add(reply.findings, check_further_rounds(history, contest));
    if (contest.standing() == nullptr) continue;
    if (!view->has_ballots()) {
      reply.findings.push_back(finding(Code::verify_count_not_recomputed, contest.contest.id));
      continue;
    }
    add(reply.findings, recount(contest, {view->entries(), view->congress_bytes()}, view->fetch(), language));
  }
  reply.text += root_text(*view, language);
  if (next.empty()) next = when_all_is_done(history, path);
  const bool has_gap = next.find("…") != std::string::npos;
  const Text says = has_gap
                        ? Text{"Gõ tiếp (thay … bằng số, tên thật):", "Next (put figures and names for …):"}
                        : Text{"Gõ tiếp:", "Next:"};
  reply.text += fmt::format("\n{}\n  {}\n", says.in(language), next);
  reply.json = {{"record", head_json(*view)},
                {"purpose", word(history.congress.purpose)},
                {"closed", history.closed},
                {"next", next},
                {"contests", std::move(contests)}};
  if (arguments.has("against")) {
    const std::string copy = arguments.path("against");
    const Result<RecordView> other = RecordView::open(copy);
    if (!other) return other.findings();
    const Findings differ = check_copies(*view, *other, copy, language);
    reply.text += copy_text(*view, *other, copy, differ, language);
    add(reply.findings, differ);
  }
  return reply;
}

/// Which rows of the rule tables are wanted; nothing stands for all of them.
struct RuleFilter {
  std::optional<Regulation> regulation;
  std::optional<Topic> topic;
  std::optional<Grade> grade;

  [[nodiscard]] bool takes(Regulation of, const Rule& rule) const {
    return regulation.value_or(of) == of && topic.value_or(rule.topic) == rule.topic &&
           grade.value_or(rule.grade) == rule.grade;
  }
};

// The value that an option names, when it is given.
template <class Value>
std::optional<Value> named_by(const Arguments& arguments, std::string_view option,
                              std::optional<Value> (*named)(std::string_view), const Text& why) {
  const std::string wanted = arguments.text(option);
  const std::optional<Value> value = wanted.empty() ? std::nullopt : named(wanted);
  if (arguments.has(option) && !value) arguments.refuse(option, why);
  return value;
}

RuleFilter rule_filter(const Arguments& arguments) {
  return {named_by(arguments, "regulation", regulation_named,
                   {"phải là 244-QD/TW hoặc 190-QD/TW", "must be 244-QD/TW or 190-QD/TW"}),
          named_by(arguments, "topic", topic_named,
                   {"phải là một trong: " KP_TOPICS, "must be one of: " KP_TOPICS}),
          named_by(arguments, "grade", grade_named,
                   {"phải là read, secondary hoặc unverified", "must be read, secondary or unverified"})};
}

Json rule_json(Regulation regulation, const Rule& rule) {
  Json::Array used_by;
  for (const std::string_view use : words_of(rule.used_by)) used_by.emplace_back(use);
  Json::Array source;
  for (const Source& page : sources_named(rule.sources)) source.emplace_back(page.address);
  return Json::object({{"regulation", word(regulation)},
                       {"rule", rule.id},
                       {"reference", rule.reference},
                       {"topic", word(rule.topic)},
                       {"text_vi", rule.text.vi},
                       {"text_en", rule.text.en},
                       {"document", rule.document},
                       {"article", rule.article},
                       {"grade", word(rule.grade)},
                       {"source", std::move(source)},
                       {"used_by", std::move(used_by)}});
}

std::string rule_text(const Rule& rule, Language language) {
  const bool vi = language == Language::vi;
  std::string said(meaning(rule.grade).in(language));
  if (!rule.sources.empty()) said += fmt::format(": {}", rule.sources);
  if (rule.used_by.empty()) said += vi ? "; để biết" : "; for information";
  return fmt::format("  {}  [{}; {}]\n      {}\n", rule.id, citation(rule.document, rule.article, language),
                     said, rule.text.in(language));
}

Reply rules(const Arguments& arguments) {
  const RuleFilter filter = rule_filter(arguments);
  const Language language = arguments.language();
  Reply reply;
  Json::Array rows;
  std::map<std::string_view, std::string_view> pages;
  for (const Regulation regulation : {Regulation::qd_244_2014, Regulation::qd_190_2024}) {
    std::string text;
    for (std::size_t i = 0; i < rule_count(); ++i) {
      const Rule rule = rule_row(regulation, static_cast<RuleId>(i));
      if (!filter.takes(regulation, rule)) continue;
      text += rule_text(rule, language);
      rows.push_back(rule_json(regulation, rule));
      for (const Source& page : sources_named(rule.sources)) pages.emplace(page.key, page.address);
    }
    if (!text.empty()) reply.text += fmt::format("{}\n{}", word(regulation), text);
  }
  if (!pages.empty()) reply.text += language == Language::vi ? "Nguồn\n" : "Sources\n";
  for (const auto& [key, address] : pages) reply.text += fmt::format("  {}  {}\n", key, address);
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
        {{"against",
          Takes::one,
          false,
          {"so với một bản sao của sổ (hoặc hồ sơ)", "compare with a copy of the record (or a dossier)"}}}},
       status},
      {{"log", {"nhật ký của sổ", "the entry log"}, {record}, {}}, log},
      {{"rules",
        {"bảng quy định: điều khoản, mức độ đã đối chiếu", "the rule tables: article, how surely read"},
        {},
        {{"regulation", Takes::one, false, {"244-QD/TW hoặc 190-QD/TW", "244-QD/TW or 190-QD/TW"}},
         {"topic", Takes::one, false, {KP_TOPICS, KP_TOPICS}},
         {"grade", Takes::one, false, {"read, secondary, unverified", "read, secondary, unverified"}}}},
       rules},
      report_command(),
  };
}

}  // namespace kp
