#include "support/certificates.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdlib>
#include <memory>

#include "base/digest.h"

namespace kp::test {
namespace {

template <auto Free>
struct Releaser {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using PKey = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>>;
using X509Ptr = std::unique_ptr<X509, Releaser<X509_free>>;
using Bio = std::unique_ptr<BIO, Releaser<BIO_free>>;

void must(bool good) {
  if (!good) std::abort();
}

PKey make_key(KeyKind kind) {
  switch (kind) {
    case KeyKind::rsa_2048:
      return PKey(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048}));
    case KeyKind::rsa_1024:
      return PKey(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{1024}));
    case KeyKind::p_256:
      return PKey(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    case KeyKind::p_384:
      break;
  }
  return PKey(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-384"));
}

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);  // NOLINT: OpenSSL's own macro
  return {data, static_cast<std::size_t>(size)};
}

KeyPair pem_of(X509* certificate, EVP_PKEY* key) {
  const Bio certificate_text(BIO_new(BIO_s_mem()));
  const Bio key_text(BIO_new(BIO_s_mem()));
  must(PEM_write_bio_X509(certificate_text.get(), certificate) == 1);
  must(PEM_write_bio_PrivateKey(key_text.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
  return {text_of(certificate_text.get()), text_of(key_text.get())};
}

X509Ptr read_x509(const std::string& pem) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return X509Ptr(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

X509Ptr blank(const CertificateRequest& request, EVP_PKEY* key, long serial) {
  X509Ptr certificate(X509_new());
  must(certificate != nullptr);
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
  must(ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate.get()), request.not_before.c_str()) == 1);
  must(ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate.get()), request.not_after.c_str()) == 1);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(request.name.c_str()), -1, -1, 0);
  X509_set_pubkey(certificate.get(), key);
  return certificate;
}

void add_extension(X509* certificate, int nid, const char* value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value);
  must(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1);
  X509_EXTENSION_free(extension);
}

}  // namespace

KeyPair make_authority(const std::string& name) {
  const PKey key = make_key(KeyKind::p_256);
  const X509Ptr certificate = blank({name}, key.get(), 1);
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
  add_extension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
  must(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);
  return pem_of(certificate.get(), key.get());
}

KeyPair issue(const KeyPair& authority, const CertificateRequest& request) {
  static long serial = 1;
  const X509Ptr issuer = read_x509(authority.certificate);
  const Bio bio(BIO_new_mem_buf(authority.key.data(), static_cast<int>(authority.key.size())));
  const PKey issuer_key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
  const PKey key = make_key(request.kind);
  const X509Ptr certificate = blank(request, key.get(), ++serial);
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer.get()));
  add_extension(certificate.get(), NID_basic_constraints, "CA:FALSE");
  must(X509_sign(certificate.get(), issuer_key.get(), EVP_sha256()) > 0);
  return pem_of(certificate.get(), key.get());
}

std::string certificate_digest(const std::string& pem) {
  const X509Ptr certificate = read_x509(pem);
  unsigned char* data = nullptr;
  const int size = i2d_X509(certificate.get(), &data);
  must(size > 0);
  std::string digest =
      sha256_hex(std::string_view(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size)));
  OPENSSL_free(data);
  return digest;
}

}  // namespace kp::test
