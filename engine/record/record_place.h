// A place in a record for a file that comes piece after piece.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "base/result.h"

namespace kp {

class RecordPlace {
 public:
  RecordPlace(RecordPlace&&) noexcept;
  RecordPlace& operator=(RecordPlace&&) = delete;
  RecordPlace(const RecordPlace&) = delete;
  RecordPlace& operator=(const RecordPlace&) = delete;
  ~RecordPlace();

  /// Purpose: writes the next piece. Where the bytes were there already nothing is written.
  /// Errors: file/disk-full file/not-written record/damaged
  Done write(std::string_view piece);
  /// How many bytes have yet to come. In write: a piece is no longer.
  [[nodiscard]] std::uint64_t room() const;

 private:
  friend class Record;
  struct State;
  explicit RecordPlace(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace kp
