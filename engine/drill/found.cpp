#include "drill/found.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/text.h"

namespace kp {
namespace {

constexpr auto kOutcomes =
    std::to_array<std::string_view>({"filled", "short", "tied", "exhausted", "void", "done"});

Finding wrong(std::string where, std::string why) {
  return finding(Code::drill_found_form, std::move(where), {std::move(why)});
}

std::vector<std::string> split(std::string_view text, char by) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t at = text.find(by);
    parts.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  constexpr std::int64_t kMost = 1'000'000'000;
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && 0 <= value && value <= kMost ? std::optional(value) : std::nullopt;
}

std::optional<PlantKind> kind_in(const std::string& text) {
  if (const std::optional<PlantKind> named = plant_named(text)) return named;
  const std::optional<std::int64_t> number = number_in(text);
  const auto count = static_cast<std::int64_t>(plants().size());
  if (!number || *number < 1 || *number > count) return std::nullopt;
  return plants()[static_cast<std::size_t>(*number - 1)].kind;
}

bool is_outcome(std::string_view text) {
  return std::find(kOutcomes.begin(), kOutcomes.end(), text) != kOutcomes.end();
}

const std::string* text_at(const Json& object, std::string_view key) {
  const Json* value = object.is_object() ? object.find(key) : nullptr;
  return value != nullptr && value->is_string() ? &value->string() : nullptr;
}

std::optional<std::int64_t> number_at(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  return value != nullptr && value->is_integer() && value->integer() >= 0 ? std::optional(value->integer())
                                                                          : std::nullopt;
}

/// Walks a file of this form, gathering all that is wrong.
class FoundReader {
 public:
  explicit FoundReader(std::string file) : file_(std::move(file)) {}

  Result<Found> read(const Json& json) {
    const std::string* format = text_at(json, "format");
    if (format == nullptr || *format != kFoundFormat)
      return wrong(file_ + "#/format", std::string(kFoundFormat));
    each(json, "faults", [&](const Json& item, const std::string& at) { fault(item, at); });
    each(json, "rulings", [&](const Json& item, const std::string& at) { ruling(item, at); });
    each(json, "results", [&](const Json& item, const std::string& at) { result(item, at); });
    for (const Json::Member& member : json.members()) {
      constexpr auto kKeys = std::to_array<std::string_view>({"faults", "format", "results", "rulings"});
      if (std::find(kKeys.begin(), kKeys.end(), member.first) == kKeys.end())
        findings_.push_back(wrong(file_ + "#" + pointer_to("", member.first), "faults rulings results"));
    }
    if (!findings_.empty()) return findings_;
    return std::move(found_);
  }

 private:
  template <class Take>
  void each(const Json& json, std::string_view key, Take take) {
    const Json* list = json.find(key);
    if (list == nullptr) return;
    const std::string at = pointer_to("", key);
    if (!list->is_array()) {
      findings_.push_back(wrong(file_ + "#" + at, "[ ]"));
      return;
    }
    for (std::size_t i = 0; i < list->array().size(); ++i)
      take(list->array()[i], file_ + "#" + pointer_to(at, i));
  }

  void fault(const Json& item, const std::string& at) {
    const std::string* fault = text_at(item, "fault");
    const std::string* where = text_at(item, "where");
    const std::optional<PlantKind> kind = fault == nullptr ? std::nullopt : plant_named(*fault);
    if (!kind || where == nullptr) {
      findings_.push_back(wrong(at, "fault, where"));
      return;
    }
    found_.faults.push_back({*kind, tidy_place(*where)});
  }

  void ruling(const Json& item, const std::string& at) {
    const std::string* where = text_at(item, "where");
    const std::string* ruling = text_at(item, "ruling");
    if (where == nullptr || ruling == nullptr) {
      findings_.push_back(wrong(at, "where, ruling"));
      return;
    }
    found_.rulings.push_back({tidy_place(*where), *ruling});
  }

  void result(const Json& item, const std::string& at) {
    const std::string* contest = text_at(item, "contest");
    const std::string* outcome = text_at(item, "outcome");
    const Json* elected = item.is_object() ? item.find("elected") : nullptr;
    const bool texts = contest != nullptr && outcome != nullptr && is_outcome(*outcome);
    if (!texts || !number_at(item, "valid") || !number_at(item, "invalid") ||
        (elected != nullptr && !elected->is_array())) {
      findings_.push_back(wrong(at, "contest, outcome, elected, valid, invalid"));
      return;
    }
    FoundResult read{*contest, *outcome, {}, *number_at(item, "valid"), *number_at(item, "invalid")};
    for (const Json& no : elected == nullptr ? Json::Array() : elected->array()) {
      if (no.is_integer()) {
        read.elected.push_back(no.integer());
      } else {
        findings_.push_back(wrong(at + "/elected", "1, 2, 3 …"));
      }
    }
    found_.results.push_back(std::move(read));
  }

  std::string file_;
  Found found_;
  Findings findings_;
};

}  // namespace

std::string tidy_place(std::string_view where) {
  std::string place;
  for (std::string step : split(where, '/')) {
    step = tidied(step);
    // Bundle 001 is spoken of as bundle 1.
    const std::size_t zeros = std::min(step.find_first_not_of('0'), step.size());
    if (number_in(step) && zeros > 0 && zeros < step.size()) step.erase(0, zeros);
    place += (place.empty() ? "" : "/") + step;
  }
  return place;
}

Result<Found> parse_found(const Json& json, const std::string& file) {
  return FoundReader(file).read(json);
}

Json to_json(const Found& found) {
  Json::Array faults;
  for (const FoundFault& fault : found.faults)
    faults.push_back(Json::object({{"fault", plant_row(fault.fault).word}, {"where", fault.where}}));
  Json::Array rulings;
  for (const FoundRuling& ruling : found.rulings)
    rulings.push_back(Json::object({{"where", ruling.where}, {"ruling", ruling.ruling}}));
  Json::Array results;
  for (const FoundResult& result : found.results) {
    Json::Array elected(result.elected.begin(), result.elected.end());
    results.push_back(Json::object({{"contest", result.contest},
                                    {"outcome", result.outcome},
                                    {"elected", std::move(elected)},
                                    {"valid", result.valid},
                                    {"invalid", result.invalid}}));
  }
  return Json::object({{"format", kFoundFormat},
                       {"faults", std::move(faults)},
                       {"rulings", std::move(rulings)},
                       {"results", std::move(results)}});
}

Result<FoundFault> fault_from_words(std::string_view words) {
  const std::string line = tidied(words);
  const std::size_t space = line.find(' ');
  const std::optional<PlantKind> kind = kind_in(line.substr(0, space));
  if (!kind || space == std::string::npos) return wrong(line, "typist committee/001/12");
  return FoundFault{*kind, tidy_place(line.substr(space + 1))};
}

Result<FoundRuling> ruling_from_words(std::string_view words) {
  const std::string line = tidied(words);
  const std::size_t space = line.find(' ');
  if (space == std::string::npos) return wrong(line, "committee/001/12 aa.a");
  return FoundRuling{tidy_place(line.substr(0, space)), line.substr(space + 1)};
}

Result<FoundResult> result_from_words(std::string_view words) {
  const std::string line = tidied(words);
  const std::vector<std::string> parts = split(line, ' ');
  const Finding bad = wrong(line, "committee filled 1,2,5 58 2");
  constexpr std::size_t kParts = 5;
  if (parts.size() != kParts || !is_outcome(parts[1])) return bad;
  const std::optional<std::int64_t> valid = number_in(parts[3]);
  const std::optional<std::int64_t> invalid = number_in(parts[4]);
  if (!valid || !invalid) return bad;
  FoundResult result{parts[0], parts[1], {}, *valid, *invalid};
  if (parts[2] == "-") return result;
  for (const std::string& part : split(parts[2], ',')) {
    const std::optional<std::int64_t> no = number_in(part);
    if (!no) return bad;
    result.elected.push_back(*no);
  }
  return result;
}

FoundResult found_in_result(const Json& result) {
  const Json& ballots = result.at("ballots");
  FoundResult found{result.at("contest").at("id").string(),
                    result.at("outcome").string(),
                    {},
                    ballots.at("valid").integer(),
                    ballots.at("invalid").integer()};
  if (const Json* elected = result.find("elected")) {
    for (const Json& no : elected->array()) found.elected.push_back(no.integer());
  }
  return found;
}

}  // namespace kp
