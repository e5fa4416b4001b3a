#include "base/digest.h"

// One algorithm by itself: the interface that OpenSSL prefers first makes ready all that it has, a fifth of a
// start.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>

#include "base/check.h"

namespace kp {

struct Hashing::State {
  SHA256_CTX context;
};

Hashing::Hashing() : state_(std::make_unique<State>()) {
  KP_ASSERT(SHA256_Init(&state_->context) == 1);
}
Hashing::~Hashing() = default;

void Hashing::add(std::string_view bytes) {
  KP_ASSERT(SHA256_Update(&state_->context, bytes.data(), bytes.size()) == 1);
}

Digest Hashing::finish() {
  Digest digest{};
  KP_ASSERT(SHA256_Final(digest.data(), &state_->context) == 1);
  return digest;
}

Digest sha256(std::string_view bytes) {
  Hashing hashing;
  hashing.add(bytes);
  return hashing.finish();
}

std::string hex(const Digest& digest) {
  return fmt::format("{:02x}", fmt::join(digest, ""));
}

std::string sha256_hex(std::string_view bytes) {
  return hex(sha256(bytes));
}

bool is_digest(std::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return ('0' <= c && c <= '9') || ('a' <= c && c <= 'f');
         });
}

std::string in_groups_of_four(std::string_view hex_digits) {
  std::string out;
  for (std::size_t i = 0; i < hex_digits.size(); ++i) {
    if (i > 0 && i % 4 == 0) out.push_back(' ');
    out.push_back(hex_digits[i]);
  }
  return out;
}

std::string base64(std::string_view bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int length =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

std::string base64(const Digest& digest) {
  return base64(std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size()));
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string bytes(text.size() / 4 * 3, '\0');
  const int length =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                      reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (length < 0) return std::nullopt;
  const std::size_t padding = text.ends_with("==") ? 2 : (text.ends_with("=") ? 1 : 0);
  bytes.resize(static_cast<std::size_t>(length) - padding);
  if (base64(bytes) != text) return std::nullopt;  // the library lets spaces and stray bits pass
  return bytes;
}

}  // namespace kp
