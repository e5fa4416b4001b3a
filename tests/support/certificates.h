// Keys and certificates for tests, made on the spot: never to be used for anything else.
#pragma once

#include <string>

namespace kp::test {

enum class KeyKind { rsa_2048, p_256, p_384, rsa_1024 };

/// Who a certificate is for, and from when to when (UTC, "YYYYMMDDHHMMSSZ") it holds.
struct CertificateRequest {
  std::string name;
  KeyKind kind = KeyKind::p_256;
  std::string not_before = "20200101000000Z";
  std::string not_after = "21200101000000Z";
};

/// A certificate with its key, both PEM.
struct KeyPair {
  std::string certificate;
  std::string key;
};

/// Purpose: a self-signed CA.
KeyPair make_authority(const std::string& name);

/// Purpose: a certificate issued by `authority`.
KeyPair issue(const KeyPair& authority, const CertificateRequest& request);

/// Purpose: the digest of a PEM certificate's DER, as congress.json pins it.
std::string certificate_digest(const std::string& pem);

}  // namespace kp::test
