// Whether a definition may stand: congress, contest, electorate (formats.md §2).
//
// The list rules are those of engine/contest; only their errors count here: a list that is lawful but out of
// name order is for the board to see before the vote, not for an auditor after it. Names are compared once
// each, so that a list of thousands against a board of hundreds stays quick.
#pragma once

#include <optional>
#include <string>

#include "base/json.h"
#include "contest/congress.h"
#include "verify/contest_state.h"
#include "verify/faults.h"

namespace kp::verify {

/// The largest congress.json that is read.
inline constexpr std::uint64_t kMostCongressBytes = std::uint64_t{16} << 20U;

/// Purpose: the congress of a dossier, from the bytes of congress.json.
/// Returns: nothing when it is no definition at all.
/// Errors: json/… schema/… and every error of the list rules (congress.json#pointer), into `faults`.
std::optional<Congress> read_congress(std::string_view bytes, Faults& faults);

/// Purpose: a contest from an entry. Returns: nothing when it does not have the form of one.
/// Errors: schema/… (place#pointer), into `faults`.
std::optional<Contest> read_contest(const Json& json, const std::string& place, Faults& faults);

/// Purpose: an electorate from an entry, for a meeting of this kind. Returns: nothing when it is none.
/// Errors: schema/… electorate/… (place#pointer), into `faults`.
std::optional<Electorate> read_electorate(const Json& json, CongressKind kind, const std::string& place,
                                          Faults& faults);

/// Purpose: every error of a contest's own rules: form, numbers, surplus, board, electorate, candidates on
/// the board. In: `place` is where its object stands, with the pointer so far: "congress.json#/contests/0".
void check_definition(const Congress& congress, const Contest& contest, const std::string& place,
                      Faults& faults);

/// Purpose: whether the contest's names stand on the list that `among` names, or on a further round of it,
/// and may still be elected there once that has a result. Errors: contest/among-unknown list/not-among, into
/// `faults`.
void check_among(const Contests& contests, const ContestState& state, const std::string& place,
                 Faults& faults);

}  // namespace kp::verify
