// A private key in a token (smart card, USB token, HSM), reached through PKCS#11.
//
// The key never leaves the token: bytes go in, a signature comes out. The PIN is asked for when it is needed,
// or read from the file that the URI names; it is never taken from a command line, never written anywhere and
// wiped from memory at the end.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace kp {

/// Asks a person for the PIN of the token of that name; "" gives up.
using AskPin = std::function<std::string(const std::string& token)>;

/// The private key of an open session, ready to sign.
class Token {
 public:
  /// Purpose: whether `uri` can be used at all, before anything is done with it.
  /// Errors: token/pin-in-uri token/uri
  static Done check(const std::string& uri);

  /// Purpose: finds the one token and the one private key that `uri` means, and logs in.
  /// In: a PKCS#11 URI (RFC 7512). Without `module-path`, the modules that p11-kit has been told of are
  ///     searched. With `pin-source=file:…` the PIN is the first line of that file; `ask` is not called then.
  ///     When several keys fit, the one of `certificate` (DER) is taken if the token has that certificate.
  /// Errors: token/pin-in-uri token/uri token/module token/none token/several token/pin token/pin-last-try
  ///         token/pin-locked token/no-pin token/no-key token/several-keys token/failed, and file/… of the
  ///         PIN file. No finding repeats the URI.
  static Result<Token> open(const std::string& uri, std::string_view certificate, const AskPin& ask);

  Token(Token&&) noexcept;
  Token& operator=(Token&&) = delete;
  ~Token();

  enum class Mechanism { rsa_pkcs1, ecdsa };

  /// Purpose: how this key signs; nothing when it is neither RSA nor on a curve.
  [[nodiscard]] std::optional<Mechanism> mechanism() const;

  /// Purpose: the raw signature: PKCS #1 v1.5 of a DigestInfo, or r ‖ s of a digest. In: a mechanism.
  /// Errors: token/failed token/pin… (keys that ask for the PIN each time)
  Result<std::string> sign(std::string_view bytes);

 private:
  struct Session;
  explicit Token(std::unique_ptr<Session> session);
  std::unique_ptr<Session> session_;
};

}  // namespace kp
