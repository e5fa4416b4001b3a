#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <iterator>
#include <vector>

#include "base/digest.h"
#include "intake/csv.h"

namespace kp {
namespace {

constexpr std::size_t kAtOnce = 8;     // marks, and bytes of a number
constexpr std::size_t kBehind = 8;     // bytes that may be written behind a line
constexpr std::size_t kPiece = 16384;  // bytes of lines that are hashed at once
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

constexpr std::uint64_t eight_times(char letter) {
  return kEveryByte * static_cast<unsigned char>(letter);
}

/// Writes ascending numbers. The text of the next one is most often the same but for the last digit.
class Digits {
 public:
  /// Writes the number, and up to eight bytes behind it, too.
  char* put(char* at, std::uint32_t number) {
    if (number == last_ + 1 && number % 10 != 0 && length_ <= kAtOnce) {
      text_ += one_more_;
    } else {
      std::array<char, kAtOnce + 1> digits{};
      length_ =
          static_cast<std::size_t>(std::to_chars(digits.begin(), digits.end(), number).ptr - digits.begin());
      std::memcpy(&text_, digits.data(), kAtOnce);
      ninth_ = digits[kAtOnce];
      std::array<char, kAtOnce> one_more{};
      one_more[std::min(length_, kAtOnce) - 1] = 1;
      one_more_ = std::bit_cast<std::uint64_t>(one_more);
    }
    last_ = number;
    std::memcpy(at, &text_, kAtOnce);
    at[kAtOnce] = ninth_;
    return at + length_;
  }

 private:
  std::uint64_t text_ = 0;
  std::uint64_t one_more_ = 0;  // of the last digit
  std::size_t length_ = kAtOnce + 1;
  std::uint32_t last_ = 0;
  char ninth_ = 0;
};

/// The lines of ballots of one form, written into a place that has room for them.
template <std::size_t options>
class Lines {
 public:
  explicit Lines(const Ballots& ballots)
      : ballots_(ballots), rows_(ballots.rows()), words_(ballots.words_per_ballot()) {
    for (std::size_t i = 0; i < options; ++i) options_[i] = ballots.plane(option(i)).data();
  }

  /// Writes the line of a ballot, and up to kBehind bytes behind it, too. Returns: where it ends.
  char* put(char* at, std::size_t index) {
    at = digits_.put(at, ballots_.numbers()[index]);
    *at++ = ',';
    put_options(at, index * words_);
    put_rare(at, index * words_, Mark::several);
    put_rare(at, index * words_, Mark::unreadable);
    at += rows_;
    *at++ = ',';
    if (const Flags flags = ballots_.flags(index); !flags.none()) {
      const std::string text = to_text(flags);
      at = std::copy(text.begin(), text.end(), at);
    }
    *at++ = '\n';
    return at;
  }

 private:
  static constexpr Mark option(std::size_t i) {
    return static_cast<Mark>(static_cast<std::size_t>(Mark::a) + i);
  }

  // The words of a ballot begin at `word` in each plane.
  void put_options(char* at, std::size_t word) const {
    for (std::size_t row = 0; row < rows_; ++word) {
      std::array<std::uint64_t, options> bits;
      for (std::size_t i = 0; i < options; ++i) bits[i] = options_[i][word];
      for (const std::size_t end = std::min(rows_, row + 64); row < end; row += kAtOnce) {
        std::uint64_t text = eight_times(letter(Mark::none));
        for (std::size_t i = 0; i < options; ++i) {
          text ^=
              kSpread[bits[i] & 0xFF] * static_cast<unsigned char>(letter(option(i)) ^ letter(Mark::none));
          bits[i] >>= kAtOnce;
        }
        std::memcpy(at + row, &text, kAtOnce);
      }
    }
  }

  void put_rare(char* at, std::size_t word, Mark mark) const {
    const std::span<const std::uint64_t> plane = ballots_.plane(mark);
    if (plane.empty()) return;
    for (std::size_t i = 0; i < words_; ++i, at += 64) {
      for (std::uint64_t bits = plane[word + i]; bits != 0; bits &= bits - 1) {
        at[std::countr_zero(bits)] = letter(mark);
      }
    }
  }

  const Ballots& ballots_;
  std::size_t rows_;
  std::size_t words_;
  std::array<const std::uint64_t*, options> options_{};
  Digits digits_;
};

template <std::size_t options>
void add_lines(Hashing& hashing, const Ballots& ballots) {
  const std::size_t most = ballots.rows() + kMostAroundMarks;
  std::vector<char> piece(kPiece + most + kBehind);
  Lines<options> lines(ballots);
  char* at = piece.data();
  for (std::size_t i = 0; i < ballots.size(); ++i) {
    at = lines.put(at, i);
    const auto length = static_cast<std::size_t>(at - piece.data());
    if (length < kPiece && i + 1 < ballots.size()) continue;
    hashing.add({piece.data(), length});
    at = piece.data();
  }
}

constexpr auto kAddLines = std::array{add_lines<1>, add_lines<2>, add_lines<3>, add_lines<4>};

}  // namespace

void append_csv(std::string& csv, std::uint32_t number, std::string_view marks, Flags flags) {
  if (csv.empty()) csv.append(kCsvHeader).push_back('\n');
  fmt::format_to(std::back_inserter(csv), "{},{},{}\n", number, marks, to_text(flags));
}

std::size_t csv_size(const Ballots& ballots) {
  const std::span<const std::uint32_t> numbers = ballots.numbers();
  const std::size_t line = ballots.rows() + 4;  // a digit, two commas, line end
  std::size_t size = kCsvHeader.size() + 1 + ballots.size() * line;
  for (std::uint32_t ten = 10; ten < kMostBallotNumber; ten *= 10) {
    size += static_cast<std::size_t>(numbers.end() - std::lower_bound(numbers.begin(), numbers.end(), ten));
  }
  for (const Flags flags : ballots.flags()) {
    if (!flags.none()) size += to_text(flags).size();
  }
  return size;
}

std::string csv_sha256(const Ballots& ballots) {
  Hashing hashing;
  hashing.add(kCsvHeader);
  hashing.add("\n");
  kAddLines[static_cast<std::size_t>(ballots.form())](hashing, ballots);
  return hex(hashing.finish());
}

}  // namespace kp
