// One entry of the record: when, who, what (docs/formats.md §4).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace kp {

struct Entry {
  std::int64_t seq = 0;
  std::string at;               ///< RFC 3339, UTC, whole seconds
  std::vector<std::string> by;  ///< one or two people
  std::string kind;
  Json body;
};

/// Purpose: an entry's canonical bytes.
std::string entry_bytes(const Entry& entry);

/// Purpose: an entry back from its bytes.
/// Errors: record/entry when the bytes are not an entry numbered `seq`.
Result<Entry> parse_entry(std::string_view bytes, std::int64_t seq);

/// Reads the keys of a JSON object one by one and remembers whether all went well, so that a reader of many
/// keys asks once. A missing key or a wrong type gives an empty value and good() turns false.
class Fields {
 public:
  explicit Fields(const Json& json) : json_(json), good_(json.is_object()) {}

  std::string text(std::string_view key);
  std::int64_t integer(std::string_view key);
  Json object(std::string_view key);
  std::vector<std::string> texts(std::string_view key);
  /// Whether the key is there at all; reading it is still to be done.
  [[nodiscard]] bool has(std::string_view key) const;

  /// Purpose: whether every key that was read was there, and no other key is.
  [[nodiscard]] bool good() const;

 private:
  const Json* take(std::string_view key);

  const Json& json_;
  bool good_;
  std::size_t taken_ = 0;
};

}  // namespace kp
