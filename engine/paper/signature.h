// The place of a signature inside a PDF (ISO 32000-1 §12.8, ETSI EN 319 142-1).
//
// A signature is an incremental update: what was there stays byte for byte, behind it come a signature
// dictionary, its field (invisible, on the first page), and the catalog and page that name it. It covers
// every byte of the file but its own hex digits. This folder makes the place and finds it again; what is
// written into it is made and judged elsewhere (seal). qpdf reads the PDF, in kiemphieu-pages.so (render.h).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kp::paper {

/// A PDF with one more signature field, whose signature is still missing.
struct PdfToSign {
  std::string pdf;
  std::size_t at = 0;    ///< where its hex digits begin
  std::size_t room = 0;  ///< bytes it may have; twice as many digits

  /// What is signed: all bytes but "<", the digits and ">".
  [[nodiscard]] std::string signed_bytes() const;
};

/// Purpose: makes room for a signature of at most `room` bytes behind the bytes of `pdf`.
/// In: `moment`, when it is signed, as the PDF will tell (RFC 3339, UTC, whole seconds); nobody vouches for
/// it. Errors: paper/not-a-pdf (encrypted, damaged, or with its table of objects in a stream)
///         paper/no-library paper/other-library
Result<PdfToSign> make_room(const std::string& pdf, const std::string& moment, std::size_t room,
                            const std::string& library);

/// Purpose: the signed PDF. In: at most `to_sign.room` bytes.
std::string with_signature(PdfToSign to_sign, std::string_view der);

/// A signature that stands in a PDF, not yet verified.
struct PdfSignature {
  std::string signed_bytes;
  std::string padded;   ///< the signature, with zero bytes behind it
  bool to_end = false;  ///< nothing stands behind what it covers
};

/// Purpose: every signature of `pdf`, oldest first.
/// Promise: each covers the file from its first byte on without a gap but its own digits; a file in which one
///          does not is refused.
/// Errors: paper/not-a-pdf paper/no-library paper/other-library seal/bad-signature (where = `where`)
Result<std::vector<PdfSignature>> signatures_of(const std::string& pdf, const std::string& where,
                                                const std::string& library);

}  // namespace kp::paper
