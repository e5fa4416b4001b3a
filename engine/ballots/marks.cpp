#include "ballots/marks.h"

namespace kp {
namespace {

struct FlagWords {
  std::string_view file;
  Text spoken;
};

constexpr auto kFlagWords = std::to_array<FlagWords>({
    {"not-issued", {"không do ban kiểm phiếu phát ra", "not issued by the board"}},
    {"outside-name", {"bầu người ngoài danh sách", "a name outside the list"}},
    {"signed", {"có ký tên", "signed"}},
    {"written-on", {"có viết thêm", "written on"}},
    {"marked", {"có đánh dấu riêng", "an identifying mark"}},
    {"ruled-invalid", {"ban kiểm phiếu kết luận không hợp lệ", "ruled invalid by the board"}},
});

}  // namespace

std::string_view word(Flag flag) {
  return kFlagWords[static_cast<std::size_t>(flag)].file;
}

Text spoken(Flag flag) {
  return kFlagWords[static_cast<std::size_t>(flag)].spoken;
}

std::string to_text(Flags flags) {
  std::string text;
  for (std::size_t i = 0; i < kFlagCount; ++i) {
    if (!flags.has(static_cast<Flag>(i))) continue;
    if (!text.empty()) text.push_back('|');
    text += kFlagWords[i].file;
  }
  return text;
}

bool parse_flags(std::string_view field, Flags& flags, FlagFault& fault) {
  flags = Flags();
  while (!field.empty()) {
    const std::size_t bar = field.find('|');
    const std::string_view name = field.substr(0, bar);
    std::optional<Flag> flag;
    for (std::size_t i = 0; i + 1 < kFlagCount; ++i) {  // the last is for rulings only
      if (kFlagWords[i].file == name) flag = static_cast<Flag>(i);
    }
    if (!flag || flags.has(*flag)) {
      fault = {std::string(name), flag.has_value()};
      return false;
    }
    flags.insert(*flag);
    if (bar == std::string_view::npos) return true;
    field.remove_prefix(bar + 1);
    if (field.empty()) {  // a bar with nothing behind it
      fault = {};
      return false;
    }
  }
  return true;
}

std::string spoken(Flags flags, Language language) {
  std::string text;
  for (std::size_t i = 0; i < kFlagCount; ++i) {
    const auto flag = static_cast<Flag>(i);
    if (flags.has(flag)) text += (text.empty() ? "" : ", ") + std::string(spoken(flag).in(language));
  }
  return text;
}

}  // namespace kp
