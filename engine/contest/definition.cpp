#include "contest/definition.h"

#include "contest/schema.h"

namespace kp {
namespace {

std::string text_or_empty(const Json& json, std::string_view key) {
  const Json* value = json.find(key);
  return value == nullptr ? std::string() : value->string();
}

std::int64_t integer_or(const Json& json, std::string_view key, std::int64_t otherwise) {
  const Json* value = json.find(key);
  return value == nullptr ? otherwise : value->integer();
}

// A word that the schema has admitted.
template <class Enum>
Enum word_at(const Json& json, std::string_view key) {
  const std::optional<Enum> value = named<Enum>(json.at(key).string());
  KP_ASSERT(value.has_value());
  return *value;
}

Board board_from(const Json& json) {
  Board board;
  for (const Json& member : json.array()) {
    board.push_back(
        {member.at("name").string(), word_at<Role>(member, "role"), text_or_empty(member, "certificate")});
  }
  return board;
}

Row row_from(const Json& json) {
  Row row;
  row.no = static_cast<std::uint32_t>(json.at("no").integer());
  row.name = json.at("name").string();
  row.joined = text_or_empty(json, "joined");
  row.from = static_cast<std::uint32_t>(integer_or(json, "from", 0));
  row.json = json;
  return row;
}

Contest contest_from(const Json& json) {
  Contest contest;
  contest.id = json.at("id").string();
  contest.title = json.at("title").string();
  contest.question = word_at<Question>(json, "question");
  contest.office = word_at<Office>(json, "office");
  contest.ballot = word_at<BallotForm>(json, "ballot");
  contest.seats = integer_or(json, "seats", 0);
  contest.round = integer_or(json, "round", 1);
  contest.revote = json.find("revote") != nullptr && json.at("revote").boolean();
  if (json.find("prepared") != nullptr) contest.prepared = json.at("prepared").integer();
  contest.among = text_or_empty(json, "among");
  if (json.find("kind") != nullptr) contest.kind = word_at<CongressKind>(json, "kind");
  if (const Json* electorate = json.find("electorate")) contest.electorate = parse_electorate(*electorate);
  if (const Json* board = json.find("board")) contest.board = board_from(*board);
  if (json.find("fraction_of") != nullptr) contest.fraction_of = word_at<FractionOf>(json, "fraction_of");
  for (const Json& row : json.at("rows").array()) contest.rows.push_back(row_from(row));
  contest.json = json;
  return contest;
}

Congress congress_from(const Json& json) {
  Congress congress;
  congress.id = json.at("id").string();
  congress.title = json.at("title").string();
  congress.unit = json.at("unit").string();
  congress.superior = text_or_empty(json, "superior");
  congress.term = json.at("term").string();
  congress.place = text_or_empty(json, "place");
  congress.date = json.at("date").string();
  congress.kind = word_at<CongressKind>(json, "kind");
  congress.level = word_at<Level>(json, "level");
  const std::optional<Regulation> regulation = regulation_named(json.at("regulation").string());
  KP_ASSERT(regulation.has_value());
  congress.regulation = *regulation;
  congress.purpose = word_at<Purpose>(json, "purpose");
  congress.electorate = parse_electorate(json.at("electorate"));
  congress.board = board_from(json.at("board"));
  congress.signatures_required = json.at("signatures_required").integer();
  congress.passes_required = json.at("passes_required").integer();
  for (const Json& contest : json.at("contests").array()) congress.contests.push_back(contest_from(contest));
  return congress;
}

}  // namespace

Result<Congress> parse_congress(std::string_view bytes, const std::string& file) {
  Result<Json> json = parse_json(bytes, file);
  if (!json) return json.findings();
  if (Findings findings = check_schema(*json, Schema::congress); !findings.empty()) return findings;
  return congress_from(*json);
}

Result<Contest> parse_contest(const Json& json) {
  if (Findings findings = check_schema(json, Schema::contest); !findings.empty()) return findings;
  return contest_from(json);
}

Electorate parse_electorate(const Json& json) {
  Electorate electorate;
  electorate.summoned = json.at("summoned").integer();
  electorate.present = json.at("present").integer();
  for (const Json& deduction : json.at("deductions").array()) {
    electorate.deductions.push_back({deduction.at("reason").string(), deduction.at("count").integer()});
  }
  return electorate;
}

Json to_json(const Electorate& electorate) {
  Json::Array deductions;
  for (const Deduction& deduction : electorate.deductions) {
    deductions.push_back(Json::object({{"reason", deduction.reason}, {"count", deduction.count}}));
  }
  return Json::object({{"summoned", electorate.summoned},
                       {"deductions", std::move(deductions)},
                       {"present", electorate.present}});
}

}  // namespace kp
