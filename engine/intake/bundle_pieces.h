// A bundle file of any size, piece by piece, so that memory does not depend on how large it is.
//
// Only files of the plain shape can be read so (csv_by_shape.h), with the same ballots as when they are read
// whole; all others are read whole.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ballots/ballots.h"
#include "base/file.h"
#include "base/result.h"
#include "intake/csv.h"

namespace kp {

/// Whole lines of a bundle file.
struct BundlePiece {
  std::string_view text;  ///< as it stands in the file; until the next piece is read
  Ballots ballots;
};

inline constexpr std::size_t kPieceBytes = std::size_t{1} << 20U;

class BundlePieces {
 public:
  /// In: pieces of about `size` bytes, which is more than a few lines.
  BundlePieces(FileReading file, BundleShape shape, std::size_t size = kPieceBytes);

  /// Purpose: the next piece. All texts one after another are the file, all ballots those of parse_by_shape.
  /// Returns: nothing behind the last one, or when the file is not plain.
  /// Errors: file/unreadable
  Result<std::optional<BundlePiece>> next();

  /// Whether every piece so far was plain.
  [[nodiscard]] bool plain() const { return plain_; }

 private:
  FileReading file_;
  BundleShape shape_;
  std::size_t size_;
  std::string lines_;      ///< the header, then what was read
  std::size_t given_ = 0;  ///< bytes of lines_ that were given, the header among them
  bool ended_ = false;     ///< what may come behind an end is not read
  std::uint32_t last_ = 0;
  bool plain_ = true;
};

/// What is to be known of a bundle file before it is put into a record.
struct BundleSurvey {
  std::string sha256;
  std::int64_t ballots = 0;
  std::uint64_t size = 0;
  std::uint64_t packed = 0;  ///< bytes of its packed rows; 0 when none are to be kept
};

/// Purpose: looks through a bundle file, piece by piece. Returns: nothing when it is not plain.
/// Errors: file/unreadable
Result<std::optional<BundleSurvey>> survey_bundle(FileReading file, const BundleShape& shape,
                                                  std::size_t piece = kPieceBytes);

/// Purpose: how many bytes of packed rows are kept beside a file of `size` bytes whose ballots would take
/// `csv` bytes as we write them: `packed`, or none. From a file in another form than ours they could not be
/// made again; and what takes more than half of it is not worth keeping.
std::uint64_t packed_beside(std::uint64_t size, std::uint64_t csv, std::uint64_t packed);

}  // namespace kp
