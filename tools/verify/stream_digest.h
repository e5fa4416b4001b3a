// SHA-256 of bytes that come in pieces.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace kp::verify {

class StreamDigest {
 public:
  StreamDigest();
  ~StreamDigest();
  StreamDigest(const StreamDigest&) = delete;
  StreamDigest& operator=(const StreamDigest&) = delete;

  void add(std::string_view bytes);

  /// Purpose: 64 lower-case hex digits of all that was added. To be asked once.
  std::string hex_digits();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kp::verify
