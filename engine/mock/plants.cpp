#include "mock/plants.h"

#include <algorithm>
#include <array>

namespace kp {
namespace {

constexpr auto kPlants = std::to_array<Plant>({
#define KP_PLANT(name, word, stage, finder, finds, rule, notice_vi, notice_en, then_vi, then_en) \
  {PlantKind::name, word,         PlantStage::stage,          PlantFinder::finder,               \
   finds,           RuleId::rule, Text{notice_vi, notice_en}, Text{then_vi, then_en}},
#include "mock/plants.def"
#undef KP_PLANT
});

// The text or the whole number at `key`, or nothing when it is absent; of another type it is a fault.
template <class Value>
bool take(const Json& json, std::string_view key, Value& value) {
  const Json* found = json.find(key);
  if (found == nullptr) return true;
  if constexpr (std::is_same_v<Value, std::string>) {
    if (!found->is_string()) return false;
    value = found->string();
  } else {
    if (!found->is_integer()) return false;
    value = found->integer();
  }
  return true;
}

std::optional<Planted> parse_one(const Json& json) {
  Planted planted;
  std::string fault;
  if (!json.is_object() || !take(json, "fault", fault)) return std::nullopt;
  const std::optional<PlantKind> kind = plant_named(fault);
  if (!kind) return std::nullopt;
  planted.fault = *kind;
  if (const Json* rows = json.find("rows")) {
    if (!rows->is_array()) return std::nullopt;
    for (const Json& row : rows->array()) {
      if (!row.is_integer()) return std::nullopt;
      planted.rows.push_back(row.integer());
    }
  }
  const bool taken = take(json, "contest", planted.contest) && take(json, "bundle", planted.bundle) &&
                     take(json, "pass", planted.pass) && take(json, "ballot", planted.ballot) &&
                     take(json, "marks", planted.marks) && take(json, "count", planted.count) &&
                     take(json, "of", planted.of);
  if (!taken) return std::nullopt;
  return planted;
}

}  // namespace

std::span<const Plant> plants() {
  return kPlants;
}

const Plant& plant_row(PlantKind kind) {
  return kPlants[static_cast<std::size_t>(kind)];
}

std::optional<PlantKind> plant_named(std::string_view word) {
  const auto* const row =
      std::find_if(kPlants.begin(), kPlants.end(), [&](const Plant& plant) { return plant.word == word; });
  if (row == kPlants.end()) return std::nullopt;
  return row->kind;
}

std::string_view word(PlantStage stage) {
  constexpr std::array<std::string_view, 5> kWords = {"list", "bundles", "count", "outcome", "dossier"};
  return kWords[static_cast<std::size_t>(stage)];
}

std::string_view word(PlantFinder finder) {
  constexpr std::array<std::string_view, 6> kWords = {"check", "import", "compare",
                                                      "gate",  "result", "verify"};
  return kWords[static_cast<std::size_t>(finder)];
}

Text spoken(PlantStage stage) {
  constexpr std::array<Text, 5> kTexts = {
      Text{"khi soát danh sách, trước khi mở sổ", "while the list is proofread, before the record is opened"},
      Text{"khi nhận các xấp phiếu", "when the bundles come in"},
      Text{"khi so các lượt nhập và đối chiếu số phiếu", "when passes are compared and figures reconciled"},
      Text{"khi có kết quả", "in the result"},
      Text{"sau đại hội, khi kiểm tra hồ sơ", "afterwards, when the dossier is verified"}};
  return kTexts[static_cast<std::size_t>(stage)];
}

std::string where(const Planted& planted) {
  std::string place = planted.contest;
  if (!planted.bundle.empty()) place += "/" + planted.bundle;
  if (planted.ballot != 0) place += "/" + std::to_string(planted.ballot);
  return place;
}

Json to_json(const Planted& planted) {
  Json::Object object = {
      {"fault", plant_row(planted.fault).word}, {"where", where(planted)}, {"contest", planted.contest}};
  if (!planted.bundle.empty()) object.emplace_back("bundle", planted.bundle);
  if (planted.pass != 0) object.emplace_back("pass", planted.pass);
  if (planted.ballot != 0) object.emplace_back("ballot", planted.ballot);
  if (!planted.marks.empty()) object.emplace_back("marks", planted.marks);
  if (planted.count != 0) object.emplace_back("count", planted.count);
  if (!planted.of.empty()) object.emplace_back("of", planted.of);
  if (!planted.rows.empty()) {
    Json::Array rows;
    for (const std::int64_t row : planted.rows) rows.emplace_back(row);
    object.emplace_back("rows", std::move(rows));
  }
  return Json::object(std::move(object));
}

Result<std::vector<Planted>> parse_planted(const Json& answers, const std::string& file) {
  const Json* list = answers.is_object() ? answers.find("planted") : nullptr;
  std::string format;
  if (list == nullptr || !list->is_array() || !take(answers, "format", format) || format != kAnswersFormat)
    return finding(Code::mock_answers, file);
  std::vector<Planted> planted;
  for (const Json& json : list->array()) {
    std::optional<Planted> one = parse_one(json);
    if (!one) return finding(Code::mock_answers, file);
    planted.push_back(std::move(*one));
  }
  return planted;
}

}  // namespace kp
