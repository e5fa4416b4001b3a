// The functions of p11-kit, found when a token is first asked for: a linked library is loaded at the start of
// every command, and hardly one of them signs.
#pragma once

#include <p11-kit/p11-kit.h>
#include <p11-kit/uri.h>

namespace kp {

/// Each member is p11-kit's function p11_kit_<name>.
struct P11Kit {
  decltype(&p11_kit_be_quiet) be_quiet = nullptr;
  decltype(&p11_kit_strerror) strerror = nullptr;
  decltype(&p11_kit_module_load) module_load = nullptr;
  decltype(&p11_kit_module_initialize) module_initialize = nullptr;
  decltype(&p11_kit_module_finalize) module_finalize = nullptr;
  decltype(&p11_kit_module_release) module_release = nullptr;
  decltype(&p11_kit_modules_load_and_initialize) modules_load_and_initialize = nullptr;
  decltype(&p11_kit_modules_finalize_and_release) modules_finalize_and_release = nullptr;
  decltype(&p11_kit_uri_new) uri_new = nullptr;
  decltype(&p11_kit_uri_free) uri_free = nullptr;
  decltype(&p11_kit_uri_parse) uri_parse = nullptr;
  decltype(&p11_kit_uri_any_unrecognized) uri_any_unrecognized = nullptr;
  decltype(&p11_kit_uri_get_attribute) uri_get_attribute = nullptr;
  decltype(&p11_kit_uri_get_module_path) uri_get_module_path = nullptr;
  decltype(&p11_kit_uri_get_pin_source) uri_get_pin_source = nullptr;
  decltype(&p11_kit_uri_match_module_info) uri_match_module_info = nullptr;
  decltype(&p11_kit_uri_match_token_info) uri_match_token_info = nullptr;
};

constexpr const char* kP11KitLibrary = "libp11-kit.so.0";

/// Purpose: the library, loaded at the first call and kept. Returns: nullptr where it is not installed.
const P11Kit* p11_kit();

}  // namespace kp
