// Proofs about the tree, made by the engine and checked by the verifier: other people's vectors, every small
// tree, and what is held from before (--prefix).
#include <filesystem>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "catch.h"
#include "record/proof.h"
#include "record/tree.h"
#include "support/dossier_evening.h"
#include "verify/encoding.h"
#include "verify/prefix.h"
#include "verify/proof.h"

namespace {

using namespace kp::test;
using kp::Digest;
using kp::verify::Assurance;
using kp::verify::Head;
using kp::verify::is_beginning;
using kp::verify::leads_to;
namespace fs = std::filesystem;

std::optional<Digest> digest_of(const json& text) {
  const auto bytes = kp::verify::from_base64(text.is_string() ? text.get<std::string>() : "");
  Digest digest{};
  if (!bytes || bytes->size() != digest.size()) return std::nullopt;
  std::transform(bytes->begin(), bytes->end(), digest.begin(),
                 [](char c) { return static_cast<std::uint8_t>(c); });
  return digest;
}

// Whether a vector is accepted; nothing when it speaks of hashes that are no SHA-256, which no proof of ours
// can state.
std::optional<bool> accepted(const json& vector) {
  std::vector<Digest> proof;
  for (const json& hash : vector["proof"].is_null() ? json::array() : vector["proof"]) {
    const auto digest = digest_of(hash);
    if (!digest) return std::nullopt;
    proof.push_back(*digest);
  }
  if (vector.contains("leafIdx")) {
    const auto leaf = digest_of(vector["leafHash"]);
    const auto root = digest_of(vector["root"]);
    if (!leaf || !root) return std::nullopt;
    return leads_to(*leaf, vector["leafIdx"], proof, {vector["treeSize"], *root});
  }
  const auto older = digest_of(vector["root1"]);
  const auto newer = digest_of(vector["root2"]);
  if (!older || !newer) return std::nullopt;
  return is_beginning({vector["size1"], *older}, proof, {vector["size2"], *newer});
}

std::vector<Digest> some_leaves(std::size_t n) {
  std::vector<Digest> leaves;
  for (std::size_t i = 0; i < n; ++i) leaves.push_back(kp::leaf_hash("entry " + std::to_string(i)));
  return leaves;
}

Head head_of(const std::vector<Digest>& leaves, std::size_t n) {
  kp::Tree tree;
  for (std::size_t i = 0; i < n; ++i) tree.append(leaves[i]);
  return {n, tree.root()};
}

Digest bent(Digest digest) {
  digest[7] ^= 4;
  return digest;
}

std::string put(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
  return path.string();
}

}  // namespace

TEST_CASE("RFC 6962 §2.1: all outside vectors that apply are accepted and refused as they should be") {
  const fs::path folder = fs::path(KP_SHARED_DIR) / "vectors" / "merkle";
  if (!fs::exists(folder)) {
    WARN("skipped: no outside vectors beside this checkout");
    return;
  }
  std::size_t valid = 0;
  std::size_t forged = 0;
  std::size_t foreign = 0;
  for (const fs::directory_entry& file : fs::recursive_directory_iterator(folder)) {
    if (file.path().extension() != ".json") continue;
    CAPTURE(file.path().string());
    std::ifstream stream(file.path());
    const json vector = json::parse(stream);
    const bool expected = !vector["wantErr"].get<bool>();
    const std::optional<bool> said = accepted(vector);
    if (expected && !said) {
      ++foreign;
      continue;
    }
    CHECK(said.value_or(false) == expected);
    ++(expected ? valid : forged);
  }
  CHECK(valid == 11);
  CHECK(forged == 184);
  CHECK(foreign == 1);  // two equal roots of twelve bytes
}

TEST_CASE("RFC 6962 §2.1.1: the engine's inclusion proofs hold for the verifier, and nothing bent does") {
  const std::vector<Digest> leaves = some_leaves(33);
  for (std::size_t n = 1; n <= leaves.size(); ++n) {
    const std::span<const Digest> first(leaves.data(), n);
    const Head tree = head_of(leaves, n);
    for (std::size_t i = 0; i < n; ++i) {
      const std::vector<Digest> path = kp::inclusion_proof(first, i);
      REQUIRE(leads_to(leaves[i], i, path, tree));
      REQUIRE_FALSE(leads_to(bent(leaves[i]), i, path, tree));
      REQUIRE_FALSE(leads_to(leaves[i], i, path, {n, bent(tree.root)}));
      REQUIRE_FALSE(leads_to(leaves[i], n, path, tree));
      for (std::size_t j = 0; j < n; ++j) REQUIRE(leads_to(leaves[i], j, path, tree) == (j == i));
      std::vector<Digest> longer = path;
      longer.push_back(leaves[0]);
      REQUIRE_FALSE(leads_to(leaves[i], i, longer, tree));
      for (std::size_t k = 0; k < path.size(); ++k) {
        std::vector<Digest> other = path;
        other[k] = bent(other[k]);
        REQUIRE_FALSE(leads_to(leaves[i], i, other, tree));
        other = path;
        other.erase(other.begin() + static_cast<std::ptrdiff_t>(k));
        REQUIRE_FALSE(leads_to(leaves[i], i, other, tree));
      }
    }
  }
}

TEST_CASE("RFC 6962 §2.1.2: the engine's consistency proofs hold for the verifier, and nothing bent does") {
  const std::vector<Digest> leaves = some_leaves(33);
  for (std::size_t n = 1; n <= leaves.size(); ++n) {
    const Head tree = head_of(leaves, n);
    for (std::size_t m = 1; m <= n; ++m) {
      const Head older = head_of(leaves, m);
      const std::vector<Digest> proof = kp::consistency_proof(std::span<const Digest>(leaves.data(), n), m);
      REQUIRE(is_beginning(older, proof, tree));
      REQUIRE_FALSE(is_beginning({m, bent(older.root)}, proof, tree));
      REQUIRE_FALSE(is_beginning(older, proof, {n, bent(tree.root)}));
      REQUIRE_FALSE(is_beginning({n + 1, older.root}, proof, tree));
      REQUIRE_FALSE(is_beginning({0, older.root}, proof, tree));
      std::vector<Digest> longer = proof;
      longer.push_back(leaves[0]);
      REQUIRE_FALSE(is_beginning(older, longer, tree));
      for (std::size_t k = 0; k < proof.size(); ++k) {
        std::vector<Digest> other = proof;
        other[k] = bent(other[k]);
        REQUIRE_FALSE(is_beginning(older, other, tree));
        other = proof;
        other.erase(other.begin() + static_cast<std::ptrdiff_t>(k));
        REQUIRE_FALSE(is_beginning(older, other, tree));
      }
    }
  }
}

TEST_CASE("a proof about a tree of impossible size ends at once") {
  const std::vector<Digest> leaves = some_leaves(70);
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
  CHECK_FALSE(leads_to(leaves[0], kMost - 1, leaves, {kMost, leaves[1]}));
  CHECK_FALSE(is_beginning({kMost - 1, leaves[0]}, leaves, {kMost, leaves[1]}));
}

// ---------------------------------------------------------------------------------------------------------------
// --prefix
// ---------------------------------------------------------------------------------------------------------------

TEST_CASE("formats.md §11: what was written down or kept before is shown to be the beginning") {
  const DossierBuilder whole = signed_evening();
  DossierBuilder half = whole;
  half.lines.resize(8);
  const Folder older(half.files());
  const std::string checkpoint = half.files().at("checkpoint.txt");
  const Folder apart(Files{{"paper.txt", checkpoint}});
  const auto with = [&](const std::string& prefix) { return verified(whole.files(), {.prefix = prefix}); };
  const std::string root = hex_of(half.root());
  const std::vector<std::string> right_ones = {older.path(), apart.path() + "/paper.txt",
                                               checkpoint,   "8 " + root,
                                               "8:" + root,  "8 " + kp::test::base64_of(half.root())};
  for (const std::string& prefix : right_ones) {
    CAPTURE(prefix);
    const Report report = with(prefix);
    CHECK(found(report).empty());
    CHECK(report.prefix == 8);
    CHECK(report.level == Assurance::consistent);
  }
  // Together with a root from paper, whichever is the shorter.
  const Report both = verified(whole.files(), {.root = hex_of(whole.root()), .prefix = "8 " + root});
  CHECK(both.level == Assurance::bound);
  CHECK(both.prefix == 8);
  CHECK(with("8 " + hex_of(whole.root())).level == Assurance::none);
  const std::vector<std::string> wrong_ones = {"8",     "0 " + root,  "x " + root,
                                               "8 abc", "-1 " + root, "a\n8\n" + root + "\nx"};
  for (const std::string& bad : wrong_ones) {
    CAPTURE(bad);
    CHECK(codes(with(bad)) == Set{"prefix/form"});
  }
}

TEST_CASE("formats.md §11: a fork is named with its first differing entry, a shortened record as such") {
  const DossierBuilder whole = signed_evening();
  const auto against = [&](const DossierBuilder& here, const std::string& prefix) {
    return found(verified(here.files(), {.prefix = prefix, .unsigned_ok = true}));
  };
  const std::string few = "signature/too-few committee";
  DossierBuilder other = evening(whole.congress());
  const std::size_t same = other.lines.size();
  other.add("note", {{"text", "bản khác"}});
  const Folder older(whole.files());
  CHECK(against(other, older.path()) == Set{"prefix/fork record.jsonl:" + std::to_string(same + 1), few});
  const std::string one_more = std::to_string(same + 1) + " ";
  const auto first = whole.lines.begin();
  const std::string root = hex_of(kp::test::reference_root({first, first + static_cast<int>(same) + 1}));
  CHECK(against(other, one_more + root) == Set{"prefix/differs record.jsonl", few});
  DossierBuilder cut = evening(whole.congress());
  CHECK(against(cut, older.path()) == Set{"prefix/longer --prefix", few});
  CHECK(against(cut, one_more + root) == Set{"prefix/longer --prefix", few});
  const DossierBuilder foreign = evening(congress_of({committee_contest()}));
  CHECK(against(cut, Folder(foreign.files()).path()) == Set{"prefix/fork record.jsonl:1", few});
  CHECK(against(cut, foreign.files().at("checkpoint.txt")) == Set{"prefix/other-record --prefix", few});
  const Folder nothing(Files{{"record.jsonl", ""}});
  CHECK(against(cut, nothing.path()) == Set{"prefix/form " + nothing.path(), few});
  const Folder no_record(Files{{"x", ""}});
  CHECK(against(cut, no_record.path()).contains("file/missing " + no_record.path() + "/record.jsonl"));
}

// ---------------------------------------------------------------------------------------------------------------
// Proofs as files (kiemphieu prove makes them: golden case proofs-and-prefix)
// ---------------------------------------------------------------------------------------------------------------

TEST_CASE("formats.md §11: a proof file is checked on its own; whatever is changed in it is refused") {
  const DossierBuilder d = evening();
  std::vector<Digest> leaves;
  for (const std::string& line : d.lines) leaves.push_back(kp::leaf_hash(line));
  const auto hashes = [](const std::vector<Digest>& path) {
    json out = json::array();
    for (const Digest& hash : path) out.push_back(kp::hex(hash));
    return out;
  };
  const json entry_proof = {
      {"format", "kiemphieu/proof@1"},    {"record", d.record_id()},
      {"size", d.lines.size()},           {"root", hex_of(d.root())},
      {"entry", json::parse(d.lines[3])}, {"path", hashes(kp::inclusion_proof(leaves, 3))}};
  json since_proof = entry_proof;
  since_proof.erase("entry");
  since_proof["from"] = {{"size", 5}, {"root", kp::hex(head_of(leaves, 5).root)}};
  since_proof["path"] = hashes(kp::consistency_proof(leaves, 5));
  const Folder folder(Files{{"x", ""}});
  const auto checked = [&](const std::string& text, Request request = {}) {
    request.proof = put(fs::path(folder.path()) / "proof.json", text);
    return kp::verify::verify_proof(request);
  };
  const Report alone = checked(entry_proof.dump());
  CHECK(found(alone).empty());
  CHECK(alone.level == Assurance::consistent);
  CHECK(alone.proven_seq == 3);
  CHECK(checked(entry_proof.dump(), {.root = hex_of(d.root())}).level == Assurance::bound);
  CHECK(codes(checked(entry_proof.dump(), {.root = std::string(64, '0')})) == Set{"bound/mismatch"});
  const std::string five = "5 " + kp::hex(head_of(leaves, 5).root);
  CHECK(checked(since_proof.dump(), {.prefix = five}).prefix == 5);
  CHECK(codes(checked(since_proof.dump(), {.prefix = "4 " + five.substr(2)})) == Set{"prefix/differs"});
  CHECK(codes(checked(entry_proof.dump(), {.prefix = five})) == Set{"prefix/differs"});
  CHECK(codes(checked(since_proof.dump())) == Set{"prefix/form"});
  for (const json& proof : {entry_proof, since_proof}) {
    const std::string text = proof.dump();
    const Request held{.prefix = proof.contains("from") ? five : ""};
    REQUIRE(checked(text, held).level == Assurance::consistent);
    const std::size_t of_the_name = text.find(d.record_id());
    for (std::size_t at = 0; at < text.size(); ++at) {
      // The record's name is told, not proven.
      if (of_the_name <= at && at < of_the_name + d.record_id().size()) continue;
      std::string other = text;
      other[at] = static_cast<char>(other[at] ^ 1);
      INFO(at << " of " << text);
      REQUIRE(checked(other, held).level == Assurance::none);
    }
    CHECK(codes(checked(changed(proof, [](json& p) { p["path"].push_back(p["path"][0]); }).dump())) ==
          Set{"proof/wrong"});
    CHECK(codes(checked(changed(proof, [](json& p) { p["more"] = 1; }).dump())) == Set{"proof/form"});
    CHECK(codes(checked(changed(proof, [](json& p) { p["size"] = 0; }).dump())) == Set{"proof/form"});
  }
  CHECK(codes(checked("[]")) == Set{"proof/form"});
  CHECK(codes(kp::verify::verify_proof({.proof = "/nowhere/x"})) == Set{"file/missing"});
}
