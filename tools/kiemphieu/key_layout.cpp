#include "kiemphieu/key_layout.h"

#include <algorithm>

#include "base/text.h"

namespace kp {
namespace {

constexpr std::size_t kLeastCell = 16;

// The bytes of the character that starts at `at`.
std::size_t character_at(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
  return end - at;
}

// The longest beginning of `text` that takes at most `width` columns.
std::string_view beginning(std::string_view text, std::size_t width) {
  std::size_t end = 0;
  while (end < text.size()) {
    const std::size_t next = end + character_at(text, end);
    if (display_width(text.substr(0, next)) > width) break;
    end = next;
  }
  return text.substr(0, end);
}

}  // namespace

std::string shortened(std::string_view name, std::size_t width) {
  std::string initials;
  while (display_width(initials) + display_width(name) > width) {
    const std::size_t space = name.find(' ');
    if (space == std::string_view::npos) break;
    initials += std::string(name.substr(0, character_at(name, 0))) + ".";
    name.remove_prefix(space + 1);
  }
  return std::string(beginning(initials + std::string(name), width));
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    std::string_view line = beginning(text, std::max<std::size_t>(width, 2));
    if (line.size() < text.size()) {
      const std::size_t space = text.substr(0, line.size() + 1).rfind(' ');
      if (space != std::string_view::npos && space > 0) line = text.substr(0, space);
    }
    lines.emplace_back(line);
    text.remove_prefix(line.size());
    while (text.starts_with(' ')) text.remove_prefix(1);
  }
  return lines;
}

Grid grid_for(std::size_t rows, std::size_t focus, std::size_t width, std::size_t height,
              std::size_t longest) {
  Grid grid;
  grid.lines = std::max<std::size_t>(height, 1);
  const std::size_t needed = std::max<std::size_t>((rows + grid.lines - 1) / grid.lines, 1);
  const std::size_t most = std::max<std::size_t>(width / kLeastCell, 1);
  grid.columns = std::min(needed, most);
  grid.cell = std::max<std::size_t>(std::min(width / grid.columns, longest + 2), 2);
  grid.pages = std::max<std::size_t>((rows + grid.per_page() - 1) / grid.per_page(), 1);
  grid.page = std::min(focus / grid.per_page(), grid.pages - 1);
  grid.first = grid.page * grid.per_page();
  return grid;
}

}  // namespace kp
