#include "kiemphieu/passphrase.h"

#include <openssl/ui.h>

#include <array>
#include <memory>

namespace kp {

std::string ask_passphrase(Language language) {
  constexpr int kLongest = 1023;
  std::array<char, kLongest + 1> typed{};
  const std::unique_ptr<UI, decltype(&UI_free)> terminal(UI_new(), &UI_free);
  const char* const prompt =
      language == Language::vi ? "Mật khẩu của khoá riêng: " : "Passphrase of the private key: ";
  if (terminal == nullptr || UI_add_input_string(terminal.get(), prompt, 0, typed.data(), 1, kLongest) < 0 ||
      UI_process(terminal.get()) != 0) {
    return {};
  }
  return typed.data();
}

}  // namespace kp
