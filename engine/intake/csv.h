// ballots.csv → Ballots: one bundle, whole or not at all (contract §4).
//
// Strict by shape: what is no ballot of this contest is a fault of the file and never an invalid ballot.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ballots/ballots.h"
#include "base/result.h"

namespace kp {

/// The largest bundle file that is read, in bytes.
inline constexpr std::uint64_t kMostBundleBytes = 512U << 20U;

/// The first line of a bundle file, without its end.
inline constexpr std::string_view kCsvHeader = "ballot,marks,flags";

/// How many bytes of a line may stand beside its marks: number, commas, flags, line end, with room to spare.
inline constexpr std::size_t kMostAroundMarks = 128;

/// The form a bundle must have.
struct BundleShape {
  BallotForm form = BallotForm::strike;
  std::size_t rows = 0;
};

/// Purpose: the ballots of one bundle file, in ascending order of their numbers.
/// In: `bytes` as they came; `file` names them in findings.
/// Errors: csv/empty csv/utf-8 csv/header csv/fields csv/quote csv/line-too-long csv/ballot-number
///         csv/duplicate-ballot csv/row-length csv/mark csv/flag csv/flag-repeated csv/blank-line
///         csv/no-ballots, each where = file:line:column; the first twenty, then findings/more.
/// Cost: linear in `bytes`, n log n in ballots only when they are out of order.
Result<Ballots> parse_ballots(std::string_view bytes, const std::string& file, const BundleShape& shape);

/// Purpose: the careful half of parse_ballots, and the plain twin of its fast half (csv_by_shape.h): the same
/// for every file, line by line. It alone says what is wrong.
Result<Ballots> parse_carefully(std::string_view bytes, const std::string& file, const BundleShape& shape);

/// Purpose: writes one more ballot behind `csv`, and the header first when it is empty.
/// In: `marks` letters of the contest's form.
void append_csv(std::string& csv, std::uint32_t number, std::string_view marks, Flags flags);

/// Purpose: the SHA-256, in hex, of the file that append_csv writes from these ballots.
/// Cost: little more than hashing it; eight marks are written at once, and no more than a piece of the file
/// is ever there.
std::string csv_sha256(const Ballots& ballots);

/// Purpose: how many bytes that file has. Cost: a look at the flags.
std::size_t csv_size(const Ballots& ballots);

}  // namespace kp
