#include "kiemphieu/reply.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "base/canon.h"
#include "base/check.h"
#include "base/text.h"

namespace kp {
namespace {

std::string finding_text(const Finding& finding, const Screen& screen) {
  if (!screen.colour) return line_of(finding, screen.language) + "\n";
  const std::string_view colour = finding.severity == Severity::error ? "\x1b[31m" : "\x1b[33m";
  return fmt::format("{}{}\x1b[0m\n", colour, line_of(finding, screen.language));
}

bool write(std::FILE* stream, const std::string& text) {
  return std::fwrite(text.data(), 1, text.size(), stream) == text.size() && std::fflush(stream) == 0;
}

}  // namespace

Json findings_json(const Findings& findings, Language language) {
  Json::Array array;
  for (const Finding& finding : findings) {
    array.push_back(Json::object({{"code", finding_row(finding.code).code},
                                  {"severity", finding.severity == Severity::error ? "error" : "warning"},
                                  {"message", message(finding, language)},
                                  {"where", finding.where}}));
  }
  return array;
}

bool show(const Reply& reply, const Screen& screen) {
  if (screen.json) {
    Json::Object object = reply.json;
    object.emplace_back("ok", reply.ok());
    object.emplace_back("findings", findings_json(reply.findings, screen.language));
    return write(stdout, canonical(Json::object(std::move(object))) + "\n");
  }
  const bool shown = write(stdout, reply.text);
  std::string said;
  for (const Finding& finding : reply.findings) said += finding_text(finding, screen);
  write(stderr, said);
  return shown;
}

std::string quoted(const std::string& word) {
  constexpr std::string_view kSpecial = " \t'\"\\$`!*?[](){}<>|&;#~";
  if (!word.empty() && word.find_first_of(kSpecial) == std::string::npos) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

void Table::add(std::vector<std::string> cells) {
  KP_ASSERT(cells.size() == columns_.size());
  rows_.push_back(std::move(cells));
}

std::string Table::text() const {
  std::vector<std::size_t> widths;
  for (const Column& column : columns_) widths.push_back(display_width(column.head));
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  std::string text;
  const auto add_line = [&](const auto& cell) {
    std::string line;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const bool left = columns_[i].align == Align::left;
      line += "  " + (left ? pad_right(cell(i), widths[i]) : pad_left(cell(i), widths[i]));
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  };
  add_line([&](std::size_t i) { return columns_[i].head; });
  for (const auto& row : rows_) add_line([&](std::size_t i) { return row[i]; });
  return text;
}

}  // namespace kp
