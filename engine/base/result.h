// A value, or the findings that stood in its way.
//
// Result<T> is for everything that can fail because of the outside: files, keys, disks, people. A lawful
// oddity (a tie, a short election, a blank ballot) is an ordinary value and never a failure.
#pragma once

#include <optional>
#include <utility>
#include <variant>

#include "base/check.h"
#include "base/finding.h"

namespace kp {

/// Either a T or at least one finding. Asking for what is not there is a bug (KP_ASSERT).
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(Finding finding) : state_(Findings{std::move(finding)}) {}
  Result(Findings findings) : state_(std::move(findings)) { KP_ASSERT(!std::get<Findings>(state_).empty()); }

  [[nodiscard]] bool ok() const { return std::holds_alternative<T>(state_); }
  explicit operator bool() const { return ok(); }

  [[nodiscard]] const T& value() const& {
    KP_ASSERT(ok());
    return std::get<T>(state_);
  }
  [[nodiscard]] T& value() & {
    KP_ASSERT(ok());
    return std::get<T>(state_);
  }
  [[nodiscard]] T&& value() && {
    KP_ASSERT(ok());
    return std::get<T>(std::move(state_));
  }
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

  [[nodiscard]] const Findings& findings() const {
    KP_ASSERT(!ok());
    return std::get<Findings>(state_);
  }

 private:
  std::variant<T, Findings> state_;
};

/// The result of something that only can succeed or fail.
using Done = Result<std::monostate>;

inline Done done() {
  return std::monostate{};
}

}  // namespace kp
