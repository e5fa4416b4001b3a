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

// 255 in every lane that holds `mark`, else 0.
Lanes where(Lanes marks, std::uint8_t mark) {
  return std::bit_cast<Lanes>(marks == all(mark));
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

// A short list filled up with dots, which are admissible everywhere and counted nowhere.
Lanes load_short(std::string_view marks) {
  Lanes lanes = all('.');
  std::memcpy(&lanes, marks.data(), marks.size());
  return lanes;
}

}  // namespace

MarkPlanes::MarkPlanes(const BallotRule& rule)
    : rule_(rule), blocks_((rule.rows + kLanes - 1) / kLanes), fresh_(kLanes, 0) {
  for (std::size_t o = 0; o < options_of(rule.form); ++o) options_.push_back(static_cast<char>('a' + o));
  if (rule.form != BallotForm::strike) options_.push_back('*');
  offered_ = static_cast<std::uint8_t>(options_of(rule.form));
  star_ = rule.form == BallotForm::strike ? '.' : '*';
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

MarkScan MarkPlanes::take(std::string_view marks, bool plain) {
  const bool shorter = rule_.rows < kLanes;
  Lanes wrong{};
  Lanes unreadable{};
  Lanes chosen{};
  std::int64_t chosen_before = 0;
  for (std::size_t b = 0; b < blocks_; ++b) {
    const bool last = b + 1 == blocks_;
    const Lanes block = shorter ? load_short(marks) : load(marks.data() + (last ? last_start_ : b * kLanes));
    const Lanes option = block - all('a');
    const Lanes question = where(block, '?');
    const Lanes fits =
        std::bit_cast<Lanes>(option < all(offered_)) | where(block, '.') | where(block, star_) | question;
    wrong |= ~fits;
    unreadable |= question;
    const Lanes first = where(option, 0);
    chosen -= last ? first & load(fresh_.data()) : first;
    if (b % kBlocksOfBytes == kBlocksOfBytes - 1) {
      chosen_before += sum(chosen);
      chosen = Lanes{};
    }
  }
  MarkScan scan;
  scan.chosen = chosen_before + sum(chosen);
  const bool clear = !any(wrong | unreadable);
  if (clear && plain && least_ <= scan.chosen && scan.chosen <= most_) {
    add(marks);
    scan.counted = true;
  } else if (!clear) {
    scan.admissible = !any(wrong);
    scan.unreadable = any(unreadable);
  }
  return scan;
}

void MarkPlanes::add(std::string_view marks) {
  ++valid_;
  const bool shorter = rule_.rows < kLanes;
  for (std::size_t b = 0; b < blocks_; ++b) {
    const bool last = b + 1 == blocks_;
    const Lanes block = shorter ? load_short(marks) : load(marks.data() + (last ? last_start_ : b * kLanes));
    const Lanes counting = last ? load(fresh_.data()) : all(255);
    std::uint8_t* plane = bytes_.data() + b * kLanes;
    for (const char option : options_) {
      const Lanes sums = load(plane) - (where(block, static_cast<std::uint8_t>(option)) & counting);
      std::memcpy(plane, &sums, kLanes);
      plane += blocks_ * kLanes;
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
