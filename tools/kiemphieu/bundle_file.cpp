#include "kiemphieu/bundle_file.h"

#include <fmt/format.h>

#include <utility>

#include "base/digest.h"
#include "intake/csv.h"
#include "intake/csv_by_shape.h"
#include "intake/packed_rows.h"
#include "kiemphieu/keying_desk.h"

namespace kp {
namespace {

BundleShape shape_of(const Contest& contest) {
  return {contest.ballot, contest.rows.size()};
}

// A bundle that was keyed with us has its session file beside it, and that names the list it was keyed
// against.
Findings check_keyed_list(const Contest& contest, const std::string& csv) {
  const std::string path = session_file_of(csv);
  const Result<std::string> session = read_file(path, kMostBundleBytes);
  if (!session) return {};
  const std::optional<std::string> list = list_of_session(*session);
  if (!list || *list == list_digest(contest)) return {};
  return {finding(Code::key_other_list, path, {contest.id})};
}

Done check_digest(const Contest& contest, const ManifestBundle& bundle, const std::string& path,
                  const std::string& digest) {
  if (digest == bundle.sha256) return done();
  return finding(Code::bundle_digest, bundle_place(contest.id, bundle), {path, digest, bundle.sha256});
}

Done check_count(const Contest& contest, const ManifestBundle& bundle, const BundleFile& file) {
  if (file.ballots == bundle.ballots) return done();
  return finding(Code::bundle_count, bundle_place(contest.id, bundle),
                 {std::to_string(file.ballots), std::to_string(bundle.ballots), file.path});
}

Result<BundleFile> read_whole(const Contest& contest, const ManifestBundle& bundle, std::string path,
                              FileReading reading) {
  Result<FileBytes> bytes = reading.rest();
  if (!bytes) return bytes.findings();
  const std::string_view text = bytes->view();
  if (Done right = check_digest(contest, bundle, path, sha256_hex(text)); !right) return right.findings();
  std::optional<Ballots> plain = parse_by_shape(text, shape_of(contest));
  const bool is_plain = plain.has_value();
  const Result<Ballots> ballots =
      is_plain ? Result<Ballots>(*std::move(plain)) : parse_carefully(text, path, shape_of(contest));
  if (!ballots) return ballots.findings();
  BundleFile file;
  file.path = std::move(path);
  file.ballots = static_cast<std::int64_t>(ballots->size());
  if (Done right = check_count(contest, bundle, file); !right) return right.findings();
  if (is_plain) file.packed_rows = pack_rows(*ballots);
  if (packed_beside(text.size(), csv_size(*ballots), file.packed_rows.size()) == 0) file.packed_rows.clear();
  file.bytes = std::move(bytes).value();
  return file;
}

Done put_in_pieces(Record& record, const Contest& contest, const ManifestBundle& bundle,
                   const BundleFile& file) {
  Result<FileReading> reading = FileReading::open(file.path, kMostBundleBytes);
  if (!reading) return reading.findings();
  Result<RecordPlace> bytes = record.place_for_blob(bundle.sha256, file.survey.size);
  if (!bytes) return bytes.findings();
  std::optional<RecordPlace> packed;
  if (file.survey.packed > 0) {
    Result<RecordPlace> place = record.place_beside(bundle.sha256, file.survey.packed);
    if (!place) return place.findings();
    packed.emplace(std::move(place).value());
  }
  Hashing hashing;
  BundlePieces pieces(std::move(reading).value(), shape_of(contest));
  while (true) {
    const Result<std::optional<BundlePiece>> piece = pieces.next();
    if (!piece) return piece.findings();
    if (!*piece) break;
    const auto& [text, ballots] = **piece;
    const std::string rows = packed ? pack_rows(ballots) : std::string();
    if (text.size() > bytes->room() || (packed && rows.size() > packed->room())) break;
    hashing.add(text);  // of what is written, and of nothing else
    if (Done written = bytes->write(text); !written) return written;
    if (!packed) continue;
    if (Done written = packed->write(rows); !written) return written;
  }
  // Someone wrote into the file after it was looked through when a place is not just full.
  const bool full = bytes->room() == 0 && (!packed || packed->room() == 0);
  return check_digest(contest, bundle, file.path, full ? hex(hashing.finish()) : "-");
}

}  // namespace

std::string bundle_place(const std::string& contest, const ManifestBundle& bundle) {
  return fmt::format("{}/{}", contest, bundle.bundle);
}

Result<BundleFile> read_bundle_file(const Contest& contest, const std::string& manifest_path,
                                    const ManifestBundle& bundle) {
  const Result<std::string> path = path_within(manifest_path, bundle.file);
  if (!path) return path.findings();
  Result<FileReading> reading = FileReading::open(*path, kMostBundleBytes);
  if (!reading) return reading.findings();
  if (Findings other = check_keyed_list(contest, *path); !other.empty()) return other;
  if (reading->size() <= kLargeFile) return read_whole(contest, bundle, *path, std::move(reading).value());

  Result<std::optional<BundleSurvey>> survey = survey_bundle(std::move(reading).value(), shape_of(contest));
  if (!survey) return survey.findings();
  if (!*survey) {
    Result<FileReading> again = FileReading::open(*path, kMostBundleBytes);
    return again ? read_whole(contest, bundle, *path, std::move(again).value()) : again.findings();
  }
  if (Done right = check_digest(contest, bundle, *path, (*survey)->sha256); !right) return right.findings();
  BundleFile file;
  file.path = *path;
  file.ballots = (*survey)->ballots;
  file.survey = **survey;
  if (Done right = check_count(contest, bundle, file); !right) return right.findings();
  return file;
}

Done put_bundle_file(Record& record, const Contest& contest, const ManifestBundle& bundle,
                     const BundleFile& file) {
  if (!file.bytes) return put_in_pieces(record, contest, bundle, file);
  if (Done stored = record.put_blob(bundle.sha256, file.bytes->view()); !stored) return stored;
  return file.packed_rows.empty() ? done() : record.put_beside(bundle.sha256, file.packed_rows);
}

}  // namespace kp
