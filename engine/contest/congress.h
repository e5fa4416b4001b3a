// A congress and its contests, as the definition file states them (contract §3), checked or not.
//
// Plain values. A row's number is its key everywhere; its name is a label. Nothing here counts.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "base/json.h"
#include "rules/ruleset.h"

namespace kp {

enum class CongressKind : std::uint8_t { delegates, members, committee, inspection };
enum class Level : std::uint8_t { branch, base, upper_base, province, central };
enum class Purpose : std::uint8_t { official, practice };
enum class Role : std::uint8_t { head, member, technician };
enum class Question : std::uint8_t {
  election,
  opinion,
  withdrawal,
  introduction,
  confidence,
  rating,
  survey
};
enum class Office : std::uint8_t {
  committee,
  standing_committee,
  secretary,
  deputy_secretary,
  inspection,
  inspection_head,
  inspection_deputy,
  delegates,
  alternate_delegates,
  other
};
enum class BallotForm : std::uint8_t { strike, agree, confidence, rating };
enum class FractionOf : std::uint8_t { base, returned, valid };

/// A part of the electorate that the base leaves out, with the reason the rules know.
struct Deduction {
  std::string reason;
  std::int64_t count = 0;
};

struct Electorate {
  std::int64_t summoned = 0;
  std::vector<Deduction> deductions;
  std::int64_t present = 0;
};

struct BoardMember {
  std::string name;
  Role role = Role::member;
  std::string certificate;  ///< digest of the DER certificate; empty when none is pinned
};
using Board = std::vector<BoardMember>;

/// One line of the list, in ballot order.
struct Row {
  std::uint32_t no = 0;
  std::string name;
  std::string joined;      ///< Party admission, "" when not given; orders equal names
  std::uint32_t from = 0;  ///< its number in the round before; 0 when it was not there
  Json json;               ///< the whole row as it stands in the file
};

struct Contest {
  std::string id;
  std::string title;
  Question question = Question::election;
  Office office = Office::other;
  BallotForm ballot = BallotForm::strike;
  std::int64_t seats = 0;  ///< 0 where the question has none
  std::int64_t round = 1;
  bool revote = false;
  std::optional<std::int64_t> prepared;
  std::string among;  ///< "" when anyone on the list may stand
  std::optional<CongressKind> kind;
  std::optional<Electorate> electorate;
  std::optional<Board> board;
  FractionOf fraction_of = FractionOf::base;
  std::vector<Row> rows;
  Json json;  ///< the whole contest as it stands in the file
};

struct Congress {
  std::string id, title, unit, superior, term, place, date;
  CongressKind kind = CongressKind::delegates;
  Level level = Level::base;
  Regulation regulation = Regulation::qd_190_2024;
  Purpose purpose = Purpose::official;
  Electorate electorate;
  Board board;
  std::int64_t signatures_required = 0;
  std::int64_t passes_required = 1;
  std::vector<Contest> contests;
};

/// Purpose: kind, electorate and board that hold for `contest`: its own where it has one, else the
/// congress's.
CongressKind kind_of(const Congress& congress, const Contest& contest);
const Electorate& electorate_of(const Congress& congress, const Contest& contest);
const Board& board_of(const Congress& congress, const Contest& contest);

/// Purpose: how many may be elected beyond the seats at most: floor of 30 %, at least one.
/// Rules: R2.2, R2.10 (rounding: secondary).
std::int64_t surplus_cap(std::int64_t seats);

/// Purpose: the ballot form that §3 prescribes for this question, list length and number of seats.
BallotForm required_form(Question question, std::size_t rows, std::int64_t seats);

/// Purpose: whether the question asks for a number to choose.
bool has_seats(Question question);

/// Purpose: the board member who is `name` (however spelt, see name_key), or nothing.
const BoardMember* find_member(const Board& board, std::string_view name);

/// Purpose: the name of the board's head, or "" when it has none.
std::string head_of(const Board& board);

/// Purpose: what a row states under a key (`sex`, `born` …); "" when nothing, or no text.
std::string text_of(const Row& row, std::string_view key);

/// Purpose: the identity of the first round: `id` without "-r<round>" behind it.
std::string first_round_id(const Contest& contest);

// The words that stand for these values in files, and back.
std::string_view word(CongressKind value);
std::string_view word(Level value);
std::string_view word(Purpose value);
std::string_view word(Role value);
std::string_view word(Question value);
std::string_view word(Office value);
std::string_view word(BallotForm value);
std::string_view word(FractionOf value);

/// Purpose: the value that `text` names, if any: named<Question>("opinion").
template <class Enum>
std::optional<Enum> named(std::string_view text);

// The words that people read.
Text spoken(CongressKind value);
Text spoken(Level value);
Text spoken(Purpose value);
Text spoken(Role value);
Text spoken(Question value);
Text spoken(Office value);
Text spoken(BallotForm value);
Text spoken_reason(std::string_view deduction_reason);

}  // namespace kp
