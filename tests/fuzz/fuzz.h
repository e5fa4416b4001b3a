// Fuzz targets: what must hold for any bytes whatever. A broken promise ends the process (KP_ASSERT), and so
// does every fault that a sanitizer sees.
//
// Each fuzz_X.cpp is a program of its own. Built by clang with sanitizers it is a libFuzzer program; built
// otherwise it plays the files that it is given (replay_main.cpp), so that the corpus is a test everywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "base/result.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace kp::fuzz {

inline std::string_view bytes_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Purpose: the first line of `input`, LF left out, and what follows it.
inline std::pair<std::string_view, std::string_view> split_line(std::string_view input) {
  const std::size_t end = input.find('\n');
  if (end == std::string_view::npos) return {input, {}};
  return {input.substr(0, end), input.substr(end + 1)};
}

/// Purpose: that a refusal can be shown in both languages and says what it is about.
inline void check_refusal(const Findings& findings) {
  KP_ASSERT(!findings.empty());
  for (const Finding& one : findings) {
    KP_ASSERT(!message(one, Language::vi).empty() && !message(one, Language::en).empty());
  }
}

}  // namespace kp::fuzz
