// Things made on several threads and taken in order on the calling one.
//
// What is made, and the order in which it is taken, do not depend on how many threads there are; only the
// time does. With one it is a plain loop.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/check.h"

namespace kp {

/// Purpose: as many threads as this machine runs at once, at least one and at most `most`.
inline std::size_t threads_here(std::size_t most) {
  return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, most);
}

/// Purpose: take(i, make(i)) for i = 0, 1 … count − 1, in this order; make runs ahead on `threads` threads.
/// The calling one is among them: it makes, too, while what it is to take next is not there.
/// In: `threads` at least 1; make(i) returns a value and touches nothing that other calls of make or take
///     change; take may change what it likes.
/// Promise: at most 2 × threads values wait or are being made, beside the one that is taken; so memory does
///          not grow with `count`. What make or take throws is thrown here, in its turn, when all threads
///          have ended. Where the system has no threads to give, fewer are used, or only the calling one.
template <class Make, class Take>
void work_in_order(std::size_t count, std::size_t threads, const Make& make, const Take& take);

// ---------------------------------------------------------------------------------------------------------------

template <class Make>
class OrderedWork {
 public:
  using Value = std::invoke_result_t<const Make&, std::size_t>;

  OrderedWork(std::size_t count, std::size_t threads, const Make& make)
      : count_(count), make_(make), slots_(2 * threads) {
    others_.reserve(threads - 1);
    try {
      while (others_.size() < threads - 1) others_.emplace_back([this] { work(); });
    } catch (const std::system_error&) {  // those that there are will do
    }
  }
  OrderedWork(const OrderedWork&) = delete;
  OrderedWork& operator=(const OrderedWork&) = delete;
  ~OrderedWork() {
    {
      const std::lock_guard lock(mutex_);
      next_ = count_;
    }
    room_.notify_all();
    for (std::thread& thread : others_) thread.join();
  }

  /// Purpose: the next value in order. In: called `count` times at most.
  Value next() {
    if (others_.empty()) return make_(taken_++);
    std::unique_lock lock(mutex_);
    Slot& slot = slots_[taken_ % slots_.size()];
    while (!slot.value && !slot.error) {
      if (there_is_room()) {
        make_one(lock);
      } else {
        made_.wait(lock);
      }
    }
    Slot got = std::exchange(slot, {});
    ++taken_;
    lock.unlock();
    room_.notify_all();
    if (got.error) std::rethrow_exception(got.error);
    return *std::move(got.value);
  }

 private:
  struct Slot {
    std::optional<Value> value;
    std::exception_ptr error;
  };

  [[nodiscard]] bool there_is_room() const { return next_ < std::min(count_, taken_ + slots_.size()); }

  void make_one(std::unique_lock<std::mutex>& lock) {
    const std::size_t mine = next_++;
    lock.unlock();
    Slot made;
    try {
      made.value.emplace(make_(mine));
    } catch (...) {
      made.error = std::current_exception();
    }
    lock.lock();
    slots_[mine % slots_.size()] = std::move(made);
  }

  void work() {
    std::unique_lock lock(mutex_);
    while (true) {
      room_.wait(lock, [&] { return next_ == count_ || there_is_room(); });
      if (next_ == count_) return;
      make_one(lock);
      made_.notify_one();
    }
  }

  const std::size_t count_;
  const Make& make_;
  std::mutex mutex_;
  std::condition_variable made_;
  std::condition_variable room_;
  std::size_t next_ = 0;   ///< the first that nobody has begun
  std::size_t taken_ = 0;  ///< how many were taken
  std::vector<Slot> slots_;
  std::vector<std::thread> others_;  ///< all but the calling one
};

template <class Make, class Take>
void work_in_order(std::size_t count, std::size_t threads, const Make& make, const Take& take) {
  KP_ASSERT(threads >= 1);
  OrderedWork<Make> work(count, std::clamp<std::size_t>(count, 1, threads), make);
  for (std::size_t i = 0; i < count; ++i) take(i, work.next());
}

}  // namespace kp
