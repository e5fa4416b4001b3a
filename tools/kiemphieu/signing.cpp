#include "kiemphieu/signing.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "kiemphieu/passphrase.h"

namespace kp {

std::vector<Option> signing_options() {
  return {
      {"cert", Takes::one, true, {"chứng thư số của người ký", "the signer's certificate"}},
      {"key", Takes::one, false, {"khoá riêng trong tệp (PEM)", "private key in a file (PEM)"}},
      {"pkcs11",
       Takes::one,
       false,
       {"khoá trong thiết bị ký số: pkcs11:token=TÊN;object=KHOÁ (mã PIN sẽ hỏi)",
        "key in a token: pkcs11:token=LABEL;object=KEY (the PIN is asked for)"}},
      {"chain",
       Takes::one,
       false,
       {"chứng thư trung gian để đính kèm (PEM)", "intermediate certificates to embed (PEM)"}},
  };
}

Result<Certificate> signing_certificate(const Arguments& arguments) {
  if (arguments.has("key") == arguments.has("pkcs11")) {
    throw UsageError(std::string(
        Text{"ghi một trong hai: --key hoặc --pkcs11", "give one of the two: --key or --pkcs11"}.in(
            arguments.language())));
  }
  if (arguments.has("pkcs11")) {
    if (Done usable = Token::check(arguments.path("pkcs11")); !usable) return usable.findings();
  }
  return read_certificate(arguments.path("cert"));
}

Result<Signer> open_signer(const Arguments& arguments, const Certificate& certificate) {
  const Language language = arguments.language();
  std::vector<Certificate> chain;
  if (arguments.has("chain")) {
    Result<std::vector<Certificate>> read = read_chain(arguments.path("chain"), certificate);
    if (!read) return read.findings();
    chain = std::move(read).value();
  }
  const auto ask_for_pin = [&](const std::string& token) {
    return ask_secret(
        fmt::format(fmt::runtime(Text{"Mã PIN của thiết bị {}: ", "PIN of token {}: "}.in(language)), token));
  };
  const auto ask_for_passphrase = [&] {
    return ask_secret(
        std::string(Text{"Mật khẩu của khoá riêng: ", "Passphrase of the private key: "}.in(language)));
  };
  Result<SigningKey> key = arguments.has("pkcs11")
                               ? SigningKey::in_token(arguments.path("pkcs11"), certificate, ask_for_pin)
                               : SigningKey::read(arguments.path("key"), ask_for_passphrase);
  if (!key) return key.findings();
  return Signer{std::move(key).value(), std::move(chain)};
}

Findings check_signer(const std::string& where, const Certificate& certificate, const std::string& now,
                      const Board* board) {
  Findings findings;
  if (now < certificate.not_before || now > certificate.not_after) {
    findings.push_back(finding(Code::seal_expired, where,
                               {certificate.subject, certificate.not_before, certificate.not_after}));
  }
  const auto pinned = [](const BoardMember& member) { return !member.certificate.empty(); };
  if (board != nullptr && std::any_of(board->begin(), board->end(), pinned) &&
      std::none_of(board->begin(), board->end(),
                   [&](const BoardMember& member) { return member.certificate == certificate.digest; })) {
    findings.push_back(finding(Code::seal_not_pinned, where, {certificate.subject}));
  }
  return findings;
}

}  // namespace kp
