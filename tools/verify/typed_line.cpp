#include "verify/typed_line.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace kp::verify {
namespace {

constexpr std::size_t kGroups = 8;
constexpr std::size_t kGroupLength = 6;  // five digits and their check digit
constexpr std::size_t kHexDigits = 33;

bool is_digit(char c) {
  return '0' <= c && c <= '9';
}

// Row by row: the next value, from the value so far and the digit. A group fits when it ends at 0.
constexpr std::array<std::array<std::uint8_t, 10>, 10> kNext{{{0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
                                                              {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
                                                              {4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
                                                              {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
                                                              {6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
                                                              {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
                                                              {5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
                                                              {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
                                                              {9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
                                                              {2, 5, 8, 1, 4, 3, 6, 7, 9, 0}}};

bool fits(std::size_t place, std::string_view group) {
  std::uint8_t value = kNext[0][place];
  for (const char digit : group) value = kNext[value][static_cast<std::size_t>(digit - '0')];
  return value == 0;
}

// The decimal digits as a number in hex; one digit too long when the number has more than 132 bits.
class HexNumber {
 public:
  void take(char decimal) {
    std::uint32_t carry = static_cast<std::uint32_t>(decimal - '0');
    for (std::uint32_t& digit : digits_) {
      carry += digit * 10;
      digit = carry % 16;
      carry /= 16;
    }
    too_large_ = too_large_ || carry > 0;
  }

  [[nodiscard]] std::string text() const {
    std::string text(too_large_ ? 1 : 0, '?');
    for (auto digit = digits_.rbegin(); digit != digits_.rend(); ++digit) text += "0123456789abcdef"[*digit];
    return text;
  }

 private:
  std::array<std::uint32_t, kHexDigits> digits_{};  // the last one first
  bool too_large_ = false;
};

}  // namespace

std::optional<TypedLine> typed_line(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (is_digit(c)) {
      digits.push_back(c);
    } else if (std::string_view(" \t\r\n.-").find(c) == std::string_view::npos) {
      return std::nullopt;
    }
  }
  if (digits.size() != kGroups * kGroupLength) return std::nullopt;
  TypedLine line;
  HexNumber number;
  for (std::size_t place = 0; place < kGroups; ++place) {
    const std::string_view group = std::string_view(digits).substr(place * kGroupLength, kGroupLength);
    if (!fits(place, group)) line.wrong.push_back(place + 1);
    for (const char digit : group.substr(0, kGroupLength - 1)) number.take(digit);
  }
  if (line.wrong.empty()) line.start = number.text();
  return line;
}

std::size_t digits_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_digit));
}

}  // namespace kp::verify
