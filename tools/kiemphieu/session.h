// One command at work on one record: what it reads is what it appends to, in one transaction.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "proceedings/act.h"
#include "proceedings/reading.h"
#include "record/record.h"
#include "record/tree.h"
#include "sheet/sheet.h"

namespace kp {

class Session {
 public:
  /// Purpose: opens a record and replays it.
  /// Errors: those of Record::open and replay; record/closed for writing on a closed record
  static Result<Session> open(const std::string& path, Access access);

  [[nodiscard]] const History& history() const { return history_; }
  [[nodiscard]] const std::vector<std::string>& entries() const { return entries_; }
  [[nodiscard]] const Record& record() const { return record_; }
  [[nodiscard]] Record& record() { return record_; }
  [[nodiscard]] FetchBundle fetch() const;
  [[nodiscard]] RecordHead head() const;
  /// The tree over the entries as they were when the session was opened, and those appended since.
  [[nodiscard]] const Tree& tree() const { return tree_; }

  /// Purpose: numbers and dates an act and appends it. It becomes durable with commit.
  Done append(const Act& act);
  Done commit() { return record_.commit(); }

  /// What was read, for who only reads.
  struct Parts {
    Record record;
    std::vector<std::string> entries;
    History history;
  };
  Parts take_apart() && { return {std::move(record_), std::move(entries_), std::move(history_)}; }

 private:
  Session(Record record, std::vector<std::string> entries, History history);

  Record record_;
  std::vector<std::string> entries_;
  History history_;
  Tree tree_;
  std::string last_at_;
};

/// A session on one contest, with the people who act.
struct ContestSession {
  Session session;
  const ContestHistory* contest = nullptr;  ///< within the session's history
  People by;

  [[nodiscard]] const Congress& congress() const { return session.history().congress; }
  [[nodiscard]] const Board& board() const { return board_of(congress(), contest->contest); }
};

/// Purpose: opens a record for writing and finds the contest; `given` are the names on the command line.
/// Errors: those of Session::open; contest/unknown people/…
Result<ContestSession> open_contest(const std::string& path, const std::string& contest, const People& given);

/// Purpose: the time for an entry: SOURCE_DATE_EPOCH in practice records when it is set, else the clock;
/// never before `last_at`. RFC 3339, UTC, whole seconds.
std::string entry_time(Purpose purpose, const std::string& last_at);

/// Purpose: appends `act` to the record at the end of a command and commits.
Done append_and_commit(Session& session, const Act& act);

}  // namespace kp
