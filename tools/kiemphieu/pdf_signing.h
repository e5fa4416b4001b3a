// Signatures inside a PDF (PAdES B-B), with the keys and the questions of `sign`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "kiemphieu/arguments.h"
#include "seal/seal.h"

namespace kp {

struct SignedPdf {
  std::string pdf;
  std::vector<Certificate> signers;  ///< of all signatures in it, oldest first
  bool added = false;                ///< false when this signer was in it before; then `pdf` is as it came
};

/// Which file is signed, and what it will say when that was (RFC 3339, UTC).
struct Signing {
  std::string path;
  std::string moment;
};

/// Purpose: whether a file begins as a PDF does.
bool is_pdf(std::string_view bytes);

/// Purpose: `pdf` with one more signature, behind those that it has; they must hold and cover all of it.
/// In: the options of signing.h in `arguments`.
/// Errors: paper/not-a-pdf paper/changed-since seal/bad-signature seal/not-cms paper/…-library, and those of
///         open_signer and sign_cades
Result<SignedPdf> sign_pdf(const std::string& pdf, const Certificate& certificate, const Arguments& arguments,
                           const Signing& signing);

/// Purpose: signers as --json and as people read them, one a line.
Json::Array digests_of(const std::vector<Certificate>& signers);
std::string lines_of(const std::vector<Certificate>& signers);

}  // namespace kp
