#include "verify/canon.h"

#include <string_view>

namespace kp::verify {
namespace {

void write_text(std::string& out, const std::string& text) {
  constexpr std::string_view kEscaped = "\"\\\b\f\n\r\t";
  constexpr std::string_view kLetters = "\"\\bfnrt";
  constexpr std::string_view kHex = "0123456789abcdef";
  out.push_back('"');
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (const std::size_t at = kEscaped.find(c); at != std::string_view::npos) {
      out.push_back('\\');
      out.push_back(kLetters[at]);
    } else if (byte < 0x20U) {
      out += "\\u00";
      out.push_back(kHex[byte >> 4U]);
      out.push_back(kHex[byte & 0x0FU]);
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

void write_value(std::string& out, const Json& value);

template <class Items, class Write>
void write_list(std::string& out, const Items& items, Write write) {
  bool first = true;
  for (const auto& item : items) {
    if (!first) out.push_back(',');
    first = false;
    write(item);
  }
}

void write_value(std::string& out, const Json& value) {
  if (value.is_null()) {
    out += "null";
  } else if (value.is_bool()) {
    out += value.boolean() ? "true" : "false";
  } else if (value.is_integer()) {
    out += std::to_string(value.integer());
  } else if (value.is_string()) {
    write_text(out, value.string());
  } else if (value.is_array()) {
    out.push_back('[');
    write_list(out, value.array(), [&](const Json& element) { write_value(out, element); });
    out.push_back(']');
  } else {
    out.push_back('{');
    write_list(out, value.members(), [&](const Json::Member& member) {
      write_text(out, member.first);
      out.push_back(':');
      write_value(out, member.second);
    });
    out.push_back('}');
  }
}

}  // namespace

std::string canonical_bytes(const Json& value) {
  std::string out;
  write_value(out, value);
  return out;
}

std::string percent_text(std::int64_t n, std::int64_t base) {
  if (base == 0) return "0.00";
  constexpr std::int64_t kHundredths = 10000;
  // Divided in two stages, so that nothing overflows: whole times, then the rest in hundredths of a percent.
  const std::int64_t rest = n % base;
  std::int64_t hundredths = n / base * kHundredths + rest * kHundredths / base;
  if (2 * (rest * kHundredths % base) >= base) ++hundredths;
  const std::string digits = std::to_string(hundredths % 100);
  return std::to_string(hundredths / 100) + (digits.size() == 1 ? ".0" : ".") + digits;
}

}  // namespace kp::verify
