#include "paper/render.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <filesystem>

#include "paper/pages_library.h"

namespace kp::paper {
namespace {

/// kiemphieu-pages.so, opened.
struct PagesLibrary {
  MakePages make_pages = nullptr;
};

template <class Function>
Function function_named(void* library, const char* name) {
  return reinterpret_cast<Function>(::dlsym(library, name));
}

// Loaded once and never unloaded: what stands beneath keeps state of its own until the process ends.
Result<PagesLibrary> load(const std::string& path) {
  void* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    const char* why = ::dlerror();
    return finding(Code::paper_no_library, path, {why == nullptr ? "" : why});
  }
  const auto mark = function_named<PagesMark>(library, kPagesMarkName);
  const auto make = function_named<MakePages>(library, kMakePagesName);
  if (mark == nullptr || make == nullptr || mark() != kPagesMark) {
    return finding(Code::paper_other_library, path);
  }
  return PagesLibrary{make};
}

}  // namespace

Result<Rendered> render(const Document& document, const std::string& library) {
  const Result<PagesLibrary> loaded = load(library);
  if (!loaded) return loaded.findings();
  MadePages made;
  loaded->make_pages(document, made);
  if (made.trouble == PagesTrouble::no_font) return finding(Code::paper_no_font, {}, {kFontFamily});
  if (made.trouble == PagesTrouble::failed) return finding(Code::paper_not_made, {}, {made.why});
  Rendered rendered{std::move(made.pdf), made.pages, {}};
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
