#include "verify/auditor.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/digest.h"
#include "verify/account.h"
#include "verify/auditor_contest.h"
#include "verify/dossier.h"
#include "verify/page.h"
#include "verify/report.h"

namespace kp::verify {
namespace {

void add_head(Page& page, const Report& report, const std::string& dossier) {
  if (report.practice)
    page.line({"*** DIỄN TẬP (PRACTICE), không phải kết quả thật ***", "*** PRACTICE, no real result ***"});
  page.line(
      {"BÁO CÁO KIỂM TRA ĐỘC LẬP HỒ SƠ KIỂM PHIẾU", "INDEPENDENT VERIFICATION OF A VOTE-COUNT DOSSIER"});
  page.line({"", ""});
  page.line({"Hồ sơ: {}", "Dossier: {}"}, shown_name(dossier));
  if (report.account == nullptr) return;
  const Congress& congress = report.account->congress;
  page.line({"{} — {}, nhiệm kỳ {}, ngày {}", "{} — {}, term {}, {}"}, congress.title, congress.unit,
            congress.term, congress.date);
  page.line({"Quy chế bầu cử: {}", "Regulation: {}"}, word(congress.regulation));
  page.line({"Sổ kiểm phiếu: {}, {} mục", "Record: {}, {} entries"}, report.record_id, report.record_size);
  const std::vector<Happening>& all = report.account->happenings;
  if (!all.empty()) {
    const bool closed = all.back().entry.kind == Kind::closed;
    page.line({"  từ {} đến {} (giờ quốc tế UTC){}", "  from {} to {} (UTC){}"}, all.front().entry.at,
              all.back().entry.at,
              closed ? page.in({", đã khoá sổ", ", closed"}) : page.in({", chưa khoá sổ", ", not closed"}));
  }
  page.line({"  gốc cây: {}", "  root: {}"}, in_groups_of_four(report.record_root));
}

void add_conclusion(Page& page, const Report& report) {
  page.title({"1. KẾT LUẬN", "1. CONCLUSION"});
  const auto errors = std::count_if(report.findings.begin(), report.findings.end(),
                                    [](const Finding& one) { return one.severity == Severity::error; });
  page.line({"{} ({})", "{} ({})"}, level_sentence(report.level, page.language()), word(report.level));
  page.line({"{} lỗi, {} chú ý{}", "{} errors, {} warnings{}"}, errors,
            report.findings.size() - static_cast<std::size_t>(errors),
            report.findings.empty() ? page.in({".", "."}) : page.in({" (mục 5).", " (part 5)."}));
}

// Those that were read, right or wrong.
std::ptrdiff_t read_minutes(const Report& report) {
  return std::count_if(report.minutes.begin(), report.minutes.end(),
                       [](const MinutesReport& one) { return !one.contest.empty(); });
}

void add_checked(Page& page, const Report& report, const Account& account) {
  page.title({"2. ĐÃ KIỂM TRA", "2. WHAT WAS CHECKED"});
  page.line({"- congress.json: đúng mẫu và quy tắc danh sách; mã tính lại: {}",
             "- congress.json: its form and the list rules; digest: {}"},
            in_groups_of_four(account.congress_digest));
  page.line(
      {"- record.jsonl: {} mục, từng mục: dạng, thứ tự, thời gian, người làm, có được phép lúc đó không",
       "- record.jsonl: {} entries, each for form, order, time, people, and whether it was allowed then"},
      report.record_size);
  page.line({"- checkpoint.txt: gốc cây tính lại từ mọi mục",
             "- checkpoint.txt: the root, worked out from every entry"});
  page.line({"- {} bảng kê và {} tệp xấp phiếu: mã từng tệp tính lại",
             "- {} manifests and {} bundle files: every digest worked out anew"},
            account.manifests, account.bundle_files);
  if (account.has_bundles) {
    page.line({"- {} phiếu (kể cả mọi lượt nhập) đọc lại, xét hợp lệ và đếm lại từng phiếu",
               "- {} ballots (every pass of them) read, judged and counted anew"},
              account.ballots_read);
  }
  page.line({"- {} kết quả đang có hiệu lực: lập lại toàn bộ rồi so từng mục với hồ sơ",
             "- {} standing results: each built anew and compared with the dossier, member by member"},
            account.results.size());
  std::size_t signers = 0;
  for (const ResultAccount& result : account.results) signers += result.signers.size();
  page.line({"- {} chữ ký số: có đúng là ký trên chính kết quả đó",
             "- {} signatures: whether they hold for that very result"},
            signers);
  if (account.digests_typed > 0 || account.root_typed) {
    page.line({"- mã gõ từ biên bản giấy: {} mã kết quả{}", "- typed from paper: {} digests{}"},
              account.digests_typed,
              account.root_typed ? page.in({", gốc cây", ", the root"}) : page.in({"", ""}));
  }
  if (account.lines_typed > 0) {
    page.line({"- dãy số gõ từ biên bản giấy: {}", "- lines of digits typed from paper: {}"},
              account.lines_typed);
  }
  if (const auto minutes = read_minutes(report); minutes > 0) {
    page.line({"- {} biên bản PDF: mã, số phiếu, danh sách, người trúng cử có đúng như kết quả; chữ ký số "
               "bên trong",
               "- {} minutes in PDF: whether digest, figures, list and elected are the result's; signatures "
               "inside"},
              minutes);
  }
  if (report.prefix) page.line({"- {}", "- {}"}, prefix_sentence(*report.prefix, page.language()));
}

// Rules that results rest on and that nobody has compared with the signed text of the regulation.
std::set<std::string> unverified_rules(const Account& account, Language language) {
  std::set<std::string> rules;
  for (const ResultAccount& result : account.results) {
    const Json* steps = result.rebuilt.is_object() ? result.rebuilt.find("steps") : nullptr;
    if (steps == nullptr) continue;
    for (const Json& step : steps->array()) {
      if (step.at("grade").string() != "unverified") continue;
      rules.insert(step.at("rule").string() + ": " +
                   step.at(language == Language::vi ? "text_vi" : "text_en").string());
    }
  }
  return rules;
}

void add_unchecked(Page& page, const Report& report, const Account& account) {
  page.title({"3. CHƯA KIỂM TRA ĐƯỢC", "3. WHAT WAS NOT CHECKED"});
  if (!account.has_bundles) {
    page.line(
        {"- PHIẾU KHÔNG CÓ TRONG HỒ SƠ (bản công khai): số phiếu lấy theo kết quả, không đếm lại được "
         "(count not recomputed)",
         "- THE BALLOTS ARE NOT IN THE DOSSIER (a public one): votes are the results' own, count not "
         "recomputed"});
  }
  page.line({"- phiếu giấy có đúng như đã nhập hay không: chỉ mở niêm phong, rút phiếu ra so mới biết",
             "- whether the paper says what was keyed: only opening the seals and comparing ballots can show "
             "that"});
  const bool pinned =
      std::any_of(account.results.begin(), account.results.end(), [](const ResultAccount& one) {
        return std::any_of(one.signers.begin(), one.signers.end(),
                           [](const SignerAccount& signer) { return signer.weight == Weight::pinned; });
      });
  if (!account.authority_given && !pinned) {
    page.line(
        {"- chữ ký là của ai: chưa cho nơi cấp chứng thư (--ca), định nghĩa đại hội cũng không đăng ký chứng "
         "thư",
         "- whose the signatures are: no authority was given (--ca) and the board registered no "
         "certificates"});
  }
  if (account.digests_typed == 0 && account.lines_typed == 0 && !account.root_typed) {
    page.line(
        {"- có đúng là hồ sơ của biên bản giấy đã ký: chưa gõ mã hay dãy số in trên biên bản (--digest, "
         "--line)",
         "- whether this is the dossier of the signed paper: no digest was typed from it (--digest, "
         "--line)"});
  }
  if (read_minutes(report) == 0) {
    page.line({"- biên bản: so mã ở chân biên bản với mã kết quả dưới đây",
               "- minutes: compare the digest at their foot with the one below"});
  }
  const std::set<std::string> rules = unverified_rules(account, page.language());
  if (rules.empty()) return;
  page.line({"- các quy tắc sau CHƯA ĐƯỢC ĐỐI CHIẾU với văn bản đã ký của quy chế:",
             "- these rules were NOT VERIFIED against the signed text of the regulation:"});
  for (const std::string& rule : rules) page.line({"    {}", "    {}"}, rule);
}

void add_notes(Page& page, const Account& account) {
  for (const Happening& one : account.happenings) {
    if (one.entry.kind != Kind::note) continue;
    page.line({"Ghi chú [mục {}] {}: {}", "Note [entry {}] {}: {}"}, one.entry.seq, people_of(one.entry),
              text_at(one.entry, "text"));
  }
}

}  // namespace

std::string auditor_report(const Report& report, const std::string& dossier, Language language) {
  Page page(language);
  add_head(page, report, dossier);
  add_conclusion(page, report);
  if (report.account != nullptr) {
    const Account& account = *report.account;
    add_checked(page, report, account);
    add_unchecked(page, report, account);
    page.title(
        {"4. TỪNG CUỘC BẦU, THEO SỔ VÀ THEO PHÉP ĐẾM LẠI", "4. EACH CONTEST, BY THE RECORD AND THE RECOUNT"});
    for (const Contest& contest : account.contests) add_contest(page, account, contest);
    add_notes(page, account);
  }
  if (!report.findings.empty()) {
    page.title({"5. LỖI VÀ CHÚ Ý", "5. FINDINGS"});
    for (const Finding& one : report.findings) page.line({"{}", "{}"}, line_of(one, language));
  }
  if (report.practice)
    page.line({"\nDIỄN TẬP (PRACTICE), không phải kết quả thật.", "\nPRACTICE, no real result."});
  return std::move(page).text();
}

}  // namespace kp::verify
