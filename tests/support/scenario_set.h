// The scenario set as files: where it lies, and its lines.
#pragma once

#include <filesystem>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/json.h"

namespace kp::test {

inline std::filesystem::path set_folder() {
  return std::filesystem::path(KP_SOURCE_DIR) / "testdata" / "scenario-set";
}

inline std::vector<Json> lines_of(const std::filesystem::path& file) {
  std::vector<Json> lines;
  std::istringstream text(read_file(file.string(), 1U << 24U).value());
  for (std::string line; std::getline(text, line);) lines.push_back(parse_json(line, file.string()).value());
  return lines;
}

inline std::string text_or(const Json& object, std::string_view key, const std::string& otherwise) {
  const Json* value = object.find(key);
  return value == nullptr ? otherwise : value->string();
}

}  // namespace kp::test
