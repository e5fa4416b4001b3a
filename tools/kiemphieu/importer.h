// import: from manifests on disk to entries of the record, all manifests of one command or none.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "intake/manifest.h"
#include "kiemphieu/bundle_file.h"
#include "kiemphieu/session.h"
#include "proceedings/setup.h"

namespace kp {

/// Purpose: the manifests that words on the command line mean: a file is itself; a folder is every
/// manifest*.json in it and in the folders directly inside it, in byte order. Errors: import/no-manifest
Result<std::vector<std::string>> find_manifests(const std::vector<std::string>& words);

/// Purpose: how to open the record for what these manifests bring: write_much when there are many megabytes
/// of CSV files beside them. Only a guess of what will take long; either way is right.
Access access_for(const std::vector<std::string>& manifests);

/// Takes manifests one by one into the session's open transaction. Findings gather; the caller commits when
/// none of them is an error and otherwise lets the session go, which takes everything back.
class Importer {
 public:
  Importer(Session& session, People given, Progress progress);

  /// Purpose: one manifest and all its bundles.
  /// Errors: file/… json/… schema/… manifest/… bundle/… csv/… key/other-list seal/… contest/unknown
  /// result/stands people/…
  void take(const std::string& manifest_path);

  /// Purpose: warns of CSV files beside the manifests taken that none of them lists: where sticks are copied
  /// together one manifest may have overwritten another. Errors: import/unlisted-file (a warning)
  void warn_of_unlisted();

  /// Purpose: what is to be said of passes that were retracted and are listed still, with the very bytes that
  /// were taken back: warnings beside something new, errors when they are all there is. Call it last. Errors:
  /// bundle/retracted
  void tell_of_retracted();

  [[nodiscard]] const Findings& findings() const { return findings_; }
  [[nodiscard]] std::int64_t entered() const { return entered_; }
  [[nodiscard]] std::int64_t ballots() const { return ballots_; }
  [[nodiscard]] std::int64_t there() const { return there_; }

 private:
  /// A manifest that was read and belongs to a contest of this record.
  struct Opened {
    Manifest manifest;
    std::string path, bytes, digest, p7s;
    std::vector<std::string> signers;
    const ContestHistory* contest = nullptr;
    People by;
  };

  /// Whether a bundle's file is to be read, and what stands against it already.
  struct Admission {
    bool fresh = false;
    Findings findings;
  };

  Result<Opened> open(const std::string& path) const;
  Admission admit(const Opened& opened, const ManifestBundle& bundle);
  void take_bundle(const Opened& opened, const ManifestBundle& bundle, const Result<BundleFile>& file);
  Done enter(const Opened& opened, const ManifestBundle& bundle, const BundleFile& file);
  Done keep_manifest(const Opened& opened);
  void warn_of_same_bytes(const std::string& contest, const ManifestBundle& bundle);

  Session& session_;
  People given_;
  Progress progress_;
  Findings findings_;
  std::int64_t entered_ = 0;
  std::int64_t ballots_ = 0;
  std::int64_t there_ = 0;
  /// Digest of each bundle taken by this command, by contest, bundle and pass.
  std::map<std::tuple<std::string, std::string, std::int64_t>, std::string> taken_;
  /// By digest: in which bundle of which contest these bytes were seen first.
  std::map<std::string, std::map<std::string, std::string>> first_seen_;
  Findings retracted_;  ///< still listed as they were
  std::set<std::string> kept_manifests_;
  std::set<std::string> folders_;  ///< of the manifests taken
  std::set<std::string> listed_;   ///< files that they list, by path
};

}  // namespace kp
