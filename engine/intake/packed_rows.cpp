#include "intake/packed_rows.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>
#include <vector>

namespace kp {
namespace {

constexpr std::size_t kWordBytes = 8;
constexpr std::size_t kPartHead = 16;  // four numbers

void put_number(std::string& out, std::size_t number) {
  for (int shift = 0; shift < 32; shift += 8) out.push_back(static_cast<char>(number >> shift & 0xFF));
}

std::size_t number_at(std::string_view bytes, std::size_t at) {
  std::size_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    number |= std::size_t{static_cast<unsigned char>(bytes[at + i])} << 8 * i;
  }
  return number;
}

std::size_t bytes_of_row(std::size_t rows) {
  return (rows + 7) / 8;
}

bool is_blank(std::span<const std::uint64_t> plane) {
  return std::all_of(plane.begin(), plane.end(), [](std::uint64_t word) { return word == 0; });
}

// The word whose bytes in memory are those of `word` from the lowest on.
std::uint64_t in_byte_order(std::uint64_t word) {
  return std::endian::native == std::endian::little ? word : __builtin_bswap64(word);
}

void put_plane(std::string& out, const Ballots& ballots, Mark mark) {
  const std::size_t row_bytes = bytes_of_row(ballots.rows());
  const std::size_t words = ballots.words_per_ballot();
  const std::uint64_t* word = ballots.plane(mark).data();
  const std::size_t start = out.size();
  // Each word is put whole, and the next one over its end.
  out.resize(start + ballots.size() * row_bytes + kWordBytes);
  char* at = out.data() + start;
  for (std::size_t ballot = 0; ballot < ballots.size(); ++ballot, word += words, at += row_bytes) {
    for (std::size_t i = 0; i * kWordBytes < row_bytes; ++i) {
      const std::uint64_t bytes = in_byte_order(word[i]);
      std::memcpy(at + i * kWordBytes, &bytes, kWordBytes);
    }
  }
  out.resize(out.size() - kWordBytes);
}

// (index, number) of every ballot that has not the number behind the one before it; of the first, not 1.
std::string packed_jumps(std::span<const std::uint32_t> numbers) {
  std::string jumps;
  if (numbers.back() == numbers.size()) return jumps;  // they ascend: 1, 2, 3 …
  std::uint32_t next = 1;
  for (std::size_t i = 0; i < numbers.size(); next = numbers[i++] + 1) {
    if (numbers[i] == next) continue;
    put_number(jumps, i);
    put_number(jumps, numbers[i]);
  }
  return jumps;
}

// (index, bits) of every ballot with flags.
std::string packed_flags(std::span<const Flags> all) {
  std::string flagged;
  for (auto flags = all.begin(); flags != all.end(); ++flags) {
    if (flags->none()) continue;
    std::size_t bits = 0;
    for (std::size_t flag = 0; flag < kFlagCount; ++flag) {
      if (flags->has(static_cast<Flag>(flag))) bits |= std::size_t{1} << flag;
    }
    put_number(flagged, static_cast<std::size_t>(flags - all.begin()));
    put_number(flagged, bits);
  }
  return flagged;
}

/// Reads packed rows from their beginning on. What is not right makes it fail, once for all.
class Unpacking {
 public:
  Unpacking(std::string_view packed, const BundleShape& shape)
      : left_(packed), shape_(shape), words_(words_for(shape.rows)) {}

  std::optional<Ballots> run() && {
    make_room();
    while (good_ && !left_.empty()) take_part();
    if (!good_ || columns_.numbers.empty() || any_row_has_two_marks()) return std::nullopt;
    return Ballots::of_columns(shape_.form, shape_.rows, std::move(columns_));
  }

 private:
  // Looks at the heads of all parts: whether each is possible and has its bytes, and how many ballots there
  // are, for columns that grew part by part would take twice the memory.
  void make_room() {
    std::size_t ballots = 0;
    for (std::string_view parts = left_; good_ && !parts.empty();) {
      good_ = parts.size() >= kPartHead;
      if (!good_) return;
      const std::size_t part = number_at(parts, 0);
      const std::size_t jumps = number_at(parts, 4);
      const std::size_t flagged = number_at(parts, 8);
      const std::size_t planes = number_at(parts, 12);
      const auto stored = static_cast<std::size_t>(std::popcount(planes));
      const std::size_t size = kPartHead + 8 * (jumps + flagged) + stored * part * bytes_of_row(shape_.rows);
      ballots += part;
      // A ballot has its bits in the plane of `a`, and a line in its file: a digit, two commas, the end.
      good_ = part >= 1 && jumps <= part && flagged <= part && planes >> kMarkCount == 0 &&
              (planes & 1U << static_cast<unsigned>(Mark::a)) != 0 && size <= parts.size() &&
              ballots <= kMostBundleBytes / (shape_.rows + 4);
      if (good_) parts.remove_prefix(size);
    }
    if (!good_) return;
    columns_.numbers.reserve(ballots);
    columns_.flags.reserve(ballots);
    for (std::size_t i = 0; i < kMarkCount; ++i) {
      if (has_plane(static_cast<Mark>(i), shape_.form)) columns_.planes[i].reserve(ballots * words_);
    }
  }

  void take_part() {
    const std::size_t first = columns_.numbers.size();
    const std::size_t ballots = number();
    const std::size_t jumps = number();
    const std::size_t flagged = number();
    const std::size_t planes = number();
    take_numbers(first, ballots, jumps);
    take_flags(first, ballots, flagged);
    for (std::size_t i = 0; i < kMarkCount && good_; ++i) {
      std::vector<std::uint64_t>& plane = columns_.planes[i];
      const bool due = has_plane(static_cast<Mark>(i), shape_.form);
      if (due) plane.resize((first + ballots) * words_);
      if ((planes >> i & 1U) == 0) continue;
      good_ = due;
      if (due) take_plane(plane.data() + first * words_, ballots);
    }
  }

  std::size_t number() {
    const std::size_t number = number_at(left_, 0);
    left_.remove_prefix(4);
    return number;
  }

  void take_numbers(std::size_t first, std::size_t ballots, std::size_t jumps) {
    const std::uint32_t last = first == 0 ? 0 : columns_.numbers.back();
    columns_.numbers.resize(first + ballots);
    std::uint32_t* const numbers = columns_.numbers.data() + first;
    std::size_t index = 0;
    std::size_t next = 1;
    const auto count_up_to = [&](std::size_t until) {
      good_ = good_ && index <= until && until <= ballots;
      for (; good_ && index < until; ++index) numbers[index] = static_cast<std::uint32_t>(next++);
      good_ = good_ && next <= std::size_t{kMostBallotNumber} + 1;
    };
    for (std::size_t jump = 0; jump < jumps && good_; ++jump) {
      count_up_to(number());
      const std::size_t to = number();
      good_ = good_ && to > next;
      next = to;
    }
    count_up_to(ballots);
    good_ = good_ && *numbers > last;
  }

  void take_flags(std::size_t first, std::size_t ballots, std::size_t flagged) {
    columns_.flags.resize(first + ballots);
    for (std::size_t i = 0; i < flagged && good_; ++i) {
      const std::size_t index = number();
      const std::size_t bits = number();
      good_ = good_ && index < ballots && bits >> static_cast<unsigned>(Flag::ruled_invalid) == 0;
      for (std::size_t flag = 0; good_ && flag < kFlagCount; ++flag) {
        if ((bits >> flag & 1U) != 0) columns_.flags[first + index].insert(static_cast<Flag>(flag));
      }
    }
  }

  void take_plane(std::uint64_t* plane, std::size_t ballots) {
    const std::size_t row_bytes = bytes_of_row(shape_.rows);
    const char* at = left_.data();
    const char* const end = left_.data() + left_.size();
    std::uint64_t beyond = 0;  // bits of rows that there are not
    for (std::size_t ballot = 0; ballot < ballots; ++ballot) {
      std::uint64_t* word = plane + ballot * words_;
      for (std::size_t row = 0; row < shape_.rows; row += 64, ++word) {
        const std::size_t count = std::min<std::size_t>(shape_.rows - row, 64);
        const std::size_t bytes = bytes_of_row(count);
        if (end - at < static_cast<std::ptrdiff_t>(kWordBytes)) {
          std::memcpy(word, at, bytes);
        } else {
          std::memcpy(word, at, kWordBytes);
        }
        *word = in_byte_order(*word);
        if (bytes < kWordBytes) *word &= (std::uint64_t{1} << 8 * bytes) - 1;
        if (count < 64) beyond |= *word >> count;
        at += bytes;
      }
    }
    good_ = beyond == 0;
    left_.remove_prefix(ballots * row_bytes);
  }

  [[nodiscard]] bool any_row_has_two_marks() const {
    std::vector<std::uint64_t> taken;
    std::uint64_t twice = 0;
    for (const std::vector<std::uint64_t>& plane : columns_.planes) {
      if (is_blank(plane)) continue;
      taken.resize(plane.size());
      for (std::size_t i = 0; i < plane.size(); ++i) {
        twice |= taken[i] & plane[i];
        taken[i] |= plane[i];
      }
    }
    return twice != 0;
  }

  std::string_view left_;
  BundleShape shape_;
  std::size_t words_;
  BallotColumns columns_;
  bool good_ = true;
};

}  // namespace

std::string pack_rows(const Ballots& ballots) {
  const std::string jumps = packed_jumps(ballots.numbers());
  const std::string flagged = packed_flags(ballots.flags());
  std::size_t planes = std::size_t{1} << static_cast<unsigned>(Mark::a);
  for (std::size_t i = 0; i < kMarkCount; ++i) {
    if (!is_blank(ballots.plane(static_cast<Mark>(i)))) planes |= std::size_t{1} << i;
  }
  std::string out;
  out.reserve(kPartHead + jumps.size() + flagged.size() +
              static_cast<std::size_t>(std::popcount(planes)) * ballots.size() *
                  bytes_of_row(ballots.rows()) +
              kWordBytes);
  for (const std::size_t number : {ballots.size(), jumps.size() / 8, flagged.size() / 8, planes}) {
    put_number(out, number);
  }
  out.append(jumps).append(flagged);
  for (std::size_t i = 0; i < kMarkCount; ++i) {
    if ((planes >> i & 1U) != 0) put_plane(out, ballots, static_cast<Mark>(i));
  }
  return out;
}

std::optional<Ballots> unpack_rows(std::string_view packed, const BundleShape& shape) {
  return Unpacking(packed, shape).run();
}

}  // namespace kp
