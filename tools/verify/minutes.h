// Minutes in PDF, held to the result that they print (formats.md §11).
//
// Every page bears the result's digest and its number; the figures, the base, the list with its votes and the
// elected are those of the result, and no further row is claimed; signatures inside hold, and what each of
// them signed says the same. What else stands on the paper is read by people.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "contest/congress.h"
#include "verify/faults.h"
#include "verify/pdf_reader.h"
#include "verify/signers.h"

namespace kp::verify {

/// The largest PDF that is read.
inline constexpr std::uint64_t kMostMinutesBytes = std::uint64_t{128} << 20U;

/// What minutes are held to.
struct Printed {
  const Json& result;  ///< as the verifier made it
  std::string sha256;  ///< of the result that stands
};

/// Someone whose signature inside the PDF holds.
struct MinutesSigner {
  Signer signer;
  Envelope envelope;
  std::optional<std::int64_t> seconds;  ///< when the PDF says that it was signed; nobody vouches for it
};

/// Where a PDF stands, for findings, and what reads it.
struct PdfSource {
  std::string place;
  std::string library;  ///< "" for kiemphieu-reader.so beside the program
};

/// Purpose: where the PDF ends as it was made: behind the comment with the digest of all before it.
/// Signatures come behind that. Returns: nothing when there is no such comment, or another digest in it.
std::optional<std::size_t> end_as_made(const std::string& pdf);

/// Purpose: opens the reader and reads a PDF.
/// Returns: nothing when there is no reader or the PDF cannot be read, which is then said.
/// Errors: minutes/not-read (a warning) minutes/unreadable, into `faults`; where = the place.
std::optional<PdfAsRead> read_pdf(const std::string& pdf, const PdfSource& source, Faults& faults);

/// Purpose: compares the words of minutes with their result.
/// Errors: minutes/other-result minutes/page-missing minutes/figure-differs minutes/row-differs
///         minutes/elected-differ, into `faults`.
void check_words(const PdfAsRead& read, const Printed& printed, const std::string& place, Faults& faults);

/// Purpose: verifies each signature inside, and what it signed when that was not yet the whole of `pdf`.
/// Returns: whose hold, oldest first.
/// Errors: minutes/signature-bad minutes/changed-since and those of read_pdf and check_words, into `faults`.
std::vector<MinutesSigner> check_signatures(const std::string& pdf, const PdfAsRead& read,
                                            const Printed& printed, const PdfSource& source, Faults& faults);

}  // namespace kp::verify
