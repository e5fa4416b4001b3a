#include "seal/p11_kit.h"

#include <dlfcn.h>

#include <optional>
#include <type_traits>

namespace kp {
namespace {

std::optional<P11Kit> load() {
  void* const library = ::dlopen(kP11KitLibrary, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return std::nullopt;
  bool all = true;
  const auto find = [&](auto& function, const char* name) {
    function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(::dlsym(library, name));
    all = all && function != nullptr;
  };
  P11Kit kit;
  find(kit.be_quiet, "p11_kit_be_quiet");
  find(kit.strerror, "p11_kit_strerror");
  find(kit.module_load, "p11_kit_module_load");
  find(kit.module_initialize, "p11_kit_module_initialize");
  find(kit.module_finalize, "p11_kit_module_finalize");
  find(kit.module_release, "p11_kit_module_release");
  find(kit.modules_load_and_initialize, "p11_kit_modules_load_and_initialize");
  find(kit.modules_finalize_and_release, "p11_kit_modules_finalize_and_release");
  find(kit.uri_new, "p11_kit_uri_new");
  find(kit.uri_free, "p11_kit_uri_free");
  find(kit.uri_parse, "p11_kit_uri_parse");
  find(kit.uri_any_unrecognized, "p11_kit_uri_any_unrecognized");
  find(kit.uri_get_attribute, "p11_kit_uri_get_attribute");
  find(kit.uri_get_module_path, "p11_kit_uri_get_module_path");
  find(kit.uri_get_pin_source, "p11_kit_uri_get_pin_source");
  find(kit.uri_match_module_info, "p11_kit_uri_match_module_info");
  find(kit.uri_match_token_info, "p11_kit_uri_match_token_info");
  return all ? std::optional(kit) : std::nullopt;
}

}  // namespace

const P11Kit* p11_kit() {
  static const std::optional<P11Kit> kit = load();
  return kit ? &*kit : nullptr;
}

}  // namespace kp
