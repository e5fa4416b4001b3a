#include "intake/bundle_pieces.h"

#include <utility>

#include "base/digest.h"
#include "intake/csv_by_shape.h"
#include "intake/packed_rows.h"

namespace kp {
namespace {

constexpr std::size_t kHeaderBytes = kCsvHeader.size() + 1;

}  // namespace

BundlePieces::BundlePieces(FileReading file, BundleShape shape, std::size_t size)
    : file_(std::move(file)), shape_(shape), size_(size) {}

Result<std::optional<BundlePiece>> BundlePieces::next() {
  if (ended_) return std::optional<BundlePiece>();
  // What was read behind the last line end comes first, under a header of its own: a piece is a small file.
  const bool first = given_ == 0;
  const std::size_t header = first ? 0 : kHeaderBytes;
  if (!first) lines_.replace(0, given_, std::string(kCsvHeader) + "\n");
  const std::size_t rest = lines_.size();
  lines_.resize(rest + size_);
  const Result<std::size_t> got = file_.read(lines_.data() + rest, size_);
  if (!got) return got.findings();
  lines_.resize(rest + *got);
  ended_ = *got < size_;
  given_ = ended_ ? lines_.size() : lines_.rfind('\n') + 1;
  if (ended_ && !first && given_ == header) return std::optional<BundlePiece>();

  const std::string_view piece = std::string_view(lines_).substr(0, given_);
  std::optional<Ballots> ballots = parse_by_shape(piece, shape_);
  plain_ = ballots && ballots->numbers().front() > last_;
  if (!plain_) return std::optional<BundlePiece>();
  last_ = ballots->numbers().back();
  return std::optional(BundlePiece{piece.substr(header), *std::move(ballots)});
}

Result<std::optional<BundleSurvey>> survey_bundle(FileReading file, const BundleShape& shape,
                                                  std::size_t size) {
  BundleSurvey survey;
  std::uint64_t csv = kHeaderBytes;
  Hashing hashing;
  BundlePieces pieces(std::move(file), shape, size);
  while (true) {
    const Result<std::optional<BundlePiece>> piece = pieces.next();
    if (!piece) return piece.findings();
    if (!*piece) break;
    const auto& [text, ballots] = **piece;
    hashing.add(text);
    survey.size += text.size();
    survey.ballots += static_cast<std::int64_t>(ballots.size());
    survey.packed += pack_rows(ballots).size();
    csv += csv_size(ballots) - kHeaderBytes;
  }
  if (!pieces.plain()) return std::optional<BundleSurvey>();
  survey.sha256 = hex(hashing.finish());
  survey.packed = packed_beside(survey.size, csv, survey.packed);
  return std::optional(std::move(survey));
}

std::uint64_t packed_beside(std::uint64_t size, std::uint64_t csv, std::uint64_t packed) {
  return size == csv && 2 * packed <= size ? packed : 0;
}

}  // namespace kp
