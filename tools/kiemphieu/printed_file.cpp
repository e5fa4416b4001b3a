#include "kiemphieu/printed_file.h"

#include <filesystem>

#include "base/file.h"

namespace kp {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostPdfBytes = 256U << 20U;

}  // namespace

Done put_printed(const std::string& path, const std::string& pdf) {
  std::error_code error;
  if (!fs::exists(fs::symlink_status(path, error))) return write_file(path, pdf);
  const Result<std::string> there = read_file(path, kMostPdfBytes);
  if (!there || *there != pdf) return finding(Code::file_exists, path);
  return done();
}

}  // namespace kp
