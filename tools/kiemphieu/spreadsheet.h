// Tables that a Vietnamese spreadsheet opens as they are meant: UTF-8 with a byte order mark, ";" between
// cells, CRLF.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kp {

using Cells = std::vector<std::string>;

/// Purpose: the bytes of such a file.
/// Promise: no cell is taken for a formula: text that starts with = + - @ or a control character gets a "'"
/// in front.
std::string spreadsheet(const std::vector<Cells>& rows);

/// Purpose: a share as such a spreadsheet reads it: "98.29" becomes "98,29".
std::string with_comma(std::string_view share);

}  // namespace kp
