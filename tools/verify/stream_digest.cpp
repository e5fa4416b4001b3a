#include "verify/stream_digest.h"

#include <openssl/evp.h>

#include "base/check.h"
#include "base/digest.h"

namespace kp::verify {

struct StreamDigest::State {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};

StreamDigest::StreamDigest() : state_(std::make_unique<State>()) {
  const int ok = EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr);
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
