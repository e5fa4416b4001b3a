// Signatures: detached CMS SignedData (RFC 5652) in DER, as `openssl cms -verify -binary` accepts it.
//
// SHA-256 with RSA (2048 bits or more) or ECDSA on P-256 or P-384; certificates embedded; several signers in
// one .p7s, one SignerInfo each. A signature says that someone held a key. Whether that key counts is judged
// against the board or a CA, by the verifier.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kp {

/// A signer's certificate, as people and digests know it.
struct Certificate {
  std::string der;
  std::string digest;      ///< SHA-256 of the DER bytes, hex: what congress.json pins
  std::string subject;     ///< RFC 2253
  std::string not_before;  ///< RFC 3339, UTC, whole seconds
  std::string not_after;
};

/// Purpose: reads a certificate, PEM or DER. Errors: file/… seal/certificate
Result<Certificate> read_certificate(const std::string& path);

/// Asks a person for the passphrase of an encrypted key file; "" gives up.
using AskPassphrase = std::function<std::string()>;

/// A private key that can sign. It never leaves this object.
class SigningKey {
 public:
  SigningKey(SigningKey&&) noexcept;
  SigningKey& operator=(SigningKey&&) noexcept;
  SigningKey(const SigningKey&) = delete;
  SigningKey& operator=(const SigningKey&) = delete;
  ~SigningKey();

  /// Purpose: reads a PEM private key. Errors: file/… seal/key seal/key-type
  static Result<SigningKey> read(const std::string& path, const AskPassphrase& ask);

  struct Key;
  [[nodiscard]] const Key& key() const { return *key_; }

 private:
  explicit SigningKey(std::unique_ptr<Key> key);
  std::unique_ptr<Key> key_;
};

/// Purpose: `p7s` with one more signer of `content`; an empty `p7s` starts a new one.
/// In: `p7s` is empty or was accepted by read_signers for this very content.
/// Errors: seal/key-mismatch (certificate and key are no pair) seal/not-signed
Result<std::string> sign(std::string_view content, std::string_view p7s, const Certificate& certificate,
                         const SigningKey& key);

/// Purpose: the certificates of all signers, after each signature was checked against `content`. Trust is
/// not. Errors: seal/not-cms seal/bad-signature (where = `where`)
Result<std::vector<Certificate>> read_signers(std::string_view content, std::string_view p7s,
                                              const std::string& where);

}  // namespace kp
