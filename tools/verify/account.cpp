#include "verify/account.h"

namespace kp::verify {

Happening happening_of(const Entry& entry, bool in_order) {
  Happening kept{entry, in_order};
  Json::Object body;
  for (const auto& [key, value] : entry.body.members()) {
    if (key == "marks" || key == "flags" || key == "p7s") continue;
    // Of a contest that a decision opens, its id will do.
    const Json* id = value.is_object() ? value.find("id") : nullptr;
    if (!value.is_object()) {
      body.emplace_back(key, value);
    } else if (id != nullptr) {
      body.emplace_back(key, *id);
    }
  }
  kept.entry.body = Json::object(std::move(body));
  return kept;
}

}  // namespace kp::verify
