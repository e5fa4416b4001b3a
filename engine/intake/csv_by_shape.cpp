#include "intake/csv_by_shape.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <string>
#include <utility>

namespace kp {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kHeader = "ballot,marks,flags";
constexpr std::size_t kWordBits = 64;
constexpr std::size_t kStep = 16;       // marks compared at once
constexpr std::size_t kMostDigits = 8;  // of a number that is read in one go
constexpr std::size_t kMostFlags = 64;  // bytes of the longest flags field, with room to spare
constexpr std::size_t kMostReserved = std::size_t{1} << 16U;  // ballots

/// Sixteen marks that lie side by side.
class Sixteen {
 public:
#ifdef __SSE2__  // part of every x86-64
  explicit Sixteen(const char* at) {
    std::memcpy(&letters_, at, kStep);
  }
  // Bit i: whether mark i is `letter`.
  [[nodiscard]] std::uint64_t equal(char letter) const {
    return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(letters_, _mm_set1_epi8(letter))));
  }

 private:
  __m128i letters_;
#else
  explicit Sixteen(const char* at) {
    std::memcpy(letters_.data(), at, kStep);
  }
  [[nodiscard]] std::uint64_t equal(char letter) const {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < kStep; ++i) bits |= std::uint64_t{letters_[i] == letter} << i;
    return bits;
  }

 private:
  std::array<char, kStep> letters_;
#endif
};

/// Marks that have a plane.
template <BallotForm form>
constexpr auto planes_of_form() {
  constexpr auto each = [](const auto& use) {
    for (std::size_t i = 0; i < kMarkCount; ++i) {
      if (has_plane(static_cast<Mark>(i), form)) use(static_cast<Mark>(i));
    }
  };
  constexpr std::size_t kCount = [&] {
    std::size_t count = 0;
    each([&](Mark) { ++count; });
    return count;
  }();
  std::array<Mark, kCount> planes{};
  std::size_t filled = 0;
  each([&](Mark mark) { planes[filled++] = mark; });
  return planes;
}

/// A number at the beginning of a text, and how many digits it has; 0 when it is not 1 to 8 digits long or
/// begins with 0.
struct LeadingNumber {
  std::uint32_t value = 0;
  std::size_t digits = 0;
};

// In: eight bytes can be read. All eight are looked at together, as one number whose lowest byte is the
// first.
LeadingNumber leading_number(const char* at) {
  constexpr std::uint64_t kEach = 0x0101010101010101U;
  std::uint64_t text = 0;
  std::memcpy(&text, at, sizeof text);
  const std::uint64_t values = text ^ (kEach * '0');
  // The high bit of a byte is set where it is no digit; above the first such byte carries may lie, which is
  // why only the first one is asked for.
  const std::uint64_t foreign = ((values + kEach * 0x76U) | values) & (kEach * 0x80U);
  const std::size_t digits =
      foreign == 0 ? kMostDigits : static_cast<std::size_t>(std::countr_zero(foreign)) / 8;
  if (digits == 0 || *at == '0') return {};
  // Digits moved to the end, zeros in front; then neighbours joined: ones to tens, tens to thousands, to
  // eight.
  std::uint64_t joined = values << (8 * (kMostDigits - digits));
  joined = (joined * (1U + (10U << 8U))) >> 8U;
  joined = ((joined & 0x00FF00FF00FF00FFU) * (1U + (100U << 16U))) >> 16U;
  joined = ((joined & 0x0000FFFF0000FFFFU) * (1U + (std::uint64_t{10000} << 32U))) >> 32U;
  return {static_cast<std::uint32_t>(joined), digits};
}

/// Reads the lines below the header. One of its own for each form, so that the marks are constants.
template <BallotForm form>
class ShapeReader {
 public:
  explicit ShapeReader(std::size_t rows) : rows_(rows), words_(words_for(rows)) {}

  std::optional<Ballots> read(std::string_view lines) && {
    make_room(std::min(lines.size() / (rows_ + 4) + 1, kMostReserved));
    // A line of the plain shape, and all that take_line looks at, is no longer than this.
    const std::size_t room = kMostDigits + rows_ + kStep + kMostFlags + 4;
    const char* const end = lines.data() + lines.size();
    const char* at = lines.size() > room ? take_lines(lines.data(), end - room) : lines.data();
    if (at == nullptr) return std::nullopt;
    // The last lines again with room behind them.
    std::string rest(at, end);
    if (!rest.ends_with('\n')) rest.push_back('\n');
    const std::size_t length = rest.size();
    rest.append(room, '\0');
    if (take_lines(rest.data(), rest.data() + length) != rest.data() + length) return std::nullopt;
    make_room(size_);
    return Ballots::from_columns(form, rows_, std::move(columns_));
  }

 private:
  static constexpr auto kPlanes = planes_of_form<form>();
  static constexpr char kNoMark = letter(Mark::none);
  static constexpr auto kPlaneLetters = [] {
    std::array<char, kPlanes.size()> letters{};
    for (std::size_t i = 0; i < kPlanes.size(); ++i) letters[i] = letter(kPlanes[i]);
    return letters;
  }();

  // Columns for so many ballots; those below size_ are filled.
  void make_room(std::size_t ballots) {
    columns_.numbers.resize(ballots);
    columns_.flags.resize(ballots);
    for (const Mark mark : kPlanes) plane(mark).resize(ballots * words_);
  }

  // Takes the lines that begin before `stop`. Returns: where the next one begins, or null at the first line
  // of another shape. In: `room` bytes from any place before `stop` can be read.
  const char* take_lines(const char* at, const char* stop) {
    while (at != nullptr && at < stop) at = take_line(at);
    return at;
  }

  const char* take_line(const char* at) {
    const LeadingNumber number = leading_number(at);
    at += number.digits;
    if (number.value <= last_ || *at != ',') return nullptr;
    ++at;
    if (size_ == columns_.numbers.size()) make_room(2 * size_);
    if (!take_marks(at)) return nullptr;
    at += rows_;
    if (*at != ',') return nullptr;
    ++at;
    last_ = number.value;
    columns_.numbers[size_++] = number.value;
    return *at == '\n' ? at + 1 : take_line_end(at);
  }

  bool take_marks(const char* marks) {
    for (std::size_t word = 0; word < words_; ++word) {
      const std::size_t first = word * kWordBits;
      const std::size_t here = std::min(rows_ - std::min(rows_, first), kWordBits);
      std::array<std::uint64_t, kPlanes.size()> bits{};
      std::uint64_t known = 0;
      for (std::size_t row = 0; row < here; row += kStep) {
        const Sixteen letters(marks + first + row);
        known |= letters.equal(kNoMark) << row;
        for (std::size_t i = 0; i < kPlanes.size(); ++i) bits[i] |= letters.equal(kPlaneLetters[i]) << row;
      }
      const std::uint64_t rows_here = here == kWordBits ? ~std::uint64_t{0} : (std::uint64_t{1} << here) - 1;
      for (const std::uint64_t plane_bits : bits) known |= plane_bits;
      if ((known & rows_here) != rows_here) return false;
      for (std::size_t i = 0; i < kPlanes.size(); ++i)
        plane(kPlanes[i])[size_ * words_ + word] = bits[i] & rows_here;
    }
    return true;
  }

  // Flags, if any, and the line end.
  const char* take_line_end(const char* at) {
    const auto* end = static_cast<const char*>(std::memchr(at, '\n', kMostFlags + 2));
    if (end == nullptr) return nullptr;
    std::string_view text(at, static_cast<std::size_t>(end - at));
    if (text.ends_with('\r')) text.remove_suffix(1);
    FlagFault fault;
    return parse_flags(text, columns_.flags[size_ - 1], fault) ? end + 1 : nullptr;
  }

  std::vector<std::uint64_t>& plane(Mark mark) { return columns_.planes[static_cast<std::size_t>(mark)]; }

  std::size_t rows_;
  std::size_t words_;
  std::uint32_t last_ = 0;
  std::size_t size_ = 0;  ///< ballots taken
  BallotColumns columns_;
};

}  // namespace

std::optional<Ballots> parse_by_shape(std::string_view bytes, const BundleShape& shape) {
  if (std::endian::native != std::endian::little) return std::nullopt;
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  if (!bytes.starts_with(kHeader)) return std::nullopt;
  bytes.remove_prefix(kHeader.size());
  if (bytes.starts_with('\r')) bytes.remove_prefix(1);
  if (!bytes.starts_with('\n') || bytes.size() == 1) return std::nullopt;
  bytes.remove_prefix(1);
  switch (shape.form) {
    case BallotForm::strike:
      return ShapeReader<BallotForm::strike>(shape.rows).read(bytes);
    case BallotForm::agree:
      return ShapeReader<BallotForm::agree>(shape.rows).read(bytes);
    case BallotForm::confidence:
      return ShapeReader<BallotForm::confidence>(shape.rows).read(bytes);
    case BallotForm::rating:
      return ShapeReader<BallotForm::rating>(shape.rows).read(bytes);
  }
  return std::nullopt;
}

}  // namespace kp
