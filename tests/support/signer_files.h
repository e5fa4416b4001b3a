// A certificate and its key as files, read back through the engine.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "seal/seal.h"
#include "support/certificates.h"

namespace kp::test {

struct Signer {
  Certificate certificate;
  SigningKey key;
};

inline std::string put(const std::string& name, const std::string& text) {
  const std::string path =
      (std::filesystem::temp_directory_path() / ("kp-seal-" + std::to_string(::getpid()) + name)).string();
  std::ofstream(path) << text;
  return path;
}

inline Signer signer(const KeyPair& pair) {
  const std::string certificate = put(".pem", pair.certificate);
  const std::string key = put(".key", pair.key);
  Signer made{read_certificate(certificate).value(), SigningKey::read(key, nullptr).value()};
  std::filesystem::remove(certificate);
  std::filesystem::remove(key);
  return made;
}

}  // namespace kp::test
