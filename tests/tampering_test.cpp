// What an attacker can do to a dossier, attack by attack, and what the verifier says: docs/attacks.md is the
// table of these tests and is held to them here.
//
// Every byte is flipped in one of three places at a time unless KP_TAMPER_ALL=1.
#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>

#include "catch.h"
#include "support/dossier_evening.h"

namespace {

using namespace kp::test;
using kp::verify::Assurance;
namespace fs = std::filesystem;

// An evening of one contest, signed by one of the board who is pinned: as much as an attacker can break.
json small_congress() {
  return changed(congress_of({committee_contest()}), [](json& c) {
    c["signatures_required"] = 1;
    c["board"][0]["certificate"] = kp::test::certificate_digest(keys().head.certificate);
  });
}

DossierBuilder small_evening() {
  DossierBuilder d = evening(small_congress());
  d.add_signature("committee", keys().head);
  d.add("note", {{"text", "bàn giao phiếu"}});
  return d;
}

/// A folder in which one file after the other is altered and put back.
class Victim {
 public:
  explicit Victim(const Files& files) : folder_(files), files_(files) {}

  [[nodiscard]] const Files& files() const { return files_; }

  Report with(const std::string& name, const std::string& bytes) {
    std::ofstream(path(name), std::ios::binary) << bytes;
    Report report = kp::verify::verify({.dossier = folder_.path(), .without_minutes = true});
    std::ofstream(path(name), std::ios::binary) << files_.at(name);
    return report;
  }

 private:
  [[nodiscard]] std::string path(const std::string& name) const { return folder_.path() + "/" + name; }
  Folder folder_;
  Files files_;
};

// The code that at least is named when a file of this name is not what it was.
std::vector<std::string> expected_codes(const std::string& name) {
  if (name == "congress.json") return {"entry/opened-differs", "entry/not-replayed"};
  if (name == "record.jsonl") return {"checkpoint/mismatch"};
  if (name == "checkpoint.txt") return {"checkpoint/mismatch", "checkpoint/form"};
  if (name.ends_with(".p7s")) return {"signature/file-differs"};
  return name.starts_with("results/") ? std::vector<std::string>{"result/file-differs"}
                                      : std::vector<std::string>{"dossier/digest"};
}

void require_named(const Report& report, const std::string& name) {
  REQUIRE(report.level == Assurance::none);
  const Set said = codes(report);
  const std::vector<std::string> expected = expected_codes(name);
  CAPTURE(name, said);
  REQUIRE(
      std::any_of(expected.begin(), expected.end(), [&](const std::string& c) { return said.contains(c); }));
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line + "\n");
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

// Every line dropped, doubled, swapped with the next.
std::vector<std::string> with_lines_moved(const std::string& text) {
  const std::vector<std::string> lines = lines_of(text);
  std::vector<std::string> all;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto at = static_cast<std::ptrdiff_t>(i);
    std::vector<std::string> other = lines;
    other.erase(other.begin() + at);
    all.push_back(joined(other));
    other = lines;
    other.insert(other.begin() + at, lines[i]);
    all.push_back(joined(other));
    other = lines;
    if (i + 1 < lines.size() && lines[i] != lines[i + 1]) {
      std::swap(other[i], other[i + 1]);
      all.push_back(joined(other));
    }
  }
  return all;
}

// Lines of a record put in the place of its own, with checkpoint and everything else made anew.
Set redone(DossierBuilder d, const std::vector<std::string>& lines) {
  d.lines = lines;
  return codes(verified(d.files()));
}

// The same evening with other ballots, all digests made anew; what it is signed with is left to the caller.
DossierBuilder forged_evening(json congress) {
  DossierBuilder d(congress);
  d.add_result(reference_result(counted(d, congress["contests"][0], std::vector<std::string>(11, ".aa"))));
  return d;
}

// Puts a signature made for something else where the result's should be.
void put_signature(DossierBuilder& d, const std::string& p7s, const KeyPair& signer) {
  const auto seq = static_cast<std::int64_t>(d.lines.size()) - 1;
  d.add("signed", {{"contest", "committee"},
                   {"result", seq},
                   {"sha256", d.result_digest("committee")},
                   {"certificate", kp::test::certificate_digest(signer.certificate)},
                   {"p7s", kp::test::base64_of(p7s)}});
  d.extra["results/committee.json.p7s"] = p7s;
}

}  // namespace

TEST_CASE("tampering: every byte of every file") {
  Victim victim(small_evening().files());
  const std::size_t step = std::getenv("KP_TAMPER_ALL") == nullptr ? 3 : 1;
  std::size_t tried = 0;
  for (const auto& [name, bytes] : victim.files()) {
    for (std::size_t at = tried % step; at < bytes.size(); at += step) {
      std::string other = bytes;
      other[at] = static_cast<char>(other[at] ^ (1 << (at % 8)));
      INFO("byte " << at);
      require_named(victim.with(name, other), name);
      ++tried;
    }
  }
  CHECK(tried > 3000);
}

TEST_CASE("tampering: every byte of a manifest's signature") {
  DossierBuilder d(congress_of({committee_contest()}));
  d.add_bundle(
      {.contest = "committee", .name = "B1", .csv = csv_of({"a..,"}), .manifest_signers = {keys().head}});
  Victim victim(d.files());
  const std::string name = std::prev(victim.files().upper_bound("manifests/~"))->first;
  REQUIRE(name.ends_with(".p7s"));
  const std::string& bytes = victim.files().at(name);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string other = bytes;
    other[at] = static_cast<char>(other[at] ^ 1);
    const Report report = victim.with(name, other);
    // What still holds is the same signature by the same certificate over the same bytes.
    if (report.level != Assurance::none) {
      INFO("byte " << at);
      CHECK(found(report).empty());
      CHECK(other.find(bytes.substr(at + 1, 64)) != std::string::npos);
      continue;
    }
    const Set said = codes(report);
    CHECK((said.contains("signature/bad") || said.contains("dossier/manifest-signers")));
  }
}

TEST_CASE("tampering: every line dropped, doubled, swapped") {
  Victim victim(small_evening().files());
  std::size_t tried = 0;
  for (const auto& [name, bytes] : victim.files()) {
    if (name.ends_with(".p7s")) continue;
    for (const std::string& other : with_lines_moved(bytes)) {
      if (other == bytes) continue;
      require_named(victim.with(name, other), name);
      ++tried;
    }
  }
  CHECK(tried > 80);
}

TEST_CASE("tampering: every file cut short at any quarter, or emptied") {
  Victim victim(small_evening().files());
  for (const auto& [name, bytes] : victim.files()) {
    for (const std::size_t keep : {std::size_t{0}, bytes.size() / 4, bytes.size() / 2, bytes.size() - 1}) {
      CAPTURE(name, keep);
      const Report report = victim.with(name, bytes.substr(0, keep));
      CHECK(report.level == Assurance::none);
    }
  }
}

TEST_CASE("tampering: every file removed") {
  const Files files = small_evening().files();
  for (const auto& [name, bytes] : files) {
    CAPTURE(name);
    CHECK(found(verified(without(files, name))).contains("dossier/missing-file " + name));
  }
  // All bundles at once make a public dossier, which says that nothing was counted again.
  CHECK(codes(verified(without(files, "bundles/"))) == Set{"count/not-recomputed"});
}

TEST_CASE("tampering: a file, a folder or a link added anywhere") {
  const Files files = small_evening().files();
  for (const std::string name :
       {"x", "bundles/x.csv", "manifests/x.json", "results/x.json", "record.jsonl.bak",
        "results/committee.json.bak", ".hidden", "bundles/0/x"}) {
    CAPTURE(name);
    Files other = files;
    other[name] = "x";
    const Report report = verified(other);
    CHECK(report.level == Assurance::none);
    CHECK(codes(report) == Set{"dossier/extra-file"});
  }
  const Folder folder(files);
  fs::create_symlink("congress.json", folder.path() + "/results/link.json");
  CHECK(codes(kp::verify::verify({.dossier = folder.path(), .without_minutes = true})) ==
        Set{"dossier/not-a-file"});
}

TEST_CASE("tampering: entries dropped, doubled, swapped, with the checkpoint made anew") {
  const DossierBuilder d = small_evening();
  const std::vector<std::string>& lines = d.lines;
  CHECK(redone(d, lines).empty());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    CAPTURE(i, lines[i].substr(0, 120));
    const auto at = static_cast<std::ptrdiff_t>(i);
    std::vector<std::string> other = lines;
    other.erase(other.begin() + at);
    // The last entry alone can go without a trace in the dossier: the next test.
    if (i + 1 < lines.size()) CHECK(redone(d, other).contains("entry/seq"));
    other = lines;
    other.insert(other.begin() + at, lines[i]);
    CHECK(redone(d, other).contains("entry/seq"));
    if (i + 1 == lines.size()) continue;
    other = lines;
    std::swap(other[i], other[i + 1]);
    CHECK(redone(d, other).contains("entry/seq"));
  }
}

TEST_CASE("tampering: the last entries dropped, with everything made anew") {
  const DossierBuilder whole = small_evening();
  DossierBuilder cut = whole;
  cut.lines.pop_back();
  CHECK(verified(cut.files()).level == Assurance::signatures);
  CHECK(codes(verified(cut.files(), {.root = hex_of(whole.root())})) == Set{"bound/mismatch"});
}

TEST_CASE("tampering: results and signatures of another congress put in") {
  const Files files = small_evening().files();
  const Files foreign = evening(changed(small_congress(), [](json& c) { c["id"] = "dai-hoi-khac"; })).files();
  Files other = files;
  other["results/committee.json"] = foreign.at("results/committee.json");
  CHECK(found(verified(other)) == Set{"result/file-differs results/committee.json"});
  other = files;
  other["record.jsonl"] = foreign.at("record.jsonl");
  other["checkpoint.txt"] = foreign.at("checkpoint.txt");
  CHECK(codes(verified(other)).contains("entry/opened-differs"));
  other = files;
  other["congress.json"] = foreign.at("congress.json");
  CHECK(codes(verified(other)).contains("entry/opened-differs"));
  // The foreign result entered into the record, with everything made anew.
  json congress = small_congress();
  DossierBuilder d(congress);
  count_committee(d);
  json result =
      reference_result(committee_result(changed(congress, [](json& c) { c["id"] = "dai-hoi-khac"; })));
  d.add_result(result);
  CHECK(found(verified(d.files(), {.unsigned_ok = true}))
            .contains("result/differs results/committee.json#/congress/id"));
}

TEST_CASE("tampering: practice passed as official") {
  const json practice = changed(small_congress(), [](json& c) { c["purpose"] = "practice"; });
  DossierBuilder d = evening(practice);
  d.add_signature("committee", keys().head);
  const Files files = d.files();
  // The word replaced in one file, in all files, and with everything made anew under the old signature.
  Files other = files;
  const auto replace = [](std::string& text, const std::string& from, const std::string& to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
      text.replace(at, from.size(), to);
    }
  };
  replace(other["congress.json"], "practice", "official");
  CHECK(codes(verified(other)).contains("entry/opened-differs"));
  other = files;
  replace(other["checkpoint.txt"], "-practice", "");
  CHECK(found(verified(other)) == Set{"checkpoint/mismatch checkpoint.txt:1"});
  other = files;
  for (auto& [name, bytes] : other) {
    replace(bytes, "kiemphieu-practice", "kiemphieu");
    replace(bytes, "practice-result", "result");
    replace(bytes, "practice", "official");
  }
  CHECK(verified(other).level == Assurance::none);
  DossierBuilder official = evening(small_congress());
  put_signature(official, files.at("results/committee.json.p7s"), keys().head);
  CHECK(codes(verified(official.files())).contains("signature/bad"));
  // And a practice result in an official record.
  DossierBuilder mixed(small_congress());
  count_committee(mixed);
  mixed.add_result(reference_result(committee_result(practice)));
  CHECK(found(verified(mixed.files(), {.unsigned_ok = true}))
            .contains("result/differs results/committee.json#/format"));
}

TEST_CASE("tampering: signers who do not count") {
  const auto signed_by = [](const std::vector<KeyPair>& signers, Request request = {}) {
    DossierBuilder d = evening(small_congress());
    for (const KeyPair& signer : signers) d.add_signature("committee", signer);
    return codes(verified(d.files(), std::move(request)));
  };
  const KeyPair early =
      issue(keys().authority, {"Chưa Đến Ngày", KeyKind::p_256, "21000101000000Z", "21100101000000Z"});
  json congress = small_congress();
  CHECK(signed_by({keys().head}).empty());
  CHECK(signed_by({}) == Set{"signature/too-few"});
  CHECK(signed_by({keys().stranger}) == Set{"signature/too-few", "signature/not-pinned"});
  CHECK(signed_by({keys().head, keys().stranger}) == Set{"signature/not-pinned"});
  const auto pinned = [&](const KeyPair& signer) {
    congress["board"][0]["certificate"] = kp::test::certificate_digest(signer.certificate);
    DossierBuilder d = evening(congress);
    d.add_signature("committee", signer);
    return codes(verified(d.files(), {.ca_file = with_ca(keys().authority)}));
  };
  CHECK(pinned(keys().member).empty());
  CHECK(pinned(keys().expired) == Set{"signature/too-few", "signature/expired"});
  CHECK(pinned(early) == Set{"signature/too-few", "signature/expired"});
  CHECK(pinned(keys().weak) == Set{"signature/too-few", "signature/weak-key"});
  // Nothing pinned: under the wrong authority nobody counts.
  congress["board"][0].erase("certificate");
  DossierBuilder d = evening(congress);
  d.add_signature("committee", keys().stranger);
  CHECK(codes(verified(d.files(), {.ca_file = with_ca(keys().authority)})) ==
        Set{"signature/too-few", "signature/untrusted"});
}

TEST_CASE("tampering: a consistent forgery with all digests made anew under the old signature") {
  const std::string old = small_evening().files().at("results/committee.json.p7s");
  DossierBuilder d = forged_evening(small_congress());
  put_signature(d, old, keys().head);
  CHECK(codes(verified(d.files())).contains("signature/bad"));
  // Without the signature it is unsigned, and where that is allowed no more than consistent.
  const Files bare = forged_evening(small_congress()).files();
  CHECK(codes(verified(bare)) == Set{"signature/too-few"});
  CHECK(verified(bare, {.unsigned_ok = true}).level == Assurance::consistent);
  // Signed by whoever forged it.
  DossierBuilder own = forged_evening(small_congress());
  own.add_signature("committee", keys().stranger);
  CHECK(codes(verified(own.files())) == Set{"signature/too-few", "signature/not-pinned"});
}

TEST_CASE("tampering: a wholly invented dossier against what is on signed paper") {
  const DossierBuilder real = small_evening();
  // Invented from the definition on: other ballots, the forger's own certificate pinned, signed by the
  // forger.
  const json congress = changed(small_congress(), [](json& c) {
    c["board"][0]["certificate"] = kp::test::certificate_digest(keys().stranger.certificate);
  });
  DossierBuilder invented = forged_evening(congress);
  invented.add_signature("committee", keys().stranger);
  CHECK(codes(verified(invented.files(), {.digests = {real.result_digest("committee")}})) ==
        Set{"bound/mismatch"});
  CHECK(codes(verified(invented.files(), {.root = hex_of(real.root())})) == Set{"bound/mismatch"});
  // Nothing pinned, nobody's authority given: consistent is all it is called.
  DossierBuilder plain = forged_evening(congress_of({committee_contest()}));
  plain.add_signature("committee", keys().stranger);
  CHECK(verified(plain.files()).level == Assurance::consistent);
}

// ---------------------------------------------------------------------------------------------------------------
// docs/attacks.md
// ---------------------------------------------------------------------------------------------------------------

TEST_CASE(
    "docs/attacks.md: every code is a finding's, every test is there, and every tampering test is in it") {
  const auto read = [](const fs::path& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  };
  std::set<std::string> known;
  for (std::size_t i = 0; i < kp::finding_count(); ++i) {
    known.emplace(kp::finding_row(static_cast<kp::Code>(i)).code);
  }
  const fs::path root = KP_SOURCE_DIR;
  const std::string page = read(root / "docs/attacks.md");
  std::size_t rows = 0;
  std::set<std::string> named;
  std::istringstream lines(page);
  const std::regex code("`([a-z]+/[a-z-]+)`");
  const std::regex place("`([a-z0-9_./-]+)`: ([^|]+?) *\\|$");
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("| ") || line.starts_with("| attack")) continue;
    CAPTURE(line);
    const std::size_t last = line.rfind('|', line.size() - 2);
    const std::string codes_part = line.substr(0, last);
    for (std::sregex_iterator it(codes_part.begin(), codes_part.end(), code), end; it != end; ++it) {
      CAPTURE((*it)[1].str());
      CHECK(known.contains((*it)[1].str()));
    }
    std::smatch found_place;
    REQUIRE(std::regex_search(line, found_place, place));
    const std::string text = read(root / found_place[1].str());
    CHECK_FALSE(text.empty());
    CHECK(text.find(found_place[2].str()) != std::string::npos);
    named.insert(found_place[2].str());
    ++rows;
  }
  CHECK(rows > 20);
  const std::string tests = read(root / "tests/tampering_test.cpp");
  const std::regex title("TEST_CASE\\(\"(tampering: [^\"]+)\"");
  for (std::sregex_iterator it(tests.begin(), tests.end(), title), end; it != end; ++it) {
    CAPTURE((*it)[1].str());
    CHECK(named.contains((*it)[1].str()));
  }
}
