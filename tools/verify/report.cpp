#include "verify/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "base/json.h"
#include "verify/canon.h"
#include "verify/dossier.h"
#include "verify/spoken.h"

namespace kp::verify {
namespace {

Text level_text(Assurance level) {
  constexpr auto kTexts = std::to_array<Text>({
      {"KHÔNG ĐẠT. Hồ sơ có lỗi. Đừng dùng các kết quả này khi chưa làm rõ từng lỗi ở trên.",
       "FAILED. The dossier has errors. Do not use these results before every error above is cleared up."},
      {"NHẤT QUÁN. Hồ sơ tự khớp với chính nó, nhưng chưa cho thấy ai lập ra nó. Muốn chắc hơn: gõ mã in "
       "trên biên "
       "bản đã ký (--digest), hoặc kiểm chữ ký số (--ca).",
       "CONSISTENT. The dossier agrees with itself, but who made it is not shown. To be surer, type the "
       "digest from "
       "the signed minutes (--digest) or check the signatures (--ca)."},
      {"KHỚP BIÊN BẢN GIẤY. Hồ sơ tự khớp và đúng là hồ sơ của tờ biên bản có mã đã gõ.",
       "BOUND. The dossier agrees with itself and is the one whose digest you typed from paper."},
      {"CÓ CHỮ KÝ. Hồ sơ tự khớp và mọi kết quả đang có hiệu lực đều đủ chữ ký số được tính.",
       "SIGNED. The dossier agrees with itself and every standing result has enough signers who count."},
  });
  return kTexts[static_cast<std::size_t>(level)];
}

void add_practice(std::string& out, const Report& report, bool vi) {
  if (!report.practice) return;
  out += vi ? "*** DIỄN TẬP (PRACTICE), không phải kết quả thật ***\n" : "*** PRACTICE, no real result ***\n";
}

void add_record(std::string& out, const Report& report, bool vi) {
  const auto to = std::back_inserter(out);
  if (report.record_id.empty() || report.record_size == 0) return;
  fmt::format_to(to, "{}: {}, {} {}\n", vi ? "Sổ kiểm phiếu" : "Record", report.record_id, report.record_size,
                 vi ? "mục" : "entries");
  fmt::format_to(to, "{}: {}\n", vi ? "Gốc cây" : "Root", in_groups_of_four(report.record_root));
}

void add_head(std::string& out, const Report& report, const std::string& dossier, bool vi) {
  const auto to = std::back_inserter(out);
  add_practice(out, report, vi);
  fmt::format_to(to, "{}: {}\n", vi ? "Hồ sơ" : "Dossier", shown_name(dossier));
  if (!report.congress.empty()) fmt::format_to(to, "{}: {}\n", vi ? "Đại hội" : "Congress", report.congress);
  add_record(out, report, vi);
}

void add_result(std::string& out, const ResultReport& result, bool vi) {
  const auto to = std::back_inserter(out);
  fmt::format_to(to, "\n{} — {}\n", result.contest, result.title);
  fmt::format_to(to, "  {}: {}", vi ? "kết quả" : "outcome",
                 spoken(result.outcome, vi ? Language::vi : Language::en));
  if (result.election) {
    fmt::format_to(to, "; {} {}/{}", vi ? "trúng cử" : "elected", result.elected, result.seats);
  }
  fmt::format_to(to, "; {} {}, {} {}\n", vi ? "phiếu hợp lệ" : "valid ballots", result.valid,
                 vi ? "không hợp lệ" : "invalid", result.invalid);
  fmt::format_to(to, "  {}\n",
                 result.recounted
                     ? (vi ? "đã đếm lại từ từng phiếu" : "recounted ballot by ballot")
                     : (vi ? "không đếm lại được (count not recomputed)" : "count not recomputed"));
  fmt::format_to(to, "  {}: {}\n  {}: {}\n", vi ? "chữ ký được tính" : "signers who count", result.signers,
                 vi ? "mã kết quả" : "digest", in_groups_of_four(result.sha256));
}

void add_lines(std::string& out, const Report& report, bool vi) {
  for (const std::string& contest : report.lines) {
    const auto it = std::find_if(report.results.begin(), report.results.end(),
                                 [&](const ResultReport& result) { return result.contest == contest; });
    fmt::format_to(std::back_inserter(out),
                   fmt::runtime(vi ? "\nDãy số đã gõ khớp với kết quả của {} — {}\n"
                                   : "\nThe line typed is that of the result of {} — {}\n"),
                   contest, it == report.results.end() ? std::string() : it->title);
  }
}

void add_minutes(std::string& out, const Report& report, bool vi) {
  if (report.minutes.empty() && !report.results.empty()) {
    out += vi ? "\nKhông có biên bản PDF nào ở đây để đọc: so mã in ở chân biên bản giấy với mã trên.\n"
              : "\nThere are no minutes in PDF to read here: compare the digest at the foot of the paper "
                "with the one above.\n";
  }
  if (!report.minutes.empty()) out += "\n";
  for (const MinutesReport& minutes : report.minutes) {
    std::string signers;
    for (const std::string& signer : minutes.signers) signers += (signers.empty() ? "" : "; ") + signer;
    if (signers.empty()) signers = vi ? "không có" : "none";
    const std::string says = minutes.agrees ? (vi ? "ghi đúng kết quả" : "says what the result says")
                                            : (vi ? "chưa đọc được hoặc không đúng, xem dưới"
                                                  : "not read or not right, see below");
    fmt::format_to(std::back_inserter(out), "{} {}: {}; {}: {}\n", vi ? "Biên bản" : "Minutes", minutes.file,
                   says, vi ? "chữ ký số bên trong" : "signatures inside", signers);
  }
}

void add_findings(std::string& out, const Report& report, Language language) {
  const bool vi = language == Language::vi;
  if (!report.findings.empty()) out += "\n";
  for (const Finding& finding : report.findings) out += line_of(finding, language) + "\n";
  const auto errors =
      std::count_if(report.findings.begin(), report.findings.end(),
                    [](const Finding& finding) { return finding.severity == Severity::error; });
  const auto warnings = static_cast<std::ptrdiff_t>(report.findings.size()) - errors;
  fmt::format_to(std::back_inserter(out), "\n{} {}, {} {}.\n", errors, vi ? "lỗi" : "errors", warnings,
                 vi ? "chú ý" : "warnings");
  if (report.practice) out += vi ? "DIỄN TẬP (PRACTICE). " : "PRACTICE. ";
}

Json findings_json(const Findings& all, Language language) {
  Json::Array findings;
  for (const Finding& finding : all) {
    findings.push_back(Json::object({{"code", finding_row(finding.code).code},
                                     {"severity", finding.severity == Severity::error ? "error" : "warning"},
                                     {"message", message(finding, language)},
                                     {"where", finding.where}}));
  }
  return findings;
}

}  // namespace

std::string_view level_sentence(Assurance level, Language language) {
  return level_text(level).in(language);
}

std::string report_text(const Report& report, const std::string& dossier, Language language) {
  const bool vi = language == Language::vi;
  std::string out;
  add_head(out, report, dossier, vi);
  if (report.prefix) out += prefix_sentence(*report.prefix, language) + "\n";
  for (const ResultReport& result : report.results) add_result(out, result, vi);
  add_lines(out, report, vi);
  add_minutes(out, report, vi);
  add_findings(out, report, language);
  fmt::format_to(std::back_inserter(out), "{} ({})\n", level_text(report.level).in(language),
                 word(report.level));
  return out;
}

std::string report_json(const Report& report, Language language) {
  Json::Array results;
  for (const ResultReport& result : report.results) {
    results.push_back(Json::object({{"contest", result.contest},
                                    {"outcome", result.outcome},
                                    {"recounted", result.recounted},
                                    {"sha256", result.sha256},
                                    {"signers", result.signers}}));
  }
  const Json record = Json::object({{"id", report.record_id},
                                    {"root", report.record_root},
                                    {"size", static_cast<std::int64_t>(report.record_size)}});
  Json json = Json::object({{"findings", findings_json(report.findings, language)},
                            {"level", word(report.level)},
                            {"ok", report.ok()},
                            {"practice", report.practice},
                            {"record", record},
                            {"results", std::move(results)}});
  if (!report.lines.empty()) json.set("lines", Json::Array(report.lines.begin(), report.lines.end()));
  if (!report.minutes.empty()) {
    Json::Array all;
    for (const MinutesReport& one : report.minutes) {
      all.push_back(Json::object({{"agrees", one.agrees},
                                  {"contest", one.contest},
                                  {"file", one.file},
                                  {"signers", Json::Array(one.signers.begin(), one.signers.end())}}));
    }
    json.set("minutes", std::move(all));
  }
  if (report.prefix) json.set("prefix", static_cast<std::int64_t>(*report.prefix));
  if (report.proven_seq) json.set("entry", *report.proven_seq);
  return canonical_bytes(json) + "\n";
}

std::string prefix_sentence(std::uint64_t size, Language language) {
  return fmt::format(fmt::runtime(language == Language::vi
                                      ? "So với bản cũ: {} mục đầu vẫn y nguyên, không thêm, bớt, sửa"
                                      : "Against the older one: the first {} entries are the same, none "
                                        "added, dropped or changed"),
                     size);
}

std::string proof_text(const Report& report, Language language) {
  const bool vi = language == Language::vi;
  std::string out;
  add_practice(out, report, vi);
  add_record(out, report, vi);
  if (report.proven_seq) {
    fmt::format_to(std::back_inserter(out),
                   fmt::runtime(vi ? "Mục {} trong tệp nằm trong sổ có gốc cây trên\n"
                                   : "Entry {} of the file is in the record with this root\n"),
                   *report.proven_seq);
  }
  if (report.prefix) out += prefix_sentence(*report.prefix, language) + "\n";
  add_findings(out, report, language);
  constexpr auto kConclusions = std::to_array<Text>({
      {"KHÔNG CHỨNG MINH ĐƯỢC.", "NOT PROVEN."},
      {"ĐÚNG, nếu gốc cây trên là gốc ghi trên giấy: gõ gốc đó với --root để máy so.",
       "PROVEN, if this root is the one on paper: type that one with --root."},
      {"ĐÚNG với gốc cây đã gõ từ giấy.", "PROVEN, for the root you typed from paper."},
  });
  const Text conclusion = kConclusions[static_cast<std::size_t>(report.level)];
  return out + fmt::format("{} ({})\n", conclusion.in(language), word(report.level));
}

std::string usage_json(const std::string& why, Language language) {
  const Findings findings = {finding(Code::usage_command_line, {}, {why})};
  return canonical_bytes(Json::object({{"findings", findings_json(findings, language)}, {"ok", false}})) +
         "\n";
}

std::string help_json(std::string_view page) {
  return canonical_bytes(Json::object({{"findings", Json::Array()}, {"help", page}, {"ok", true}})) + "\n";
}

}  // namespace kp::verify
