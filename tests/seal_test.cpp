// seal: CMS signatures with RSA and ECDSA, several signers, and what is refused.
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/digest.h"
#include "catch.h"
#include "seal/seal.h"
#include "support/certificates.h"
#include "support/signer_files.h"

using namespace kp;
using test::KeyKind;
using test::signer;
using test::Signer;

namespace {

namespace fs = std::filesystem;

const std::string kContent = R"({"result":1})";

}  // namespace

TEST_CASE("RSA and ECDSA signatures verify, and all signers of one file are found") {
  const test::KeyPair authority = test::make_authority("CA");
  std::string p7s;
  std::vector<std::string> expected;
  for (const KeyKind kind : {KeyKind::p_256, KeyKind::rsa_2048, KeyKind::p_384}) {
    const Signer next = signer(test::issue(authority, {"Người ký " + std::to_string(expected.size()), kind}));
    Result<std::string> more = sign(kContent, p7s, next.certificate, next.key);
    REQUIRE(more.ok());
    p7s = std::move(more).value();
    expected.push_back(next.certificate.digest);
    const Result<std::vector<Certificate>> signers = read_signers(kContent, p7s, "x.p7s");
    REQUIRE(signers.ok());
    std::vector<std::string> found;
    for (const Certificate& certificate : *signers) found.push_back(certificate.digest);
    std::sort(found.begin(), found.end());
    std::vector<std::string> sorted = expected;
    std::sort(sorted.begin(), sorted.end());
    CHECK(found == sorted);
  }
}

TEST_CASE("a signature holds for its content only, byte for byte") {
  const Signer one = signer(test::issue(test::make_authority("CA"), {"A"}));
  const std::string p7s = sign(kContent, "", one.certificate, one.key).value();
  for (std::size_t i = 0; i < kContent.size(); ++i) {
    std::string other = kContent;
    other[i] = static_cast<char>(other[i] ^ 1);
    CHECK(read_signers(other, p7s, "x").findings().front().code == Code::seal_bad_signature);
  }
  CHECK(read_signers(kContent + " ", p7s, "x").findings().front().code == Code::seal_bad_signature);
  CHECK(read_signers(kContent, p7s + "x", "x").findings().front().code == Code::seal_not_cms);
  CHECK(read_signers(kContent, "", "x").findings().front().code == Code::seal_not_cms);
}

TEST_CASE("no byte of a signature file can be changed without being noticed or being harmless") {
  const Signer one = signer(test::issue(test::make_authority("CA"), {"A"}));
  const std::string p7s = sign(kContent, "", one.certificate, one.key).value();
  for (std::size_t i = 0; i < p7s.size(); ++i) {
    std::string other = p7s;
    other[i] = static_cast<char>(other[i] ^ 0x20);
    const Result<std::vector<Certificate>> signers = read_signers(kContent, other, "x");
    // What still verifies names another certificate (its bytes differ) or carries the same signature.
    if (signers.ok() && !signers->empty() && other.find(one.certificate.der) == std::string::npos) {
      CHECK(signers->front().digest != one.certificate.digest);
    }
  }
}

TEST_CASE("a certificate is known by the digest of its DER, whichever form it comes in") {
  const test::KeyPair pair = test::issue(
      test::make_authority("CA"), {"Lê Văn Trưởng", KeyKind::p_256, "20250101000000Z", "20260101000000Z"});
  const std::string pem = test::put(".pem", pair.certificate);
  const Certificate certificate = read_certificate(pem).value();
  CHECK(certificate.digest == test::certificate_digest(pair.certificate));
  CHECK(certificate.subject == "CN=Lê Văn Trưởng");
  CHECK(certificate.not_before == "2025-01-01T00:00:00Z");
  CHECK(certificate.not_after == "2026-01-01T00:00:00Z");
  const std::string der = test::put(".der", certificate.der);
  CHECK(read_certificate(der).value().digest == certificate.digest);
  fs::remove(pem);
  fs::remove(der);
}

TEST_CASE("what cannot sign: a foreign key, a short key, no key") {
  const test::KeyPair authority = test::make_authority("CA");
  const Signer one = signer(test::issue(authority, {"A"}));
  const Signer other = signer(test::issue(authority, {"B"}));
  CHECK(sign(kContent, "", one.certificate, other.key).findings().front().code == Code::seal_key_mismatch);
  const std::string small = test::put(".small", test::issue(authority, {"C", KeyKind::rsa_1024}).key);
  CHECK(SigningKey::read(small, nullptr).findings().front().code == Code::seal_key_type);
  const std::string rubbish = test::put(".rubbish", "rubbish");
  CHECK(SigningKey::read(rubbish, nullptr).findings().front().code == Code::seal_key);
  CHECK(read_certificate(rubbish).findings().front().code == Code::seal_certificate);
  fs::remove(small);
  fs::remove(rubbish);
}
