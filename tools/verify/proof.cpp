#include "verify/proof.h"

#include <bit>
#include <optional>
#include <utility>

#include "base/file.h"
#include "verify/canon.h"
#include "verify/encoding.h"
#include "verify/prefix.h"
#include "verify/reader.h"
#include "verify/tree.h"

namespace kp::verify {
namespace {

constexpr std::uint64_t kMostProofBytes = std::uint64_t{64} << 20U;

// Steps up past the levels at which the subtree has no neighbour on its right.
void rise(std::uint64_t& at, std::uint64_t& last) {
  while (at != 0 && (at & 1U) == 0) {
    at >>= 1U;
    last >>= 1U;
  }
}

/// What a proof file says.
struct Stated {
  bool practice = false;
  std::string record_id;
  Head tree;
  std::vector<Digest> path;
  const Json* entry = nullptr;  ///< of an inclusion proof
  std::optional<Head> older;    ///< of a consistency proof
};

std::optional<Digest> digest_at(const Json& value) {
  return value.is_string() && is_digest(value.string()) ? typed_root(value.string()) : std::nullopt;
}

std::optional<Head> head_at(const Json& object) {
  if (!object.is_object()) return std::nullopt;
  const Json* size = object.find("size");
  const Json* root = object.find("root");
  if (size == nullptr || !size->is_integer() || size->integer() < 1 || root == nullptr) return std::nullopt;
  const std::optional<Digest> digest = digest_at(*root);
  if (!digest) return std::nullopt;
  return Head{static_cast<std::uint64_t>(size->integer()), *digest};
}

std::optional<Stated> stated_by(const Json& json) {
  if (!json.is_object() || json.members().size() != 6) return std::nullopt;
  const Json* format = json.find("format");
  const Json* record = json.find("record");
  const Json* path = json.find("path");
  if (format == nullptr || record == nullptr || !record->is_string() || path == nullptr ||
      !path->is_array()) {
    return std::nullopt;
  }
  Stated stated;
  stated.practice = *format == Json("kiemphieu/practice-proof@1");
  if (!stated.practice && *format != Json("kiemphieu/proof@1")) return std::nullopt;
  stated.record_id = record->string();
  const std::optional<Head> tree = head_at(json);
  if (!tree) return std::nullopt;
  stated.tree = *tree;
  for (const Json& hash : path->array()) {
    const std::optional<Digest> digest = digest_at(hash);
    if (!digest) return std::nullopt;
    stated.path.push_back(*digest);
  }
  stated.entry = json.find("entry");
  if (const Json* from = json.find("from")) stated.older = head_at(*from);
  const Json* seq =
      stated.entry != nullptr && stated.entry->is_object() ? stated.entry->find("seq") : nullptr;
  const bool has_entry = seq != nullptr && seq->is_integer() && seq->integer() >= 0;
  return has_entry || stated.older ? std::optional(std::move(stated)) : std::nullopt;
}

bool holds(const Stated& stated) {
  if (stated.older) return is_beginning(*stated.older, stated.path, stated.tree);
  const auto index = static_cast<std::uint64_t>(stated.entry->at("seq").integer());
  return leads_to(leaf_hash(canonical_bytes(*stated.entry)), index, stated.path, stated.tree);
}

void compare_with_paper(const Stated& stated, const Request& request, Report& report) {
  bool bound = false;
  if (!request.root.empty()) {
    bound = typed_root(request.root) == stated.tree.root;
    if (!bound) report.findings.push_back(finding(Code::verify_bound_mismatch, "--root", {request.root}));
  }
  if (stated.older || !request.prefix.empty()) {
    const Result<Older> older = read_older(request.prefix);
    if (!older) {
      report.findings.insert(report.findings.end(), older.findings().begin(), older.findings().end());
    } else if (!stated.older || older->head != *stated.older) {
      report.findings.push_back(
          finding(Code::verify_prefix_differs, request.prefix, {std::to_string(older->head.size)}));
    } else {
      report.prefix = older->head.size;
    }
  }
  if (has_error(report.findings)) return;
  report.level = bound ? Assurance::bound : Assurance::consistent;
}

}  // namespace

bool leads_to(const Digest& leaf, std::uint64_t index, const std::vector<Digest>& path, const Head& tree) {
  if (index >= tree.size) return false;
  std::uint64_t at = index;
  std::uint64_t last = tree.size - 1;
  Digest root = leaf;
  for (const Digest& other : path) {
    if (last == 0) return false;
    if ((at & 1U) != 0 || at == last) {
      root = node_hash(other, root);
      rise(at, last);
    } else {
      root = node_hash(root, other);
    }
    at >>= 1U;
    last >>= 1U;
  }
  return last == 0 && root == tree.root;
}

bool is_beginning(const Head& older, const std::vector<Digest>& proof, const Head& tree) {
  if (older.size == 0 || older.size > tree.size) return false;
  if (older.size == tree.size) return proof.empty() && older.root == tree.root;
  std::uint64_t at = older.size - 1;
  std::uint64_t last = tree.size - 1;
  while ((at & 1U) != 0) {
    at >>= 1U;
    last >>= 1U;
  }
  // A full older tree is itself where both walks start; else the proof begins with its last full subtree.
  const bool full = std::has_single_bit(older.size);
  if (!full && proof.empty()) return false;
  Digest was = full ? older.root : proof.front();
  Digest is = was;
  for (std::size_t i = full ? 0 : 1; i < proof.size(); ++i) {
    if (last == 0) return false;
    if ((at & 1U) != 0 || at == last) {
      was = node_hash(proof[i], was);
      is = node_hash(proof[i], is);
      rise(at, last);
    } else {
      is = node_hash(is, proof[i]);
    }
    at >>= 1U;
    last >>= 1U;
  }
  return last == 0 && was == older.root && is == tree.root;
}

Report verify_proof(const Request& request) {
  Report report;
  const Result<std::string> bytes = read_file(request.proof, kMostProofBytes);
  if (!bytes) {
    report.findings = bytes.findings();
    return report;
  }
  const Result<Json> json = read_json(*bytes, {request.proof, 1}, Form::any);
  if (!json) {
    report.findings = json.findings();
    return report;
  }
  const std::optional<Stated> stated = stated_by(*json);
  if (!stated) {
    report.findings.push_back(finding(Code::verify_proof_form, request.proof));
    return report;
  }
  report.practice = stated->practice;
  report.record_id = stated->record_id;
  report.record_size = stated->tree.size;
  report.record_root = hex(stated->tree.root);
  if (!holds(*stated)) {
    report.findings.push_back(finding(Code::verify_proof_wrong, request.proof));
    return report;
  }
  if (stated->entry != nullptr) report.proven_seq = stated->entry->at("seq").integer();
  compare_with_paper(*stated, request, report);
  return report;
}

}  // namespace kp::verify
