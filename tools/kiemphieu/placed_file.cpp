#include "kiemphieu/placed_file.h"

#include <filesystem>

#include "base/file.h"

namespace kp {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostBytes = 256U << 20U;

bool is_there(const std::string& path) {
  std::error_code error;
  return fs::exists(fs::symlink_status(path, error));
}

}  // namespace

Done put_new(const std::string& path, const std::string& bytes) {
  if (!is_there(path)) return write_file(path, bytes);
  const Result<std::string> there = read_file(path, kMostBytes);
  if (!there || *there != bytes) return finding(Code::file_exists, path);
  return done();
}

Done put_over_own(const std::string& path, const std::string& bytes, std::string_view kind) {
  if (is_there(path)) {
    const Result<std::string> there = read_file(path, kMostBytes);
    if (!there || !there->starts_with(kind)) return finding(Code::file_exists, path);
  }
  return write_file(path, bytes);
}

}  // namespace kp
