#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <iterator>
#include <utility>
#include <vector>

#include "intake/csv.h"

namespace kp {
namespace {

constexpr std::string_view kHeader = "ballot,marks,flags\n";
constexpr std::size_t kAtOnce = 8;        // marks, and bytes of a number
constexpr std::size_t kAroundMarks = 12;  // nine digits, two commas, line end
constexpr std::uint64_t kEveryByte = 0x0101010101010101U;

// By eight bits: eight bytes in the order of the bits, 1 for each that is set.
constexpr std::array<std::uint64_t, 256> kSpread = [] {
  std::array<std::uint64_t, 256> spread{};
  for (std::size_t bits = 0; bits < spread.size(); ++bits) {
    std::array<std::uint8_t, kAtOnce> bytes{};
    for (std::size_t i = 0; i < kAtOnce; ++i) bytes[i] = static_cast<std::uint8_t>(bits >> i & 1U);
    spread[bits] = std::bit_cast<std::uint64_t>(bytes);
  }
  return spread;
}();

// A plane in which some row bears its mark.
struct UsedPlane {
  const std::uint64_t* words = nullptr;
  std::uint64_t change = 0;  // what turns the letter of "none" into the mark's
};

std::vector<UsedPlane> used_planes(const Ballots& ballots) {
  std::vector<UsedPlane> used;
  for (std::size_t i = 0; i < kMarkCount; ++i) {
    const std::span<const std::uint64_t> plane = ballots.plane(static_cast<Mark>(i));
    if (std::all_of(plane.begin(), plane.end(), [](std::uint64_t word) { return word == 0; })) continue;
    const auto change = static_cast<unsigned char>(kMarkLetters[i] ^ letter(Mark::none));
    used.push_back({plane.data(), change});
  }
  return used;
}

// Writes the marks of a ballot whose words begin at `word`; up to seven bytes behind them, too.
void put_marks(char* at, std::span<const UsedPlane> planes, std::size_t word, std::size_t rows) {
  for (std::size_t row = 0; row < rows; row += kAtOnce) {
    std::uint64_t text = kEveryByte * static_cast<unsigned char>(letter(Mark::none));
    for (const UsedPlane& plane : planes) {
      text ^= kSpread[plane.words[word + row / 64] >> row % 64 & 0xFF] * plane.change;
    }
    std::memcpy(at + row, &text, kAtOnce);
  }
}

/// The digits of ascending numbers; those of the next one are most often the last but for one digit.
class Digits {
 public:
  void go_to(std::uint32_t number) {
    if (number == number_ + 1 && text_[length_ - 1] != '9') {
      ++text_[length_ - 1];
    } else {
      length_ = static_cast<std::size_t>(fmt::format_to(text_.begin(), "{}", number) - text_.begin());
    }
    number_ = number;
  }
  /// Writes them, and up to ten bytes behind them, too.
  char* put(char* at) const {
    std::memcpy(at, text_.data(), text_.size());
    return at + length_;
  }

 private:
  std::array<char, 10> text_ = {'0'};
  std::size_t length_ = 1;
  std::uint32_t number_ = 0;
};

}  // namespace

void append_csv(std::string& csv, std::uint32_t number, std::string_view marks, Flags flags) {
  if (csv.empty()) csv = kHeader;
  fmt::format_to(std::back_inserter(csv), "{},{},{}\n", number, marks, to_text(flags));
}

std::string to_csv(const Ballots& ballots) {
  const std::vector<UsedPlane> planes = used_planes(ballots);
  const std::size_t rows = ballots.rows();
  std::string csv(kHeader);
  std::string flags;
  Digits digits;
  std::size_t length = csv.size();
  for (std::size_t i = 0; i < ballots.size(); ++i) {
    flags = ballots.flags(i).none() ? std::string() : to_text(ballots.flags(i));
    if (const std::size_t most = length + rows + flags.size() + 2 * kAroundMarks; csv.size() < most) {
      const std::size_t left = (ballots.size() - i) * (rows + kAroundMarks);
      csv.resize(std::max(most, length + left + 2 * kAroundMarks));
    }
    char* const line = csv.data() + length;
    digits.go_to(ballots.numbers()[i]);
    char* at = digits.put(line);
    *at++ = ',';
    put_marks(at, planes, i * ballots.words_per_ballot(), rows);
    at += rows;
    *at++ = ',';
    at = std::copy(flags.begin(), flags.end(), at);
    *at++ = '\n';
    length += static_cast<std::size_t>(at - line);
  }
  csv.resize(length);
  return csv;
}

}  // namespace kp
