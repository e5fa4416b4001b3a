// The result: everything that was counted and decided about one contest, as one canonical JSON object
// (contract §8).
//
// Its parts are pure functions of plain values, so that a mock election's answers, a test and the record all
// get their figures from the same place. Nothing but `record` in it depends on when or in which order things
// happened.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/json.h"
#include "base/result.h"
#include "contest/majority.h"
#include "proceedings/history.h"
#include "proceedings/reading.h"
#include "tally/counts.h"

namespace kp {

/// The record as it was just before the result's entry.
struct RecordHead {
  std::string id;
  std::int64_t size = 0;
  std::string root;  ///< hex
};

/// What a result is made of.
struct SheetInput {
  const Congress& congress;
  const Contest& contest;
  const Electorate& electorate;
  std::int64_t issued = 0;
  std::int64_t returned = 0;
  std::int64_t rulings = 0;                     ///< ballots with a ruling in force
  std::int64_t corrections = 0;                 ///< ballots with a correction in force
  std::optional<Counts> counts = std::nullopt;  ///< nothing when the vote was declared void
};

/// Purpose: the members of a result that follow from the count alone: ballots, base, rows, elected, outcome,
/// open_seats, next, steps.
Json::Object make_sheet(const SheetInput& input);

/// Purpose: the members of `sheet` with those that say what it is of: congress, contest, regulation, purpose,
/// and the record before it.
Json make_document(const Congress& congress, const Contest& contest, Json::Object sheet,
                   const RecordHead& head);

/// Called with how many of how many bundles are done.
using Progress = std::function<void(std::size_t done, std::size_t of)>;

/// Purpose: counts a contest from its record, bundle by bundle, and holds it to the gate.
/// Errors: gate/… list/not-among; those of `fetch`
/// Cost: linear in the bundles' bytes; memory of a few bundles.
Result<Counts> count_contest(const History& history, const ContestHistory& contest, const FetchBundle& fetch,
                             const Progress& progress);

/// Purpose: the whole result of a contest, void when the presiding body so decided.
/// In: a contest without a standing result.
/// Errors: those of count_contest; gate/no-box
Result<Json> make_result(const History& history, const ContestHistory& contest, const FetchBundle& fetch,
                         const RecordHead& head, const Progress& progress);

}  // namespace kp
