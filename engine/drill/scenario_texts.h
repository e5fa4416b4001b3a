// The files of testdata/scenario-set/cases as the build put them in. Inner part of scenario.h.
#pragma once

#include <span>
#include <string_view>

namespace kp {

/// Purpose: the text of each file: one JSON object a line.
std::span<const std::string_view> scenario_texts();

}  // namespace kp
