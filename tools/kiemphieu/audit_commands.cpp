// audit plan, audit enter, audit report: the spot check of the paper (docs/audit.md).
//
// A check has a record of its own. The record or dossier that is checked is only read.
#include <fmt/format.h>

#include "audit/draw.h"
#include "audit/report.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/text.h"
#include "intake/csv.h"
#include "kiemphieu/audit_text.h"
#include "kiemphieu/commands.h"
#include "kiemphieu/record_view.h"
#include "kiemphieu/session.h"

namespace kp {
namespace {

constexpr std::int64_t kAll = 10000;  // hundredths of a percent

/// The record of one spot check, opened.
struct OpenAudit {
  Record record;
  AuditHistory audit;
  Tree tree;
};

Result<OpenAudit> open_audit(const std::string& path, Access access) {
  Result<Record> record = Record::open(path, access);
  if (!record) return record.findings();
  const Result<std::vector<std::string>> entries = record->entries();
  if (!entries) return entries.findings();
  Result<AuditHistory> audit = replay_audit(*entries);
  if (!audit) return finding(Code::audit_not_an_audit, path);
  Tree tree;
  for (const std::string& entry : *entries) tree.append(leaf_hash(entry));
  return OpenAudit{std::move(record).value(), std::move(audit).value(), std::move(tree)};
}

// Numbers and dates an act, appends it to the check's record and makes it durable.
Done append_to(Record& record, Tree& tree, const AuditHistory& audit, const Act& act) {
  Entry entry;
  entry.seq = audit.size;
  entry.at = entry_time(audit.plan.purpose, audit.last_at);
  entry.by = act.by;
  entry.kind = act.kind;
  entry.body = act.body;
  const std::string bytes = entry_bytes(entry);
  if (Done appended = record.append(bytes); !appended) return appended;
  tree.append(leaf_hash(bytes));
  return record.commit();
}

// The root of the first `size` entries of a record.
std::string root_of_first(const RecordView& view, std::int64_t size) {
  Tree tree;
  for (const std::string& entry : view.entries()) {
    if (static_cast<std::int64_t>(tree.size()) == size) break;
    tree.append(leaf_hash(entry));
  }
  return hex(tree.root());
}

std::int64_t risk_in(const Arguments& arguments) {
  const std::optional<std::int64_t> risk = hundredths_in(arguments.text("risk"));
  if (!risk || *risk < 1 || *risk >= kAll) {
    arguments.refuse(
        "risk", {"phải là phần trăm lớn hơn 0 và nhỏ hơn 100, nhiều nhất hai chữ số lẻ, ví dụ 5 hoặc 0.5",
                 "must be a percentage above 0 and below 100 with at most two decimals, like 5 or 0.5"});
  }
  return *risk;
}

AuditWish wish_in(const Arguments& arguments) {
  AuditWish wish;
  const std::optional<std::string> seed = seed_in(arguments.text("seed"));
  if (!seed) {
    arguments.refuse("seed", {"phải có ít nhất 20 chữ số, do gieo xúc xắc công khai trong hội trường",
                              "must be at least 20 digits, from dice rolled in the hall for all to see"});
  }
  wish.seed = *seed;
  wish.risk = risk_in(arguments);
  wish.tolerated = arguments.integer_if("expect").value_or(0);
  wish.allowed_by = tidied(arguments.text("allowed-by"));
  if (wish.allowed_by.empty()) {
    arguments.refuse("allowed-by",
                     {"phải nêu ai cho phép mở niêm phong", "must say who allowed the seals to be opened"});
  }
  return wish;
}

Reply plan_command(const Arguments& arguments) {
  const AuditWish wish = wish_in(arguments);
  const Result<RecordView> view = RecordView::open(arguments.path("RECORD"));
  if (!view) return view.findings();
  const Result<const ContestHistory*> contest = find_contest(view->history(), arguments.text("CONTEST"));
  if (!contest) return contest.findings();
  const Congress& congress = view->history().congress;
  const Result<People> by =
      resolve_people(congress, board_of(congress, (*contest)->contest), arguments.texts("by"));
  if (!by) return by.findings();
  const Result<std::vector<CountedBundle>> bundles = counted_bundles(**contest, view->fetch());
  if (!bundles) return bundles.findings();
  const CheckedRecord checked{view->history().record_id, static_cast<std::int64_t>(view->tree().size()),
                              hex(view->tree().root())};
  Result<AuditPlan> plan = make_plan(view->history(), **contest, *bundles, checked, wish);
  if (!plan) return plan.findings();
  Result<Record> record = Record::create(arguments.path("o"));
  if (!record) return record.findings();
  AuditHistory empty;
  empty.plan = std::move(plan).value();
  Tree tree;
  if (Done written = append_to(*record, tree, empty, plan_act(empty.plan, *by)); !written) {
    return written.findings();
  }
  const Effort effort = effort_of(empty.plan.drawn, *bundles);
  Reply reply;
  reply.json = plan_json(empty.plan, effort);
  reply.json.emplace_back("audit", audit_head_json(tree));
  reply.text = plan_text(empty.plan, (*contest)->contest, effort, arguments.language()) +
               audit_head_text(tree, arguments.language());
  return reply;
}

Reply enter_command(const Arguments& arguments) {
  const std::string path = arguments.path("AUDIT.kp");
  if (!arguments.has("read") && !arguments.has("missing")) {
    arguments.refuse("read",
                     {"phải có tệp đã đọc (--read), hoặc số của phiếu không tìm thấy (--missing)",
                      "either a file that was read (--read) or a ballot that is not there (--missing)"});
  }
  Result<OpenAudit> open = open_audit(path, Access::write);
  if (!open) return open.findings();
  const AuditPlan& plan = open->audit.plan;
  PaperReading reading{arguments.text("BUNDLE"),
                       Ballots(plan.form, plan.rows),
                       {},
                       arguments.integer_if("sheets"),
                       tidied(arguments.text("note"))};
  if (const std::string file = arguments.path("read"); !file.empty()) {
    const Result<std::string> bytes = read_file(file, kMostBundleBytes);
    if (!bytes) return bytes.findings();
    Result<Ballots> ballots = parse_ballots(*bytes, file, {plan.form, plan.rows});
    if (!ballots) return ballots.findings();
    reading.ballots = std::move(ballots).value();
  }
  for (const std::string& number : arguments.texts("missing")) {
    const bool digits =
        !number.empty() && number.size() <= 9 && number.find_first_not_of("0123456789") == std::string::npos;
    if (!digits)
      arguments.refuse("missing", {"phải là số thứ tự của phiếu trong xấp", "must be a ballot's number"});
    reading.missing.push_back(static_cast<std::uint32_t>(std::stoul(number)));
  }
  // Whoever reads the paper need not sit on the board, so there is no head to stand in for them.
  Congress nobody;
  nobody.purpose = Purpose::official;
  Result<People> by = resolve_people(nobody, {}, arguments.texts("by"));
  if (!by) return by.findings();
  const Result<Act> act = enter_reading(open->audit, reading, std::move(by).value());
  if (!act) return act.findings();
  if (Done written = append_to(open->record, open->tree, open->audit, *act); !written)
    return written.findings();
  std::set<BallotKey> read;
  for (const auto& [key, paper] : open->audit.read) read.insert(key);
  for (const auto& [number, seen] : act->body.at("ballots").members()) {
    read.insert({reading.bundle, static_cast<std::uint32_t>(std::stoul(number))});
  }
  Reply reply;
  reply.json = {{"bundle", reading.bundle},
                {"entered", static_cast<std::int64_t>(act->body.at("ballots").members().size())},
                {"read", static_cast<std::int64_t>(read.size())},
                {"drawn", static_cast<std::int64_t>(plan.drawn.size())},
                {"audit", audit_head_json(open->tree)}};
  const bool vi = arguments.language() == Language::vi;
  reply.text =
      fmt::format(fmt::runtime(vi ? "Đã nhập {} phiếu của xấp {}; đã đọc {}/{} phiếu được rút\n"
                                  : "Entered {} ballots of bundle {}; {} of {} drawn ballots are read\n"),
                  act->body.at("ballots").members().size(), reading.bundle, read.size(), plan.drawn.size()) +
      audit_head_text(open->tree, arguments.language());
  return reply;
}

// What the report warns of, besides what stands in its text.
Findings warnings_of(const AuditHistory& audit, const AuditReport& report) {
  Findings findings;
  const std::string& contest = audit.plan.contest;
  for (const Discrepancy& differs : report.discrepancies) {
    findings.push_back(
        finding(Code::audit_discrepancy,
                fmt::format("{}/{}/{}", contest, differs.ballot.bundle, differs.ballot.ballot)));
  }
  for (const SheetsDiffer& sheets : report.sheets) {
    findings.push_back(finding(Code::audit_sheets, contest + "/" + sheets.bundle,
                               {std::to_string(sheets.paper), std::to_string(sheets.counted)}));
  }
  const auto drawn = static_cast<std::int64_t>(audit.plan.drawn.size());
  if (report.conclusion == Conclusion::unfinished) {
    findings.push_back(finding(Code::audit_unfinished, contest,
                               {std::to_string(drawn - report.read), std::to_string(drawn)}));
  } else if (report.conclusion == Conclusion::not_shown) {
    findings.push_back(finding(Code::audit_not_shown, contest));
  }
  return findings;
}

Reply report_command(const Arguments& arguments) {
  const Result<OpenAudit> open = open_audit(arguments.path("AUDIT.kp"), Access::read);
  if (!open) return open.findings();
  const AuditPlan& plan = open->audit.plan;
  const std::string path = arguments.path("RECORD");
  const Result<RecordView> view = RecordView::open(path);
  if (!view) return view.findings();
  const std::string root = root_of_first(*view, plan.record.size);
  if (plan.record != CheckedRecord{view->history().record_id, plan.record.size, root}) {
    return finding(Code::audit_other_record, path, {std::to_string(plan.record.size), root});
  }
  const Result<const ContestHistory*> contest = find_contest(view->history(), plan.contest);
  if (!contest) return contest.findings();
  const ResultEntry* standing = (*contest)->standing();
  if (standing == nullptr || standing->sha256 != plan.result) {
    return finding(Code::audit_other_result, plan.contest);
  }
  const Result<std::vector<CountedBundle>> bundles = counted_bundles(**contest, view->fetch());
  if (!bundles) return bundles.findings();
  const Result<AuditReport> report = make_report(open->audit, view->history(), **contest, *bundles);
  if (!report) return report.findings();
  std::optional<Effort> next;
  if (report->next_sample) {
    // The next roll is not known yet; this one tells as well how long such a draw takes.
    next = effort_of(drawn_ballots(plan.seed, plan.contest, *bundles, *report->next_sample), *bundles);
  }
  Reply reply(warnings_of(open->audit, *report));
  reply.json = report_json(plan, *report, next);
  reply.json.emplace_back("audit", audit_head_json(open->tree));
  reply.text = report_text(plan, (*contest)->contest, {*report, next}, arguments.language()) +
               audit_head_text(open->tree, arguments.language());
  return reply;
}

Position audit_position() {
  return {"AUDIT.kp", {"sổ đối chiếu do audit plan lập", "the spot check's record, from audit plan"}};
}
Position checked_position() {
  return {"RECORD", {"sổ kiểm phiếu, hoặc hồ sơ đầy đủ", "a record, or a full dossier"}};
}

}  // namespace

std::vector<Command> audit_commands() {
  return {
      {{"audit plan",
        {"đối chiếu phiếu giấy: rút phiếu theo số gieo xúc xắc",
         "spot check of the paper: draws ballots from rolled dice"},
        {checked_position(), contest_position()},
        {{"seed",
          Takes::one,
          true,
          {"ít nhất 20 chữ số gieo trong hội trường", "at least 20 digits rolled in the hall"}},
         {"risk", Takes::one, true, {"mức rủi ro chấp nhận, phần trăm", "accepted risk, percent"}},
         {"allowed-by",
          Takes::one,
          true,
          {"ai cho phép mở niêm phong, theo văn bản nào",
           "who allowed the seals to be opened, by which paper"}},
         {"expect",
          Takes::one,
          false,
          {"số phiếu khác dự kiến gặp (mặc định 0)", "discrepancies expected (0)"}},
         {"o", Takes::one, true, {"sổ đối chiếu sẽ lập", "the check's record to be made"}},
         by_option()}},
       plan_command},
      {{"audit enter",
        {"đối chiếu phiếu giấy: nhập những gì hai người đọc từ giấy",
         "spot check: enters what two people read"},
        {audit_position(), {"BUNDLE", {"xấp", "bundle"}}},
        {{"read",
          Takes::one,
          false,
          {"tệp CSV các phiếu được rút của xấp", "CSV of the bundle's drawn ballots"}},
         {"missing",
          Takes::many,
          false,
          {"phiếu được rút mà không có trong xấp", "a drawn ballot that is not there"}},
         {"sheets", Takes::one, false, {"số tờ đếm được trong xấp", "sheets counted in the bundle"}},
         by_option(),
         note_option()}},
       enter_command},
      {{"audit report",
        {"đối chiếu phiếu giấy: kết luận và việc tiếp theo",
         "spot check: what it shows, and what comes next"},
        {audit_position(), checked_position()},
        {}},
       report_command},
  };
}

}  // namespace kp
