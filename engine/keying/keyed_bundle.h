// One bundle while it is being keyed: the ballots so far, where the keyer is, and what a typed line does.
//
// Pure: lines in, state out. The screen (tools/kiemphieu) shows it and brings it to the disk after every
// ballot. It knows one pass of one bundle and never sees another. No time is kept anywhere, of no ballot.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ballots/validity.h"
#include "keying/typed_ballot.h"

namespace kp {

/// Whose work it is and what it is about.
struct KeyingTask {
  std::string congress;  ///< its id
  std::string bundle;
  std::int64_t pass = 1;
  std::string station;
  std::string by;
  std::optional<std::int64_t> counted;  ///< sheets counted by hand; not kept with the work, it may be mended
};

/// What a typed line brought about.
enum class Became : std::uint8_t {
  recorded,  ///< a ballot was added, inserted or mended
  removed,   ///< a ballot was taken out
  moved,     ///< another ballot is shown
  refused,   ///< nothing; `said` tells why
  asked,     ///< nothing yet; the same line again will do it
  help,
  pause,
  finish,  ///< the bundle is complete
};

struct Reaction {
  Became became = Became::moved;
  std::optional<Finding> said;
};

/// A line of one letter that is no ballot.
enum class KeyingWord : char {
  back = '<',
  to_new = '>',
  remove = 'x',
  insert = 'i',
  help = 'h',
  pause = 'q',
  finish = 'z'
};

class KeyedBundle {
 public:
  /// Purpose: an empty bundle. In: `contest` outlives it and has at least one row.
  KeyedBundle(const Contest& contest, KeyingTask task);

  /// Purpose: goes on with what file_bytes wrote.
  /// Errors: json/… key/session-damaged key/other-session key/other-person key/other-list (where = `file`)
  static Result<KeyedBundle> resume(std::string_view bytes, const std::string& file, const Contest& contest,
                                    KeyingTask task);

  /// Purpose: what the typed `line` does: a ballot, or a KeyingWord.
  /// Promise: a ballot that could not be valid, one more than was counted, a removal and an uncounted end
  /// are first asked about; the same line again does it.
  /// Errors (as Reaction::said): those of parse_typed; key/nothing-yet key/not-here key/no-such-ballot
  ///         key/counted key/would-be-invalid key/beyond-counted key/remove key/count-again
  Reaction enter(std::string_view line);

  /// Purpose: shows ballot `number` (from 1) for mending; size() + 1 is the new one.
  void go(std::size_t number);
  /// Purpose: the same for someone who has `line` half typed: it is not dropped unasked.
  /// Errors (as Reaction::said): key/half-typed key/no-such-ballot
  Reaction leave_for(std::size_t number, std::string_view line);

  [[nodiscard]] const Contest& contest() const { return *contest_; }
  [[nodiscard]] const KeyingTask& task() const { return task_; }
  [[nodiscard]] BundleShape shape() const;
  [[nodiscard]] const std::vector<KeyedBallot>& ballots() const { return ballots_; }
  [[nodiscard]] std::size_t size() const { return ballots_.size(); }
  /// The ballot that is keyed now, from 1.
  [[nodiscard]] std::size_t number() const { return at_ + 1; }
  [[nodiscard]] bool is_new() const { return at_ == ballots_.size(); }
  /// Whether the next ballot goes in before number() and does not replace it.
  [[nodiscard]] bool inserting() const { return inserting_; }
  /// The line that waits to be typed again, if any.
  [[nodiscard]] const std::optional<std::string>& asked() const { return asked_; }
  /// Purpose: the line that stands for the ballot shown, "" for a new one.
  [[nodiscard]] std::string text_here() const;

  /// Purpose: the verdict on `marks` alone, without flags.
  [[nodiscard]] Verdict verdict_on(const std::string& marks) const;

  /// Purpose: the session file, canonical JSON (docs/formats.md, "Keying").
  [[nodiscard]] std::string file_bytes() const;
  /// Purpose: the bundle's CSV, numbered 1, 2, 3 … In: at least one ballot.
  [[nodiscard]] std::string csv() const;

 private:
  Reaction ask(std::string_view line, Finding about);
  [[nodiscard]] Findings doubts_about(const KeyedBallot& ballot, bool added) const;
  Reaction enter_ballot(std::string_view line);
  Reaction step_back(std::string_view line);
  Reaction remove(std::string_view line);
  Reaction finish(std::string_view line);
  void go_to_new();

  const Contest* contest_;
  KeyingTask task_;
  std::vector<KeyedBallot> ballots_;
  std::size_t at_ = 0;
  bool inserting_ = false;
  std::optional<std::string> asked_;
  std::vector<Code> asked_about_;  ///< of that line
};

/// Purpose: the digest of what keying rests on: the ballot form, and the names in ballot order. Two machines
/// that show the same one key against the same list.
std::string list_digest(const Contest& contest);

/// Purpose: the list that a session file was keyed against, or nothing when these bytes are no session file.
std::optional<std::string> list_of_session(std::string_view bytes);

}  // namespace kp
