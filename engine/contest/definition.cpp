#include "contest/definition.h"

#include <algorithm>

#include "contest/list_rules.h"
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

// With more faults than this of its texts and numbers a file is no definition that someone mistyped.
constexpr std::size_t kMostToLookBehind = 100;

// Stands where a definition has something that cannot be judged; no rule finds anything in it.
Json nothing_to_judge() {
  constexpr std::int64_t kMany = 1'000'000'000;
  return Json::object({{"format", "kiemphieu/congress@1"},
                       {"id", "---"},
                       {"title", "-"},
                       {"unit", "-"},
                       {"superior", "-"},
                       {"term", "-"},
                       {"place", "-"},
                       {"date", "2000-01-01"},
                       {"purpose", "practice"},
                       {"electorate", to_json(Electorate{kMany, {}, kMany})},
                       {"board", Json::Array{}},
                       {"signatures_required", 0},
                       {"passes_required", 1},
                       {"contests", Json::Array{}}});
}

Json contest_not_to_judge(Json id) {
  return Json::object({{"id", std::move(id)},
                       {"title", "-"},
                       {"question", "survey"},
                       {"office", "other"},
                       {"ballot", "agree"},
                       {"rows", Json::Array{Json::object({{"no", 1}, {"name", "-"}})}}});
}

/// What of a faulty definition can be held to the rules.
class Judgeable {
 public:
  Judgeable(const Json& definition, const Findings& faults) : definition_(definition), faults_(faults) {}

  // The findings of the rules; none when too much is wrong to ask them.
  Findings findings() && {
    if (!definition_.is_object()) return {};
    for (const char* chooses_rules : {"/kind", "/level", "/regulation"}) {
      if (is_faulty(chooses_rules)) return {};
    }
    set_aside_members();
    set_aside_contests();
    const Findings left = check_schema(definition_, Schema::congress);
    const bool only_unknown_keys = std::all_of(
        left.begin(), left.end(), [](const Finding& f) { return f.code == Code::schema_unknown_key; });
    if (!only_unknown_keys) return {};
    Findings findings = check_congress(congress_from(definition_));
    std::erase_if(findings, [this](const Finding& found) { return rests_on_what_is_set_aside(found); });
    return findings;
  }

 private:
  static bool is_within(std::string_view where, std::string_view place) {
    return where.starts_with(place) && (where.size() == place.size() || where[place.size()] == '/');
  }

  [[nodiscard]] bool is_faulty(const std::string& place) const {
    return std::any_of(faults_.begin(), faults_.end(), [&](const Finding& fault) {
      return fault.code != Code::schema_unknown_key && is_within(fault.where, place);
    });
  }

  void set_aside_members() {
    const Json stand_in = nothing_to_judge();
    for (const auto& [key, nothing] : stand_in.members()) {
      const std::string place = pointer_to("", key);
      const Json* there = definition_.find(key);
      const bool by_contest = key == "contests" && there != nullptr && there->is_array();
      if (there != nullptr && (by_contest || !is_faulty(place))) continue;
      definition_.set(key, nothing);
      set_aside_.push_back(place);
    }
  }

  void set_aside_contests() {
    Json::Array contests = definition_.at("contests").array();
    for (std::size_t i = 0; i < contests.size(); ++i) {
      const std::string place = pointer_to("/contests", i);
      if (!is_faulty(place)) continue;
      const Json* id = contests[i].is_object() ? contests[i].find("id") : nullptr;
      const bool named = id != nullptr && !is_faulty(pointer_to(place, "id"));
      contests[i] = contest_not_to_judge(named ? *id : Json("-" + std::to_string(i)));
      set_aside_.push_back(place);
      whole_ = false;
    }
    definition_.set("contests", std::move(contests));
  }

  [[nodiscard]] bool rests_on_what_is_set_aside(const Finding& found) const {
    if (!whole_ && (found.code == Code::list_not_among || found.code == Code::contest_among_unknown))
      return true;
    return std::any_of(set_aside_.begin(), set_aside_.end(),
                       [&](const std::string& place) { return is_within(found.where, place); });
  }

  Json definition_;
  const Findings& faults_;
  std::vector<std::string> set_aside_;  ///< places that hold nothing to judge
  bool whole_ = true;                   ///< every contest is there
};

}  // namespace

Findings all_faults(std::string_view bytes, const std::string& file) {
  FaultyJson read = parse_faulty_json(bytes, file);
  Findings findings = std::move(read.findings);
  if (!read.value || findings.size() > kMostToLookBehind) return findings;
  Findings of_form = check_schema(*read.value, Schema::congress);
  // A text or number that JSON refuses is told once.
  std::erase_if(of_form, [&](const Finding& found) {
    return std::any_of(findings.begin(), findings.end(),
                       [&](const Finding& told) { return told.where == found.where; });
  });
  add(findings, std::move(of_form));
  add(findings, Judgeable(*read.value, findings).findings());
  return findings;
}

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
