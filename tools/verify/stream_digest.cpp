#include "verify/stream_digest.h"

#include <openssl/evp.h>

#include "base/check.h"
#include "base/digest.h"

namespace kp::verify {

namespace {

// Fetched once, not for every bundle.
const EVP_MD* sha256_method() {
  static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> method(
      EVP_MD_fetch(nullptr, "SHA256", nullptr), &EVP_MD_free);
  KP_ASSERT(method != nullptr);
  return method.get();
}

}  // namespace

struct StreamDigest::State {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};

StreamDigest::StreamDigest() : state_(std::make_unique<State>()) {
  const int ok = EVP_DigestInit_ex(state_->context.get(), sha256_method(), nullptr);
  KP_ASSERT(ok == 1);
}

StreamDigest::~StreamDigest() = default;

void StreamDigest::add(std::string_view bytes) {
  const int ok = EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size());
  KP_ASSERT(ok == 1);
}

std::string StreamDigest::hex_digits() {
  Digest digest{};
  const int ok = EVP_DigestFinal_ex(state_->context.get(), digest.data(), nullptr);
  KP_ASSERT(ok == 1);
  return hex(digest);
}

}  // namespace kp::verify
