#include "kiemphieu/spreadsheet.h"

namespace kp {
namespace {

std::string cell(const std::string& text) {
  const bool steers =
      !text.empty() && (std::string_view("=+-@").find(text.front()) != std::string_view::npos ||
                        static_cast<unsigned char>(text.front()) < ' ');
  std::string harmless = steers ? "'" + text : text;
  if (harmless.find_first_of(";\"\r\n") == std::string::npos) return harmless;
  std::string quoted = "\"";
  for (const char c : harmless) {
    if (c == '"') quoted.push_back('"');
    quoted.push_back(c);
  }
  return quoted + "\"";
}

}  // namespace

std::string spreadsheet(const std::vector<Cells>& rows) {
  std::string text = "\xEF\xBB\xBF";
  for (const Cells& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) text += (i == 0 ? "" : ";") + cell(row[i]);
    text += "\r\n";
  }
  return text;
}

std::string with_comma(std::string_view share) {
  std::string text(share);
  for (char& c : text) c = c == '.' ? ',' : c;
  return text;
}

}  // namespace kp
