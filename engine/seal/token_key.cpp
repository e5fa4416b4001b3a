// How OpenSSL is told that the private half of a key is in a token: by methods of RSA and EC keys. They are
// deprecated since OpenSSL 3.0 in favour of providers, which take twenty times the code for the same two
// calls.
#define OPENSSL_SUPPRESS_DEPRECATED  // NOLINT: OpenSSL's own name
#include <openssl/ec.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <algorithm>
#include <string>
#include <utility>

#include "seal/key.h"

namespace kp {
namespace {

int rsa_index() {
  static const int index = RSA_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

int ec_index() {
  static const int index = EC_KEY_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

// The token's answer, "" when there is none; why is then in key.trouble.
std::string answer(SigningKey::Key& key, const unsigned char* bytes, int size) {
  Result<std::string> signature =
      key.token->sign({reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)});
  if (signature) return std::move(signature).value();
  key.trouble = signature.findings();
  return {};
}

const unsigned char* bytes_of(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// What does not verify under the certificate's key was made by another one, if it was made at all.
void note_mismatch(SigningKey::Key& key) {
  if (!key.trouble) key.trouble = Findings{finding(Code::seal_key_mismatch)};
}

int sign_with_rsa(int size, const unsigned char* from, unsigned char* to, RSA* rsa, int padding) {
  auto& key = *static_cast<SigningKey::Key*>(RSA_get_ex_data(rsa, rsa_index()));
  if (padding != RSA_PKCS1_PADDING) return -1;
  const std::string signature = answer(key, from, size);
  std::string opened(static_cast<std::size_t>(RSA_size(rsa)), '\0');
  const bool fits = signature.size() == opened.size();
  const int length = !fits
                         ? -1
                         : RSA_public_decrypt(RSA_size(rsa), bytes_of(signature),
                                              reinterpret_cast<unsigned char*>(opened.data()), rsa, padding);
  if (length != size || !std::equal(from, from + size, bytes_of(opened))) {
    note_mismatch(key);
    return -1;
  }
  std::copy(signature.begin(), signature.end(), to);
  return RSA_size(rsa);
}

int sign_with_ec(int, const unsigned char* digest, int size, unsigned char* to, unsigned* length,
                 const BIGNUM*, const BIGNUM*, EC_KEY* ec) {
  auto& key = *static_cast<SigningKey::Key*>(EC_KEY_get_ex_data(ec, ec_index()));
  const std::string raw = answer(key, digest, size);
  const auto half = static_cast<int>(raw.size() / 2);
  ECDSA_SIG* const signature = ECDSA_SIG_new();
  ECDSA_SIG_set0(signature, BN_bin2bn(bytes_of(raw), half, nullptr),
                 BN_bin2bn(bytes_of(raw) + half, half, nullptr));
  const bool good = ECDSA_do_verify(digest, size, signature, ec) == 1;
  if (good) {
    *length = static_cast<unsigned>(i2d_ECDSA_SIG(signature, &to));
  } else {
    note_mismatch(key);
  }
  ECDSA_SIG_free(signature);
  return good ? 1 : 0;
}

bool let_token_sign_rsa(SigningKey::Key& key, EVP_PKEY* own) {
  static RSA_METHOD* const method = [] {
    RSA_METHOD* made = RSA_meth_dup(RSA_get_default_method());
    RSA_meth_set_priv_enc(made, sign_with_rsa);
    return made;
  }();
  RSA* const rsa = EVP_PKEY_get1_RSA(own);
  return rsa != nullptr && RSA_set_method(rsa, method) == 1 && RSA_set_ex_data(rsa, rsa_index(), &key) == 1 &&
         EVP_PKEY_assign_RSA(key.pkey.get(), rsa) == 1;
}

bool let_token_sign_ec(SigningKey::Key& key, EVP_PKEY* own) {
  static EC_KEY_METHOD* const method = [] {
    EC_KEY_METHOD* made = EC_KEY_METHOD_new(EC_KEY_OpenSSL());
    EC_KEY_METHOD_set_sign(made, sign_with_ec, nullptr, nullptr);
    return made;
  }();
  EC_KEY* const ec = EVP_PKEY_get1_EC_KEY(own);
  return ec != nullptr && EC_KEY_set_method(ec, method) == 1 &&
         EC_KEY_set_ex_data(ec, ec_index(), &key) == 1 && EVP_PKEY_assign_EC_KEY(key.pkey.get(), ec) == 1;
}

}  // namespace

bool let_token_sign(SigningKey::Key& key, X509* certificate) {
  EVP_PKEY* const own = X509_get_pubkey(certificate);
  key.pkey.reset(EVP_PKEY_new());
  const bool told =
      EVP_PKEY_is_a(own, "RSA") == 1 ? let_token_sign_rsa(key, own) : let_token_sign_ec(key, own);
  EVP_PKEY_free(own);
  return told;
}

}  // namespace kp
