#include "verify/mark_planes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace kp::verify {
namespace {

constexpr std::size_t kLanes = 16;
constexpr unsigned kMostPending = 255;
// Sums over blocks are kept in bytes, so many blocks at a time.
constexpr std::size_t kBlocksOfBytes = 127;

using Lanes = std::uint8_t __attribute__((vector_size(16)));
using Halves = std::uint64_t __attribute__((vector_size(16)));

Lanes load(const void* bytes) {
  Lanes lanes;
  std::memcpy(&lanes, bytes, kLanes);
  return lanes;
}

Lanes all(std::uint8_t value) {
  return Lanes{} + value;
}

// 255 in every lane that holds what the same lane of `mark` holds, else 0.
Lanes where(Lanes marks, Lanes mark) {
  return std::bit_cast<Lanes>(marks == mark);
}

// The lanes as two numbers.
Halves halves_of(Lanes lanes) {
  return std::bit_cast<Halves>(lanes);
}

bool any(Lanes lanes) {
  const Halves halves = halves_of(lanes);
  return (halves[0] | halves[1]) != 0;
}

// In: no lane above 127, so that two of them still fit into a byte.
std::int64_t sum(Lanes lanes) {
  constexpr std::uint64_t kEven = 0x00FF00FF00FF00FFU;
  constexpr std::uint64_t kOnes = 0x0001000100010001U;
  const Halves halves = halves_of(lanes);
  const std::uint64_t both = halves[0] + halves[1];
  const std::uint64_t pairs = (both & kEven) + ((both >> 8U) & kEven);
  return static_cast<std::int64_t>((pairs * kOnes) >> 48U);
}

}  // namespace

MarkPlanes::MarkPlanes(const BallotRule& rule) : rule_(rule), blocks_((rule.rows + kLanes - 1) / kLanes) {
  for (std::size_t o = 0; o < options_of(rule.form); ++o) options_.push_back(static_cast<char>('a' + o));
  if (rule.form != BallotForm::strike) options_.push_back('*');
  offered_ = all(static_cast<std::uint8_t>(options_of(rule.form)));
  star_ = all(rule.form == BallotForm::strike ? '.' : '*');
  if (rule.form == BallotForm::strike) {
    least_ = rule.rows >= 2 ? 1 : 0;
    most_ = rule.seats;
  } else if (!(rule.form == BallotForm::agree && rule.election && rule.rows == 1)) {
    most_ = static_cast<std::int64_t>(rule.rows);
  }
  last_start_ = rule.rows > kLanes ? rule.rows - kLanes : 0;
  for (std::size_t i = 0; i < kLanes; ++i) {
    fresh_[i] = last_start_ + i >= (blocks_ - 1) * kLanes ? 255 : 0;
  }
  bytes_.resize(options_.size() * blocks_ * kLanes);
  totals_.resize(bytes_.size());
}

// The last sixteen marks; a shorter list is filled up with dots, which are admissible everywhere and counted
// nowhere.
MarkPlanes::Lanes MarkPlanes::last_block(std::string_view marks) const {
  if (rule_.rows >= kLanes) return load(marks.data() + last_start_);
  Lanes lanes = all('.');
  std::memcpy(&lanes, marks.data(), marks.size());
  return lanes;
}

// 255 where an option, none or several is marked.
MarkPlanes::Lanes MarkPlanes::usual(Lanes block) const {
  return std::bit_cast<Lanes>(block - all('a') < offered_) | where(block, all('.')) | where(block, star_);
}

MarkScan MarkPlanes::look(std::string_view marks) const {
  MarkScan scan;
  const Lanes last = last_block(marks);
  Lanes odd = ~usual(last);
  Lanes chosen = Lanes{} - (where(last, all('a')) & fresh_);
  for (std::size_t b = 0; b + 1 < blocks_; ++b) {
    const Lanes block = load(marks.data() + b * kLanes);
    odd |= ~usual(block);
    chosen -= where(block, all('a'));
    if (b % kBlocksOfBytes == kBlocksOfBytes - 2) {
      scan.chosen += sum(chosen);
      chosen = Lanes{};
    }
  }
  scan.chosen += sum(chosen);
  if (any(odd)) {
    scan.unreadable = marks.find('?') != std::string_view::npos;
    scan.admissible = marks_fit(marks, rule_);
  }
  return scan;
}

void MarkPlanes::add(std::string_view marks) {
  ++valid_;
  const Lanes last = last_block(marks);
  std::uint8_t* plane = bytes_.data();
  for (const char option : options_) {
    const Lanes mark = all(static_cast<std::uint8_t>(option));
    for (std::size_t b = 0; b < blocks_; ++b, plane += kLanes) {
      const Lanes block = b + 1 < blocks_ ? load(marks.data() + b * kLanes) : last;
      const Lanes sums = load(plane) - where(block, mark);
      std::memcpy(plane, &sums, kLanes);
    }
  }
  if (++pending_ == kMostPending) flush();
}

void MarkPlanes::flush() {
  for (std::size_t i = 0; i < bytes_.size(); ++i) totals_[i] += bytes_[i];
  std::fill(bytes_.begin(), bytes_.end(), std::uint8_t{0});
  pending_ = 0;
}

void MarkPlanes::settle(Counts& counts) {
  flush();
  counts.valid += valid_;
  for (std::size_t row = 0; row < counts.rows.size(); ++row) {
    const std::size_t block = row / kLanes;
    const std::size_t lane = block + 1 == blocks_ ? row - last_start_ : row % kLanes;
    std::int64_t marked = 0;
    for (std::size_t o = 0; o < options_.size(); ++o) {
      const std::int64_t n = totals_[(o * blocks_ + block) * kLanes + lane];
      marked += n;
      if (options_[o] == '*') {
        counts.rows[row].several += n;
      } else {
        counts.rows[row].option[o] += n;
      }
    }
    counts.rows[row].none += valid_ - marked;
  }
  valid_ = 0;
  std::fill(totals_.begin(), totals_.end(), 0);
}

}  // namespace kp::verify
