// Lines of text in one of two languages.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/finding.h"

namespace kp::verify {

class Page {
 public:
  explicit Page(Language language) : language_(language) {}

  [[nodiscard]] Language language() const { return language_; }
  [[nodiscard]] std::string_view in(const Text& text) const { return text.in(language_); }

  /// Purpose: a line; each {} of the text is filled by the next argument.
  template <class... Args>
  void line(const Text& text, const Args&... args) {
    put(in(text), {shown(args)...});
  }
  /// Purpose: a line that starts a part, with a blank one before it.
  template <class... Args>
  void title(const Text& text, const Args&... args) {
    text_ += "\n";
    line(text, args...);
  }
  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  static std::string shown(std::string_view value) { return std::string(value); }
  template <class Integer>
  requires std::is_integral_v<Integer>
  static std::string shown(Integer value) { return std::to_string(value); }
  void put(std::string_view text, const std::vector<std::string>& args);

  Language language_;
  std::string text_;
};

}  // namespace kp::verify
