// The independent verifier: does this dossier agree with itself, and with what someone signed on paper?
//
// Written from docs/formats.md alone. It shares no counting, no tree, no signature and no JSON-writing code
// with the engine; of the engine it knows base (not canon), rules and contest. It reads every file of the
// dossier, replays the record under §5, counts every ballot again, rebuilds every result and compares. It
// changes nothing, prints nothing and looks at no clock; memory does not grow with the number of bundles.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"

namespace kp::verify {

struct Account;

/// How far the dossier can be believed (formats.md §11).

enum class Assurance : std::uint8_t {
  none,        ///< at least one error
  consistent,  ///< the folder agrees with itself; who made it is not shown
  bound,       ///< what was typed from signed paper agrees and covers everything that stands
  signatures,  ///< enough signers who count, for every standing result
};

struct Request {
  std::string dossier = {};               ///< the folder
  std::string ca_file = {};               ///< PEM certificates to trust, "" for none
  std::vector<std::string> digests = {};  ///< of standing results, as typed (§12.10)
  std::vector<std::string> lines = {};    ///< of digits, as typed from the paper (typed_line.h)
  std::string root = {};                  ///< hex or base64, as typed; "" for none
  std::string prefix = {};                ///< an older dossier, a checkpoint, or "SIZE ROOT"; "" for none
  std::string proof = {};                 ///< for verify_proof (proof.h) alone
  std::string minutes = {};               ///< a PDF that lies outside the dossier; "" for none
  std::string pdf_reader = {};            ///< the library that reads PDFs; "" for the one beside the program
  bool unsigned_ok = false;               ///< too few signatures only warn
  bool without_minutes = false;           ///< the dossier may lack its PDFs
  bool account = false;                   ///< keep what was seen, for auditor_report
  /// Told, now and then, how many bytes of the bundles have been read, of how many; may be empty.
  std::function<void(std::uint64_t bytes, std::uint64_t of)> progress = {};
};

/// One standing result.
struct ResultReport {
  std::string contest;
  std::string title;
  std::string outcome;
  std::string sha256;
  bool election = false;
  std::int64_t seats = 0;
  std::int64_t elected = 0;
  std::int64_t valid = 0;
  std::int64_t invalid = 0;
  bool recounted = false;    ///< from the ballots, not from the result itself
  std::int64_t signers = 0;  ///< those that count
};

/// One PDF of minutes.
struct MinutesReport {
  std::string file;
  std::string contest;               ///< "" when it is of no standing result, or was not read
  bool agrees = false;               ///< whether it was read and says what the result says
  std::vector<std::string> signers;  ///< whose signatures inside it hold and count, oldest first
};

struct Report {
  Findings findings;
  Assurance level = Assurance::none;
  bool practice = false;
  std::string congress;   ///< its title
  std::string record_id;  ///< "" when the definition cannot be read
  std::uint64_t record_size = 0;
  std::string record_root;                 ///< hex
  std::vector<std::string> lines;          ///< the contest of each --line that agrees, in the order typed
  std::optional<std::uint64_t> prefix;     ///< so many entries are those of --prefix
  std::optional<std::int64_t> proven_seq;  ///< the entry that a proof shows to be in the record
  std::vector<ResultReport> results;       ///< in the order the results were made
  std::vector<MinutesReport> minutes;      ///< those of the dossier in the same order, then --minutes
  std::shared_ptr<const Account> account;  ///< when asked for and the record could be replayed (account.h)

  [[nodiscard]] bool ok() const { return level != Assurance::none; }
};

/// Purpose: verifies a dossier.
/// Promise: never fails, never throws, never asserts on what it reads; whatever is wrong is a finding. Of
/// each code
///          the first hundred are listed. Bundles are read once each, piece by piece.
/// Errors: those of formats.md §13 that begin with dossier/ entry/ manifest/ bundle/ result/ signature/
/// minutes/ bound/
///         checkpoint/ count/, and json/ schema/ file/ contest/ list/ board/ electorate/ of the definitions.
/// Cost: linear in the dossier.
Report verify(const Request& request);

/// Purpose: the word of a level in files.
std::string_view word(Assurance level);

}  // namespace kp::verify
