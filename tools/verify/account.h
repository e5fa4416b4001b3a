// What a verification saw, kept so that an auditor can be told: formats.md §11, --report.
//
// Everything in it was read or worked out by the verifier itself: results are those it rebuilt, not those the
// dossier states; entries are as the record has them, with whether they were in order. No marks are kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contest/congress.h"
#include "verify/entry.h"

namespace kp::verify {

/// An entry of the record, without marks, signature files and whole objects.
struct Happening {
  Entry entry;
  bool in_order = true;  ///< whether taking it raised no error
};

/// Why a signer counts.
enum class Weight : std::uint8_t {
  pinned,        ///< registered in the board
  under_ca,      ///< under the authority that was given
  unattributed,  ///< valid then, but nothing shows whose it is
  refused,       ///< does not count; the findings say why
};

struct SignerAccount {
  std::string subject;      ///< of the certificate
  std::string certificate;  ///< its digest
  std::string at;           ///< when the record was told
  Weight weight = Weight::refused;
};

/// A standing result.
struct ResultAccount {
  std::string contest;
  std::int64_t seq = 0;
  std::string sha256;
  Json rebuilt;            ///< the result as the verifier makes it; null when it gave up on the contest
  bool agrees = true;      ///< whether the dossier states just that
  bool recounted = false;  ///< its votes come from the ballots, not from the result
  std::vector<SignerAccount> signers;
};

struct Account {
  Congress congress;
  std::string congress_digest;
  std::vector<Happening> happenings;
  std::vector<Contest> contests;  ///< as they stand in the end, in byte order of their ids
  std::vector<ResultAccount> results;
  std::uint64_t manifests = 0;     ///< files
  std::uint64_t bundle_files = 0;  ///< files read
  std::uint64_t ballots_read = 0;  ///< lines of them, every pass counted
  bool has_bundles = true;
  bool authority_given = false;
  std::uint64_t digests_typed = 0;  ///< and agreed, when the level says so
  std::uint64_t lines_typed = 0;
  bool root_typed = false;
};

/// Purpose: the entry as an account keeps it.
Happening happening_of(const Entry& entry, bool in_order);

}  // namespace kp::verify
