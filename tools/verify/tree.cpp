#include "verify/tree.h"

#include "base/check.h"

namespace kp::verify {
namespace {

constexpr char kLeafPrefix = '\x00';
constexpr char kNodePrefix = '\x01';

void append_digest(std::string& out, const Digest& digest) {
  out.append(reinterpret_cast<const char*>(digest.data()), digest.size());
}

}  // namespace

Digest leaf_hash(std::string_view entry) {
  std::string bytes(1, kLeafPrefix);
  bytes.append(entry);
  return sha256(bytes);
}

Digest node_hash(const Digest& left, const Digest& right) {
  std::string bytes(1, kNodePrefix);
  append_digest(bytes, left);
  append_digest(bytes, right);
  return sha256(bytes);
}

void Tree::append(std::string_view entry) {
  Peak peak{leaf_hash(entry), 1};
  while (!peaks_.empty() && peaks_.back().leaves == peak.leaves) {
    peak = {node_hash(peaks_.back().root, peak.root), 2 * peak.leaves};
    peaks_.pop_back();
  }
  peaks_.push_back(peak);
  ++size_;
}

Digest Tree::root() const {
  if (peaks_.empty()) return sha256({});
  Digest root = peaks_.back().root;
  for (std::size_t i = peaks_.size() - 1; i-- > 0;) root = node_hash(peaks_[i].root, root);
  return root;
}

std::string checkpoint_text(std::string_view record_id, bool practice, std::uint64_t size,
                            const Digest& root) {
  std::string text = practice ? "kiemphieu-practice/" : "kiemphieu/";
  text.append(record_id);
  return text + "\n" + std::to_string(size) + "\n" + base64(root) + "\n";
}

}  // namespace kp::verify
