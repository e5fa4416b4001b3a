// The one font family of all pages, chosen exactly.
//
// Fontconfig's own rules would put something else in the place of a font or a character that is missing, and
// every machine something different. So its lists are only asked where the family's files are; Pango then
// sees those files and nothing else.
#pragma once

#include <pango/pangocairo.h>

#include <memory>
#include <string_view>
#include <vector>

namespace kp::paper {

struct Unref {
  void operator()(gpointer object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

class Fonts {
 public:
  /// Purpose: finds the four faces of kFontFamily, of the newest version that has them all.
  Fonts();
  Fonts(const Fonts&) = delete;
  Fonts& operator=(const Fonts&) = delete;
  ~Fonts();

  /// Purpose: whether all faces are there.
  [[nodiscard]] bool found() const { return map_ != nullptr; }
  /// Purpose: a context to lay text out in. In: found().
  [[nodiscard]] Owned<PangoContext> context() const;
  /// Purpose: the characters of `text` (UTF-8) that some face does not have.
  [[nodiscard]] std::vector<char32_t> missing_in(std::string_view text) const;

 private:
  struct Config;
  std::unique_ptr<Config> config_;
  Owned<PangoFontMap> map_;
};

}  // namespace kp::paper
