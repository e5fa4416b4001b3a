// With which key a command signs: a key file or a token, the same options wherever something is signed.
#pragma once

#include <string>
#include <vector>

#include "contest/congress.h"
#include "kiemphieu/arguments.h"
#include "seal/seal.h"

namespace kp {

/// A key, and what is embedded beside its certificate.
struct Signer {
  SigningKey key;
  std::vector<Certificate> chain;
};

/// Purpose: --cert, --key, --pkcs11, --chain.
std::vector<Option> signing_options();

/// Purpose: the certificate of --cert; throws UsageError unless just one of --key and --pkcs11 was given.
/// Errors: file/… seal/certificate token/pin-in-uri token/uri
Result<Certificate> signing_certificate(const Arguments& arguments);

/// Purpose: what --key or --pkcs11 opens, and --chain holds; passphrase and PIN are asked for at the
/// terminal. Errors: file/… seal/key seal/key-type seal/chain token/…
Result<Signer> open_signer(const Arguments& arguments, const Certificate& certificate);

/// Purpose: what speaks against a signer who signs `where` at `now`: seal/expired, and as a warning
/// seal/not-pinned when `board` (null: not known) names certificates and not this one.
Findings check_signer(const std::string& where, const Certificate& certificate, const std::string& now,
                      const Board* board);

}  // namespace kp
