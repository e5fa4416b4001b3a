#include "verify/entry.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <span>

#include "base/digest.h"
#include "base/text.h"
#include "verify/encoding.h"
#include "verify/marks.h"
#include "verify/reader.h"

namespace kp::verify {
namespace {

constexpr std::int64_t kMostPeople = 1'000'000'000;
constexpr std::int64_t kMostBallotNumber = 999'999'999;
constexpr std::int64_t kMostPass = 99;

enum class Type : std::uint8_t {
  any_text,
  text,  ///< not empty
  said,  ///< more than spaces
  contest_id,
  bundle_id,
  digest,
  digests,  ///< sorted, none twice
  count,    ///< 0 and more
  some,     ///< 1 and more
  pass,
  ballot,
  seq,
  marks,
  flags,
  invalid,
  method,
  object
};

struct Field {
  std::string_view key;
  Type type;
  bool required;
};

constexpr bool kMust = true;
constexpr bool kMay = false;

constexpr Field kOpened[] = {{"congress", Type::text, kMust},
                             {"purpose", Type::text, kMust},
                             {"record", Type::text, kMust},
                             {"sha256", Type::digest, kMust}};
constexpr Field kContest[] = {{"contest", Type::object, kMust}};
constexpr Field kElectorate[] = {{"contest", Type::contest_id, kMust},
                                 {"electorate", Type::object, kMust},
                                 {"note", Type::any_text, kMay}};
constexpr Field kBox[] = {{"contest", Type::contest_id, kMust}, {"issued", Type::count, kMust},
                          {"returned", Type::count, kMust},     {"spoiled", Type::count, kMay},
                          {"seal", Type::any_text, kMay},       {"replaces", Type::seq, kMay},
                          {"note", Type::any_text, kMay}};
constexpr Field kBundle[] = {{"contest", Type::contest_id, kMust},
                             {"bundle", Type::bundle_id, kMust},
                             {"pass", Type::pass, kMust},
                             {"sha256", Type::digest, kMust},
                             {"ballots", Type::some, kMust},
                             {"station", Type::text, kMust},
                             {"by", Type::said, kMay},
                             {"method", Type::method, kMust},
                             {"counted", Type::count, kMay},
                             {"manifest", Type::digest, kMust},
                             {"signers", Type::digests, kMust}};
constexpr Field kRetracted[] = {{"contest", Type::contest_id, kMust},
                                {"bundle", Type::bundle_id, kMust},
                                {"pass", Type::pass, kMust},
                                {"seq", Type::seq, kMust},
                                {"note", Type::said, kMust}};
constexpr Field kCorrection[] = {{"contest", Type::contest_id, kMust}, {"bundle", Type::bundle_id, kMust},
                                 {"pass", Type::pass, kMust},          {"ballot", Type::ballot, kMust},
                                 {"marks", Type::marks, kMust},        {"flags", Type::flags, kMust},
                                 {"note", Type::said, kMust},          {"replaces", Type::seq, kMay}};
constexpr Field kRuling[] = {{"contest", Type::contest_id, kMust}, {"bundle", Type::bundle_id, kMust},
                             {"ballot", Type::ballot, kMust},      {"marks", Type::marks, kMay},
                             {"invalid", Type::invalid, kMay},     {"note", Type::said, kMust},
                             {"replaces", Type::seq, kMay}};
constexpr Field kConfirmed[] = {{"contest", Type::contest_id, kMust}, {"ballots", Type::some, kMust}};
constexpr Field kDecision[] = {{"contest", Type::contest_id, kMust}, {"action", Type::text, kMust},
                               {"votes_for", Type::count, kMust},    {"of", Type::some, kMust},
                               {"note", Type::said, kMust},          {"opens", Type::object, kMay},
                               {"alternates", Type::some, kMay}};
constexpr Field kResult[] = {{"contest", Type::contest_id, kMust},
                             {"sha256", Type::digest, kMust},
                             {"result", Type::object, kMust},
                             {"replaces", Type::seq, kMay}};
constexpr Field kReopened[] = {
    {"contest", Type::contest_id, kMust}, {"result", Type::seq, kMust}, {"note", Type::said, kMust}};
constexpr Field kSigned[] = {{"contest", Type::contest_id, kMust},
                             {"result", Type::seq, kMust},
                             {"sha256", Type::digest, kMust},
                             {"certificate", Type::digest, kMust},
                             {"p7s", Type::text, kMust}};
constexpr Field kNote[] = {{"text", Type::text, kMust}};

struct KindRow {
  std::string_view word;
  std::span<const Field> fields;
};
// In the order of Kind.
constexpr std::array<KindRow, 15> kKinds = {{{"opened", kOpened},
                                             {"contest", kContest},
                                             {"electorate", kElectorate},
                                             {"box", kBox},
                                             {"bundle", kBundle},
                                             {"retracted", kRetracted},
                                             {"correction", kCorrection},
                                             {"ruling", kRuling},
                                             {"confirmed", kConfirmed},
                                             {"decision", kDecision},
                                             {"result", kResult},
                                             {"reopened", kReopened},
                                             {"signed", kSigned},
                                             {"note", kNote},
                                             {"closed", {}}}};

bool only(std::string_view text, std::string_view alphabet, std::size_t most) {
  return !text.empty() && text.size() <= most && text.find_first_not_of(alphabet) == std::string_view::npos;
}

bool within(const Json& value, std::int64_t least, std::int64_t most) {
  return value.is_integer() && least <= value.integer() && value.integer() <= most;
}

// A name or a reason of nothing but spaces is none.
bool is_said(std::string_view text) {
  return !name_key(text).empty();
}

bool is_digest_list(const Json& value) {
  if (!value.is_array()) return false;
  const Json::Array& digests = value.array();
  const bool all = std::all_of(digests.begin(), digests.end(),
                               [](const Json& one) { return one.is_string() && is_digest(one.string()); });
  return all && std::adjacent_find(digests.begin(), digests.end(), [](const Json& a, const Json& b) {
                  return a.string() >= b.string();
                }) == digests.end();
}

bool text_fits(std::string_view text, Type type) {
  switch (type) {
    case Type::any_text:
      return true;
    case Type::said:
      return is_said(text);
    case Type::contest_id:
      return only(text, "abcdefghijklmnopqrstuvwxyz0123456789-", 32);
    case Type::bundle_id:
      return only(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-", 16);
    case Type::digest:
      return is_digest(text);
    case Type::marks:
      return only(text, "abcd.*?", text.size());
    case Type::flags:
      return parse_flags(text).has_value();
    case Type::invalid: {
      const std::optional<Reason> reason = reason_named(text);
      return reason && can_be_ruled(*reason);
    }
    case Type::method:
      return text == "keyed" || text == "scanned" || text == "imported";
    default:
      break;
  }
  return !text.empty();
}

bool fits(const Json& value, Type type) {
  switch (type) {
    case Type::count:
      return within(value, 0, kMostPeople);
    case Type::some:
      return within(value, 1, kMostPeople);
    case Type::pass:
      return within(value, 1, kMostPass);
    case Type::ballot:
      return within(value, 1, kMostBallotNumber);
    case Type::seq:
      return within(value, 0, kMostInteger);
    case Type::object:
      return value.is_object();
    case Type::digests:
      return is_digest_list(value);
    default:
      break;
  }
  return value.is_string() && text_fits(value.string(), type);
}

// The pointer of the first member that should not be there, is not there, or is of another type; "" when all
// is well.
std::string first_misfit(const Json& body, std::span<const Field> fields) {
  for (const Json::Member& member : body.members()) {
    const auto it = std::find_if(fields.begin(), fields.end(),
                                 [&](const Field& field) { return field.key == member.first; });
    if (it == fields.end() || !fits(member.second, it->type)) return pointer_to("/body", member.first);
  }
  for (const Field& field : fields) {
    if (field.required && body.find(field.key) == nullptr) return pointer_to("/body", field.key);
  }
  return {};
}

bool are_people(const Json& by) {
  if (!by.is_array() || by.array().empty() || by.array().size() > 2) return false;
  for (const Json& name : by.array()) {
    if (!name.is_string() || !is_said(name.string())) return false;
  }
  return by.array().size() == 1 || name_key(by.array()[0].string()) != name_key(by.array()[1].string());
}

bool has_entry_keys(const Json& json) {
  constexpr std::array<std::string_view, 5> kKeys = {"at", "body", "by", "kind", "seq"};
  return json.is_object() &&
         std::equal(json.members().begin(), json.members().end(), kKeys.begin(), kKeys.end(),
                    [](const Json::Member& m, std::string_view key) { return m.first == key; });
}

std::optional<Kind> kind_named(const Json& kind) {
  if (!kind.is_string()) return std::nullopt;
  const auto it = std::find_if(kKinds.begin(), kKinds.end(),
                               [&](const KindRow& row) { return row.word == kind.string(); });
  if (it == kKinds.end()) return std::nullopt;
  return static_cast<Kind>(it - kKinds.begin());
}

bool is_marks_or_invalid(const Entry& entry) {
  return entry.kind != Kind::ruling ||
         (entry.body.find("marks") != nullptr) != (entry.body.find("invalid") != nullptr);
}

}  // namespace

Result<Entry> parse_entry(std::string_view bytes, std::uint64_t line) {
  Result<Json> json = read_json(bytes, {"record.jsonl", line + 1}, Form::canonical);
  if (!json) return json.findings();
  if (!has_entry_keys(*json)) return finding(Code::verify_entry_keys, place_of(line));
  const std::optional<Kind> kind = kind_named(json->at("kind"));
  if (!kind) return finding(Code::verify_entry_kind, place_of(line, "/kind"));
  if (!within(json->at("seq"), 0, kMostInteger))
    return finding(Code::verify_entry_body, place_of(line, "/seq"));

  Entry entry;
  entry.line = line;
  entry.seq = json->at("seq").integer();
  entry.kind = *kind;
  const Json& at = json->at("at");
  const std::optional<std::int64_t> seconds = at.is_string() ? seconds_of(at.string()) : std::nullopt;
  if (!seconds) return finding(Code::verify_entry_time, place_of(line, "/at"));
  entry.at = at.string();
  entry.seconds = *seconds;
  if (!are_people(json->at("by"))) return finding(Code::verify_entry_people, place_of(line, "/by"));
  for (const Json& name : json->at("by").array()) entry.by.push_back(name.string());
  entry.body = json->at("body");
  if (!entry.body.is_object()) return finding(Code::verify_entry_body, place_of(line, "/body"));
  const std::string misfit = first_misfit(entry.body, kKinds[static_cast<std::size_t>(*kind)].fields);
  if (!misfit.empty()) return finding(Code::verify_entry_body, place_of(line, misfit));
  if (!is_marks_or_invalid(entry)) return finding(Code::verify_entry_body, place_of(line, "/body"));
  return entry;
}

std::string_view word(Kind kind) {
  return kKinds[static_cast<std::size_t>(kind)].word;
}

std::string place_of(std::uint64_t line, std::string_view pointer) {
  std::string place = "record.jsonl:" + std::to_string(line + 1);
  if (!pointer.empty()) place.append("#").append(pointer);
  return place;
}

const std::string& text_at(const Entry& entry, std::string_view key) {
  return entry.body.at(key).string();
}

std::int64_t number_at(const Entry& entry, std::string_view key) {
  return entry.body.at(key).integer();
}

std::string text_or_empty(const Entry& entry, std::string_view key) {
  const Json* value = entry.body.find(key);
  return value == nullptr ? std::string() : value->string();
}

std::int64_t number_or_none(const Entry& entry, std::string_view key) {
  const Json* value = entry.body.find(key);
  return value == nullptr ? -1 : value->integer();
}

}  // namespace kp::verify
