// JSON as this project admits it: strict on reading, and a small value type to hold it.
//
// Read here means refused unless it is UTF-8 without a byte order mark, NFC, without control characters in
// its texts, without duplicate keys, without lone surrogates, with integers only, −2^53 < n < 2^53 (contract
// §2). Whether the keys are the right ones is judged by the schema (contest/schema.h), not here.
//
// Writing stands apart in canon.h, because the independent verifier reads with this file but writes with its
// own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"

namespace kp {

/// The greatest integer that canonical JSON may hold, 2^53 − 1, and with a minus sign the least.
inline constexpr std::int64_t kMostInteger = 9007199254740991;

/// An immutable-by-habit JSON value. Object keys are unique and sorted by byte.
class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;

  Json() = default;  ///< null
  Json(bool value) : value_(value) {}
  Json(int value) : value_(std::int64_t{value}) {}
  Json(std::int64_t value) : value_(value) {}
  Json(std::uint32_t value) : value_(std::int64_t{value}) {}
  Json(std::string value) : value_(std::move(value)) {}
  Json(std::string_view value) : value_(std::string(value)) {}
  Json(const char* value) : value_(std::string(value)) {}
  Json(Array value) : value_(std::move(value)) {}

  /// Purpose: an object of the given members, in any order. A repeated key is a bug.
  static Json object(Object members);

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  [[nodiscard]] bool is_bool() const { return std::holds_alternative<bool>(value_); }
  [[nodiscard]] bool is_integer() const { return std::holds_alternative<std::int64_t>(value_); }
  [[nodiscard]] bool is_string() const { return std::holds_alternative<std::string>(value_); }
  [[nodiscard]] bool is_array() const { return std::holds_alternative<Array>(value_); }
  [[nodiscard]] bool is_object() const { return std::holds_alternative<Object>(value_); }

  // Each of these asks for a value of just that type; another type is a bug.
  [[nodiscard]] bool boolean() const { return get<bool>(); }
  [[nodiscard]] std::int64_t integer() const { return get<std::int64_t>(); }
  [[nodiscard]] const std::string& string() const { return get<std::string>(); }
  [[nodiscard]] const Array& array() const { return get<Array>(); }
  [[nodiscard]] const Object& members() const { return get<Object>(); }

  /// Purpose: the member `key` of an object, or null when it is absent. Cost: logarithmic.
  [[nodiscard]] const Json* find(std::string_view key) const;
  /// Purpose: the member `key`, which must be there.
  [[nodiscard]] const Json& at(std::string_view key) const;
  /// Purpose: puts `value` at `key` of an object, in its place by byte order.
  void set(std::string_view key, Json value);

  bool operator==(const Json&) const = default;

 private:
  template <class T>
  [[nodiscard]] const T& get() const {
    KP_ASSERT(std::holds_alternative<T>(value_));
    return std::get<T>(value_);
  }

  std::variant<std::monostate, bool, std::int64_t, std::string, Array, Object> value_;
};

/// Purpose: reads one JSON text.
/// In: `bytes` as they came; `file` names them in findings.
/// Errors: json/empty json/bom json/utf-8 json/surrogate json/syntax (file:line:column) · json/duplicate-key
///         json/not-integer json/integer-range json/not-nfc json/control-character json/depth (JSON pointer)
/// Rules: contract §2; RFC 8259.
/// Cost: linear in `bytes`; memory a small multiple of it.
Result<Json> parse_json(std::string_view bytes, const std::string& file);

/// A JSON text with its faults: what could be read of it, for whoever looks for further ones.
struct FaultyJson {
  /// Nothing when the text ends before it is a value; else the whole, with 0 for a number that is refused and
  /// the first of two equal keys.
  std::optional<Json> value;
  Findings findings;
};

/// Purpose: the same reading as parse_json, for telling all that is wrong at once. Never to be acted upon
/// when there are findings.
FaultyJson parse_faulty_json(std::string_view bytes, const std::string& file);

/// Purpose: one more step of a JSON pointer (RFC 6901): `pointer` + "/" + the escaped `step`.
std::string pointer_to(std::string_view pointer, std::string_view step);
std::string pointer_to(std::string_view pointer, std::size_t index);

}  // namespace kp
