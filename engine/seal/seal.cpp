#include "seal/seal.h"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <set>
#include <utility>

#include "base/digest.h"
#include "base/file.h"
#include "seal/key.h"

namespace kp {
namespace {

constexpr std::uint64_t kMostKeyFileBytes = 1U << 20U;
constexpr int kLeastRsaBits = 2048;
constexpr unsigned kSignFlags = CMS_BINARY | CMS_DETACHED | CMS_NOSMIMECAP;

template <auto Free>
struct Releaser {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Bio = std::unique_ptr<BIO, Releaser<BIO_free_all>>;
using X509Ptr = std::unique_ptr<X509, Releaser<X509_free>>;
using Cms = std::unique_ptr<CMS_ContentInfo, Releaser<CMS_ContentInfo_free>>;
void free_infos(STACK_OF(X509_INFO) * all) {
  sk_X509_INFO_pop_free(all, X509_INFO_free);
}
using Pkcs7 = std::unique_ptr<PKCS7, Releaser<PKCS7_free>>;
using SigningCertificate = std::unique_ptr<ESS_SIGNING_CERT_V2, Releaser<ESS_SIGNING_CERT_V2_free>>;
using Infos = std::unique_ptr<STACK_OF(X509_INFO), Releaser<free_infos>>;

Bio memory(std::string_view bytes) {
  Bio bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
  KP_ASSERT(bio != nullptr);
  return bio;
}

// The same behind a filter that does nothing: CMS_verify makes a copy of its own of a plain memory BIO, and
// loses it when the signature cannot be digested (OpenSSL 3.0).
Bio filtered_memory(std::string_view bytes) {
  Bio filter(BIO_new(BIO_f_null()));
  KP_ASSERT(filter != nullptr);
  BIO_push(filter.get(), memory(bytes).release());
  return filter;
}

std::string contents(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);  // NOLINT: OpenSSL's own macro
  return {data, static_cast<std::size_t>(size)};
}

// What OpenSSL says of the first error in its queue, which is then empty.
std::string library_reason() {
  const char* reason = ERR_reason_error_string(ERR_get_error());
  ERR_clear_error();
  return reason == nullptr ? "-" : reason;
}

std::string time_text(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

std::string der_of(X509* certificate) {
  unsigned char* data = nullptr;
  const int size = i2d_X509(certificate, &data);
  KP_ASSERT(size > 0);
  std::string der(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size));
  OPENSSL_free(data);
  return der;
}

Certificate describe(X509* x509) {
  Certificate certificate;
  certificate.der = der_of(x509);
  certificate.digest = sha256_hex(certificate.der);
  const Bio name(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(name.get(), X509_get_subject_name(x509), 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
  certificate.subject = contents(name.get());
  certificate.not_before = time_text(X509_get0_notBefore(x509));
  certificate.not_after = time_text(X509_get0_notAfter(x509));
  return certificate;
}

X509Ptr x509_from_der(std::string_view der) {
  const auto* data = reinterpret_cast<const unsigned char*>(der.data());
  return X509Ptr(d2i_X509(nullptr, &data, static_cast<long>(der.size())));
}

Cms cms_from_der(std::string_view der) {
  const auto* data = reinterpret_cast<const unsigned char*>(der.data());
  const auto* const end = data + der.size();
  Cms cms(d2i_CMS_ContentInfo(nullptr, &data, static_cast<long>(der.size())));
  const bool whole = cms != nullptr && data == end;
  return whole && OBJ_obj2nid(CMS_get0_type(cms.get())) == NID_pkcs7_signed ? std::move(cms) : nullptr;
}

std::string der_of(CMS_ContentInfo* cms) {
  unsigned char* data = nullptr;
  const int size = i2d_CMS_ContentInfo(cms, &data);
  KP_ASSERT(size > 0);
  std::string der(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size));
  OPENSSL_free(data);
  return der;
}

bool is_accepted_type(EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "RSA") == 1) return EVP_PKEY_get_bits(key) >= kLeastRsaBits;
  if (EVP_PKEY_is_a(key, "EC") != 1) return false;
  std::array<char, 64> group{};
  if (EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr) != 1) return false;
  const std::string_view name(group.data());
  return name == "prime256v1" || name == "secp384r1";
}

// RFC 5035: which certificate was meant is under the signature itself.
bool name_certificate(PKCS7_SIGNER_INFO* signer, X509* certificate) {
  const SigningCertificate named(
      OSSL_ESS_signing_cert_v2_new_init(EVP_sha256(), certificate, nullptr, /*set_issuer_serial=*/0));
  if (named == nullptr) return false;
  unsigned char* data = nullptr;
  const int size = i2d_ESS_SIGNING_CERT_V2(named.get(), &data);
  if (size <= 0) return false;
  ASN1_STRING* const value = ASN1_STRING_new();
  ASN1_STRING_set0(value, data, size);
  if (PKCS7_add_signed_attribute(signer, NID_id_smime_aa_signingCertificateV2, V_ASN1_SEQUENCE, value) == 1)
    return true;
  ASN1_STRING_free(value);
  return false;
}

int passphrase_callback(char* buffer, int size, int, void* ask) {
  const std::string given = (*static_cast<const AskPassphrase*>(ask))();
  const auto length = std::min(given.size(), static_cast<std::size_t>(size));
  std::copy_n(given.begin(), length, buffer);
  return static_cast<int>(length);
}

// The certificate when the key is its own; nothing when they are no pair.
X509Ptr x509_of_pair(const Certificate& certificate, EVP_PKEY* key) {
  X509Ptr x509 = x509_from_der(certificate.der);
  KP_ASSERT(x509 != nullptr);
  if (X509_check_private_key(x509.get(), key) == 1) return x509;
  ERR_clear_error();
  return nullptr;
}

Findings why_not_signed(const SigningKey::Key& key, const Certificate& certificate) {
  const std::string reason = library_reason();
  if (!key.trouble) return {finding(Code::seal_not_signed, {}, {reason})};
  Findings why = *key.trouble;
  for (Finding& one : why) {
    if (one.code == Code::seal_key_mismatch) one.args = {certificate.subject};
  }
  return why;
}

}  // namespace

void SigningKey::Key::Free::operator()(EVP_PKEY* key) const {
  EVP_PKEY_free(key);
}

SigningKey::SigningKey(std::unique_ptr<Key> key) : key_(std::move(key)) {}
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;
SigningKey::~SigningKey() = default;

Result<SigningKey> SigningKey::read(const std::string& path, const AskPassphrase& ask) {
  const Result<std::string> bytes = read_file(path, kMostKeyFileBytes);
  if (!bytes) return bytes.findings();
  AskPassphrase asker = ask;
  auto key = std::make_unique<Key>();
  key->pkey.reset(PEM_read_bio_PrivateKey(memory(*bytes).get(), nullptr, passphrase_callback, &asker));
  if (key->pkey == nullptr) return finding(Code::seal_key, path, {library_reason()});
  if (!is_accepted_type(key->pkey.get())) return finding(Code::seal_key_type, path);
  return SigningKey(std::move(key));
}

Result<SigningKey> SigningKey::in_token(const std::string& uri, const Certificate& certificate,
                                        const AskPin& ask) {
  const X509Ptr x509 = x509_from_der(certificate.der);
  KP_ASSERT(x509 != nullptr);
  EVP_PKEY* const its = X509_get0_pubkey(x509.get());
  if (its == nullptr || !is_accepted_type(its)) return finding(Code::seal_key_type, certificate.subject);
  Result<Token> token = Token::open(uri, certificate.der, ask);
  if (!token) return token.findings();
  const bool is_rsa = EVP_PKEY_is_a(its, "RSA") == 1;
  if (token->mechanism() != (is_rsa ? Token::Mechanism::rsa_pkcs1 : Token::Mechanism::ecdsa)) {
    return finding(Code::seal_key_mismatch, {}, {certificate.subject});
  }
  auto key = std::make_unique<Key>();
  key->token.emplace(std::move(token).value());
  if (!let_token_sign(*key, x509.get())) return finding(Code::seal_not_signed, {}, {library_reason()});
  return SigningKey(std::move(key));
}

Result<Certificate> read_certificate(const std::string& path) {
  const Result<std::string> bytes = read_file(path, kMostKeyFileBytes);
  if (!bytes) return bytes.findings();
  X509Ptr x509(PEM_read_bio_X509(memory(*bytes).get(), nullptr, nullptr, nullptr));
  if (x509 == nullptr) x509 = x509_from_der(*bytes);
  ERR_clear_error();
  if (x509 == nullptr) return finding(Code::seal_certificate, path);
  return describe(x509.get());
}

Result<std::vector<Certificate>> read_chain(const std::string& path, const Certificate& signer) {
  const Result<std::string> bytes = read_file(path, kMostKeyFileBytes);
  if (!bytes) return bytes.findings();
  const X509Ptr subject = x509_from_der(signer.der);
  KP_ASSERT(subject != nullptr);
  const Infos infos(PEM_X509_INFO_read_bio(memory(*bytes).get(), nullptr, nullptr, nullptr));
  ERR_clear_error();
  std::vector<Certificate> chain;
  bool has_issuer = false;
  for (int i = 0; infos != nullptr && i < sk_X509_INFO_num(infos.get()); ++i) {
    X509* const x509 = sk_X509_INFO_value(infos.get(), i)->x509;
    if (x509 == nullptr) continue;
    chain.push_back(describe(x509));
    has_issuer = has_issuer || X509_check_issued(x509, subject.get()) == X509_V_OK;
  }
  if (chain.empty()) return finding(Code::seal_certificate, path);
  if (!has_issuer) return finding(Code::seal_chain, path, {signer.subject});
  return chain;
}

Result<std::string> sign(std::string_view content, std::string_view p7s, const Certificate& certificate,
                         const SigningKey& key, const std::vector<Certificate>& chain) {
  EVP_PKEY* const pkey = key.key().pkey.get();
  const X509Ptr x509 = x509_of_pair(certificate, pkey);
  if (x509 == nullptr) return finding(Code::seal_key_mismatch, {}, {certificate.subject});
  Cms cms;
  bool signed_now = false;
  if (p7s.empty()) {
    cms.reset(CMS_sign(nullptr, nullptr, nullptr, nullptr, kSignFlags | CMS_PARTIAL));
    signed_now = cms != nullptr &&
                 CMS_add1_signer(cms.get(), x509.get(), pkey, EVP_sha256(), kSignFlags) != nullptr &&
                 CMS_final(cms.get(), memory(content).get(), nullptr, kSignFlags) == 1;
  } else {
    // The content's digest is taken over from the signers before, who were checked against this content.
    cms = cms_from_der(p7s);
    KP_ASSERT(cms != nullptr);
    signed_now =
        CMS_add1_signer(cms.get(), x509.get(), pkey, EVP_sha256(), kSignFlags | CMS_REUSE_DIGEST) != nullptr;
  }
  if (!signed_now) return why_not_signed(key.key(), certificate);
  for (const Certificate& one : chain) {
    // One that is embedded already is refused, and need not be there twice.
    CMS_add1_cert(cms.get(), x509_from_der(one.der).get());
    ERR_clear_error();
  }
  return der_of(cms.get());
}

std::size_t most_cades_bytes(const Certificate& certificate, const std::vector<Certificate>& chain) {
  // The certificate itself; its issuer and, in the signature, as many bytes as its key has: each less than
  // it.
  constexpr std::size_t kAttributes = 1024;
  std::size_t most = kAttributes + 3 * certificate.der.size();
  for (const Certificate& one : chain) most += one.der.size();
  return most;
}

// Made by the older PKCS #7 functions: those of CMS write the clock's time into every signature
// (OpenSSL 3.0), which a PDF must not have. The bytes are the same kind of SignedData.
Result<std::string> sign_cades(std::string_view content, const Certificate& certificate,
                               const SigningKey& key, const std::vector<Certificate>& chain) {
  EVP_PKEY* const pkey = key.key().pkey.get();
  const X509Ptr x509 = x509_of_pair(certificate, pkey);
  if (x509 == nullptr) return finding(Code::seal_key_mismatch, {}, {certificate.subject});
  const Pkcs7 p7(PKCS7_new());
  const bool begun = p7 != nullptr && PKCS7_set_type(p7.get(), NID_pkcs7_signed) == 1 &&
                     PKCS7_content_new(p7.get(), NID_pkcs7_data) == 1;
  if (!begun) return finding(Code::seal_not_signed, {}, {library_reason()});
  PKCS7_set_detached(p7.get(), 1);
  PKCS7_SIGNER_INFO* const signer = PKCS7_add_signature(p7.get(), x509.get(), pkey, EVP_sha256());
  Digest digest = sha256(content);
  const bool signed_now =
      signer != nullptr && PKCS7_add_certificate(p7.get(), x509.get()) == 1 &&
      PKCS7_add_attrib_content_type(signer, nullptr) == 1 && name_certificate(signer, x509.get()) &&
      PKCS7_add1_attrib_digest(signer, digest.data(), static_cast<int>(digest.size())) == 1 &&
      PKCS7_SIGNER_INFO_sign(signer) == 1;
  if (!signed_now) return why_not_signed(key.key(), certificate);
  for (const Certificate& one : chain) {
    if (one.der != certificate.der) PKCS7_add_certificate(p7.get(), x509_from_der(one.der).get());
  }
  unsigned char* data = nullptr;
  const int size = i2d_PKCS7(p7.get(), &data);
  KP_ASSERT(size > 0);
  std::string der(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size));
  OPENSSL_free(data);
  KP_ASSERT(der.size() <= most_cades_bytes(certificate, chain));
  return der;
}

std::string_view without_padding(std::string_view padded) {
  const auto* const begin = reinterpret_cast<const unsigned char*>(padded.data());
  const unsigned char* at = begin;
  long length = 0;
  int tag = 0;
  int kind = 0;
  const int read = ASN1_get_object(&at, &length, &tag, &kind, static_cast<long>(padded.size()));
  ERR_clear_error();
  constexpr int kIndefinite = 0x01;
  constexpr int kBad = 0x80;
  if ((read & (kIndefinite | kBad)) != 0) return padded;
  return padded.substr(0, static_cast<std::size_t>(at - begin) + static_cast<std::size_t>(length));
}

Result<std::vector<Certificate>> read_signers(std::string_view content, std::string_view p7s,
                                              const std::string& where) {
  const Cms cms = cms_from_der(p7s);
  if (cms == nullptr || CMS_is_detached(cms.get()) != 1) {
    ERR_clear_error();
    return finding(Code::seal_not_cms, where);
  }
  constexpr unsigned kVerifyFlags = CMS_BINARY | CMS_DETACHED | CMS_NO_SIGNER_CERT_VERIFY;
  if (CMS_verify(cms.get(), nullptr, nullptr, filtered_memory(content).get(), nullptr, kVerifyFlags) != 1) {
    return finding(Code::seal_bad_signature, where, {library_reason()});
  }
  std::vector<Certificate> signers;
  std::set<std::string> seen;
  STACK_OF(X509)* const certificates = CMS_get0_signers(cms.get());
  for (int i = 0; i < sk_X509_num(certificates); ++i) {
    Certificate signer = describe(sk_X509_value(certificates, i));
    if (seen.insert(signer.digest).second) signers.push_back(std::move(signer));
  }
  sk_X509_free(certificates);
  return signers;
}

}  // namespace kp
