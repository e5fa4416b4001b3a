// sign: one more signer on a result, in the file beside it and in the record; or on minutes, inside the PDF.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "base/canon.h"
#include "base/digest.h"
#include "base/file.h"
#include "kiemphieu/commands.h"
#include "kiemphieu/pdf_signing.h"
#include "kiemphieu/recount.h"
#include "kiemphieu/session.h"
#include "kiemphieu/signing.h"
#include "proceedings/results.h"
#include "seal/seal.h"
#include "sheet/result_file.h"

namespace kp {
namespace {

/// What `sign` works on: a result file and the signatures beside it.
struct ToSign {
  std::string path, bytes, sha256, contest;
  std::string p7s;                   ///< "" when nobody signed yet
  std::vector<Certificate> signers;  ///< of p7s, each checked
};

Result<ToSign> read_to_sign(const std::string& path, std::string bytes) {
  ToSign sign;
  sign.path = path;
  sign.bytes = std::move(bytes);
  sign.sha256 = sha256_hex(sign.bytes);
  const Result<Json> json = parse_json(sign.bytes, path);
  if (!json) return json.findings();
  const Json* format = json->is_object() ? json->find("format") : nullptr;
  const Json* contest = json->is_object() ? json->find("contest") : nullptr;
  const bool ours = format != nullptr && format->is_string() && format->string().ends_with("result@1") &&
                    contest != nullptr && contest->is_object() && contest->find("id") != nullptr &&
                    contest->at("id").is_string() && canonical(*json) == sign.bytes;
  if (!ours) return finding(Code::seal_not_a_result, path);
  sign.contest = contest->at("id").string();
  return sign;
}

Done take_signatures(ToSign& sign, std::string p7s, const std::string& where) {
  Result<std::vector<Certificate>> signers = read_signers(sign.bytes, p7s, where);
  if (!signers) return signers.findings();
  sign.p7s = std::move(p7s);
  sign.signers = std::move(signers).value();
  return done();
}

bool has_signer(const std::vector<Certificate>& signers, const std::string& digest) {
  return std::any_of(signers.begin(), signers.end(),
                     [&](const Certificate& c) { return c.digest == digest; });
}

// The signatures to add to: the file beside the result, or those the record has when there is no file.
Done find_signatures(ToSign& sign, const ContestHistory* contest) {
  const std::string beside = sign.path + ".p7s";
  std::error_code error;
  if (std::filesystem::exists(beside, error)) {
    Result<std::string> p7s = read_file(beside, kMostP7sBytes);
    if (!p7s) return p7s.findings();
    if (Done taken = take_signatures(sign, std::move(p7s).value(), beside); !taken) return taken;
  }
  if (contest == nullptr || contest->standing() == nullptr || contest->standing()->signatures.empty())
    return done();
  const std::vector<SignedResult>& filed = contest->standing()->signatures;
  if (sign.p7s.empty()) {
    return take_signatures(sign, from_base64(filed.back().p7s).value_or(""), sign.contest);
  }
  for (const SignedResult& signature : filed) {
    if (!has_signer(sign.signers, signature.certificate)) return finding(Code::seal_behind_record, beside);
  }
  return done();
}

// Adds the signer unless the file has it already; returns whether it was added. Who signed already shows all
// the same that the key is theirs.
Result<bool> add_signer(ToSign& to_sign, const Certificate& certificate, const Arguments& arguments) {
  const bool known = has_signer(to_sign.signers, certificate.digest);
  const Result<Signer> signer = open_signer(arguments, certificate);
  if (!signer) return signer.findings();
  Result<std::string> p7s =
      sign(to_sign.bytes, known ? "" : to_sign.p7s, certificate, signer->key, signer->chain);
  if (!p7s) return p7s.findings();
  if (known) return false;
  if (Done taken = take_signatures(to_sign, std::move(p7s).value(), to_sign.path); !taken)
    return taken.findings();
  return true;
}

// The signers of the file that the record has not been told of: someone may have signed without --record.
std::vector<Certificate> unfiled(const ToSign& sign, const ContestHistory& contest) {
  std::vector<Certificate> left = sign.signers;
  const ResultEntry* standing = contest.standing();
  if (standing == nullptr || standing->sha256 != sign.sha256) return left;
  for (const SignedResult& filed : standing->signatures) {
    std::erase_if(left, [&](const Certificate& c) { return c.digest == filed.certificate; });
  }
  return left;
}

// Files every signature that the record lacks, in one transaction.
Done file_in_record(ContestSession& at, const ToSign& sign) {
  const std::vector<Certificate> left = unfiled(sign, *at.contest);
  for (const Certificate& signer : left) {
    const Result<Act> act = file_signature(*at.contest, sign.sha256, signer.digest, sign.p7s, at.by);
    if (!act) return act.findings();
    if (Done appended = at.session.append(*act); !appended) return appended;
  }
  return left.empty() ? done() : at.session.commit();
}

std::string said_of(bool added, const std::string& signers, Language language) {
  const bool vi = language == Language::vi;
  return fmt::format(fmt::runtime(vi ? "{} Người ký:\n{}" : "{} Signers:\n{}"),
                     added ? (vi ? "Đã ký." : "Signed.")
                           : (vi ? "Người này đã ký từ trước, không thêm gì."
                                 : "Already signed by this signer, nothing added."),
                     signers);
}

Reply sign_minutes(const Arguments& arguments, const Certificate& certificate, const std::string& pdf) {
  const std::string path = arguments.path("RESULT.json");
  if (arguments.has("record") || arguments.has("by")) {
    throw UsageError(std::string(
        Text{"chữ ký của biên bản nằm ngay trong tệp PDF, không ghi vào sổ: bỏ --record, --by",
             "the signature of minutes stays in the PDF, not in the record: leave out --record and --by"}
            .in(arguments.language())));
  }
  const std::string now = entry_time(Purpose::official, "");
  Reply reply;
  reply.findings = check_signer(path, certificate, now, nullptr);
  if (!reply.ok()) return reply;
  const Result<SignedPdf> made = sign_pdf(pdf, certificate, arguments, {path, now});
  if (!made) return made.findings();
  if (made->added) {
    if (Done written = write_file(path, made->pdf); !written) return written.findings();
  }
  reply.json = {{"file", path},
                {"sha256", sha256_hex(made->pdf)},
                {"certificate", certificate.digest},
                {"added", made->added},
                {"signers", digests_of(made->signers)}};
  reply.text = said_of(made->added, lines_of(made->signers), arguments.language());
  return reply;
}

Reply sign_command(const Arguments& arguments) {
  const Result<Certificate> certificate = signing_certificate(arguments);
  if (!certificate) return certificate.findings();
  Result<std::string> bytes = read_file(arguments.path("RESULT.json"), kMostResultBytes);
  if (!bytes) return bytes.findings();
  if (is_pdf(*bytes)) return sign_minutes(arguments, *certificate, *bytes);
  Result<ToSign> sign = read_to_sign(arguments.path("RESULT.json"), std::move(bytes).value());
  if (!sign) return sign.findings();
  std::optional<ContestSession> at;
  if (arguments.has("record")) {
    Result<ContestSession> opened =
        open_contest(arguments.path("record"), sign->contest, arguments.texts("by"));
    if (!opened) return opened.findings();
    at.emplace(std::move(opened).value());
    const ResultEntry* standing = at->contest->standing();
    if (standing == nullptr || standing->sha256 != sign->sha256) {
      return finding(Code::seal_other_result, arguments.path("RESULT.json"));
    }
    // Nobody puts their name to a result that the ballots do not give.
    if (Findings differs = recount(*at->contest, at->session, arguments.language()); !differs.empty())
      return differs;
  }
  if (Done found = find_signatures(*sign, at ? at->contest : nullptr); !found) return found.findings();
  const Purpose purpose = at ? at->congress().purpose : Purpose::official;
  const std::string now = entry_time(purpose, at ? at->session.history().last_at : "");
  const Board* board = at ? &at->board() : nullptr;
  Reply reply;
  reply.findings = check_signer(sign->path, *certificate, now, board);
  for (const Certificate& other : at ? unfiled(*sign, *at->contest) : std::vector<Certificate>()) {
    if (other.digest == certificate->digest) continue;
    for (Finding& found : check_signer(sign->path, other, now, board))
      reply.findings.push_back(std::move(found));
  }
  if (!reply.ok()) return reply;
  const Result<bool> added = add_signer(*sign, *certificate, arguments);
  if (!added) return added.findings();

  Result<PendingFile> file = PendingFile::write(sign->path + ".p7s", sign->p7s);
  if (!file) return file.findings();
  if (at) {
    if (Done filed = file_in_record(*at, *sign); !filed) return filed.findings();
  }
  if (Done placed = file->put_in_place(); !placed) return placed.findings();

  reply.json = {{"sha256", sign->sha256},
                {"certificate", certificate->digest},
                {"added", *added},
                {"signers", digests_of(sign->signers)}};
  reply.text = said_of(*added, lines_of(sign->signers), arguments.language());
  return reply;
}

}  // namespace

std::vector<Command> sign_commands() {
  std::vector<Option> options = signing_options();
  options.push_back(
      {"record", Takes::one, false, {"sổ kiểm phiếu để ghi chữ ký vào", "record to file the signature in"}});
  options.push_back(by_option());
  return {
      {{"sign",
        {"ký số vào kết quả hoặc biên bản", "adds a signer to the result or to its minutes"},
        {{"RESULT.json", {"tệp kết quả, hoặc biên bản PDF", "the result file, or minutes in PDF"}}},
        options},
       sign_command},
  };
}

}  // namespace kp
