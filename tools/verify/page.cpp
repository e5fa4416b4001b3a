#include "verify/page.h"

namespace kp::verify {

void Page::put(std::string_view text, const std::vector<std::string>& args) {
  std::size_t next = 0;
  for (std::size_t at = text.find("{}"); at != std::string_view::npos; at = text.find("{}")) {
    text_ += text.substr(0, at);
    if (next < args.size()) text_ += args[next++];
    text.remove_prefix(at + 2);
  }
  text_ += text;
  text_ += "\n";
}

}  // namespace kp::verify
