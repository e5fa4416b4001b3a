#include "kiemphieu/pdf_signing.h"

#include <algorithm>
#include <utility>

#include "kiemphieu/signing.h"
#include "paper/render.h"
#include "paper/signature.h"

namespace kp {
namespace {

// The signers of a PDF that may be signed further: every signature holds, nothing came behind the last one.
Result<std::vector<Certificate>> signers_of(const std::string& pdf, const std::string& path) {
  const Result<std::vector<paper::PdfSignature>> found =
      paper::signatures_of(pdf, path, paper::pages_library());
  if (!found) return found.findings();
  std::vector<Certificate> signers;
  for (const paper::PdfSignature& one : *found) {
    Result<std::vector<Certificate>> its = read_signers(one.signed_bytes, without_padding(one.padded), path);
    if (!its) return its.findings();
    signers.insert(signers.end(), its->begin(), its->end());
  }
  if (!found->empty() && !found->back().to_end) return finding(Code::paper_changed_since, path);
  return signers;
}

}  // namespace

bool is_pdf(std::string_view bytes) {
  return bytes.starts_with("%PDF-");
}

Result<SignedPdf> sign_pdf(const std::string& pdf, const Certificate& certificate, const Arguments& arguments,
                           const Signing& signing) {
  Result<std::vector<Certificate>> before = signers_of(pdf, signing.path);
  if (!before) return before.findings();
  const bool known = std::any_of(before->begin(), before->end(), [&](const Certificate& signer) {
    return signer.digest == certificate.digest;
  });
  const Result<Signer> signer = open_signer(arguments, certificate);
  if (!signer) return signer.findings();
  if (known) {
    // Who signed already shows all the same that the key is theirs.
    const Result<std::string> unused = sign_cades(pdf, certificate, signer->key, signer->chain);
    if (!unused) return unused.findings();
    return SignedPdf{pdf, std::move(before).value(), false};
  }
  Result<paper::PdfToSign> to_sign = paper::make_room(
      pdf, signing.moment, most_cades_bytes(certificate, signer->chain), paper::pages_library());
  if (!to_sign) return to_sign.findings();
  const Result<std::string> der =
      sign_cades(to_sign->signed_bytes(), certificate, signer->key, signer->chain);
  if (!der) return der.findings();
  SignedPdf made{paper::with_signature(std::move(to_sign).value(), *der), {}, true};
  // Nothing is handed out that would not be accepted again.
  Result<std::vector<Certificate>> after = signers_of(made.pdf, signing.path);
  if (!after) return after.findings();
  made.signers = std::move(after).value();
  return made;
}

Json::Array digests_of(const std::vector<Certificate>& signers) {
  Json::Array digests;
  for (const Certificate& signer : signers) digests.emplace_back(signer.digest);
  return digests;
}

std::string lines_of(const std::vector<Certificate>& signers) {
  std::string lines;
  for (const Certificate& signer : signers) lines += "  " + signer.subject + "\n";
  return lines;
}

}  // namespace kp
