// What the record has said about one contest so far.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "contest/congress.h"
#include "verify/ledger.h"
#include "verify/outcome.h"
#include "verify/signers.h"

namespace kp::verify {

/// Who sits on a board, by name_key.
using BoardRoles = std::map<std::string, Role, std::less<>>;

/// Purpose: the roles of a board; of two entries of one person the first counts.
BoardRoles roles_of(const Board& board);

/// A `box` entry.
struct BoxState {
  std::int64_t seq = 0;
  Box box;
};

/// Someone who signed a result, and when the record was told.
struct Filed {
  std::string certificate;
  std::string at;
  std::int64_t seconds = 0;
};

/// A `result` entry: what it states, and what came after it.
struct ResultState {
  std::int64_t seq = 0;
  std::uint64_t line = 0;
  std::string sha256;
  std::string bytes;  ///< canonical, as results/<contest>.json must be
  Json rebuilt;       ///< what it must be; null after too many wrong results of the contest
  bool recounted = false;
  bool nullified = false;

  // As the result states them; what they should be was compared when it was met.
  std::string outcome;
  std::vector<std::uint32_t> next_rows;
  std::int64_t next_seats = 0;
  std::int64_t elected_count = 0;
  std::vector<std::int64_t> runners_up;   ///< votes of those over the line who are not elected, most first
  std::vector<std::string> elected_keys;  ///< name_key of each, sorted
  std::vector<std::string> standings;     ///< of each row, "" where it has none
  std::int64_t valid = 0;
  std::int64_t invalid = 0;

  bool decided = false;  ///< a decision was taken on it
  std::vector<Filed> filed;
  std::string p7s;  ///< of the last `signed` entry
  std::optional<Envelope> envelope;
};

/// What the presiding body decided before a result: void, or the excess accepted.
enum class Verdict : std::uint8_t { none, nullified, excess_accepted };

/// The result on which a decision opened a further round.
struct OpenedOn {
  std::string contest;
  std::int64_t result = 0;  ///< seq
};

struct ContestState {
  ContestState(Contest definition, std::int64_t passes_required);

  /// Purpose: puts another definition in the place of this one. In: no bundle in force.
  void redefine(Contest definition);

  Contest contest;
  std::vector<std::string> row_keys;     ///< name_key of each row
  std::vector<std::string> sorted_keys;  ///< the same, sorted
  std::optional<BoardRoles> own_board;   ///< when the contest has a board of its own
  bool electorate_entered = false;       ///< by an entry of its own, not with the contest
  bool opened_by_decision = false;
  OpenedOn opened_on;  ///< of the last such decision
  std::optional<BoxState> box;
  Ledger ledger;
  Verdict verdict = Verdict::none;
  std::optional<ResultState> last_result;
  bool stands = false;             ///< whether last_result was not reopened
  std::size_t faulty_results = 0;  ///< results of it that were not what they must be

  /// Purpose: whether ballots or a result came since its list was put down, so that the list stays.
  [[nodiscard]] bool has_begun() const { return box || ledger.has_any_in_force() || last_result; }

  [[nodiscard]] ResultState* standing() { return stands && last_result ? &*last_result : nullptr; }
  [[nodiscard]] const ResultState* standing() const {
    return stands && last_result ? &*last_result : nullptr;
  }
};

/// All contests of the evening.
class Contests {
 public:
  [[nodiscard]] ContestState* find(std::string_view id);
  [[nodiscard]] const ContestState* find(std::string_view id) const;
  ContestState& add(Contest contest, std::int64_t passes_required);

  /// Purpose: the contest `id` and its further rounds, as far as there are any.
  [[nodiscard]] std::vector<const ContestState*> rounds_of(std::string_view id) const;

  /// Purpose: every contest, by id.
  [[nodiscard]] const std::map<std::string, ContestState, std::less<>>& all() const { return states_; }

  /// Purpose: the contests that `wanted` holds for, in order of their ids.
  [[nodiscard]] std::vector<const ContestState*> where(
      const std::function<bool(const ContestState&)>& wanted) const;

  /// Purpose: every contest with a standing result, in the order of those results.
  [[nodiscard]] std::vector<const ContestState*> standing() const;

 private:
  std::map<std::string, ContestState, std::less<>> states_;
};

/// Purpose: the row of `contest` that is not among the names of `among`; −1 when there is none.
/// In: with `elected`, only who is elected there or in its further rounds counts. Else, once `among` has a
///     result, also who stands on a round that has none yet, and before that everyone on any of its lists.
std::int64_t first_not_among(const Contests& contests, const ContestState& contest, bool elected);

// Members of a JSON object from outside, whatever it may hold.

/// Purpose: the number at `key`, or 0 when there is none within 0 … 10^9.
std::int64_t number_in(const Json& json, std::string_view key);
/// Purpose: the text at `key`, or "".
std::string text_in(const Json& json, std::string_view key);
/// Purpose: the row numbers at `key` as far as they are 1 … 4096.
std::vector<std::uint32_t> numbers_in(const Json& json, std::string_view key);
/// Purpose: the member at `key` when it is an object, else an empty object.
const Json& object_in(const Json& json, std::string_view key);

}  // namespace kp::verify
