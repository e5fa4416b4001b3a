#include "paper/render.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/digest.h"
#include "paper/library.h"
#include "paper/pages_library.h"

namespace kp::paper {
Result<Rendered> render(const Document& document, const std::string& library) {
  const Result<void*> make_pages = pages_function(library, kMakePagesName);
  if (!make_pages) return make_pages.findings();
  MadePages made;
  reinterpret_cast<MakePages> (*make_pages)(document, made);
  if (made.trouble == PagesTrouble::no_font) return finding(Code::paper_no_font, {}, {kFontFamily});
  if (made.trouble == PagesTrouble::failed) return finding(Code::paper_not_made, {}, {made.why});
  const std::string digest = sha256_hex(made.pdf);
  Rendered rendered{std::move(made.pdf) + "%sha256 " + digest + "\n", made.pages, {}};
  for (const char32_t missing : made.missing) {
    rendered.notes.push_back(
        finding(Code::paper_character, {},
                {fmt::format("U+{:04X}", static_cast<std::uint32_t>(missing)), kFontFamily}));
  }
  return rendered;
}

std::string pages_library() {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  return (program.parent_path() / "kiemphieu-pages.so").string();
}

}  // namespace kp::paper
