// CMS signatures, verified by the verifier's own hand with OpenSSL (formats.md §10).
//
// A `.p7s` is SignedData, DER, detached, with the certificates embedded and one SignerInfo a signer.
// open_envelope says who signed these very bytes; trust() says whether a certificate belongs to someone we
// have reason to believe at a given second. No clock is looked at: the second is always the record's.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kp::verify {

/// The largest .p7s that is looked at.
inline constexpr std::uint64_t kMostSignatureBytes = std::uint64_t{4} << 20U;

/// Someone whose signature over the content verified.
struct Signer {
  std::string certificate;  ///< digest of the DER certificate
  std::string key;          ///< digest of its public key: one key is one signer, whatever its certificates
  std::string der;
  std::string subject;  ///< RFC 2253, as it can be shown
  int strength = 0;     ///< of the key, in bits of security as the library rates it
};

/// The least strength that counts: RSA of 2048 bits, curves of 224.
inline constexpr int kLeastStrength = 112;

/// A verified signature file.
struct Envelope {
  std::vector<Signer> signers;
  std::vector<std::string> certificates;  ///< DER of every embedded certificate, to build chains from
};

/// Purpose: verifies a detached signature over `content`, every signer of it; not yet who they are.
/// Errors: signature/bad (where = place; {0} = what the library says) when it is not DER SignedData, not
/// detached,
///         has no signer, a signer without certificate, a digest shorter than 256 bits, or any signature that
///         fails.
Result<Envelope> open_envelope(std::string_view p7s, std::string_view content, const std::string& place);

/// Purpose: whether the one signer of a verified file said under the signature which certificate is meant
/// (signing-certificate-v2, RFC 5035), so that no byte of that certificate can be another.
/// In: what open_envelope took, and what it gave.
bool names_its_certificate(std::string_view p7s, const Envelope& envelope);

enum class Trust : std::uint8_t { trusted, not_valid_then, untrusted };

/// The certificates an auditor trusts (`--ca`).
class Authority {
 public:
  ~Authority();
  Authority(Authority&&) noexcept;
  Authority& operator=(Authority&&) = delete;

  /// Purpose: reads PEM certificates. Errors: signature/ca (where = file) when there is none.
  static Result<Authority> from_pem(std::string_view pem, const std::string& file);

  /// Purpose: whether `signer` chains to this authority, all of the chain valid at `seconds` since 1970.
  [[nodiscard]] Trust trust(const Signer& signer, const Envelope& envelope, std::int64_t seconds) const;

 private:
  struct State;
  explicit Authority(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Purpose: whether the certificate itself is valid at `seconds` since 1970.
bool is_valid_at(const Signer& signer, std::int64_t seconds);

}  // namespace kp::verify
