#include "record/proof.h"

#include <bit>

#include "base/check.h"
#include "record/tree.h"

namespace kp {
namespace {

using Leaves = std::span<const Digest>;

// Where a tree of n ≥ 2 leaves divides: the greatest power of two below n.
std::size_t half_of(std::size_t n) {
  return std::bit_floor(n - 1);
}

Digest root_of(Leaves leaves) {
  Tree tree;
  for (const Digest& leaf : leaves) tree.append(leaf);
  return tree.root();
}

// SUBPROOF of RFC 6962 §2.1.2. `whole`: the first `size` leaves are the older tree itself, whose root is
// known.
void add_subproof(Leaves leaves, std::size_t size, bool whole, std::vector<Digest>& proof) {
  if (size == leaves.size()) {
    if (!whole) proof.push_back(root_of(leaves));
    return;
  }
  const std::size_t half = half_of(leaves.size());
  if (size <= half) {
    add_subproof(leaves.first(half), size, whole, proof);
    proof.push_back(root_of(leaves.subspan(half)));
  } else {
    add_subproof(leaves.subspan(half), size - half, false, proof);
    proof.push_back(root_of(leaves.first(half)));
  }
}

// PATH of RFC 6962 §2.1.1.
void add_path(Leaves leaves, std::size_t index, std::vector<Digest>& path) {
  if (leaves.size() == 1) return;
  const std::size_t half = half_of(leaves.size());
  const Leaves left = leaves.first(half);
  const Leaves right = leaves.subspan(half);
  add_path(index < half ? left : right, index < half ? index : index - half, path);
  path.push_back(root_of(index < half ? right : left));
}

}  // namespace

std::vector<Digest> inclusion_proof(std::span<const Digest> leaves, std::size_t index) {
  KP_ASSERT(index < leaves.size());
  std::vector<Digest> path;
  add_path(leaves, index, path);
  return path;
}

std::vector<Digest> consistency_proof(std::span<const Digest> leaves, std::size_t size) {
  KP_ASSERT(size >= 1 && size <= leaves.size());
  std::vector<Digest> proof;
  add_subproof(leaves, size, true, proof);
  return proof;
}

}  // namespace kp
