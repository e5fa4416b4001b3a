// Whole dossiers, built by other means than either program (support/dossier_builder.h): sound ones at every
// level, folders that were tampered with, and hostile ones.
#include <unistd.h>

#include <random>
#include <stdexcept>

#include "catch.h"
#include "support/dossier_evening.h"
#include "verify/report.h"

namespace {

using namespace kp::test;
using kp::verify::Assurance;

}  // namespace

// ---------------------------------------------------------------------------------------------------------------
// Sound dossiers
// ---------------------------------------------------------------------------------------------------------------

TEST_CASE("formats.md §11: a sound dossier is consistent, and every ballot of it is counted again") {
  const Report report = verified(signed_evening().files());
  CHECK(found(report).empty());
  CHECK(report.level == Assurance::consistent);
  CHECK_FALSE(report.practice);
  CHECK(report.record_id == signed_evening().record_id());
  REQUIRE(report.results.size() == 2);
  CHECK(report.results[0].contest == "committee");
  CHECK(report.results[0].outcome == "filled");
  CHECK(report.results[0].elected == 2);
  CHECK(report.results[0].valid == 8);
  CHECK(report.results[0].invalid == 3);
  CHECK(report.results[0].recounted);
  CHECK(report.results[0].signers == 2);
  CHECK(report.results[1].contest == "secretary");
  CHECK(report.results[1].invalid == 1);
}

TEST_CASE(
    "formats.md §11: faults in many bundles are named in the order of their files, whoever reads first") {
  DossierBuilder d(congress_of({committee_contest()}));
  for (int i = 0; i < 40; ++i) {
    const std::vector<std::string> lines(static_cast<std::size_t>(1 + i), "aa.,");
    d.add_bundle({.contest = "committee", .name = "B" + std::to_string(i), .csv = kp::test::csv_of(lines)});
  }
  std::map<std::string, std::string> files = d.files();
  std::vector<std::string> damaged;
  std::size_t number = 0;
  for (auto& [name, bytes] : files) {
    if (!name.starts_with("bundles/") || ++number % 3 != 0) continue;
    bytes.back() = ' ';
    damaged.push_back(name);
  }
  REQUIRE(damaged.size() > 10);
  for (int again = 0; again < 5; ++again) {
    std::vector<std::string> named;
    for (const kp::Finding& finding : verified(files).findings) {
      if (finding.code == kp::Code::verify_dossier_digest) named.push_back(finding.where);
      CHECK_FALSE(finding.code == kp::Code::verify_bundle_fields);
    }
    CHECK(named == damaged);
  }
}

TEST_CASE(
    "formats.md §11: under the CA given, or pinned in the board, enough signers make the level signed") {
  CHECK(verified(signed_evening().files(), {.ca_file = with_ca(keys().authority)}).level ==
        Assurance::signatures);
  json congress = congress_of({committee_contest(), secretary_contest()});
  congress["board"][0]["certificate"] = kp::test::certificate_digest(keys().head.certificate);
  congress["board"][1]["certificate"] = kp::test::certificate_digest(keys().member.certificate);
  const Report pinned = verified(signed_evening(congress).files());
  CHECK(found(pinned).empty());
  CHECK(pinned.level == Assurance::signatures);
  // Who is pinned needs no authority, whatever --ca names.
  const Request unknown{.ca_file = with_ca(keys().stranger)};
  CHECK(verified(signed_evening(congress).files(), unknown).level == Assurance::signatures);
}

TEST_CASE(
    "formats.md §11: signers that do not count are named, and too few of them are an error unless allowed") {
  const json congress =
      changed(congress_of({committee_contest()}), [](json& c) { c["signatures_required"] = 1; });
  const auto signed_by = [](const json& of, const KeyPair& signer, Request request = {}) {
    DossierBuilder d = evening(of);
    d.add_signature("committee", signer);
    return verified(d.files(), std::move(request));
  };
  const Request under{.ca_file = with_ca(keys().authority)};
  CHECK(signed_by(congress, keys().head, under).level == Assurance::signatures);
  CHECK(signed_by(congress, keys().stranger).level == Assurance::consistent);
  CHECK(codes(signed_by(congress, keys().stranger, under)) ==
        Set{"signature/too-few", "signature/untrusted"});
  CHECK(codes(signed_by(congress, keys().expired, under)) == Set{"signature/too-few", "signature/expired"});
  CHECK(codes(signed_by(congress, keys().expired)) == Set{"signature/too-few", "signature/expired"});
  CHECK(codes(signed_by(congress, keys().weak, under)) == Set{"signature/too-few", "signature/weak-key"});
  const json pinned = changed(congress, [](json& c) {
    c["board"][0]["certificate"] = kp::test::certificate_digest(keys().head.certificate);
  });
  CHECK(codes(signed_by(pinned, keys().member, under)) == Set{"signature/too-few", "signature/not-pinned"});
  CHECK(signed_by(pinned, keys().head).level == Assurance::signatures);
  const Files files = evening(congress).files();
  CHECK(verified(files).level == Assurance::none);
  const Report allowed = verified(files, {.unsigned_ok = true});
  CHECK(codes(allowed) == Set{"signature/too-few"});
  CHECK(allowed.level == Assurance::consistent);
}

TEST_CASE("formats.md §11: what is typed from paper binds what it covers, and agrees with nothing else") {
  const DossierBuilder d = signed_evening();
  const auto with = [&](Request request) { return verified(d.files(), std::move(request)); };
  CHECK(with({.digests = {d.result_digest("secretary")}}).level == Assurance::bound);
  const Report first = with({.digests = {d.result_digest("committee")}});
  CHECK(found(first) == Set{"bound/not-covered secretary"});
  CHECK(first.level == Assurance::consistent);
  CHECK(with({.root = hex_of(d.root())}).level == Assurance::bound);
  CHECK(with({.root = kp::test::base64_of(d.root())}).level == Assurance::bound);
  const json last = json::parse(d.files().at("results/secretary.json"));
  CHECK(with({.root = last["record"]["root"]}).level == Assurance::bound);
  CHECK(codes(with({.digests = {std::string(64, '0')}})) == Set{"bound/mismatch"});
  CHECK(codes(with({.root = std::string(64, '0')})) == Set{"bound/mismatch"});
  const Report both = with({.ca_file = with_ca(keys().authority), .digests = {d.result_digest("secretary")}});
  CHECK(both.level == Assurance::signatures);
  // Without ballots a result does not follow from the entries before it.
  const Report without_ballots = verified(without(d.files(), "bundles/"), {.root = last["record"]["root"]});
  CHECK(codes(without_ballots) == Set{"bound/not-covered", "count/not-recomputed"});
}

TEST_CASE(
    "formats.md §10: a public dossier is checked from its votes on, and says that they were not recounted") {
  const DossierBuilder d = signed_evening();
  const Report report = verified(without(d.files(), "bundles/"), {.ca_file = with_ca(keys().authority)});
  CHECK(codes(report) == Set{"count/not-recomputed"});
  CHECK(report.level == Assurance::signatures);
  CHECK_FALSE(report.results[0].recounted);
  const auto tampered = [&](const std::function<void(json&)>& change) {
    const json congress = congress_of({committee_contest()});
    DossierBuilder other(congress);
    count_committee(other);
    other.add_result(changed(kp::test::reference_result(committee_result(congress)), change));
    return codes(verified(without(other.files(), "bundles/")));
  };
  CHECK(tampered([](json& r) { r["rows"][0]["votes"] = 6; }) ==
        Set{"count/not-recomputed", "result/row-differs"});
  CHECK(tampered([](json& r) { r["ballots"]["valid"] = 9; }).contains("result/arithmetic"));
  CHECK(tampered([](json& r) { r["ballots"] = "?"; }).contains("result/differs"));
  // Everything else follows from them, but no ballots give such votes: ten with three names left for two
  // seats, ten with none.
  for (const char* marks : {"aaa", "..."}) {
    const json congress = congress_of({committee_contest()});
    DossierBuilder other(congress);
    count_committee(other);
    ResultSpec spec = committee_result(congress);
    spec.ballots.assign(10, {marks, ""});
    spec.ballots.push_back({"aa.", "marked"});
    other.add_result(reference_result(spec));
    CHECK(codes(verified(without(other.files(), "bundles/"))) ==
          Set{"count/not-recomputed", "result/arithmetic"});
  }
  CHECK(tampered([](json& r) { r["rows"] = 5; }).contains("result/row-differs"));
}

TEST_CASE("contract §8: practice is named in the files and in the report") {
  const json congress =
      changed(congress_of({committee_contest()}), [](json& c) { c["purpose"] = "practice"; });
  const Report report = verified(evening(congress).files());
  CHECK(found(report).empty());
  CHECK(report.practice);
  CHECK(kp::verify::report_text(report, "x", kp::Language::vi).find("DIỄN TẬP") != std::string::npos);
  CHECK(kp::verify::report_text(report, "x", kp::Language::en).find("PRACTICE") != std::string::npos);
  DossierBuilder d = evening(congress);
  std::string checkpoint = d.files().at("checkpoint.txt");
  d.extra["checkpoint.txt"] = checkpoint.erase(checkpoint.find("-practice"), 9);
  CHECK(found(verified(d.files())) == Set{"checkpoint/mismatch checkpoint.txt:1"});
}

TEST_CASE("formats.md §11: the JSON report has just these members") {
  DossierBuilder d = evening(congress_of({committee_contest()}));
  d.extra["x"] = "";
  const Report report = verified(d.files());
  const std::string text = kp::verify::report_json(report, kp::Language::en);
  CHECK(
      text ==
      R"({"findings":[{"code":"dossier/extra-file","message":"this does not belong to the dossier → ask who put it there and why, then move it out","severity":"error","where":"x"}],"level":"none","ok":false,"practice":false,"record":{"id":")" +
          d.record_id() + R"(","root":")" + hex_of(d.root()) +
          R"(","size":8},"results":[{"contest":"committee","outcome":"filled","recounted":true,"sha256":")" +
          d.result_digest("committee") + R"(","signers":0}]})" + "\n");
}

TEST_CASE("formats.md §5 §6: reopening, a second box, a retraction and a second pass are followed") {
  const json congress =
      changed(congress_of({committee_contest()}), [](json& c) { c["passes_required"] = 2; });
  DossierBuilder d(congress);
  const std::int64_t box = d.add("box", {{"contest", "committee"}, {"issued", 11}, {"returned", 4}});
  d.add_by_two(
      "box",
      {{"contest", "committee"}, {"issued", 11}, {"returned", 3}, {"replaces", box}, {"note", "đếm lại"}});
  const std::int64_t wrong_pass =
      d.add_bundle({.contest = "committee", .name = "B1", .csv = csv_of({"a..,", "aa.,"})});
  d.add_by_two("retracted", {{"contest", "committee"},
                             {"bundle", "B1"},
                             {"pass", 1},
                             {"seq", wrong_pass},
                             {"note", "thiếu phiếu"}});
  d.add_bundle(
      {.contest = "committee", .name = "B1", .pass = 2, .csv = csv_of({"a..,", "a?.,signed", "aa.,"})});
  d.add_bundle({.contest = "committee",
                .name = "B1",
                .pass = 3,
                .csv = csv_of({"a..,", "aa.,", ".a.,"}),
                .station = "M2"});
  const json correction = {{"contest", "committee"}, {"bundle", "B1"}, {"pass", 3},        {"ballot", 3},
                           {"marks", ".aa"},         {"flags", ""},    {"note", "gõ nhầm"}};
  const std::int64_t first = d.add_by_two("correction", correction);
  d.add_by_two("correction",
               changed(correction, [&](json& c) { c["marks"] = "aa.", c["replaces"] = first; }));
  d.add_by_two("confirmed", {{"contest", "committee"}, {"ballots", 1}});
  d.add_by_two(
      "ruling",
      {{"contest", "committee"}, {"bundle", "B1"}, {"ballot", 2}, {"marks", "a.."}, {"note", "rõ ý"}});
  ResultSpec spec{congress, congress["contests"][0], 11, 3, {}, 1, 1, {}, false};
  spec.ballots = judged(spec.contest, {"a..", "a..", "aa."});
  d.add_result(kp::test::reference_result(spec));
  d.reopen("committee");
  spec.replaces = hex_of(sha256_bytes(json::parse(d.lines[d.lines.size() - 2])["body"]["result"].dump()));
  const std::int64_t ruling = 10;
  d.add_by_two("ruling", {{"contest", "committee"},
                          {"bundle", "B1"},
                          {"ballot", 2},
                          {"invalid", "marked"},
                          {"note", "có dấu"},
                          {"replaces", ruling}});
  spec.ballots[1] = {"", "marked"};
  d.add_result(kp::test::reference_result(spec));
  const Report report = verified(d.files());
  CHECK(found(report).empty());
  CHECK(report.results.at(0).valid == 2);
  CHECK(codes(verified(d.files(), {.digests = {spec.replaces}})) == Set{"bound/replaced"});
}

TEST_CASE("formats.md §5: a tie, its re-vote, a void and an accepted excess are followed") {
  json committee = contest_of("bau", "election", "strike", 2, 1);
  const json congress = congress_of({committee});
  DossierBuilder d(congress);
  d.add("electorate", {{"contest", "bau"},
                       {"electorate", {{"summoned", 8}, {"deductions", json::array()}, {"present", 8}}}});
  committee["electorate"] = {{"summoned", 8}, {"deductions", json::array()}, {"present", 8}};
  json revoted = committee;
  const auto excess = [&](const json& contest) {
    d.add("box", {{"contest", contest["id"]}, {"issued", 4}, {"returned", 5}});
    d.add_bundle(
        {.contest = contest["id"], .name = "B1", .csv = csv_of({"a.,", "a.,", ".a,", ".a,", "a.,"})});
    d.add_by_two("ruling", {{"contest", contest["id"]},
                            {"bundle", "B1"},
                            {"ballot", 5},
                            {"invalid", "not-issued"},
                            {"note", "không có dấu"}});
    d.add("decision", {{"contest", contest["id"]},
                       {"action", "accept-excess"},
                       {"votes_for", 8},
                       {"of", 8},
                       {"note", "công nhận"}});
    ResultSpec spec{congress, contest, 4, 5, judged(contest, {"a.", "a.", ".a", ".a"}), 1, 0, {}, false};
    spec.ballots.push_back({"", "not-issued"});
    return spec;
  };
  const ResultSpec tied = excess(changed(committee, [](json& c) { c["electorate"]["summoned"] = 8; }));
  d.add_result(kp::test::reference_result(tied));
  CHECK(found(verified(d.files())).empty());
  // Two of eight votes are no majority: short, and the meeting votes again; both stay on the list.
  json again = committee;
  again["id"] = "bau-r2", again["round"] = 2;
  again["rows"][0]["from"] = 1, again["rows"][1]["from"] = 2;
  d.add("decision", {{"contest", "bau"},
                     {"action", "vote-again"},
                     {"votes_for", 8},
                     {"of", 8},
                     {"note", "bầu tiếp"},
                     {"opens", again}});
  ResultSpec second = counted(d, again, {"a.", "a.", "a.", "a.", "a.", "a.", "a.", ".a"});
  d.add("decision",
        {{"contest", "bau-r2"}, {"action", "void"}, {"votes_for", 8}, {"of", 8}, {"note", "huỷ"}});
  second.nullified = true;
  d.add_result(kp::test::reference_result(second));
  json third = again;
  third["id"] = "bau-r3", third["round"] = 3;
  d.add("decision", {{"contest", "bau-r2"},
                     {"action", "vote-again"},
                     {"votes_for", 8},
                     {"of", 8},
                     {"note", "bầu tiếp"},
                     {"opens", third}});
  d.add_by_two("contest", {{"contest", third}});
  d.add_result(
      kp::test::reference_result(counted(d, third, {"a.", "a.", "a.", "a.", "a.", "a.", ".a", ".a"})));
  const Report report = verified(d.files());
  CHECK(found(report) == Set{});
  REQUIRE(report.results.size() == 3);
  CHECK(report.results[1].outcome == "void");
  CHECK(report.results[1].recounted);
  CHECK(report.results[2].outcome == "filled");
}

// ---------------------------------------------------------------------------------------------------------------
// The folder
// ---------------------------------------------------------------------------------------------------------------

TEST_CASE("formats.md §10: what is missing, foreign, a link or altered is named with its place") {
  const DossierBuilder d = signed_evening();
  const Files files = d.files();
  const std::string bundle = name_of_first(files, "bundles/");
  const std::string manifest = name_of_first(files, "manifests/");
  const auto put = [&](const std::string& name, const std::string& bytes) {
    Files other = files;
    other[name] = bytes;
    return found(verified(other));
  };
  const auto only = [&](const std::string& name) { return found(verified(without(files, name))); };
  CHECK(only("checkpoint.txt") == Set{"dossier/missing-file checkpoint.txt"});
  CHECK(only(bundle) == Set{"dossier/missing-file " + bundle});
  CHECK(only(manifest) == Set{"dossier/missing-file " + manifest});
  CHECK(only("results/secretary.json.p7s") == Set{"dossier/missing-file results/secretary.json.p7s"});
  CHECK(only("record.jsonl") == Set{"dossier/missing-file record.jsonl"});
  CHECK(only("congress.json").contains("dossier/missing-file congress.json"));
  CHECK(only("congress.json").contains("entry/not-replayed record.jsonl"));
  CHECK(put("readme.txt", "x") == Set{"dossier/extra-file readme.txt"});
  CHECK(put("bundles/x.csv", "x") == Set{"dossier/extra-file bundles/x.csv"});
  CHECK(put("results/poll.json", "{}") == Set{"dossier/extra-file results/poll.json"});
  CHECK(put("results/secretary.pdf", "%PDF") ==
        Set{"minutes/altered results/secretary.pdf", "minutes/not-read results/secretary.pdf"});
  CHECK(put("more/x", "x") == Set{"dossier/extra-file more/"});
  CHECK(put(std::string("a\xFF\x01"), "x") == Set{"dossier/extra-file a\\xff\\x01"});
  CHECK(put(bundle, files.at(bundle) + "9,aa.,\n") == Set{"dossier/digest " + bundle});
  CHECK(put(manifest, files.at(manifest) + "\n") == Set{"dossier/digest " + manifest});
  CHECK(put("checkpoint.txt", "kiemphieu/x\n") == Set{"checkpoint/form checkpoint.txt"});
  CHECK(put("checkpoint.txt", files.at("checkpoint.txt") + "\n") == Set{"checkpoint/form checkpoint.txt"});
  CHECK(put("results/secretary.json", files.at("results/secretary.json") + "\n") ==
        Set{"result/file-differs results/secretary.json"});
  CHECK(put("results/secretary.json.p7s", "x") == Set{"signature/file-differs results/secretary.json.p7s"});
  CHECK(found(verified(files, {.ca_file = "/nowhere/ca.pem"})) == Set{"file/missing /nowhere/ca.pem"});
  const Folder folder(files);
  CHECK(codes(verified(files, {.ca_file = folder.path() + "/checkpoint.txt"})) == Set{"signature/ca"});
  std::filesystem::remove(folder.path() + "/" + bundle);
  std::filesystem::create_symlink("/etc/passwd", folder.path() + "/" + bundle);
  std::filesystem::create_directory(folder.path() + "/bundles/x");
  const Report linked = kp::verify::verify({.dossier = folder.path(), .without_minutes = true});
  CHECK(found(linked) == Set{"dossier/not-a-file " + bundle, "dossier/missing-file " + bundle,
                             "dossier/extra-file bundles/x/"});
  CHECK(codes(kp::verify::verify({.dossier = folder.path() + "/congress.json"})) ==
        Set{"dossier/not-a-folder"});
  CHECK(codes(kp::verify::verify({.dossier = folder.path() + "/nowhere"})) == Set{"file/missing"});
}

TEST_CASE("style: an exception in a callback or library ends in a finding, never in a crash") {
  const Request request{.progress = [](std::uint64_t, std::uint64_t) { throw std::runtime_error("x"); }};
  CHECK(codes(verified(signed_evening().files(), request)) == Set{"dossier/stopped"});
}

TEST_CASE("formats.md §3 §10: bundles and manifests must be what the record says they are") {
  const auto bundle = [](BundleSpec spec) {
    spec.contest = "committee", spec.name = "B1";
    if (spec.csv.empty()) spec.csv = csv_of({"a..,", "a..,"});
    return wrong([&](DossierBuilder& d) { d.add_bundle(spec); });
  };
  CHECK(bundle({}).empty());
  CHECK(bundle({.csv = "ballot,marks,flags\n1,ax.,\n"}) == Set{"dossier/bundle-mark"});
  CHECK(bundle({.change_manifest = [](json& m) { m["bundles"][0]["ballots"] = 3; },
                .change_entry = [](json& e) { e["ballots"] = 3; }}) == Set{"dossier/bundle-ballots"});
  CHECK(bundle({.change_manifest = [](json& m) { m["congress"] = "khac"; }}) ==
        Set{"dossier/manifest-congress"});
  CHECK(bundle({.change_manifest = [](json& m) { m["bundles"][0]["file"] = "a/../../x.csv"; }}) ==
        Set{"dossier/manifest-path"});
  CHECK(bundle({.change_manifest = [](json& m) { m["bundles"].push_back(m["bundles"][0]); }}) ==
        Set{"dossier/manifest-twice"});
  CHECK(bundle({.change_manifest = [](json& m) {
          m["bundles"].push_back(m["bundles"][0]);
          m["bundles"][1]["bundle"] = "B2";
        }}) == Set{"dossier/manifest-not-in-record"});
  CHECK(bundle({.change_manifest = [](json& m) { m["contest"] = "secretary"; }}) ==
        Set{"dossier/manifest-no-item", "dossier/manifest-not-in-record"});
  CHECK(bundle({.change_entry = [](json& e) { e["station"] = "M9"; }}) == Set{"dossier/manifest-differs"});
  CHECK(bundle({.change_entry = [](json& e) { e["counted"] = 2; }}) == Set{"dossier/manifest-differs"});
  CHECK(bundle({.change_manifest = [](json& m) { m["more"] = 1; }}) == Set{"schema/unknown-key"});
  CHECK(bundle({.manifest_signers = {keys().head}}).empty());
  CHECK(bundle({.manifest_signers = {keys().head}, .change_entry = [](json& e) {
                  e["signers"] = json::array();
                }}) == Set{"dossier/manifest-signers"});
  CHECK(bundle({.change_entry = [](json& e) { e["signers"] = json::array({std::string(64, 'a')}); }}) ==
        Set{"dossier/missing-file"});
  CHECK(wrong([](DossierBuilder& d) {
          d.add_bundle({.contest = "committee", .name = "B1", .csv = csv_of({"a..,"})});
          d.add_bundle({.contest = "committee", .name = "B2", .csv = csv_of({"a..,"})});
        }) == Set{"dossier/bundle-equal-bytes"});
  CHECK(wrong([](DossierBuilder& d) {
          const std::string large = csv_of(std::vector<std::string>(7000, "a..,"));
          for (int i = 1; i <= 17; ++i) {
            const std::string name = "B" + std::to_string(i);
            d.add_bundle({.contest = "committee", .name = name, .csv = large});
            d.add_by_two(
                "ruling",
                {{"contest", "committee"}, {"bundle", name}, {"ballot", 1}, {"marks", "a.."}, {"note", "x"}});
          }
        }) == Set{"dossier/bundle-too-often", "dossier/bundle-equal-bytes"});
}

// ---------------------------------------------------------------------------------------------------------------
// Hostile folders
// ---------------------------------------------------------------------------------------------------------------

TEST_CASE("goals: no changed byte, no missing line, no missing file of a dossier is accepted") {
  const Files files = signed_evening().files();
  std::mt19937 random(1);
  for (const auto& [name, bytes] : files) {
    INFO(name);
    CHECK(verified(without(files, name)).level == Assurance::none);
    for (std::size_t at = random() % 61; at < bytes.size(); at += 61) {
      Files other = files;
      other[name][at] = static_cast<char>(other[name][at] ^ 1);
      INFO("byte " << at);
      REQUIRE(verified(other).level == Assurance::none);
    }
  }
  const std::string& record = files.at("record.jsonl");
  for (std::size_t at = 0; at < record.size(); at = record.find('\n', at) + 1) {
    Files other = files;
    other["record.jsonl"].erase(at, record.find('\n', at) + 1 - at);
    CHECK(verified(other).level == Assurance::none);
  }
}

TEST_CASE("style: whatever a folder holds, the verifier ends and says what is wrong") {
  const Files files = signed_evening().files();
  std::vector<std::string> names;
  for (const auto& [name, bytes] : files) names.push_back(name);
  std::mt19937 random(2);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
  for (int run = 0; run < 300; ++run) {
    Files other = files;
    std::string& bytes = other[names[below(names.size())]];
    for (std::size_t n = 1 + below(4); n > 0; --n) {
      const std::size_t at = below(bytes.size());
      const std::size_t length = std::min(bytes.size() - at, below(40));
      switch (below(4)) {
        case 0:
          bytes.erase(at, length);
          break;
        case 1:
          bytes.insert(at, bytes.substr(below(bytes.size()), length));
          break;
        case 2:
          bytes.insert(at, std::string(length, "[{\"0-9\\\n"[below(8)]));
          break;
        default:
          bytes[at] = static_cast<char>(random());
      }
      if (bytes.empty()) bytes = "x";
    }
    const Report report = verified(other);
    if (other != files) CHECK(report.level == Assurance::none);
    CHECK_FALSE(kp::verify::report_json(report, kp::Language::vi).empty());
  }
}

TEST_CASE("style: a results list of rubbish entries stays bounded") {
  DossierBuilder d(congress_of({committee_contest()}));
  for (int i = 0; i < 400; ++i) {
    const json body = {
        {"contest", "committee"}, {"sha256", std::string(64, '0')}, {"result", json::object()}};
    d.add("result", body);
    d.add_by_two("reopened", {{"contest", "committee"}, {"result", d.lines.size() - 1}, {"note", "x"}});
  }
  const Report report = verified(d.files());
  CHECK(report.level == Assurance::none);
  CHECK(report.findings.size() < 1000);
  CHECK(codes(report).contains("findings/more"));
}
