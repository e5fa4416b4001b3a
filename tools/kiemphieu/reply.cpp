#include "kiemphieu/reply.h"

#include <fmt/format.h>

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string_view>

#include "base/canon.h"
#include "base/check.h"
#include "base/text.h"
#include "kiemphieu/key_layout.h"

namespace kp {
namespace {

// How wide the terminal is; 0 where there is none, or none that says so.
std::size_t columns_of(std::FILE* stream) {
  winsize size = {};
  const int fd = ::fileno(stream);
  return ::isatty(fd) == 1 && ::ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

// A command stays on one line, so that it is copied as one; so does a line of a table.
bool may_be_wrapped(std::string_view line, std::size_t indent) {
  const std::string_view words = line.substr(indent);
  return words.find("kiemphieu ") == std::string_view::npos && words.find("  ") == std::string_view::npos;
}

// Between words, and further lines as far in as the first.
std::string for_terminal(std::string_view text, std::size_t columns) {
  constexpr std::size_t kLeastColumns = 40;
  if (columns < kLeastColumns) return std::string(text);
  std::string shown;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    if (display_width(line) <= columns || !may_be_wrapped(line, indent)) {
      shown += line;
    } else {
      const std::vector<std::string> lines = wrapped(line.substr(indent), columns - indent);
      for (std::size_t i = 0; i < lines.size(); ++i)
        shown += (i == 0 ? "" : "\n") + std::string(indent, ' ') + lines[i];
    }
    if (end < text.size()) shown += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return shown;
}

std::string finding_text(const Finding& finding, const Screen& screen) {
  const std::string line = for_terminal(line_of(finding, screen.language), columns_of(stderr));
  if (!screen.colour) return line + "\n";
  const std::string_view colour = finding.severity == Severity::error ? "\x1b[31m" : "\x1b[33m";
  return fmt::format("{}{}\x1b[0m\n", colour, line);
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
  const bool shown = write(stdout, for_terminal(reply.text, columns_of(stdout)));
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

std::string Table::text(const std::vector<std::string>& below) const {
  KP_ASSERT(below.empty() || below.size() == rows_.size());
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
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    add_line([&](std::size_t i) { return rows_[r][i]; });
    if (!below.empty() && !below[r].empty()) text += std::string(widths.front() + 4, ' ') + below[r] + "\n";
  }
  return text;
}

}  // namespace kp
