// A PKCS#11 module that is SoftHSM, but for what KP_TOKEN_SCRIPT says: "locked" and "last-try" answer a wrong
// PIN as cards do after too many of them, "pulled-out" is a token that is gone when it is asked to sign.
#include <dlfcn.h>
#include <p11-kit/pkcs11.h>

#include <cstdlib>
#include <string_view>

namespace {

CK_FUNCTION_LIST* softhsm = nullptr;
CK_FUNCTION_LIST scripted;
bool pin_was_wrong = false;

bool script_is(std::string_view word) {
  const char* script = std::getenv("KP_TOKEN_SCRIPT");
  return script != nullptr && script == word;
}

CK_RV token_info(CK_SLOT_ID slot, CK_TOKEN_INFO* info) {
  const CK_RV rv = softhsm->C_GetTokenInfo(slot, info);
  if (pin_was_wrong && script_is("last-try")) info->flags |= CKF_USER_PIN_FINAL_TRY;
  if (script_is("locked-before")) info->flags |= CKF_USER_PIN_LOCKED;
  return rv;
}

CK_RV log_in(CK_SESSION_HANDLE session, CK_USER_TYPE user, unsigned char* pin, CK_ULONG size) {
  const CK_RV rv = softhsm->C_Login(session, user, pin, size);
  pin_was_wrong = rv == CKR_PIN_INCORRECT;
  return pin_was_wrong && script_is("locked") ? CKR_PIN_LOCKED : rv;
}

CK_RV sign(CK_SESSION_HANDLE session, unsigned char* bytes, CK_ULONG size, unsigned char* signature,
           CK_ULONG* length) {
  if (script_is("pulled-out")) return CKR_DEVICE_REMOVED;
  return softhsm->C_Sign(session, bytes, size, signature, length);
}

}  // namespace

extern "C" CK_RV C_GetFunctionList(CK_FUNCTION_LIST** list) {
  void* const library = dlopen(KP_SOFTHSM_MODULE, RTLD_NOW);
  void* const door = library == nullptr ? nullptr : dlsym(library, "C_GetFunctionList");
  if (door == nullptr) return CKR_GENERAL_ERROR;
  if (const CK_RV rv = reinterpret_cast<CK_C_GetFunctionList>(door)(&softhsm); rv != CKR_OK) return rv;
  scripted = *softhsm;
  scripted.C_GetTokenInfo = token_info;
  scripted.C_Login = log_in;
  scripted.C_Sign = sign;
  *list = &scripted;
  return CKR_OK;
}
