#include "seal/token.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "base/file.h"
#include "seal/p11_kit.h"

namespace kp {
namespace {

constexpr std::uint64_t kMostPinFileBytes = 4096;
constexpr std::size_t kMostSignatureBytes = 2048;
constexpr CK_ULONG kMostObjects = 64;

struct FreeUri {
  void operator()(P11KitUri* uri) const { p11_kit()->uri_free(uri); }
};
using Uri = std::unique_ptr<P11KitUri, FreeUri>;

unsigned char* bytes_in(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

CK_ATTRIBUTE attribute(CK_ATTRIBUTE_TYPE type, void* value, std::size_t size) {
  return {type, value, static_cast<CK_ULONG>(size)};
}

Finding failed(CK_RV rv) {
  return finding(Code::token_failed, {}, {p11_kit()->strerror(rv)});
}

// A token's label as it stands in its fixed field, without the blanks behind it.
std::string label_of(const CK_TOKEN_INFO& info) {
  std::string label(reinterpret_cast<const char*>(info.label), sizeof info.label);
  label.erase(label.find_last_not_of(' ') + 1);
  return label;
}

Result<Uri> parse(const std::string& text) {
  // First of all, and of anything that looks like it: what has a PIN in it is not looked at any further.
  if (text.find("pin-value") != std::string::npos) return finding(Code::token_pin_in_uri);
  if (p11_kit() == nullptr) return finding(Code::token_module, kP11KitLibrary);
  Uri uri(p11_kit()->uri_new());
  if (p11_kit()->uri_parse(text.c_str(), P11_KIT_URI_FOR_ANY, uri.get()) != P11_KIT_URI_OK ||
      p11_kit()->uri_any_unrecognized(uri.get()) != 0) {
    return finding(Code::token_uri);
  }
  return uri;
}

// The first line of the file that pin-source names. Other kinds of source (a program to run) are not taken.
Result<std::string> pin_from(std::string source) {
  constexpr std::string_view kFile = "file:";
  if (source.starts_with(kFile)) source.erase(0, kFile.size());
  if (source.starts_with("//")) source.erase(0, 2);
  if (!source.starts_with('/')) return finding(Code::token_uri);
  Result<std::string> pin = read_file(source, kMostPinFileBytes);
  if (!pin) return pin.findings();
  pin->erase(std::min(pin->find_first_of("\r\n"), pin->size()));
  return pin;
}

}  // namespace

/// Modules, one slot, one session, one key; all given back in the end.
struct Token::Session {
  Uri uri;
  CK_FUNCTION_LIST** configured = nullptr;  ///< the modules that p11-kit knows, up to a null
  CK_FUNCTION_LIST* named = nullptr;        ///< or the one of module-path
  CK_FUNCTION_LIST* module = nullptr;       ///< the one that has the token
  CK_SLOT_ID slot = 0;
  CK_SESSION_HANDLE session = CK_INVALID_HANDLE;
  CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;
  bool asks_each_time = false;  ///< the token wants the PIN for every signature
  std::string label, pin;

  Session() = default;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session();

  Done load();
  [[nodiscard]] std::vector<CK_FUNCTION_LIST*> modules() const;
  Done find_token();
  Done log_in(const AskPin& ask);
  Done find_key(std::string_view certificate);
  Done give_pin(CK_USER_TYPE as);
  [[nodiscard]] bool is_meant(CK_FUNCTION_LIST* by, CK_SLOT_ID at) const;
  [[nodiscard]] CK_TOKEN_INFO token_info() const;
  [[nodiscard]] std::vector<CK_OBJECT_HANDLE> find(std::vector<CK_ATTRIBUTE> with) const;
  [[nodiscard]] std::string value(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const;
};

Token::Session::~Session() {
  if (session != CK_INVALID_HANDLE) {
    module->C_Logout(session);
    module->C_CloseSession(session);
  }
  if (named != nullptr) {
    p11_kit()->module_finalize(named);
    p11_kit()->module_release(named);
  }
  if (configured != nullptr) p11_kit()->modules_finalize_and_release(configured);
  OPENSSL_cleanse(pin.data(), pin.size());
}

Done Token::Session::load() {
  p11_kit()->be_quiet();
  const char* path = p11_kit()->uri_get_module_path(uri.get());
  if (path == nullptr) {
    configured = p11_kit()->modules_load_and_initialize(0);
    return done();
  }
  CK_FUNCTION_LIST* const loaded = p11_kit()->module_load(path, 0);
  if (loaded == nullptr) return finding(Code::token_module, path);
  if (p11_kit()->module_initialize(loaded) != CKR_OK) {
    p11_kit()->module_release(loaded);
    return finding(Code::token_module, path);
  }
  named = loaded;
  return done();
}

std::vector<CK_FUNCTION_LIST*> Token::Session::modules() const {
  if (named != nullptr) return {named};
  std::vector<CK_FUNCTION_LIST*> all;
  for (CK_FUNCTION_LIST** one = configured; one != nullptr && *one != nullptr; ++one) all.push_back(*one);
  return all;
}

CK_TOKEN_INFO Token::Session::token_info() const {
  CK_TOKEN_INFO info{};
  return module->C_GetTokenInfo(slot, &info) == CKR_OK ? info : CK_TOKEN_INFO{};
}

// A token that holds nothing behind a PIN holds no key of a person.
bool Token::Session::is_meant(CK_FUNCTION_LIST* by, CK_SLOT_ID at) const {
  constexpr CK_FLAGS kWithPin = CKF_TOKEN_INITIALIZED | CKF_LOGIN_REQUIRED;
  CK_INFO library{};
  CK_TOKEN_INFO info{};
  return by->C_GetInfo(&library) == CKR_OK && by->C_GetTokenInfo(at, &info) == CKR_OK &&
         (info.flags & kWithPin) == kWithPin && p11_kit()->uri_match_module_info(uri.get(), &library) == 1 &&
         p11_kit()->uri_match_token_info(uri.get(), &info) == 1;
}

Done Token::Session::find_token() {
  std::size_t found = 0;
  for (CK_FUNCTION_LIST* one : modules()) {
    std::array<CK_SLOT_ID, kMostObjects> slots{};
    CK_ULONG count = slots.size();
    if (one->C_GetSlotList(CK_TRUE, slots.data(), &count) != CKR_OK) continue;
    for (CK_ULONG i = 0; i < count; ++i) {
      if (!is_meant(one, slots[i])) continue;
      ++found;
      module = one;
      slot = slots[i];
    }
  }
  if (found == 0) return finding(Code::token_none);
  if (found > 1) return finding(Code::token_several, {}, {std::to_string(found)});
  label = label_of(token_info());
  const CK_RV rv = module->C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session);
  if (rv != CKR_OK) {
    session = CK_INVALID_HANDLE;
    return failed(rv);
  }
  return done();
}

// Hands the PIN to the token; without one the person types it at the token's own keys.
Done Token::Session::give_pin(CK_USER_TYPE as) {
  unsigned char* typed = pin.empty() ? nullptr : bytes_in(pin);
  const CK_RV rv = module->C_Login(session, as, typed, static_cast<CK_ULONG>(pin.size()));
  const CK_FLAGS flags = token_info().flags;
  if (rv == CKR_OK || rv == CKR_USER_ALREADY_LOGGED_IN) return done();
  if (rv == CKR_PIN_LOCKED || (flags & CKF_USER_PIN_LOCKED) != 0)
    return finding(Code::token_pin_locked, {}, {label});
  if (rv != CKR_PIN_INCORRECT && rv != CKR_PIN_INVALID && rv != CKR_PIN_LEN_RANGE) return failed(rv);
  const bool last = (flags & CKF_USER_PIN_FINAL_TRY) != 0;
  return finding(last ? Code::token_pin_last_try : Code::token_pin, {}, {label});
}

Done Token::Session::log_in(const AskPin& ask) {
  const CK_FLAGS flags = token_info().flags;
  if ((flags & CKF_USER_PIN_LOCKED) != 0) return finding(Code::token_pin_locked, {}, {label});
  if ((flags & CKF_PROTECTED_AUTHENTICATION_PATH) == 0) {
    const char* source = p11_kit()->uri_get_pin_source(uri.get());
    Result<std::string> given = source != nullptr ? pin_from(source) : Result<std::string>(ask(label));
    if (!given) return given.findings();
    pin = *given;
    OPENSSL_cleanse(given->data(), given->size());
    if (pin.empty()) return finding(Code::token_no_pin, {}, {label});
  }
  return give_pin(CKU_USER);
}

std::vector<CK_OBJECT_HANDLE> Token::Session::find(std::vector<CK_ATTRIBUTE> with) const {
  std::vector<CK_OBJECT_HANDLE> found(kMostObjects);
  CK_ULONG count = 0;
  if (module->C_FindObjectsInit(session, with.data(), static_cast<CK_ULONG>(with.size())) == CKR_OK) {
    if (module->C_FindObjects(session, found.data(), kMostObjects, &count) != CKR_OK) count = 0;
    module->C_FindObjectsFinal(session);
  }
  found.resize(count);
  return found;
}

std::string Token::Session::value(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const {
  std::string bytes(kMostSignatureBytes, '\0');
  CK_ATTRIBUTE wanted = attribute(type, bytes.data(), bytes.size());
  const bool got = module->C_GetAttributeValue(session, object, &wanted, 1) == CKR_OK;
  bytes.resize(got ? wanted.ulValueLen : 0);
  return bytes;
}

Done Token::Session::find_key(std::string_view certificate) {
  CK_OBJECT_CLASS private_key = CKO_PRIVATE_KEY;
  std::vector<CK_ATTRIBUTE> with = {attribute(CKA_CLASS, &private_key, sizeof private_key)};
  for (const CK_ATTRIBUTE_TYPE type : {CKA_ID, CKA_LABEL}) {
    if (const CK_ATTRIBUTE* given = p11_kit()->uri_get_attribute(uri.get(), type)) with.push_back(*given);
  }
  std::vector<CK_OBJECT_HANDLE> keys = find(with);
  if (keys.empty()) return finding(Code::token_no_key, {}, {label});
  if (keys.size() > 1) {
    CK_OBJECT_CLASS of_certificates = CKO_CERTIFICATE;
    std::string der(certificate);
    const auto same = find({attribute(CKA_CLASS, &of_certificates, sizeof of_certificates),
                            attribute(CKA_VALUE, der.data(), der.size())});
    std::string id = same.empty() ? std::string() : value(same.front(), CKA_ID);
    std::erase_if(keys, [&](CK_OBJECT_HANDLE one) { return id.empty() || value(one, CKA_ID) != id; });
  }
  if (keys.size() != 1) return finding(Code::token_several_keys, {}, {label});
  key = keys.front();
  asks_each_time = value(key, CKA_ALWAYS_AUTHENTICATE) == std::string(1, '\1');
  return done();
}

Token::Token(std::unique_ptr<Session> session) : session_(std::move(session)) {}
Token::Token(Token&&) noexcept = default;
Token::~Token() = default;

Done Token::check(const std::string& text) {
  const Result<Uri> uri = parse(text);
  return uri ? done() : Done(uri.findings());
}

Result<Token> Token::open(const std::string& text, std::string_view certificate, const AskPin& ask) {
  Result<Uri> uri = parse(text);
  if (!uri) return uri.findings();
  auto session = std::make_unique<Session>();
  session->uri = std::move(uri).value();
  if (Done loaded = session->load(); !loaded) return loaded.findings();
  if (Done found = session->find_token(); !found) return found.findings();
  if (Done in = session->log_in(ask); !in) return in.findings();
  if (Done found = session->find_key(certificate); !found) return found.findings();
  return Token(std::move(session));
}

std::optional<Token::Mechanism> Token::mechanism() const {
  const std::string type = session_->value(session_->key, CKA_KEY_TYPE);
  const auto is = [&](CK_KEY_TYPE one) {
    return type == std::string_view(reinterpret_cast<const char*>(&one), sizeof one);
  };
  if (is(CKK_RSA)) return Mechanism::rsa_pkcs1;
  return is(CKK_EC) ? std::optional(Mechanism::ecdsa) : std::nullopt;
}

Result<std::string> Token::sign(std::string_view bytes) {
  CK_MECHANISM how{mechanism() == Mechanism::ecdsa ? CKM_ECDSA : CKM_RSA_PKCS, nullptr, 0};
  std::string input(bytes);
  std::string signature(kMostSignatureBytes, '\0');
  auto size = static_cast<CK_ULONG>(signature.size());
  CK_FUNCTION_LIST* const module = session_->module;
  CK_RV rv = module->C_SignInit(session_->session, &how, session_->key);
  if (rv != CKR_OK) return failed(rv);
  if (session_->asks_each_time) {
    if (Done in = session_->give_pin(CKU_CONTEXT_SPECIFIC); !in) return in.findings();
  }
  rv = module->C_Sign(session_->session, bytes_in(input), static_cast<CK_ULONG>(input.size()),
                      bytes_in(signature), &size);
  if (rv != CKR_OK) return failed(rv);
  signature.resize(size);
  return signature;
}

}  // namespace kp
