// SHA-256, as 32 bytes and as the 64 lower-case hex digits that stand in files (contract §2).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kp {

using Digest = std::array<std::uint8_t, 32>;

/// Purpose: the SHA-256 of `bytes`.
Digest sha256(std::string_view bytes);

/// The SHA-256 of bytes that come one piece after another.
class Hashing {
 public:
  Hashing();
  Hashing(const Hashing&) = delete;
  Hashing& operator=(const Hashing&) = delete;
  ~Hashing();

  void add(std::string_view bytes);
  /// Purpose: the digest of everything added. In: called once, and nothing added after it.
  Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Purpose: 64 lower-case hex digits.
std::string hex(const Digest& digest);

/// Purpose: sha256 and hex in one step.
std::string sha256_hex(std::string_view bytes);

/// Purpose: whether `text` is 64 lower-case hex digits.
bool is_digest(std::string_view text);

/// Purpose: a digest as people read it aloud: groups of four, "6b6f beed …".
std::string in_groups_of_four(std::string_view hex_digits);

/// Purpose: RFC 4648 base64 with padding, without line breaks.
std::string base64(std::string_view bytes);
std::string base64(const Digest& digest);

/// Purpose: the bytes that `text` encodes, or nothing when it is not such base64.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace kp
