#include "base/canon.h"

#include <fmt/format.h>

#include <iterator>

namespace kp {
namespace {

void write_string(std::string_view text, std::string& out) {
  out.push_back('"');
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (const auto byte = static_cast<unsigned char>(c); byte < 0x20) {
          fmt::format_to(std::back_inserter(out), "\\u{:04x}", byte);
        } else {
          out.push_back(c);
        }
    }
  }
  out.push_back('"');
}

void write(const Json& value, std::string& out) {
  if (value.is_null()) {
    out += "null";
  } else if (value.is_bool()) {
    out += value.boolean() ? "true" : "false";
  } else if (value.is_integer()) {
    KP_ASSERT(-kMostInteger <= value.integer() && value.integer() <= kMostInteger);
    out += std::to_string(value.integer());
  } else if (value.is_string()) {
    write_string(value.string(), out);
  } else if (value.is_array()) {
    char before = '[';
    for (const Json& element : value.array()) {
      out.push_back(before);
      write(element, out);
      before = ',';
    }
    out += before == '[' ? "[]" : "]";
  } else {
    char before = '{';
    for (const auto& [key, member] : value.members()) {
      out.push_back(before);
      write_string(key, out);
      out.push_back(':');
      write(member, out);
      before = ',';
    }
    out += before == '{' ? "{}" : "}";
  }
}

}  // namespace

std::string canonical(const Json& value) {
  std::string out;
  write(value, out);
  return out;
}

}  // namespace kp
