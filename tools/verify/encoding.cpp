#include "verify/encoding.h"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace kp::verify {
namespace {

// The six bits a letter stands for, or 64 when it is none of the alphabet.
std::uint32_t six_bits(char c) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  static_assert(kAlphabet.size() == 64);
  if ('A' <= c && c <= 'Z') return static_cast<std::uint32_t>(c - 'A');
  if ('a' <= c && c <= 'z') return static_cast<std::uint32_t>(c - 'a') + 26U;
  if ('0' <= c && c <= '9') return static_cast<std::uint32_t>(c - '0') + 52U;
  const std::size_t at = kAlphabet.find(c);
  return at == std::string_view::npos ? 64U : static_cast<std::uint32_t>(at);
}

std::string without_spaces(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') out.push_back(c);
  }
  return out;
}

// Two or four digits of an instant, or −1.
int digits_at(std::string_view text, std::size_t from, std::size_t length) {
  int value = -1;
  const char* first = text.data() + from;
  const auto [end, error] = std::from_chars(first, first + length, value);
  return error == std::errc() && end == first + length && *first != '-' ? value : -1;
}

}  // namespace

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  std::string out;
  out.reserve(text.size() / 4 * 3);
  std::uint32_t pending = 0;
  unsigned bits = 0;
  for (const char c : text.substr(0, text.size() - padding)) {
    const std::uint32_t six = six_bits(c);
    if (six > 63U) return std::nullopt;
    pending = ((pending << 6U) | six) & 0xFFFFU;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out.push_back(static_cast<char>((pending >> bits) & 0xFFU));
  }
  // What is left over must be zero, else two texts would stand for the same bytes.
  const bool clean = (pending & ((1U << bits) - 1U)) == 0 && (padding == 0 || bits == 2 * padding);
  return clean ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<std::int64_t> seconds_of(std::string_view instant) {
  constexpr std::string_view kShape = "0000-00-00T00:00:00Z";
  if (instant.size() != kShape.size()) return std::nullopt;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const bool digit = '0' <= instant[i] && instant[i] <= '9';
    if (kShape[i] == '0' ? !digit : instant[i] != kShape[i]) return std::nullopt;
  }
  const std::chrono::year_month_day day(std::chrono::year(digits_at(instant, 0, 4)),
                                        std::chrono::month(static_cast<unsigned>(digits_at(instant, 5, 2))),
                                        std::chrono::day(static_cast<unsigned>(digits_at(instant, 8, 2))));
  const int hour = digits_at(instant, 11, 2);
  const int minute = digits_at(instant, 14, 2);
  const int second = digits_at(instant, 17, 2);
  if (!day.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  const std::int64_t days = std::chrono::sys_days(day).time_since_epoch().count();
  return ((days * 24 + hour) * 60 + minute) * 60 + second;
}

std::optional<std::string> typed_digest(std::string_view text) {
  std::string digest = without_spaces(text);
  std::transform(digest.begin(), digest.end(), digest.begin(),
                 [](char c) { return 'A' <= c && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
  return is_digest(digest) ? std::optional(std::move(digest)) : std::nullopt;
}

std::optional<Digest> typed_root(std::string_view text) {
  Digest root{};
  if (const std::optional<std::string> digits = typed_digest(text)) {
    for (std::size_t i = 0; i < root.size(); ++i) {
      std::from_chars(digits->data() + 2 * i, digits->data() + 2 * i + 2, root[i], 16);
    }
    return root;
  }
  const std::optional<std::string> bytes = from_base64(without_spaces(text));
  if (!bytes || bytes->size() != root.size()) return std::nullopt;
  std::transform(bytes->begin(), bytes->end(), root.begin(),
                 [](char c) { return static_cast<std::uint8_t>(c); });
  return root;
}

}  // namespace kp::verify
