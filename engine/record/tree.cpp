#include "record/tree.h"

#include <fmt/format.h>

namespace kp {
namespace {

std::string_view bytes_of(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

Digest node_hash(const Digest& left, const Digest& right) {
  std::string node(1, '\x01');
  node += bytes_of(left);
  node += bytes_of(right);
  return sha256(node);
}

}  // namespace

Digest leaf_hash(std::string_view entry) {
  std::string leaf(1, '\x00');
  leaf += entry;
  return sha256(leaf);
}

void Tree::append(const Digest& leaf) {
  Digest carried = leaf;
  // As in binary counting: every full subtree of the same size joins the new one.
  for (std::uint64_t bit = size_; (bit & 1U) != 0; bit >>= 1U) {
    carried = node_hash(peaks_.back(), carried);
    peaks_.pop_back();
  }
  peaks_.push_back(carried);
  ++size_;
}

Digest Tree::root() const {
  if (peaks_.empty()) return sha256("");
  Digest root = peaks_.back();
  for (std::size_t i = peaks_.size() - 1; i > 0; --i) root = node_hash(peaks_[i - 1], root);
  return root;
}

std::string checkpoint_text(std::string_view origin, std::string_view record_id, const Tree& tree) {
  return fmt::format("{}/{}\n{}\n{}\n", origin, record_id, tree.size(), base64(tree.root()));
}

}  // namespace kp
