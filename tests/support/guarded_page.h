// A page of memory with a forbidden page behind it: who reads or writes past its end ends the process.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>

#include "catch.h"

namespace kp::test {

/// Errors: fails the running test when the system gives no such pages, or does not take them back.
class GuardedPage {
 public:
  GuardedPage() {
    REQUIRE(pages_ != MAP_FAILED);
    REQUIRE(::mprotect(static_cast<char*>(pages_) + size_, size_, PROT_NONE) == 0);
  }
  GuardedPage(const GuardedPage&) = delete;
  GuardedPage& operator=(const GuardedPage&) = delete;
  ~GuardedPage() { CHECK(::munmap(pages_, 2 * size_) == 0); }

  /// Bytes that may be used.
  [[nodiscard]] std::size_t size() const { return size_; }

  /// Purpose: where `count` values lie that end where the page ends. In: they fit in it.
  template <class Value>
  [[nodiscard]] Value* last(std::size_t count) const {
    return static_cast<Value*>(pages_) + (size_ / sizeof(Value) - count);
  }

 private:
  std::size_t size_ = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  void* pages_ = ::mmap(nullptr, 2 * size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
};

}  // namespace kp::test
