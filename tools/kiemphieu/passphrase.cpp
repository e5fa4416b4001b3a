#include "kiemphieu/passphrase.h"

#include <openssl/crypto.h>
#include <openssl/ui.h>

#include <array>
#include <memory>

namespace kp {

std::string ask_secret(const std::string& prompt) {
  constexpr int kLongest = 1023;
  std::array<char, kLongest + 1> typed{};
  const std::unique_ptr<UI, decltype(&UI_free)> terminal(UI_new(), &UI_free);
  if (terminal == nullptr ||
      UI_add_input_string(terminal.get(), prompt.c_str(), 0, typed.data(), 1, kLongest) < 0 ||
      UI_process(terminal.get()) != 0) {
    return {};
  }
  std::string secret = typed.data();
  OPENSSL_cleanse(typed.data(), typed.size());
  return secret;
}

}  // namespace kp
