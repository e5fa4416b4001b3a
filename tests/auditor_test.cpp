// The auditor's report: what it tells comes from the verifier's own count, and it tells no more than it may.
#include "verify/auditor.h"
#include "base/digest.h"
#include "catch.h"
#include "support/dossier_evening.h"

using namespace kp;
using namespace kp::test;

namespace {

std::string report_of(const Files& files, Request request = {}, Language language = Language::en) {
  request.account = true;
  return verify::auditor_report(verified(files, std::move(request)), "dossier", language);
}

bool has(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("a forged result, consistent in every digest, is reported with the figures that the ballots give") {
  const json congress = congress_of({committee_contest()});
  DossierBuilder d(congress);
  count_committee(d);
  d.add_result(changed(reference_result(committee_result(congress)), [](json& result) {
    result["rows"][0]["votes"] = 10;
    result["rows"][2]["votes"] = 1;
  }));
  const std::string report = report_of(d.files());
  const std::string honest = report_of(evening(congress).files());
  const auto row_of = [](const std::string& text, const std::string& start) {
    const std::size_t at = text.find(start);
    return text.substr(at, text.find('\n', at) - at);
  };
  for (const char* row : {"    1. ", "    2. ", "    3. "}) CHECK(row_of(report, row) == row_of(honest, row));
  CHECK(has(report, "THE DOSSIER STATES OTHERWISE"));
  CHECK(has(report, "FAILED."));
  CHECK_FALSE(has(honest, "THE DOSSIER STATES OTHERWISE"));
}

TEST_CASE("corrections and rulings are told with people and reasons, never with marks") {
  const std::string report = report_of(signed_evening().files());
  CHECK(has(report, "correction: bundle B1 pass 1 ballot 3"));
  CHECK(has(report, "gõ nhầm dòng"));
  CHECK(has(report, "ruling: bundle B1 ballot 6: the board read the ballot"));
  CHECK(has(report, "gạch mờ nhưng rõ ý"));
  CHECK(has(report, "flags confirmed on 1 ballots"));
  CHECK(has(report, "bàn giao phiếu"));
  CHECK(has(report, "closed"));
  for (const char* marks : {"aa.", "a..", ".aa", "a.a", "signed\""}) CHECK_FALSE(has(report, marks));
}

TEST_CASE("each signer is told with why it counts or does not") {
  const Files files = signed_evening().files();
  CHECK(has(report_of(files), "CN=Trần Thị Bình — holds, but nothing shows whose it is"));
  Request request;
  request.ca_file = with_ca(keys().authority);
  CHECK(has(report_of(files, request), "CN=Lê Văn Cường — counts: under the authority given"));
  request.ca_file = with_ca(keys().stranger);
  CHECK(has(report_of(files, request), "CN=Lê Văn Cường — does NOT count"));
  json congress = congress_of({committee_contest(), secretary_contest()});
  congress["board"][0]["certificate"] = certificate_digest(keys().head.certificate);
  congress["board"][1]["certificate"] = certificate_digest(keys().member.certificate);
  CHECK(has(report_of(signed_evening(congress).files()), "counts: registered in the board"));
}

TEST_CASE("what was not checked is said: no ballots, no authority, no paper, unverified rules") {
  const Files files = signed_evening().files();
  const std::string open = report_of(without(files, "bundles/"));
  CHECK(has(open, "THE BALLOTS ARE NOT IN THE DOSSIER"));
  CHECK(has(open, "NOT recounted"));
  CHECK(has(open, "no authority was given"));
  CHECK(has(open, "no digest was typed"));
  const std::string full = report_of(files);
  CHECK_FALSE(has(full, "THE BALLOTS ARE NOT IN THE DOSSIER"));
  Request request;
  request.root = hex(sha256("x"));
  CHECK_FALSE(has(report_of(files, request), "no digest was typed"));
  const json tied = congress_of({committee_contest()});
  DossierBuilder d(tied);
  d.add_result(reference_result(counted(d, tied["contests"][0], kTied)));
  CHECK(has(report_of(d.files()), "[NOT VERIFIED]"));
  CHECK(has(report_of(d.files()), "NOT VERIFIED against the signed text"));
}

TEST_CASE("a folder that is no dossier has a report too, and the same dossier the same report") {
  CHECK(has(report_of({{"x", "y"}}), "FAILED."));
  const Files files = signed_evening().files();
  CHECK(report_of(files) == report_of(files));
  CHECK(has(report_of(files, {}, Language::vi), "BÁO CÁO KIỂM TRA ĐỘC LẬP"));
}
