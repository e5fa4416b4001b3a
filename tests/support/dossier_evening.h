// One evening at a branch, as a dossier, and how the verifier's tests ask about it.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "support/dossier_builder.h"
#include "verify/report.h"
#include "verify/verify.h"

namespace kp::test {

using verify::Report;
using verify::Request;
using Files = std::map<std::string, std::string>;
using Set = std::set<std::string>;

inline json committee_contest() {
  json contest = contest_of("committee", "election", "strike", 3, 2);
  contest["office"] = "committee";
  return contest;
}

inline json secretary_contest() {
  json contest = contest_of("secretary", "election", "agree", 1, 1);
  contest["office"] = "secretary";
  contest["among"] = "committee";
  return contest;
}

// Signers under one CA; made once, for keys are slow to make.
struct Keys {
  KeyPair authority = make_authority("CA thử");
  KeyPair head = issue(authority, {"Trần Thị Bình"});
  KeyPair member = issue(authority, {"Lê Văn Cường", KeyKind::rsa_2048});
  KeyPair expired = issue(authority, {"Hết Hạn", KeyKind::p_256, "20200101000000Z", "20210101000000Z"});
  KeyPair weak = issue(authority, {"Khoá Ngắn", KeyKind::rsa_1024});
  KeyPair stranger = issue(make_authority("CA lạ"), {"Người Lạ"});
};
inline const Keys& keys() {
  static const Keys made;
  return made;
}

inline const std::vector<std::string> kFirstBundle = {"aa.,", "aa.,", "a.a,", "aa.,", "aa.,signed", "a?.,"};
inline const std::vector<std::string> kSecondBundle = {"aa.,", ".aa,", "aaa,", "...,", "aa.,"};

inline ResultSpec committee_result(const json& congress) {
  ResultSpec spec{congress, congress["contests"][0], 11, 11, {}, 1, 1, {}, false};
  spec.ballots = judged(spec.contest, {"aa.", "aa.", "aa.", "aa.", "a..", "aa.", ".aa", "aaa", "...", "aa."});
  spec.ballots.push_back({"aa.", "marked"});
  return spec;
}

// The committee's count, up to and without its result.
inline void count_committee(DossierBuilder& d) {
  d.add("box", {{"contest", "committee"}, {"issued", 11}, {"returned", 11}, {"seal", "00417"}});
  d.add_bundle({.contest = "committee", .name = "B1", .csv = csv_of(kFirstBundle), .counted = 6});
  d.add_bundle(
      {.contest = "committee", .name = "B2", .csv = csv_of(kSecondBundle, "\r\n"), .by = "Lê Văn Cường"});
  d.add_by_two("correction", {{"contest", "committee"},
                              {"bundle", "B1"},
                              {"pass", 1},
                              {"ballot", 3},
                              {"marks", "aa."},
                              {"flags", ""},
                              {"note", "gõ nhầm dòng"}});
  d.add_by_two("ruling", {{"contest", "committee"},
                          {"bundle", "B1"},
                          {"ballot", 6},
                          {"marks", "a.."},
                          {"note", "gạch mờ nhưng rõ ý"}});
  d.add_by_two("confirmed", {{"contest", "committee"}, {"ballots", 1}});
}

inline DossierBuilder evening(const json& congress) {
  DossierBuilder d(congress);
  count_committee(d);
  d.add_result(reference_result(committee_result(congress)));
  return d;
}

inline DossierBuilder evening() {
  return evening(congress_of({committee_contest(), secretary_contest()}));
}

// The whole evening: committee, secretary among its elected, signed by both.
inline DossierBuilder signed_evening(json congress = congress_of({committee_contest(),
                                                                  secretary_contest()})) {
  congress["signatures_required"] = 2;
  DossierBuilder d = evening(congress);
  d.add_signature("committee", keys().head);
  d.add_signature("committee", keys().member);
  d.add("box", {{"contest", "secretary"}, {"issued", 11}, {"returned", 10}});
  d.add_bundle({.contest = "secretary",
                .name = "S1",
                .csv = csv_of({"a,", "a,", "a,", "a,", "a,", "a,", "a,", "a,", "b,", ".,"}),
                .manifest_signers = {keys().head}});
  ResultSpec spec{congress, congress["contests"][1], 11, 10, {}, 0, 0, {}, false};
  spec.ballots = judged(spec.contest, {"a", "a", "a", "a", "a", "a", "a", "a", "b", "."});
  d.add_result(reference_result(spec));
  d.add_signature("secretary", keys().head);
  d.add_signature("secretary", keys().member);
  d.add("note", {{"text", "bàn giao phiếu"}});
  d.add("closed", json::object());
  return d;
}

/// A folder that is gone when the test is over.
class Folder {
 public:
  explicit Folder(const Files& files) : path_(write_folder(files)) {}
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// With KP_KEEP_DOSSIERS a copy of each dossier goes there, with what was asked and answered, for another
// verifier to judge (verifiers_agree.py).
inline void keep(const std::string& under, const Request& request, const Report& report) {
  namespace fs = std::filesystem;
  static int count = 0;
  constexpr int kEach = 300;  // beyond these, which are of all kinds, every tenth will do
  if (++count > kEach && count % 10 != 0) return;
  const fs::path place = fs::path(under) / (std::to_string(::getpid()) + "-" + std::to_string(1000 + count));
  fs::create_directories(place);
  fs::copy(request.dossier, place / "dossier", fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  json words = json::array();
  const auto word = [&](const std::string& option, const std::string& value) {
    if (!value.empty()) words.push_back(option), words.push_back(value);
  };
  const bool there = fs::is_regular_file(request.ca_file);
  if (there) fs::copy(request.ca_file, place / "ca.pem");
  word("--ca", there ? (place / "ca.pem").string() : request.ca_file);
  for (const std::string& digest : request.digests) word("--digest", digest);
  word("--root", request.root);
  const bool older = !request.prefix.empty() && fs::exists(request.prefix);
  if (older) fs::copy(request.prefix, place / "older", fs::copy_options::recursive);
  word("--prefix", older ? (place / "older").string() : request.prefix);
  if (request.unsigned_ok) words.push_back("--unsigned");
  if (request.without_minutes) words.push_back("--without-minutes");
  std::ofstream(place / "words.json") << words.dump();
  std::ofstream(place / "report.json") << verify::report_json(report, kp::Language::en);
}

inline Report verified(const Files& files, Request request = {}) {
  const Folder folder(files);
  request.dossier = folder.path();
  request.without_minutes = true;  // an evening in memory prints nothing
  const Report report = verify::verify(request);
  const char* kept = std::getenv("KP_KEEP_DOSSIERS");
  if (kept != nullptr && !request.progress) keep(kept, request, report);
  return report;
}

// "code where" of every finding, without repeats.
inline std::set<std::string> found(const Report& report) {
  std::set<std::string> out;
  for (const kp::Finding& finding : report.findings) {
    out.insert(std::string(kp::finding_row(finding.code).code) + " " + finding.where);
  }
  return out;
}

inline std::set<std::string> codes(const Report& report) {
  std::set<std::string> out;
  for (const kp::Finding& finding : report.findings) out.emplace(kp::finding_row(finding.code).code);
  return out;
}

inline std::string with_ca(const KeyPair& authority) {
  static const Folder folder(Files{{"empty", ""}});
  const std::string path = folder.path() + "/ca.pem";
  std::ofstream(path) << authority.certificate;
  return path;
}

// A contest of the evening with its box and one bundle of these lines, ready for its result.
inline ResultSpec counted(DossierBuilder& d, const json& contest, const std::vector<std::string>& marks) {
  std::vector<std::string> lines;
  for (const std::string& one : marks) lines.push_back(one + ",");
  const auto n = static_cast<std::int64_t>(marks.size());
  d.add("box", {{"contest", contest["id"]}, {"issued", n}, {"returned", n}});
  d.add_bundle({.contest = contest["id"], .name = "B1", .csv = csv_of(lines)});
  return {d.congress(), contest, n, n, judged(contest, marks), 0, 0, {}, false};
}

inline const std::vector<std::string> kTied = {"a..", "a..", "a..", "a..", "a..", "a..",
                                               ".a.", ".a.", ".a.", ".a.", ".a."};

inline json changed(json value, const std::function<void(json&)>& change) {
  change(value);
  return value;
}

// A dossier that is made in a wrong way from the start, so that digests, tree and checkpoint all agree.
inline Set wrong(const std::function<void(DossierBuilder&)>& act,
                 const json& congress = congress_of({committee_contest(), secretary_contest()})) {
  DossierBuilder d(congress);
  act(d);
  return codes(verified(d.files()));
}

// The result of an evening's committee, altered, with its digest, tree and files made anew.
inline Set with_result(const std::function<void(json&)>& change) {
  const json congress = congress_of({committee_contest()});
  DossierBuilder d(congress);
  count_committee(d);
  d.add_result(changed(reference_result(committee_result(congress)), change));
  return found(verified(d.files()));
}

inline std::map<std::string, std::string> without(Files files, const std::string& start) {
  std::erase_if(files, [&](const auto& file) { return file.first.starts_with(start); });
  return files;
}

inline std::string name_of_first(const Files& files, const std::string& folder) {
  return files.lower_bound(folder)->first;
}

}  // namespace kp::test
