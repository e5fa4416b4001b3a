#include "verify/signers.h"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <limits>

#include "base/digest.h"
#include "verify/der.h"
#include "verify/dossier.h"

namespace kp::verify {
namespace {

// More than any board has; keeps the cost of matching signers with certificates within bounds.
constexpr int kMostSigners = 256;
constexpr int kMostCertificates = 1024;
constexpr int kLeastDigestBytes = 32;

template <class T, void (*Free)(T*)>
struct Release {
  void operator()(T* object) const { Free(object); }
};
void free_bio(BIO* bio) {
  BIO_free_all(bio);
}
void free_certificates(STACK_OF(X509) * stack) {
  sk_X509_pop_free(stack, X509_free);
}
void free_list(STACK_OF(X509) * stack) {
  sk_X509_free(stack);
}
void free_infos(STACK_OF(X509_INFO) * stack) {
  sk_X509_INFO_pop_free(stack, X509_INFO_free);
}
using Bio = std::unique_ptr<BIO, Release<BIO, free_bio>>;
using Cms = std::unique_ptr<CMS_ContentInfo, Release<CMS_ContentInfo, CMS_ContentInfo_free>>;
using Certificate = std::unique_ptr<X509, Release<X509, X509_free>>;
using Certificates = std::unique_ptr<STACK_OF(X509), Release<STACK_OF(X509), free_certificates>>;
using CertificateList = std::unique_ptr<STACK_OF(X509), Release<STACK_OF(X509), free_list>>;
using SigningCertificate =
    std::unique_ptr<ESS_SIGNING_CERT_V2, Release<ESS_SIGNING_CERT_V2, ESS_SIGNING_CERT_V2_free>>;
using Infos = std::unique_ptr<STACK_OF(X509_INFO), Release<STACK_OF(X509_INFO), free_infos>>;
using Store = std::unique_ptr<X509_STORE, Release<X509_STORE, X509_STORE_free>>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, Release<X509_STORE_CTX, X509_STORE_CTX_free>>;

Bio bio_of(std::string_view bytes) {
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return nullptr;
  return Bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

// The same behind a filter that does nothing: of a bare memory source CMS_verify makes a copy of its own,
// which it forgets to free when the signature's algorithms are unknown to it.
Bio filtered_bio_of(std::string_view bytes) {
  Bio source = bio_of(bytes);
  BIO* filter = source == nullptr ? nullptr : BIO_new(BIO_f_null());
  if (filter == nullptr) return nullptr;
  return Bio(BIO_push(filter, source.release()));
}

// What the library complains of, and an empty queue behind it.
std::string complaint() {
  const unsigned long error = ERR_get_error();
  ERR_clear_error();
  const char* reason = error == 0 ? nullptr : ERR_reason_error_string(error);
  return reason == nullptr ? "CMS" : reason;
}

std::string der_of(X509* certificate) {
  unsigned char* bytes = nullptr;
  const int length = i2d_X509(certificate, &bytes);
  if (length <= 0) return {};
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
  OPENSSL_free(bytes);
  return der;
}

std::string key_digest(X509* certificate) {
  unsigned char* bytes = nullptr;
  const int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &bytes);
  if (length <= 0) return {};
  std::string digest = sha256_hex({reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length)});
  OPENSSL_free(bytes);
  return digest;
}

Certificate certificate_from(const std::string& der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  return Certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
}

// A collision in a short digest would let one signature stand for two results.
bool has_long_digests(CMS_ContentInfo* cms) {
  STACK_OF(CMS_SignerInfo)* infos = CMS_get0_SignerInfos(cms);
  for (int i = 0; i < sk_CMS_SignerInfo_num(infos); ++i) {
    X509_ALGOR* digest = nullptr;
    CMS_SignerInfo_get0_algs(sk_CMS_SignerInfo_value(infos, i), nullptr, nullptr, &digest, nullptr);
    const ASN1_OBJECT* name = nullptr;
    if (digest == nullptr) return false;
    X509_ALGOR_get0(&name, nullptr, nullptr, digest);
    const EVP_MD* method = EVP_get_digestbyobj(name);
    if (method == nullptr || EVP_MD_get_size(method) < kLeastDigestBytes) return false;
  }
  return true;
}

// Whether the file is the one DER text of what the library understood: no byte of it went unread.
bool is_der(CMS_ContentInfo* cms, std::string_view p7s) {
  unsigned char* bytes = nullptr;
  const int length = i2d_CMS_ContentInfo(cms, &bytes);
  if (length <= 0) return false;
  const bool same =
      p7s == std::string_view(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
  OPENSSL_free(bytes);
  return same && has_right_versions(p7s);
}

// An algorithm's identifier, or NID_undef when it has parameters that nobody looks at.
int plain_algorithm(const X509_ALGOR* algorithm) {
  const ASN1_OBJECT* name = nullptr;
  int parameters = V_ASN1_UNDEF;
  X509_ALGOR_get0(&name, &parameters, nullptr, algorithm);
  const int named = OBJ_obj2nid(name);
  const bool plain = parameters == V_ASN1_UNDEF || parameters == V_ASN1_NULL || named == NID_rsassaPss;
  return plain ? named : NID_undef;
}

std::string name_bytes(const X509_NAME* name) {
  unsigned char* bytes = nullptr;
  const int length = i2d_X509_NAME(name, &bytes);
  if (length <= 0) return {};
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
  OPENSSL_free(bytes);
  return der;
}

// Whether what a verified signer says of itself is what was verified: its issuer to the byte, its algorithm.
bool is_as_verified(CMS_SignerInfo* info) {
  EVP_PKEY* key = nullptr;
  X509* certificate = nullptr;
  X509_ALGOR* digest = nullptr;
  X509_ALGOR* signature = nullptr;
  CMS_SignerInfo_get0_algs(info, &key, &certificate, &digest, &signature);
  if (key == nullptr || certificate == nullptr || digest == nullptr || signature == nullptr) return false;
  X509_NAME* issuer = nullptr;
  CMS_SignerInfo_get0_signer_id(info, nullptr, &issuer, nullptr);
  if (issuer != nullptr && name_bytes(issuer) != name_bytes(X509_get_issuer_name(certificate))) return false;
  const int key_kind = EVP_PKEY_get_base_id(key);
  const int named = plain_algorithm(signature);
  const int digest_named = plain_algorithm(digest);
  if (named == NID_undef || digest_named == NID_undef) return false;
  int named_digest = NID_undef;
  int named_key = NID_undef;
  if (OBJ_find_sigid_algs(named, &named_digest, &named_key) != 1) return named == key_kind;
  const bool digest_fits = named_digest == NID_undef || named_digest == digest_named;
  return digest_fits && (named_key == key_kind || named_key == NID_rsassaPss);
}

bool all_are_as_verified(CMS_ContentInfo* cms) {
  STACK_OF(CMS_SignerInfo)* infos = CMS_get0_SignerInfos(cms);
  for (int i = 0; i < sk_CMS_SignerInfo_num(infos); ++i) {
    if (!is_as_verified(sk_CMS_SignerInfo_value(infos, i))) return false;
  }
  return true;
}

// Why a parsed file is not the kind of signature we accept, before any arithmetic is spent on it; "" when it
// is.
std::string objection(CMS_ContentInfo* cms) {
  if (OBJ_obj2nid(CMS_get0_type(cms)) != NID_pkcs7_signed) return "not SignedData";
  if (CMS_is_detached(cms) != 1) return "not detached";
  if (OBJ_obj2nid(CMS_get0_eContentType(cms)) != NID_pkcs7_data) return "content type";
  const int signers = sk_CMS_SignerInfo_num(CMS_get0_SignerInfos(cms));
  if (signers < 1) return "no signer";
  const Certificates embedded(CMS_get1_certs(cms));
  if (signers > kMostSigners || sk_X509_num(embedded.get()) > kMostCertificates) return "too many signers";
  return has_long_digests(cms) ? "" : "digest too short";
}

std::string subject_of(X509* certificate) {
  const Bio text(BIO_new(BIO_s_mem()));
  constexpr unsigned long kReadable = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  char* data = nullptr;
  if (text == nullptr || X509_NAME_print_ex(text.get(), X509_get_subject_name(certificate), 0, kReadable) < 0)
    return {};
  const long size = BIO_get_mem_data(text.get(), &data);
  return shown_name({data, static_cast<std::size_t>(size)});
}

Envelope envelope_of(CMS_ContentInfo* cms) {
  Envelope envelope;
  const CertificateList signers(CMS_get0_signers(cms));
  for (int i = 0; i < sk_X509_num(signers.get()); ++i) {
    X509* certificate = sk_X509_value(signers.get(), i);
    std::string der = der_of(certificate);
    std::string digest = sha256_hex(der);
    const bool known = std::any_of(envelope.signers.begin(), envelope.signers.end(),
                                   [&](const Signer& signer) { return signer.certificate == digest; });
    if (known) continue;
    EVP_PKEY* key = X509_get0_pubkey(certificate);
    const int strength = key == nullptr ? 0 : EVP_PKEY_get_security_bits(key);
    envelope.signers.push_back(
        {std::move(digest), key_digest(certificate), std::move(der), subject_of(certificate), strength});
  }
  const Certificates embedded(CMS_get1_certs(cms));
  for (int i = 0; i < sk_X509_num(embedded.get()); ++i) {
    envelope.certificates.push_back(der_of(sk_X509_value(embedded.get(), i)));
  }
  return envelope;
}

}  // namespace

Result<Envelope> open_envelope(std::string_view p7s, std::string_view content, const std::string& place) {
  const auto bad = [&](std::string why) {
    return finding(Code::verify_signature_bad, place, {std::move(why)});
  };
  if (p7s.empty() || p7s.size() > kMostSignatureBytes) return bad("size");
  ERR_clear_error();
  const auto* at = reinterpret_cast<const unsigned char*>(p7s.data());
  const auto* const end = at + p7s.size();
  const Cms cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(p7s.size())));
  if (cms == nullptr) return bad(complaint());
  if (at != end) return bad("trailing bytes");
  if (std::string why = objection(cms.get()); !why.empty()) return bad(std::move(why));
  if (!is_der(cms.get(), p7s)) return bad("not DER");
  const Bio bytes = filtered_bio_of(content);
  if (bytes == nullptr) return bad("size");
  constexpr unsigned kFlags = CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY;
  if (CMS_verify(cms.get(), nullptr, nullptr, bytes.get(), nullptr, kFlags) != 1) return bad(complaint());
  if (!all_are_as_verified(cms.get())) return bad("signer or algorithm");
  Envelope envelope = envelope_of(cms.get());
  ERR_clear_error();
  if (envelope.signers.empty()) return bad("no signer");
  return envelope;
}

bool names_its_certificate(std::string_view p7s, const Envelope& envelope) {
  const auto* at = reinterpret_cast<const unsigned char*>(p7s.data());
  const Cms cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(p7s.size())));
  STACK_OF(CMS_SignerInfo)* infos = cms == nullptr ? nullptr : CMS_get0_SignerInfos(cms.get());
  if (sk_CMS_SignerInfo_num(infos) != 1 || envelope.signers.size() != 1) return false;
  constexpr int kTheOnlyOne = -3;
  const auto* said = static_cast<ASN1_STRING*>(CMS_signed_get0_data_by_OBJ(
      sk_CMS_SignerInfo_value(infos, 0), OBJ_nid2obj(NID_id_smime_aa_signingCertificateV2), kTheOnlyOne,
      V_ASN1_SEQUENCE));
  if (said == nullptr) return false;
  const unsigned char* bytes = ASN1_STRING_get0_data(said);
  const SigningCertificate named(d2i_ESS_SIGNING_CERT_V2(nullptr, &bytes, ASN1_STRING_length(said)));
  Certificate signer = certificate_from(envelope.signers.front().der);
  const Certificates only(sk_X509_new_null());
  if (signer == nullptr || only == nullptr || sk_X509_push(only.get(), signer.get()) <= 0) return false;
  static_cast<void>(signer.release());
  const bool same = OSSL_ESS_check_signing_certs(nullptr, named.get(), only.get(), 1) == 1;
  ERR_clear_error();
  return same;
}

struct Authority::State {
  Store store;
};

Authority::Authority(std::unique_ptr<State> state) : state_(std::move(state)) {}
Authority::Authority(Authority&&) noexcept = default;
Authority::~Authority() = default;

Result<Authority> Authority::from_pem(std::string_view pem, const std::string& file) {
  auto state = std::make_unique<State>();
  state->store.reset(X509_STORE_new());
  const Bio bytes = bio_of(pem);
  const Infos infos(bytes == nullptr ? nullptr
                                     : PEM_X509_INFO_read_bio(bytes.get(), nullptr, nullptr, nullptr));
  int certificates = 0;
  for (int i = 0; infos != nullptr && i < sk_X509_INFO_num(infos.get()); ++i) {
    X509* certificate = sk_X509_INFO_value(infos.get(), i)->x509;
    if (certificate == nullptr || state->store == nullptr) continue;
    certificates += X509_STORE_add_cert(state->store.get(), certificate) == 1 ? 1 : 0;
  }
  ERR_clear_error();
  if (certificates == 0) return finding(Code::verify_signature_ca, file);
  return Authority(std::move(state));
}

Trust Authority::trust(const Signer& signer, const Envelope& envelope, std::int64_t seconds) const {
  const Certificate leaf = certificate_from(signer.der);
  const Certificates others(sk_X509_new_null());
  const StoreContext context(X509_STORE_CTX_new());
  if (leaf == nullptr || others == nullptr || context == nullptr) return Trust::untrusted;
  for (const std::string& der : envelope.certificates) {
    Certificate other = certificate_from(der);
    if (other != nullptr && sk_X509_push(others.get(), other.get()) > 0) static_cast<void>(other.release());
  }
  if (X509_STORE_CTX_init(context.get(), state_->store.get(), leaf.get(), others.get()) != 1)
    return Trust::untrusted;
  X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_ANY);
  X509_VERIFY_PARAM_set_time(parameters, static_cast<time_t>(seconds));
  const bool good = X509_verify_cert(context.get()) == 1;
  const int why = X509_STORE_CTX_get_error(context.get());
  ERR_clear_error();
  if (good) return Trust::trusted;
  const bool time = why == X509_V_ERR_CERT_HAS_EXPIRED || why == X509_V_ERR_CERT_NOT_YET_VALID;
  return time ? Trust::not_valid_then : Trust::untrusted;
}

bool is_valid_at(const Signer& signer, std::int64_t seconds) {
  const Certificate certificate = certificate_from(signer.der);
  if (certificate == nullptr) return false;
  auto then = static_cast<time_t>(seconds);
  // X509_cmp_time: −1 when the certificate's time is not after `then`, 1 when it is later, 0 when unreadable.
  return X509_cmp_time(X509_get0_notBefore(certificate.get()), &then) == -1 &&
         X509_cmp_time(X509_get0_notAfter(certificate.get()), &then) == 1;
}

}  // namespace kp::verify
