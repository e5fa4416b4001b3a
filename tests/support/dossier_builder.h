// Dossiers for the verifier's tests, built by other means than either program: a JSON library, a recursive
// tree, a count by nested loops, OpenSSL for signatures.
//
// Nothing of engine/ or tools/verify/ is used to make what they are tested on. Slow and simple on purpose.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "support/certificates.h"

namespace kp::test {

using nlohmann::json;

/// One ballot as it stands in the end: its marks, and why it is invalid ("" when it is not).
struct Truth {
  std::string marks;
  std::string invalid;
};

/// What a result is made from.
struct ResultSpec {
  json congress;
  json contest;
  std::int64_t issued = 0;
  std::int64_t returned = 0;
  std::vector<Truth> ballots;
  std::int64_t rulings = 0;
  std::int64_t corrections = 0;
  std::string replaces;
  bool nullified = false;
};

/// Purpose: the result of formats.md §8 and §9, by the letter and by brute force; `record` is left empty.
json reference_result(const ResultSpec& spec);

/// Purpose: why a ballot without flags or ruling is invalid, "" when it is not.
std::string reference_reason(const json& contest, const std::string& marks);

/// Purpose: lower-case hex of SHA-256; of RFC 6962's tree over `leaves`, by its recursive definition.
std::string hex_of(const std::string& bytes);
std::string sha256_bytes(const std::string& bytes);
std::string reference_root(const std::vector<std::string>& leaves);
std::string base64_of(const std::string& bytes);

/// Purpose: a detached CMS signature (DER) over `content` by all of `signers`.
/// In: `digest` the name of the hash, "SHA256".
std::string sign_cms(const std::string& content, const std::vector<KeyPair>& signers,
                     const char* digest = "SHA256");

/// Purpose: a CSV of ballots numbered 1, 2, 3 …
std::string csv_of(const std::vector<std::string>& lines, const std::string& line_end = "\n");

/// A bundle to be entered.
struct BundleSpec {
  std::string contest = {};
  std::string name = {};
  int pass = 1;
  std::string csv = {};
  std::string station = "M1";
  std::string by = {};
  int counted = -1;
  std::vector<KeyPair> manifest_signers = {};
  std::function<void(json&)> change_manifest = {};  ///< before it is digested
  std::function<void(json&)> change_entry = {};
};

class DossierBuilder {
 public:
  explicit DossierBuilder(json congress);

  /// Purpose: appends an entry. Returns: its seq.
  std::int64_t add(const std::string& kind, const json& body,
                   std::vector<std::string> by = {"Trần Thị Bình"});
  /// Purpose: the same with the two members of the board.
  std::int64_t add_by_two(const std::string& kind, const json& body);
  std::int64_t add_bundle(const BundleSpec& spec);
  /// Purpose: completes a result with the record as it stands and appends it. Returns: its seq.
  std::int64_t add_result(json result);
  /// Purpose: reopens the contest's result; its file is then no longer there.
  void reopen(const std::string& contest);
  /// Purpose: adds a signer to the contest's result.
  void add_signature(const std::string& contest, const KeyPair& signer);

  /// Purpose: the files of the dossier as they stand; checkpoint and results are made now.
  [[nodiscard]] std::map<std::string, std::string> files() const;

  [[nodiscard]] json congress() const { return congress_; }
  [[nodiscard]] std::string record_id() const;
  [[nodiscard]] std::string result_digest(const std::string& contest) const;
  [[nodiscard]] std::string root() const { return reference_root(lines); }

  // Open to tampering.
  std::vector<std::string> lines;
  std::string at = "2026-11-22T08:00:00Z";
  std::map<std::string, std::string> extra;  ///< files to be put over the others
  std::string congress_text;

 private:
  struct Standing {
    std::int64_t seq = 0;
    std::string bytes;
    std::vector<KeyPair> signers;
    std::string p7s;
  };
  json congress_;
  std::map<std::string, std::string> blobs_;
  std::map<std::string, Standing> standing_;
  std::map<std::string, std::pair<std::int64_t, std::string>> last_;  ///< seq and digest of the last result
};

// A congress of twelve members, one of them excused: base 11, line 6, eleven present.

/// Purpose: rows numbered 1, 2, 3 … with names.
json rows_of(int count);
/// Purpose: a contest of office `other`; `seats` 0 where the question has none.
json contest_of(const std::string& id, const std::string& question, const std::string& ballot, int rows,
                int seats);
json congress_of(std::vector<json> contests);
/// Purpose: ballots with these marks, invalid as their marks make them.
std::vector<Truth> judged(const json& contest, const std::vector<std::string>& marks);

/// Purpose: the canonical bytes of a value, as the JSON library writes them.
std::string dump(const json& value);

/// Purpose: puts files into a fresh folder below the system's temporary one. Returns: its path.
std::string write_folder(const std::map<std::string, std::string>& files);

}  // namespace kp::test
