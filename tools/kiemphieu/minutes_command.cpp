// minutes: a result on paper.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

#include "base/digest.h"
#include "base/file.h"
#include "kiemphieu/commands.h"
#include "kiemphieu/minutes_pages.h"
#include "kiemphieu/pdf_signing.h"
#include "kiemphieu/placed_file.h"
#include "kiemphieu/record_view.h"
#include "kiemphieu/signing.h"
#include "seal/seal.h"
#include "sheet/minutes.h"
#include "sheet/result_file.h"

namespace kp {
namespace {

namespace fs = std::filesystem;

/// A result file as it was handed in.
struct ResultFile {
  std::string path;
  std::string bytes;
  std::string sha256;
  Json result;
};

Result<ResultFile> read_result(const std::string& path) {
  Result<std::string> bytes = read_file(path, kMostResultBytes);
  if (!bytes) return bytes.findings();
  Result<Json> result = parse_result(*bytes, path);
  if (!result) return result.findings();
  const std::string sha256 = sha256_hex(*bytes);
  return ResultFile{path, std::move(bytes).value(), sha256, std::move(result).value()};
}

// The record or dossier to print from: as named, or the dossier in whose results/ the file lies.
std::string evening_of(const Arguments& arguments) {
  if (arguments.has("record")) return arguments.path("record");
  std::error_code error;
  const fs::path folder = fs::absolute(arguments.path("RESULT.json"), error).parent_path();
  const fs::path dossier = folder.parent_path();
  const bool lies_in_one = !error && folder.filename() == "results" &&
                           fs::exists(dossier / "record.jsonl", error) &&
                           fs::exists(dossier / "congress.json", error);
  return lies_in_one ? dossier.string() : "";
}

// Signatures beside the file are the only thing that can speak for it without a record.
Done check_signatures_beside(const ResultFile& file) {
  const std::string beside = file.path + ".p7s";
  std::error_code error;
  if (!fs::exists(beside, error)) return done();
  const Result<std::string> p7s = read_file(beside, kMostP7sBytes);
  if (!p7s) return p7s.findings();
  const Result<std::vector<Certificate>> signers = read_signers(file.bytes, *p7s, beside);
  return signers ? done() : Done(signers.findings());
}

/// Minutes, and whose certificates count where the board names them.
struct Pages {
  paper::Rendered rendered;
  std::optional<Board> board;
};

Result<Pages> pages_of(const ResultFile& file, const std::string& evening, const Arguments& arguments) {
  const PaperLanguage language =
      arguments.has("bilingual") ? PaperLanguage::both : paper_language(arguments.language());
  if (evening.empty()) {
    if (Done checked = check_signatures_beside(file); !checked) return checked.findings();
    Result<paper::Rendered> pages =
        paper::render(make_minutes(file.result, file.sha256, nullptr, language), paper::pages_library());
    if (!pages) return pages.findings();
    pages.value().notes.push_back(finding(Code::minutes_no_record, file.path));
    return Pages{std::move(pages).value(), std::nullopt};
  }
  const Result<RecordView> view = RecordView::open(evening);
  if (!view) return view.findings();
  const ContestHistory* contest = view->history().find(file.result.at("contest").at("id").string());
  const ResultEntry* standing = contest == nullptr ? nullptr : contest->standing();
  if (standing == nullptr || standing->sha256 != file.sha256)
    return finding(Code::seal_other_result, file.path);
  const Result<Before> before = record_before(*standing, {view->entries(), view->congress_bytes()});
  if (!before) return before.findings();
  // What is to be signed on paper is counted again first; a public dossier leaves that to the full one.
  if (view->has_ballots()) {
    if (Findings differs = recount(*contest, *before, view->fetch(), arguments.language()); !differs.empty())
      return differs;
  }
  Result<paper::Rendered> pages = minutes_pages(*standing, *before, language);
  if (!pages) return pages.findings();
  return Pages{std::move(pages).value(), board_of(view->history().congress, contest->contest)};
}

// The certificate to sign with, when there is to be a signature.
Result<std::optional<Certificate>> certificate_of(const Arguments& arguments) {
  constexpr auto kSigning = std::to_array<std::string_view>({"cert", "key", "pkcs11", "chain"});
  if (std::none_of(kSigning.begin(), kSigning.end(),
                   [&](std::string_view name) { return arguments.has(name); }))
    return std::optional<Certificate>();
  if (!arguments.has("cert")) {
    throw UsageError(std::string(
        Text{"muốn ký thì phải có --cert", "to sign, --cert is needed"}.in(arguments.language())));
  }
  Result<Certificate> certificate = signing_certificate(arguments);
  if (!certificate) return certificate.findings();
  return std::optional<Certificate>(std::move(certificate).value());
}

std::vector<Option> minutes_options() {
  std::vector<Option> options = {
      {"o", Takes::one, true, {"tệp PDF sẽ ghi", "PDF file to write"}},
      {"bilingual",
       Takes::nothing,
       false,
       {"tiếng Việt, dưới có tiếng Anh chữ nhỏ", "Vietnamese with English in small type below"}},
      {"record",
       Takes::one,
       false,
       {"sổ kiểm phiếu hoặc hồ sơ: để đối chiếu và ghi đủ ban kiểm phiếu, số có mặt, các kết luận, lần "
        "sửa",
        "record or dossier: to compare with, and for the board, attendance, rulings and corrections"}}};
  for (Option option : signing_options()) {
    option.required = false;
    options.push_back(option);
  }
  return options;
}

Reply minutes_command(const Arguments& arguments) {
  const Result<std::optional<Certificate>> certificate = certificate_of(arguments);
  if (!certificate) return certificate.findings();
  const Result<ResultFile> file = read_result(arguments.path("RESULT.json"));
  if (!file) return file.findings();
  const std::string evening = evening_of(arguments);
  const Result<Pages> pages = pages_of(*file, evening, arguments);
  if (!pages) return pages.findings();
  const std::string path = arguments.path("o");
  Reply reply(pages->rendered.notes);
  SignedPdf made{pages->rendered.pdf, {}, false};
  if (*certificate) {
    const bool practice = file->result.at("purpose").string() == word(Purpose::practice);
    const std::string now = entry_time(practice ? Purpose::practice : Purpose::official, "");
    for (Finding& found : check_signer(path, **certificate, now, pages->board ? &*pages->board : nullptr))
      reply.findings.push_back(std::move(found));
    if (!reply.ok()) return reply;
    Result<SignedPdf> signed_pdf = sign_pdf(made.pdf, **certificate, arguments, {path, now});
    if (!signed_pdf) return signed_pdf.findings();
    made = std::move(signed_pdf).value();
  }
  if (Done written = put_new(path, made.pdf); !written) return written.findings();
  reply.json = {{"file", path},
                {"pages", static_cast<std::int64_t>(pages->rendered.pages)},
                {"sha256", sha256_hex(made.pdf)},
                {"result", file->sha256},
                {"compared", !evening.empty()},
                {"signers", digests_of(made.signers)}};
  const bool vi = arguments.language() == Language::vi;
  reply.text =
      fmt::format(fmt::runtime(vi ? "Biên bản: {}, {} trang. In, đọc trước ban kiểm phiếu, ký, đóng dấu.\n"
                                    "Mã số kết quả ở chân mỗi trang:\n  {}\n"
                                  : "Minutes: {}, {} pages. Print, read to the board, sign.\n"
                                    "The digest of the result at the foot of each page:\n  {}\n"),
                  path, pages->rendered.pages, in_groups_of_four(file->sha256));
  if (!made.signers.empty())
    reply.text += (vi ? "Đã ký số trong tệp PDF:\n" : "Signed inside the PDF:\n") + lines_of(made.signers);
  return reply;
}

}  // namespace

std::vector<Command> minutes_commands() {
  return {
      {{"minutes",
        {"lập biên bản kiểm phiếu để in và ký (PDF)", "the minutes to print and sign (PDF)"},
        {{"RESULT.json", {"tệp kết quả", "the result file"}}},
        minutes_options()},
       minutes_command},
  };
}

}  // namespace kp
