// test-keys FOLDER: a CA and three signers for golden cases, valid from 2020 to 2120. Never use them for
// anything else.
#include <filesystem>
#include <fstream>

#include "support/certificates.h"

namespace {

void put(const std::filesystem::path& folder, const std::string& name, const kp::test::KeyPair& pair) {
  std::ofstream(folder / (name + ".pem")) << pair.certificate;
  std::ofstream(folder / (name + ".key")) << pair.key;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  using namespace kp::test;
  const std::filesystem::path folder = argv[1];
  std::filesystem::create_directories(folder);
  const KeyPair authority = make_authority("CA diễn tập");
  put(folder, "ca", authority);
  put(folder, "head", issue(authority, {"Lê Văn Trưởng"}));
  put(folder, "member", issue(authority, {"Trần Thị Uỷ", KeyKind::rsa_2048}));
  put(folder, "expired",
      issue(authority, {"Đã Hết Hạn", KeyKind::p_384, "20200101000000Z", "20210101000000Z"}));
  put(folder, "small", issue(authority, {"Khoá Ngắn", KeyKind::rsa_1024}));
  put(folder, "stranger", issue(make_authority("CA lạ"), {"Người Lạ"}));
}
