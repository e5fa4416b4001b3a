#include "verify/pdf_reader.h"

#include <dlfcn.h>

#include <filesystem>
#include <optional>

#include "verify/minutes.h"
#include "verify/pdf_child.h"

namespace kp::verify {
namespace {

std::string beside_program() {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  return (program.parent_path() / "kiemphieu-reader.so").string();
}

// Loaded once and never unloaded: what stands beneath keeps state of its own until the process ends.
ReadPdf load(const std::string& path, std::string& why) {
  void* const library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    const char* said = ::dlerror();
    why = said == nullptr ? path : said;
    return nullptr;
  }
  const auto mark = reinterpret_cast<ReaderMark>(::dlsym(library, kReaderMarkName));
  const auto read = reinterpret_cast<ReadPdf>(::dlsym(library, kReadPdfName));
  if (mark != nullptr && read != nullptr && mark() == kReaderMark) return read;
  why = path;
  return nullptr;
}

}  // namespace

std::optional<PdfAsRead> read_pdf(const std::string& pdf, const PdfSource& source, Faults& faults) {
  std::string why;
  const ReadPdf read = load(source.library.empty() ? beside_program() : source.library, why);
  if (read == nullptr) {
    faults.add(Code::verify_minutes_not_read, source.place, {why});
    return std::nullopt;
  }
  std::optional<PdfAsRead> seen = read_in_child(read, pdf);
  if (seen && seen->why.empty()) return seen;
  faults.add(Code::verify_minutes_unreadable, source.place, {seen ? seen->why : std::string("reader")});
  return std::nullopt;
}

}  // namespace kp::verify
