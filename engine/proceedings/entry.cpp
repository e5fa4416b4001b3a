#include "proceedings/entry.h"

#include "base/canon.h"

namespace kp {

const Json* Fields::take(std::string_view key) {
  const Json* value = json_.is_object() ? json_.find(key) : nullptr;
  if (value == nullptr) good_ = false;
  ++taken_;
  return value;
}

bool Fields::has(std::string_view key) const {
  return json_.is_object() && json_.find(key) != nullptr;
}

std::string Fields::text(std::string_view key) {
  const Json* value = take(key);
  if (value != nullptr && value->is_string()) return value->string();
  good_ = false;
  return {};
}

std::int64_t Fields::integer(std::string_view key) {
  const Json* value = take(key);
  if (value != nullptr && value->is_integer()) return value->integer();
  good_ = false;
  return 0;
}

Json Fields::object(std::string_view key) {
  const Json* value = take(key);
  if (value != nullptr && value->is_object()) return *value;
  good_ = false;
  return {};
}

std::vector<std::string> Fields::texts(std::string_view key) {
  std::vector<std::string> texts;
  const Json* value = take(key);
  if (value == nullptr || !value->is_array()) {
    good_ = false;
    return texts;
  }
  for (const Json& element : value->array()) {
    if (!element.is_string()) {
      good_ = false;
      return texts;
    }
    texts.push_back(element.string());
  }
  return texts;
}

bool Fields::good() const {
  return good_ && taken_ == json_.members().size();
}

std::string entry_bytes(const Entry& entry) {
  Json::Array by;
  for (const std::string& name : entry.by) by.emplace_back(name);
  return canonical(Json::object({{"at", entry.at},
                                 {"body", entry.body},
                                 {"by", std::move(by)},
                                 {"kind", entry.kind},
                                 {"seq", entry.seq}}));
}

Result<Entry> parse_entry(std::string_view bytes, std::int64_t seq) {
  const Finding no_entry = finding(Code::record_entry, {}, {std::to_string(seq)});
  const Result<Json> json = parse_json(bytes, {});
  if (!json) return no_entry;
  Fields fields(*json);
  Entry entry;
  entry.seq = fields.integer("seq");
  entry.at = fields.text("at");
  entry.kind = fields.text("kind");
  entry.by = fields.texts("by");
  entry.body = fields.object("body");
  if (!fields.good() || entry.seq != seq || entry.by.empty() || entry.by.size() > 2) return no_entry;
  return entry;
}

}  // namespace kp
