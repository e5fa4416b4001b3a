// A signing key as the sources of this folder see it. Not for other folders.
#pragma once

#include <memory>
#include <optional>

#include "seal/seal.h"

struct evp_pkey_st;
struct x509_st;

namespace kp {

/// OpenSSL's key; with a token behind it, that token and what went wrong there when it was last asked.
struct SigningKey::Key {
  struct Free {
    void operator()(evp_pkey_st* key) const;
  };
  std::optional<Token> token;
  std::optional<Findings> trouble;
  std::unique_ptr<evp_pkey_st, Free> pkey;
};

/// Purpose: makes `key.pkey` the public key of `certificate`, with the token asked for every signature.
/// In: `key` has a token and stays where it is; the certificate's key is RSA or on a curve.
/// Returns: whether OpenSSL could be told so.
bool let_token_sign(SigningKey::Key& key, x509_st* certificate);

}  // namespace kp
