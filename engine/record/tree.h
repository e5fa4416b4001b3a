// The hash tree over the record's entries: RFC 6962 §2.1.
//
// One root stands for all entries and their order; a root written down on paper shows later that nothing
// before it was changed, dropped or put in. Frozen to the byte.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"

namespace kp {

/// Purpose: SHA-256(0x00 ‖ entry).
Digest leaf_hash(std::string_view entry);

/// A tree that grows at its end. Cost: logarithmic memory; amortised constant time an append.
class Tree {
 public:
  void append(const Digest& leaf);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// Purpose: the Merkle Tree Hash of all leaves; of none, the hash of the empty string.
  [[nodiscard]] Digest root() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<Digest> peaks_;  // roots of the full subtrees, largest first: one for each 1 bit of size_
};

/// Purpose: the text of a checkpoint, three lines.
/// In: `origin`, "kiemphieu" or "kiemphieu-practice".
std::string checkpoint_text(std::string_view origin, std::string_view record_id, const Tree& tree);

}  // namespace kp
