#include "paper/signature.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "paper/library.h"
#include "paper/pages_library.h"

namespace kp::paper {
namespace {

// "2025-10-15T08:30:00Z" as "D:20251015083000Z".
std::string pdf_moment(std::string moment) {
  std::erase_if(moment, [](char c) { return c == '-' || c == ':' || c == 'T'; });
  return "D:" + moment;
}

std::string in_hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string digits;
  for (const char c : bytes) {
    digits += kDigits[static_cast<unsigned char>(c) >> 4U];
    digits += kDigits[static_cast<unsigned char>(c) & 0x0FU];
  }
  return digits;
}

bool same_digits(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return x == y || ((x | 0x20) == (y | 0x20) && (x | 0x20) >= 'a' && (x | 0x20) <= 'f');
  });
}

// Whether the range leaves out just the hex string that holds the signature.
bool leaves_out_only_itself(const std::string& pdf, const FoundSignature& found) {
  const auto [begin, length, rest, rest_length] = found.range;
  if (begin != 0 || length == 0 || length > pdf.size() || rest > pdf.size()) return false;
  if (rest_length > pdf.size() - rest || rest < length + 2) return false;
  const std::string_view out = std::string_view(pdf).substr(length, rest - length);
  return out.front() == '<' && out.back() == '>' &&
         same_digits(out.substr(1, out.size() - 2), in_hex(found.contents));
}

}  // namespace

std::string PdfToSign::signed_bytes() const {
  return pdf.substr(0, at - 1) + pdf.substr(at + 2 * room + 1);
}

Result<PdfToSign> make_room(const std::string& pdf, const std::string& moment, std::size_t room,
                            const std::string& library) {
  const Result<void*> make_gap = pages_function(library, kMakeGapName);
  if (!make_gap) return make_gap.findings();
  MadeGap made;
  reinterpret_cast<MakeGap> (*make_gap)(pdf, {pdf_moment(moment), room}, made);
  if (made.trouble != PagesTrouble::none) return finding(Code::paper_not_a_pdf, {}, {made.why});
  return PdfToSign{std::move(made.pdf), made.at, room};
}

std::string with_signature(PdfToSign to_sign, std::string_view der) {
  KP_ASSERT(der.size() <= to_sign.room);
  const std::string digits = in_hex(der);
  std::copy(digits.begin(), digits.end(), to_sign.pdf.begin() + static_cast<std::ptrdiff_t>(to_sign.at));
  return std::move(to_sign.pdf);
}

Result<std::vector<PdfSignature>> signatures_of(const std::string& pdf, const std::string& where,
                                                const std::string& library) {
  const Result<void*> find = pages_function(library, kFindSignaturesName);
  if (!find) return find.findings();
  FoundSignatures found;
  reinterpret_cast<FindSignatures> (*find)(pdf, found);
  if (found.trouble != PagesTrouble::none) return finding(Code::paper_not_a_pdf, where, {found.why});
  const auto end_of = [](const FoundSignature& one) { return one.range[2] + one.range[3]; };
  std::sort(found.all.begin(), found.all.end(),
            [&](const FoundSignature& a, const FoundSignature& b) { return end_of(a) < end_of(b); });
  std::vector<PdfSignature> signatures;
  for (FoundSignature& one : found.all) {
    if (!leaves_out_only_itself(pdf, one)) return finding(Code::seal_bad_signature, where, {"ByteRange"});
    signatures.push_back({pdf.substr(0, one.range[1]) + pdf.substr(one.range[2], one.range[3]),
                          std::move(one.contents), end_of(one) == pdf.size()});
  }
  return signatures;
}

}  // namespace kp::paper
