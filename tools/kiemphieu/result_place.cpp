#include "kiemphieu/result_place.h"

#include <filesystem>

#include "base/digest.h"
#include "base/file.h"
#include "seal/seal.h"
#include "sheet/result_file.h"

namespace kp {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kNameDigits = 8;

bool is_there(const std::string& path) {
  std::error_code error;
  return fs::exists(fs::symlink_status(path, error));
}

std::string named_by(const std::string& path, const std::string& bytes) {
  const fs::path old(path);
  const std::string digits = sha256_hex(bytes).substr(0, kNameDigits);
  return (old.parent_path() / (old.stem().string() + "-" + digits + old.extension().string())).string();
}

bool hold_the_same(const std::string& one, const std::string& other) {
  const Result<std::string> first = read_file(one, kMostResultBytes);
  const Result<std::string> second = read_file(other, kMostResultBytes);
  return first && second && *first == *second;
}

Done move_file(const std::string& from, const std::string& to) {
  std::error_code error;
  if (!is_there(to)) {
    fs::rename(from, to, error);
  } else if (hold_the_same(from, to)) {
    fs::remove(from, error);  // it was kept before
  } else {
    return finding(Code::file_exists, to);
  }
  if (error) return write_failure(from, error.value());
  sync_folder_of(from);
  return done();
}

}  // namespace

Result<std::string> make_way(const std::string& path, std::string_view bytes) {
  const std::string signatures = path + ".p7s";
  std::string aside;
  std::string stale;
  if (is_there(path)) {
    const Result<std::string> there = read_file(path, kMostResultBytes);
    if (!there) return there.findings();
    if (*there != bytes) aside = named_by(path, *there);
  }
  if (is_there(signatures)) {
    const Result<std::string> p7s = read_file(signatures, kMostP7sBytes);
    if (!p7s) return p7s.findings();
    if (!read_signers(bytes, *p7s, signatures))
      stale = (aside.empty() ? named_by(path, *p7s) : aside) + ".p7s";
  }
  // The signatures first: they are never left beside a file that they do not sign.
  if (!stale.empty()) {
    if (Done moved = move_file(signatures, stale); !moved) return moved.findings();
  }
  if (!aside.empty()) {
    if (Done moved = move_file(path, aside); !moved) return moved.findings();
  }
  return aside.empty() ? stale : aside;
}

}  // namespace kp
