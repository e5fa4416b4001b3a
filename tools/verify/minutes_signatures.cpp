// Signatures inside the PDF of minutes: what each covers, whether it holds, and what it said when it was
// made.
#include <algorithm>
#include <utility>

#include "verify/encoding.h"
#include "verify/minutes.h"

namespace kp::verify {
namespace {

// The first `length` bytes of a DER value that zeros were put behind; all of `padded` when it is none.
std::string_view without_padding(std::string_view padded) {
  constexpr unsigned kShort = 0x80;
  constexpr std::size_t kMostLengthBytes = 4;
  if (padded.size() < 2) return padded;
  const auto first = static_cast<unsigned char>(padded[1]);
  std::size_t length = first;
  std::size_t head = 2;
  if (first >= kShort) {
    const std::size_t bytes = first - kShort;
    if (bytes > kMostLengthBytes || padded.size() < head + bytes) return padded;
    length = 0;
    for (std::size_t i = 0; i < bytes; ++i)
      length = length << 8U | static_cast<unsigned char>(padded[head + i]);
    head += bytes;
  }
  const std::string_view value = padded.substr(0, std::min(padded.size(), head + length));
  // Something hidden in the padding would be covered by no signature.
  const bool zeros = padded.find_first_not_of('\0', value.size()) == std::string_view::npos;
  return zeros ? value : padded;
}

std::string in_hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string digits;
  for (const char c : bytes) {
    digits.push_back(kDigits[static_cast<unsigned char>(c) / 16]);
    digits.push_back(kDigits[static_cast<unsigned char>(c) % 16]);
  }
  return digits;
}

// Whether a signature covers the file from its first byte without a gap but the digits that hold it.
bool covers_all_but_itself(const std::string& pdf, const SignatureField& field) {
  const auto [start, length, rest, rest_length] = field.range;
  if (start != 0 || length > pdf.size() || rest > pdf.size() || rest < length + 2) return false;
  if (rest_length > pdf.size() - rest) return false;
  std::string gap = pdf.substr(length, rest - length);
  std::transform(gap.begin(), gap.end(), gap.begin(),
                 [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c; });
  return gap == "<" + in_hex(field.contents) + ">";
}

std::size_t count_of(std::string_view text, std::string_view what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

// "D:20251015083000Z" as seconds.
std::optional<std::int64_t> seconds_in(const std::string& moment) {
  constexpr std::size_t kLength = 17;
  if (moment.size() != kLength || !moment.starts_with("D:")) return std::nullopt;
  const auto part = [&](std::size_t at, std::size_t size) { return moment.substr(at, size); };
  return seconds_of(part(2, 4) + "-" + part(6, 2) + "-" + part(8, 2) + "T" + part(10, 2) + ":" + part(12, 2) +
                    ":" + part(14, 3));
}

}  // namespace

std::vector<MinutesSigner> check_signatures(const std::string& pdf, const PdfAsRead& read,
                                            const Printed& printed, const PdfSource& source, Faults& faults) {
  const std::string& place = source.place;
  std::vector<MinutesSigner> signers;
  std::vector<SignatureField> fields = read.signatures;
  const auto end_of = [](const SignatureField& field) { return field.range[2] + field.range[3]; };
  std::stable_sort(fields.begin(), fields.end(),
                   [&](const SignatureField& a, const SignatureField& b) { return end_of(a) < end_of(b); });
  for (const SignatureField& field : fields) {
    if (!covers_all_but_itself(pdf, field)) {
      faults.add(Code::verify_minutes_signature, place, {"ByteRange"});
      continue;
    }
    const std::string covered = pdf.substr(0, field.range[1]) + pdf.substr(field.range[2], field.range[3]);
    const std::string_view der = without_padding(field.contents);
    const Result<Envelope> envelope = open_envelope(der, covered, place);
    if (!envelope) {
      faults.add(Code::verify_minutes_signature, place, envelope.findings().front().args);
      continue;
    }
    if (!names_its_certificate(der, *envelope)) {
      faults.add(Code::verify_minutes_signature, place, {"signing-certificate-v2"});
      continue;
    }
    signers.push_back({envelope->signers.front(), *envelope, seconds_in(field.moment)});
    if (end_of(field) == pdf.size()) continue;
    // Whoever signed before others saw less than what is there now: that must have said the same.
    const std::string then = pdf.substr(0, end_of(field));
    if (const std::optional<PdfAsRead> old = read_pdf(then, source, faults))
      check_words(*old, printed, place, faults);
  }
  // One that no field leads to any more was cut loose from the document.
  if (count_of(pdf, "/ByteRange") != fields.size())
    faults.add(Code::verify_minutes_signature, place, {"field"});
  if (!fields.empty() && end_of(fields.back()) != pdf.size()) faults.add(Code::verify_minutes_changed, place);
  return signers;
}

}  // namespace kp::verify
