// Proofs about the tree: that an entry is in it, that an older tree is its beginning (RFC 6962 §2.1.1,
// §2.1.2).
//
// A proof is a short list of hashes. Who has the root on paper needs nothing else: not the record, not the
// ballots. They are made here and checked by kiemphieu-verify (tools/verify/proof.h), never by one program
// alone. Frozen to the byte.
#pragma once

#include <span>
#include <vector>

#include "base/digest.h"

namespace kp {

/// Purpose: the audit path of leaf `index`, the hash nearest to the leaf first.
/// In: index < leaves.size(). Cost: linear in the leaves.
std::vector<Digest> inclusion_proof(std::span<const Digest> leaves, std::size_t index);

/// Purpose: the proof that the tree of the first `size` leaves is the beginning of the tree of all.
/// In: 1 ≤ size ≤ leaves.size(). Cost: linear in the leaves.
std::vector<Digest> consistency_proof(std::span<const Digest> leaves, std::size_t size);

}  // namespace kp
