#include "sheet/paper_ties.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/digest.h"
#include "contest/congress.h"

namespace kp {
namespace {

constexpr std::size_t kHexDigits = 33;  // 132 bits: the most that 40 decimal digits always hold
constexpr std::size_t kGroups = 8;
constexpr std::size_t kInGroup = 5;  // and the check digit

// H. M. Damm's table: a digit that differs, or two neighbours exchanged, never give the same last value.
constexpr auto kDamm =
    std::to_array<std::string_view>({"0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
                                     "3674209581", "5869720134", "8945362017", "9438617205", "2581436790"});

std::string in_ascii_capitals(std::string text) {
  for (char& c : text) {
    if ('a' <= c && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

// The value of the leading hex digits in decimal, with leading zeros.
std::string decimal_of(std::string_view hex_digits) {
  std::array<std::uint32_t, kGroups * kInGroup> digits{};
  for (const char c : hex_digits) {
    std::uint32_t carry = static_cast<std::uint32_t>(c <= '9' ? c - '0' : c - 'a' + 10);
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
      carry += *digit * 16;
      *digit = carry % 10;
      carry /= 10;
    }
  }
  std::string text;
  for (const std::uint32_t digit : digits) text.push_back(static_cast<char>('0' + digit));
  return text;
}

char check_digit(std::size_t place, std::string_view digits) {
  char value = kDamm[0][place];
  for (const char digit : digits) {
    value = kDamm[static_cast<std::size_t>(value - '0')][static_cast<std::size_t>(digit - '0')];
  }
  return value;
}

}  // namespace

std::string qr_text(const Json& result, const std::string& sha256) {
  const bool practice = result.at("purpose").string() == word(Purpose::practice);
  const Json& ballots = result.at("ballots");
  return in_ascii_capitals(fmt::format(
      "KP1{}:{}:{}:{}:{}:{}:{}:{}", practice ? "-PRACTICE" : "", result.at("contest").at("id").string(),
      sha256, ballots.at("issued").integer(), ballots.at("returned").integer(), ballots.at("valid").integer(),
      ballots.at("invalid").integer(), result.at("outcome").string()));
}

std::vector<std::string> digit_groups(const std::string& sha256) {
  KP_ASSERT(is_digest(sha256));
  const std::string digits = decimal_of(std::string_view(sha256).substr(0, kHexDigits));
  std::vector<std::string> groups;
  for (std::size_t place = 0; place < kGroups; ++place) {
    std::string group = digits.substr(place * kInGroup, kInGroup);
    group.push_back(check_digit(place, group));
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace kp
