#include "verify/der.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace kp::verify {
namespace {

constexpr std::uint8_t kInteger = 0x02;
constexpr std::uint8_t kOctets = 0x04;
constexpr std::uint8_t kObject = 0x06;
constexpr std::uint8_t kSequence = 0x30;
constexpr std::uint8_t kSet = 0x31;
constexpr std::uint8_t kExplicit0 = 0xA0;
constexpr std::uint8_t kKeyIdentifier = 0x80;

struct Element {
  std::uint8_t tag = 0;
  std::string_view content;
};

// Takes one element off the front; nothing when the bytes are no element with a definite length.
std::optional<Element> take(std::string_view& bytes) {
  if (bytes.size() < 2) return std::nullopt;
  const auto byte_at = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
  Element element{byte_at(0), {}};
  std::size_t length = byte_at(1);
  std::size_t head = 2;
  if (length > 0x7FU) {
    const std::size_t digits = length & 0x7FU;
    if (digits == 0 || digits > 4 || bytes.size() < head + digits) return std::nullopt;
    length = 0;
    for (std::size_t i = 0; i < digits; ++i) length = (length << 8U) | byte_at(head + i);
    head += digits;
  }
  if (bytes.size() - head < length) return std::nullopt;
  element.content = bytes.substr(head, length);
  bytes.remove_prefix(head + length);
  return element;
}

// The content of the next element when it has this tag, else nothing.
std::optional<std::string_view> take(std::string_view& bytes, std::uint8_t tag) {
  const std::optional<Element> element = take(bytes);
  if (!element || element->tag != tag) return std::nullopt;
  return element->content;
}

// 1 or 3 as a signer's own version says and must say, 0 when it does not.
int version_of_signer(std::string_view signer) {
  const std::optional<std::string_view> version = take(signer, kInteger);
  const std::optional<Element> named_by = take(signer);
  if (!version || version->size() != 1 || !named_by) return 0;
  const bool by_key = named_by->tag == kKeyIdentifier || named_by->tag == kOctets;
  const int demanded = by_key ? 3 : 1;
  return version->front() == demanded ? demanded : 0;
}

}  // namespace

bool has_right_versions(std::string_view content_info) {
  const std::optional<std::string_view> outer = take(content_info, kSequence);
  if (!outer) return false;
  std::string_view in_outer = *outer;
  if (!take(in_outer, kObject)) return false;
  const std::optional<std::string_view> wrapped = take(in_outer, kExplicit0);
  if (!wrapped) return false;
  std::string_view in_wrapped = *wrapped;
  const std::optional<std::string_view> signed_data = take(in_wrapped, kSequence);
  if (!signed_data) return false;
  std::string_view members = *signed_data;
  const std::optional<std::string_view> version = take(members, kInteger);
  if (!version || version->size() != 1) return false;
  std::optional<Element> last;
  while (!members.empty()) {
    last = take(members);
    if (!last) return false;
  }
  if (!last || last->tag != kSet) return false;
  int demanded = 1;
  std::string_view signers = last->content;
  while (!signers.empty()) {
    const std::optional<std::string_view> signer = take(signers, kSequence);
    const int its_own = signer ? version_of_signer(*signer) : 0;
    if (its_own == 0) return false;
    if (its_own == 3) demanded = 3;
  }
  return version->front() == demanded;
}

}  // namespace kp::verify
