// The innermost step of the fast parser (csv_by_shape.h): ballot lines of the plainest shape into bit planes.
//
// One job in two versions that differ in how many marks they compare at once: 16, on any processor, and 32
// with AVX2 (64 with AVX-512 were tried and gained nothing). A version takes lines as long as they are plain
// and stops before the first that is not, which is no fault: the caller then takes that line by itself, or
// gives the file up. What a version takes is what the careful parser reads; tests hold both to it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "ballots/marks.h"
#include "base/processor.h"

namespace kp {

/// Lines `12,..a.,` + LF or CR LF, without flags, and the columns that they go into.
struct PlainLines {
  const char* at = nullptr;    ///< where the next line begins
  const char* stop = nullptr;  ///< no line is taken that begins here or later
  std::size_t rows = 0;        ///< at least 1
  std::size_t words = 0;       ///< of a ballot in a plane
  std::uint32_t last = 0;      ///< the number of the ballot taken last
  std::size_t taken = 0;       ///< how many ballots the columns hold
  std::size_t room = 0;        ///< how many they can hold
  std::uint32_t* numbers = nullptr;
  /// By Mark, null for one without a plane. In: zeros from the place of ballot `taken` on.
  std::uint64_t* planes[kMarkCount] = {};
};

/// How many bytes from the beginning of a line a version may read: a number, marks compared many at a time,
/// the line end.
constexpr std::size_t plain_line_reach(std::size_t rows) {
  constexpr std::size_t kMostAtOnce = 32;
  constexpr std::size_t kAroundMarks = 16;
  return rows + kMostAtOnce + kAroundMarks;
}

/// Purpose: takes plain lines until one begins at `stop` or later, the room is full, or the next line is not
///          plain: of another length, a number not above `last` or of more than nine digits, a mark that the
///          form lacks (of such a line some marks may have been put behind the last ballot). Moves `at`,
///          `last` and `taken`.
/// In: plain_line_reach(rows) bytes can be read from any place before `stop`; a little-endian machine.
using TakePlainLines = void (*)(PlainLines& lines);

/// Purpose: the version for a form and for instructions that run here; AVX-512 brings AVX2 with it.
TakePlainLines take_plain_lines(BallotForm form, Instructions instructions);

}  // namespace kp
