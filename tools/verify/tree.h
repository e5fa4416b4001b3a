// The hash tree over the entries (RFC 6962 §2.1) and the checkpoint text that states its root.
//
// The tree is grown entry by entry and keeps only the roots of its full subtrees, so that the root after any
// number of entries costs a logarithm and the record is read once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"

namespace kp::verify {

/// Purpose: the hash of a leaf, of an inner node.
Digest leaf_hash(std::string_view entry);
Digest node_hash(const Digest& left, const Digest& right);

/// A tree as a checkpoint states it.
struct Head {
  std::uint64_t size = 0;
  Digest root{};

  bool operator==(const Head&) const = default;
};

class Tree {
 public:
  /// Purpose: appends a leaf. In: the entry's bytes, without a line end.
  void append(std::string_view entry);

  [[nodiscard]] std::uint64_t size() const { return size_; }

  /// Purpose: the root of all leaves so far; of none, SHA-256 of nothing.
  /// Cost: logarithmic.
  [[nodiscard]] Digest root() const;

 private:
  struct Peak {
    Digest root;
    std::uint64_t leaves;
  };

  std::vector<Peak> peaks_;  ///< full subtrees, largest first
  std::uint64_t size_ = 0;
};

/// Purpose: the exact text of checkpoint.txt.
std::string checkpoint_text(std::string_view record_id, bool practice, std::uint64_t size,
                            const Digest& root);

}  // namespace kp::verify
