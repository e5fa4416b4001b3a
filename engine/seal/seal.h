// Signatures: detached CMS SignedData (RFC 5652) in DER, as `openssl cms -verify -binary` accepts it.
//
// SHA-256 with RSA (2048 bits or more) or ECDSA on P-256 or P-384; certificates embedded; several signers in
// one .p7s, one SignerInfo each. Keys are files or stay in a token (token.h). A signature says that someone
// held a key. Whether that key counts is judged against the board or a CA, by the verifier.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "seal/token.h"

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

/// Purpose: every certificate of a PEM file, to be embedded so that others can build the chain from
/// `signer` up. Errors: file/… seal/certificate · seal/chain (none of them issued `signer`)
Result<std::vector<Certificate>> read_chain(const std::string& path, const Certificate& signer);

/// A private key that can sign. It never leaves this object, or not even its token.
class SigningKey {
 public:
  SigningKey(SigningKey&&) noexcept;
  SigningKey& operator=(SigningKey&&) noexcept;
  SigningKey(const SigningKey&) = delete;
  SigningKey& operator=(const SigningKey&) = delete;
  ~SigningKey();

  /// Purpose: reads a PEM private key. Errors: file/… seal/key seal/key-type
  static Result<SigningKey> read(const std::string& path, const AskPassphrase& ask);

  /// Purpose: the key of `certificate` in the token that `uri` means, ready to sign. Whether it is the
  /// certificate's shows when it signs.
  /// Errors: seal/key-type, and those of Token::open (token.h)
  static Result<SigningKey> in_token(const std::string& uri, const Certificate& certificate,
                                     const AskPin& ask);

  struct Key;
  [[nodiscard]] const Key& key() const { return *key_; }

 private:
  explicit SigningKey(std::unique_ptr<Key> key);
  std::unique_ptr<Key> key_;
};

/// Purpose: `p7s` with one more signer of `content`; an empty `p7s` starts a new one.
/// In: `p7s` is empty or was accepted by read_signers for this very content; `chain` is embedded as well.
/// Errors: seal/key-mismatch (certificate and key are no pair) seal/not-signed token/…
Result<std::string> sign(std::string_view content, std::string_view p7s, const Certificate& certificate,
                         const SigningKey& key, const std::vector<Certificate>& chain = {});

/// Purpose: the signature of a PDF (PAdES B-B, ETSI EN 319 142-1): one signer of `content`, whose certificate
/// is bound by signing-certificate-v2 (RFC 5035). No time is in it: a PDF says its own, outside.
/// In: as for sign. Returns: DER of at most most_cades_bytes.
/// Errors: seal/key-mismatch seal/not-signed token/…
Result<std::string> sign_cades(std::string_view content, const Certificate& certificate,
                               const SigningKey& key, const std::vector<Certificate>& chain);

/// Purpose: how much room such a signature is given before it is made.
std::size_t most_cades_bytes(const Certificate& certificate, const std::vector<Certificate>& chain);

/// Purpose: the one DER value that `padded` begins with; all of `padded` when there is none.
std::string_view without_padding(std::string_view padded);

/// Of a signature file that is read.
inline constexpr std::uint64_t kMostP7sBytes = 4U << 20U;

/// Purpose: the certificates of all signers, after each signature was checked against `content`. Trust is
/// not. Errors: seal/not-cms seal/bad-signature (where = `where`)
Result<std::vector<Certificate>> read_signers(std::string_view content, std::string_view p7s,
                                              const std::string& where);

}  // namespace kp
