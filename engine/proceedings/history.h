// What happened, as the record tells it: entries replayed into the state of each contest.
//
// A value, made anew from the entries whenever it is needed; nothing writes back. It trusts that the record
// was written by the acts in this folder and refuses one whose entries do not fit together (record/entry);
// whether each act was lawful when it was done is for the verifier to judge.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ballots/ballots.h"
#include "ballots/validity.h"
#include "contest/congress.h"
#include "proceedings/entry.h"

namespace kp {

/// What was counted in the hall.
struct Box {
  std::int64_t seq = 0;
  std::int64_t issued = 0;
  std::int64_t returned = 0;
  std::optional<std::int64_t> spoiled;
  std::string seal;
};

/// One independent reading of one bundle.
struct BundlePass {
  std::int64_t seq = 0;
  std::string bundle;
  std::int64_t pass = 1;
  std::string sha256;  ///< of its CSV
  std::int64_t ballots = 0;
  std::string station;
  std::string by;  ///< "" when not given
  std::string method;
  std::optional<std::int64_t> counted;
  std::string manifest;
  bool retracted = false;
};

struct Correction {
  std::int64_t seq = 0;
  std::string marks;
  Flags flags;
  std::int64_t first = 0;                        ///< seq of the first correction of this ballot in this pass
  std::array<std::int64_t, kFlagCount> since{};  ///< of each flag: the correction from which on all have it
};

struct Ruling {
  std::int64_t seq = 0;
  std::string marks;               ///< "" when the ballot was ruled invalid
  std::optional<Verdict> invalid;  ///< one of kRuledReasons
};

enum class DecisionAction : std::uint8_t {
  revote,
  vote_again,
  accept_short,
  void_,
  accept_excess,
  list,
  alternates
};
std::string_view word(DecisionAction action);
std::optional<DecisionAction> decision_named(std::string_view text);

struct Decision {
  std::int64_t seq = 0;
  DecisionAction action = DecisionAction::void_;
  std::string opens;            ///< the contest it opened, "" when none
  std::int64_t alternates = 0;  ///< how many runners-up are alternate delegates; 0 when not that was decided
};

struct SignedResult {
  std::string at;           ///< when it was filed
  std::string certificate;  ///< digest
  std::string p7s;          ///< base64, the whole file after this signer
};

/// A result that was entered; the last one stands unless it was reopened.
struct ResultEntry {
  std::int64_t seq = 0;
  std::string sha256;
  Json result;
  std::vector<SignedResult> signatures;
  std::optional<Decision> decision;  ///< what was decided on it
};

struct BallotKey {
  std::string bundle;
  std::uint32_t ballot = 0;
  auto operator<=>(const BallotKey&) const = default;
};

/// A count by hand that a note states; never a result (proceedings/hand_count_note.h).
struct HandCountEntry {
  std::int64_t seq = 0;
  std::vector<std::string> by;
  Json document;
};

/// The result on which a decision opened a further round.
struct OpenedOn {
  std::string contest;
  std::int64_t result = 0;  ///< seq
};

struct ContestHistory {
  Contest contest;
  Electorate electorate;
  bool electorate_entered = false;  ///< by an entry of its own, not with the contest
  bool opened_by_decision = false;
  OpenedOn opened_on;  ///< of the last such decision
  std::vector<Box> boxes;
  std::map<std::string, std::map<std::int64_t, BundlePass>> bundles;  ///< bundle → pass; retracted ones too
  std::map<std::pair<BallotKey, std::int64_t>, Correction> corrections;  ///< in force, by ballot and pass
  std::map<BallotKey, Ruling> rulings;    ///< the latest of each ballot; in force where a pass has the ballot
  std::int64_t confirmed_seq = -1;        ///< of the last confirmation of flags
  std::optional<Decision> before_result;  ///< void or accept-excess in force
  std::vector<ResultEntry> results;
  bool reopened = false;  ///< the last result was taken back
  std::string proofed;  ///< digest of the list that two people last found on the ballot's proof; "" for none
  std::optional<HandCountEntry> by_hand;  ///< the last one, while what it rests on stands

  /// Purpose: the result that stands, or null.
  [[nodiscard]] const ResultEntry* standing() const;
  /// Purpose: whether the ballot was proofed with the list as it now stands.
  [[nodiscard]] bool is_proofed() const;
  /// Purpose: the passes of a bundle that are in force, by pass number.
  [[nodiscard]] std::vector<const BundlePass*> passes_in_force(const std::string& bundle) const;
  /// Purpose: the bundles that have a pass in force, in byte order of their names.
  [[nodiscard]] std::vector<std::string> bundles_in_force() const;
  /// Purpose: whether its list is settled by what came since: a box, a bundle in force, or a result.
  [[nodiscard]] bool begun() const;
  [[nodiscard]] const Box* box() const { return boxes.empty() ? nullptr : &boxes.back(); }
};

struct History {
  Congress congress;  ///< as it was opened
  std::string congress_sha256;
  std::string record_id;
  std::int64_t size = 0;  ///< entries so far
  std::string last_at;    ///< time of the last entry
  bool closed = false;
  std::vector<ContestHistory> contests;  ///< in the order in which they came

  [[nodiscard]] ContestHistory* find(std::string_view contest);
  [[nodiscard]] const ContestHistory* find(std::string_view contest) const;
  /// Purpose: all contests as they stand now, for rules that look across them (`among`).
  [[nodiscard]] std::vector<Contest> definitions() const;
  /// Purpose: the further rounds that have begun on a result of `contest` that does not stand any more, but
  /// for those that were declared void.
  [[nodiscard]] std::vector<const ContestHistory*> rounds_on_older_result(
      const ContestHistory& contest) const;
  /// Purpose: the names (as name_key) elected by standing results of `contest` and its further rounds.
  [[nodiscard]] std::set<std::string> elected_in(std::string_view contest) const;
  /// Purpose: the same, and the names on those of its rounds that have no result yet; all names while
  /// `contest` itself has none.
  [[nodiscard]] std::set<std::string> may_be_elected_in(std::string_view contest) const;
};

/// Purpose: those who passed the line without being elected, most votes first: the numbers of their rows,
/// equal votes together. In: the result of an election.
std::vector<std::vector<std::uint32_t>> runners_up(const Json& result);

/// Purpose: the rows that the decision on a result made alternate delegates, in their order; none when
/// nothing of that kind was decided.
std::vector<std::uint32_t> alternates_of(const ResultEntry& result);

/// Purpose: `<congress id>-<first 16 hex digits of congress.json's digest>`.
std::string make_record_id(const Congress& congress, const std::string& congress_sha256);

/// Purpose: the history that the entries tell.
/// In: `entries` of a record, at least one; `congress_bytes` the file that seq 0 names.
/// Errors: record/entry record/other-congress-file json/… schema/…
/// Cost: linear in the entries.
Result<History> replay(const std::vector<std::string>& entries, const std::string& congress_bytes);

/// Purpose: the digest of congress.json that seq 0 names. Errors: record/entry
Result<std::string> congress_digest_of(const std::vector<std::string>& entries);

}  // namespace kp
