#include "verify/difference.h"

#include <algorithm>

#include "verify/canon.h"

namespace kp::verify {
namespace {

constexpr std::size_t kMostShown = 80;

// A scalar in full; of anything larger, that it is one: a report is no place for a whole list.
std::string shown(const Json* value) {
  if (value == nullptr) return "-";
  if (value->is_object()) return "{…}";
  if (value->is_array()) return "[" + std::to_string(value->array().size()) + " …]";
  std::string text = canonical_bytes(*value);
  if (text.size() <= kMostShown) return text;
  std::size_t end = kMostShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
    --end;  // not within a character
  return text.substr(0, end) + "…";
}

/// Walks two values side by side.
class Comparison {
 public:
  explicit Comparison(std::size_t most) : most_(most) {}

  void compare(const std::string& pointer, const Json* expected, const Json* found) {
    if (differences_.size() >= most_) return;
    if (expected != nullptr && found != nullptr && expected->is_object() && found->is_object()) {
      return compare_members(pointer, *expected, *found);
    }
    if (expected != nullptr && found != nullptr && expected->is_array() && found->is_array()) {
      return compare_elements(pointer, expected->array(), found->array());
    }
    const bool same = expected != nullptr && found != nullptr && *expected == *found;
    if (!same) differences_.push_back({pointer, shown(found), shown(expected)});
  }

  std::vector<Difference> finish() && { return std::move(differences_); }

 private:
  void compare_members(const std::string& pointer, const Json& expected, const Json& found) {
    for (const auto& [key, value] : expected.members())
      compare(pointer_to(pointer, key), &value, found.find(key));
    for (const auto& [key, value] : found.members()) {
      if (expected.find(key) == nullptr) compare(pointer_to(pointer, key), nullptr, &value);
    }
  }

  void compare_elements(const std::string& pointer, const Json::Array& expected, const Json::Array& found) {
    for (std::size_t i = 0; i < std::max(expected.size(), found.size()); ++i) {
      compare(pointer_to(pointer, i), i < expected.size() ? &expected[i] : nullptr,
              i < found.size() ? &found[i] : nullptr);
    }
  }

  std::size_t most_;
  std::vector<Difference> differences_;
};

}  // namespace

std::vector<Difference> differences(const Json& expected, const Json& found, std::size_t most) {
  Comparison comparison(most);
  comparison.compare({}, &expected, &found);
  return std::move(comparison).finish();
}

}  // namespace kp::verify
