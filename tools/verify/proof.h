// Proofs about the tree, checked on their own (RFC 6962 §2.1): an entry is in it; an older tree is its
// beginning.
//
// Written by the walk of RFC 9162 §2.1.3.2 and §2.1.4.2, from the leaf upwards; the engine makes its proofs
// by the recursive definition. The two share no line, so that one shows when the other is wrong.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/digest.h"
#include "verify/tree.h"
#include "verify/verify.h"

namespace kp::verify {

/// Purpose: whether `path` leads from leaf number `index` to the root of `tree`.
bool leads_to(const Digest& leaf, std::uint64_t index, const std::vector<Digest>& path, const Head& tree);

/// Purpose: whether `proof` shows that `older` is the beginning of `tree`. An older tree of nothing shows
/// nothing.
bool is_beginning(const Head& older, const std::vector<Digest>& proof, const Head& tree);

/// Purpose: checks a proof that `kiemphieu prove` wrote (formats.md §11), without the dossier.
/// In: request.proof, its file; request.root and request.prefix, what was typed from paper.
/// Returns: a report without results; level `bound` when the root typed is the proof's, else `consistent`.
/// Errors: file/… json/… proof/form proof/wrong bound/mismatch prefix/differs
Report verify_proof(const Request& request);

}  // namespace kp::verify
