// The verifier as a reader of minutes: what it accepts, what it names, and signatures inside a PDF.
#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "base/canon.h"
#include "base/digest.h"
#include "catch.h"
#include "outcome/polls.h"
#include "paper/render.h"
#include "paper/signature.h"
#include "proceedings/setup.h"
#include "seal/seal.h"
#include "sheet/minutes.h"
#include "support/certificates.h"
#include "support/definitions.h"
#include "support/evening.h"
#include "support/signer_files.h"
#include "verify/minutes.h"

using namespace kp;
using test::csv_of;
using test::Evening;

namespace {

const std::string kMoment = "2025-10-15T09:30:00Z";

Json result_of(const Contest& contest, const std::vector<std::string>& marks) {
  const auto size = static_cast<std::int64_t>(marks.size());
  Evening evening(test::congress_of(contest, size), test::bytes_of(contest, size));
  evening.append(count_box(*evening.history().find(contest.id), {size, size, {}, "", ""}, {"A"}).value());
  evening.bundle(contest.id, "01", 1, csv_of(marks));
  REQUIRE(evening.result(contest.id).empty());
  return evening.history().find(contest.id)->standing()->result;
}

// A list whose names are as long and as much alike as names get.
Contest with_long_names(Contest contest) {
  for (Row& row : contest.rows) {
    row.name = "Công Tằng Tôn Nữ Thị Hoàng Nguyệt Ánh Minh Phương Quỳnh Như số " + std::to_string(row.no);
  }
  return contest;
}

// The same result as if hundreds of thousands had voted.
Json of_hundreds_of_thousands(Json result) {
  Json::Array rows = result.at("rows").array();
  for (Json& row : rows) {
    for (const char* key : {"votes", "against", "none", "several"}) {
      if (const Json* n = row.find(key)) row.set(key, n->integer() + 400'000);
    }
    if (const Json* options = row.find("options")) {
      Json::Array more = options->array();
      for (Json& n : more) n = n.integer() + 400'000;
      row.set("options", std::move(more));
    }
  }
  result.set("rows", std::move(rows));
  return result;
}

using Change = std::function<void(paper::Document&)>;

std::string pdf_of(const Json& result, PaperLanguage language, const Change& change = {}) {
  paper::Document document = make_minutes(result, sha256_hex(canonical(result)), nullptr, language);
  if (change) change(document);
  return paper::render(document, KP_PAGES).value().pdf;
}

std::vector<std::string> codes_of(const verify::Faults& faults) {
  std::vector<std::string> codes;
  for (const Finding& one : faults.listed()) codes.emplace_back(finding_row(one.code).code);
  return codes;
}

// What the verifier says of `pdf` as the minutes of `result`.
std::vector<std::string> said_of(const std::string& pdf, const Json& result) {
  verify::Faults faults;
  const auto read = verify::read_pdf(pdf, {"x.pdf", KP_READER}, faults);
  const verify::Printed printed{result, sha256_hex(canonical(result))};
  if (read) {
    verify::check_words(*read, printed, "x.pdf", faults);
    verify::check_signatures(pdf, *read, printed, {"x.pdf", KP_READER}, faults);
  }
  for (const Finding& one : faults.listed()) UNSCOPED_INFO(line_of(one, Language::en));
  return codes_of(faults);
}

// The table whose first cells begin with `first`, the n-th of them.
paper::Table& table(paper::Document& document, const std::string& first, std::size_t n = 0) {
  for (paper::Block& block : document.body) {
    paper::Table* const found = std::get_if<paper::Table>(&block);
    if (found == nullptr || found->head.empty() || found->head.front().front().text != first) continue;
    if (n-- == 0) return *found;
  }
  FAIL("no such table");
  throw std::logic_error("unreachable");
}

std::string& cell(paper::Table& table, std::size_t row, std::size_t column) {
  return table.rows.at(row).at(column).front().text;
}

/// Four names for three seats, three of them elected.
Json filled() {
  return result_of(test::election(4, 3), {"aaa.", "aaa.", "aaa.", "aa.a", "a.aa", "aaa."});
}

struct Altered {
  const char* what;
  const char* code;
  Change change;
};

using Codes = std::vector<std::string>;

std::string sign_pdf(const std::string& pdf, const test::Signer& signer) {
  paper::PdfToSign to_sign =
      paper::make_room(pdf, kMoment, most_cades_bytes(signer.certificate, {}), KP_PAGES).value();
  const std::string der = sign_cades(to_sign.signed_bytes(), signer.certificate, signer.key, {}).value();
  return paper::with_signature(std::move(to_sign), der);
}

}  // namespace

TEST_CASE(
    "minutes of every kind of list, in both languages, with names of any length, say what their result "
    "says") {
  std::vector<std::string> many(40, std::string(60, 'a'));
  for (std::size_t i = 0; i < many.size(); ++i) {
    for (std::size_t row = 0; row < 5 + i % 7; ++row) many[i][(i * 7 + row * 11) % 60] = '.';
  }
  const std::vector<std::pair<Contest, std::vector<std::string>>> votes = {
      {test::election(4, 3), {"aaa.", "aaa.", "aa.a", "a.aa"}},
      {test::election(3, 3), {"aab", "a.*", "aaa", "bbb"}},
      {test::election(60, 55), many},
      {test::poll(Question::opinion, 4, 3), {"aabb", "ab.*", "aaab", "bbbb"}},
      {test::poll(Question::withdrawal, 2), {"ab", "bb", "a."}},
      {test::poll(Question::introduction, 4, 3), {"aaa.", ".aaa", "a..a"}},
      {test::poll(Question::confidence, 3), {"abc", "a.*", "ccc"}},
      {test::poll(Question::rating, 3), {"abd", "a.*", "ddd"}},
      {test::poll(Question::survey, 3), {"ab.", "a.*", "bbb"}},
  };
  for (const auto& [contest, marks] : votes) {
    for (const Contest& list : {contest, with_long_names(contest)}) {
      const Json result = result_of(list, marks);
      for (const PaperLanguage language : {PaperLanguage::vi, PaperLanguage::en, PaperLanguage::both}) {
        CAPTURE(word(contest.question), contest.rows.size(), list.rows.front().name);
        CHECK(said_of(pdf_of(result, language), result).empty());
        const Json large = of_hundreds_of_thousands(result);
        CHECK(said_of(pdf_of(large, language), large).empty());
      }
    }
  }
}

TEST_CASE("minutes that say anything else than their result are named by what they say") {
  const Json result = filled();
  const std::vector<Altered> altered = {
      {"a vote more", "minutes/row-differs", [](auto& d) { cell(table(d, "TT"), 1, 2) += "1"; }},
      {"another share", "minutes/row-differs", [](auto& d) { cell(table(d, "TT"), 0, 3) = "66.67"; }},
      {"another name", "minutes/row-differs", [](auto& d) { cell(table(d, "TT"), 2, 1) = "Người Lạ"; }},
      {"a name longer by a line", "minutes/row-differs",
       [](auto& d) { cell(table(d, "TT"), 2, 1) += "\nvà Người Lạ"; }},
      {"another number", "minutes/row-differs", [](auto& d) { cell(table(d, "TT"), 3, 0) = "5"; }},
      {"two rows in each other's place", "minutes/row-differs",
       [](auto& d) { std::swap(table(d, "TT").rows[0][1], table(d, "TT").rows[3][1]); }},
      {"a row left out", "minutes/row-differs", [](auto& d) { table(d, "TT").rows.pop_back(); }},
      {"a row more", "minutes/row-differs",
       [](auto& d) {
         table(d, "TT").rows.push_back({{{"5"}}, {{"Người Lạ"}}, {{"6"}}, {{"100.00"}}});
       }},
      {"someone elected who is not", "minutes/elected-differ",
       [](auto& d) { cell(table(d, "TT", 1), 2, 1) = cell(table(d, "TT"), 3, 1); }},
      {"one more elected", "minutes/elected-differ",
       [](auto& d) {
         table(d, "TT", 1).rows.push_back({{{"4"}}, {{"Người Lạ"}}, {{"6"}}, {{"100.00"}}});
       }},
      {"one elected left out", "minutes/elected-differ", [](auto& d) { table(d, "TT", 1).rows.pop_back(); }},
      {"the elected in another order", "minutes/elected-differ",
       [](auto& d) { std::swap(table(d, "TT", 1).rows[0][1], table(d, "TT", 1).rows[1][1]); }},
      {"more ballots returned", "minutes/figure-differs",
       [](auto& d) { cell(table(d, "Triệu tập"), 0, 2) = "7"; }},
      {"fewer invalid", "minutes/figure-differs", [](auto& d) { cell(table(d, "Triệu tập"), 0, 4) = "9"; }},
      {"a figure over another one", "minutes/figure-differs",
       [](auto& d) { cell(table(d, "Triệu tập"), 0, 3) = "6 9"; }},
      {"heads in each other's place", "minutes/figure-differs",
       [](auto& d) { std::swap(table(d, "Triệu tập").head[3], table(d, "Triệu tập").head[4]); }},
      {"another line", "minutes/figure-differs",
       [](auto& d) {
         for (paper::Block& block : d.body) {
           paper::Paragraph* one = std::get_if<paper::Paragraph>(&block);
           if (one == nullptr) continue;
           const std::size_t at = one->words.front().text.find("từ 4 phiếu");
           if (at != std::string::npos)
             one->words.front().text.replace(at, std::string_view("từ 4 phiếu").size(), "từ 3 phiếu");
         }
       }},
      {"another digest at the foot", "minutes/other-result",
       [](auto& d) { d.foot.front().back().text.front() ^= 1; }},
      {"nothing at the foot", "minutes/other-result", [](auto& d) { d.foot.clear(); }},
  };
  CHECK(said_of(pdf_of(result, PaperLanguage::vi), result).empty());
  for (const Altered& one : altered) {
    CAPTURE(one.what);
    const Codes codes = said_of(pdf_of(result, PaperLanguage::vi, one.change), result);
    CHECK(std::find(codes.begin(), codes.end(), one.code) != codes.end());
  }
  CHECK(said_of(pdf_of(result_of(test::election(4, 3), {"aaa.", "aaa."}), PaperLanguage::vi), result) ==
        Codes{"minutes/other-result"});
}

TEST_CASE("no byte of minutes changes unseen, and none is cut off or added") {
  const std::string pdf = pdf_of(filled(), PaperLanguage::vi);
  REQUIRE(verify::end_as_made(pdf) == pdf.size());
  constexpr std::size_t kStep = 11;  // and every byte of the last lines
  const std::size_t last = pdf.size() - 200;
  for (std::size_t i = 0; i < pdf.size(); i += i < last ? kStep : 1) {
    std::string other = pdf;
    other[i] = static_cast<char>(other[i] ^ (1 << (i % 8)));
    if (verify::end_as_made(other)) FAIL_CHECK("byte " << i);
  }
  CHECK_FALSE(verify::end_as_made(pdf.substr(0, pdf.size() - 1)));
  CHECK(verify::end_as_made(pdf + "%") == pdf.size());  // and that is not the end of the file
}

TEST_CASE("minutes in which a page is missing are named, even where every row of the list is left") {
  const Json result = filled();
  const std::string pdf = pdf_of(result, PaperLanguage::vi, [](auto& d) {
    d.body.push_back(paper::Paragraph{{{"Trang sau cùng"}}, 12, paper::Align::left, 0, 0, 0, false, true});
  });
  REQUIRE(said_of(pdf, result).empty());
  // The tree of pages loses its last kid; spaces keep every offset.
  std::string short_of_one = pdf;
  const std::size_t kids = short_of_one.find("/Kids [ ");
  const std::size_t last = short_of_one.find_last_of('R', short_of_one.find("]", kids)) - 6;
  const std::size_t begins = short_of_one.find(" R ", last - 4) + 3;
  const std::size_t ends = short_of_one.find("]", kids);
  short_of_one.replace(begins, ends - begins, std::string(ends - begins, ' '));
  const std::size_t count = short_of_one.find("/Count ", kids) + 7;
  --short_of_one[count];
  CHECK(said_of(short_of_one, result) == Codes{"minutes/page-missing"});
}

TEST_CASE(
    "what is no PDF is said to be none, and without its library the verifier says that it did not read") {
  const Json result = filled();
  CHECK(said_of("%PDF-1.5\nnothing", result) == Codes{"minutes/unreadable"});
  CHECK(said_of("", result) == Codes{"minutes/unreadable"});
  verify::Faults faults;
  CHECK_FALSE(
      verify::read_pdf(pdf_of(result, PaperLanguage::vi), {"x", "/no/such/kiemphieu-reader.so"}, faults));
  CHECK(codes_of(faults) == Codes{"minutes/not-read"});
  CHECK_FALSE(faults.has_error());
}

TEST_CASE("a PDF that brings its reader to a bad end is unreadable, and the verifier goes on") {
  for (const char* pdf : {"crash", "leave", "swell"}) {
    CAPTURE(pdf);
    verify::Faults faults;
    CHECK_FALSE(verify::read_pdf(pdf, {"x.pdf", KP_BAD_READER}, faults));
    CHECK(codes_of(faults) == Codes{"minutes/unreadable"});
  }
  verify::Faults faults;
  const auto read = verify::read_pdf("whole", {"x.pdf", KP_BAD_READER}, faults);
  REQUIRE(read);
  REQUIRE(read->pages.size() == 2);
  CHECK(read->pages[0].front().text == "word");
  CHECK(read->pages[0].front().bottom == 4);
  CHECK(read->pages[1].empty());
  CHECK(read->signatures.front().range[3] == 4);
  CHECK(read->signatures.front().contents.size() == 2);
}

TEST_CASE(
    "signatures inside a PDF: RSA and both curves, one after the other, each holds and each signer is "
    "named") {
  const Json result = filled();
  const test::KeyPair authority = test::make_authority("CA");
  std::string pdf = pdf_of(result, PaperLanguage::vi);
  std::vector<std::string> expected;
  for (const test::KeyKind kind : {test::KeyKind::p_256, test::KeyKind::rsa_2048, test::KeyKind::p_384}) {
    const test::Signer next = test::signer(test::issue(authority, {"Người ký", kind}));
    const std::string before = pdf;
    pdf = sign_pdf(before, next);
    expected.push_back(next.certificate.digest);
    CHECK(pdf.starts_with(before));  // what was signed before stays to the byte
    verify::Faults faults;
    const auto read = verify::read_pdf(pdf, {"x.pdf", KP_READER}, faults);
    REQUIRE(read);
    const verify::Printed printed{result, sha256_hex(canonical(result))};
    std::vector<std::string> signers;
    for (const auto& one : verify::check_signatures(pdf, *read, printed, {"x.pdf", KP_READER}, faults)) {
      signers.push_back(one.signer.certificate);
      CHECK(one.seconds == 1760520600);
    }
    CHECK(codes_of(faults).empty());
    CHECK(signers == expected);
    // The engine reads the same.
    const auto found = paper::signatures_of(pdf, "x.pdf", KP_PAGES);
    REQUIRE(found.ok());
    CHECK(found->size() == expected.size());
    CHECK(found->back().to_end);
    CHECK(read_signers(found->back().signed_bytes, without_padding(found->back().padded), "x").ok());
  }
}

TEST_CASE("a signature of a PDF has the attributes of PAdES B-B and no time of its own") {
  const test::Signer one = test::signer(test::issue(test::make_authority("CA"), {"A"}));
  const std::string der = sign_cades("content", one.certificate, one.key, {}).value();
  const auto has = [&](std::string_view oid) { return der.find(oid) != std::string::npos; };
  CHECK(has("\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09\x03"));          // content-type
  CHECK(has("\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09\x04"));          // message-digest
  CHECK(has("\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x2f"));  // signing-certificate-v2
  CHECK_FALSE(has("\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09\x05"));    // signing-time
  CHECK_FALSE(has("content"));
  CHECK(der.size() <= most_cades_bytes(one.certificate, {}));
  const test::Signer other = test::signer(test::issue(test::make_authority("CA"), {"B"}));
  const auto mixed = sign_cades("content", one.certificate, other.key, {});
  REQUIRE_FALSE(mixed.ok());
  CHECK(finding_row(mixed.findings().front().code).code == "seal/key-mismatch");
}

TEST_CASE("a signed PDF changed at any sampled byte, cut short or added to is refused") {
  const Json result = filled();
  const test::KeyPair authority = test::make_authority("CA");
  const std::string once =
      sign_pdf(pdf_of(result, PaperLanguage::vi), test::signer(test::issue(authority, {"A"})));
  const std::string pdf =
      sign_pdf(once, test::signer(test::issue(authority, {"B", test::KeyKind::rsa_2048})));
  REQUIRE(said_of(pdf, result).empty());
  const std::size_t gap = pdf.rfind("/Contents <");
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < pdf.size(); at += 1009) places.push_back(at);  // pages, fonts, tables
  for (std::size_t at = once.size(); at < gap; at += 7) places.push_back(at);  // the update, its dictionary
  for (std::size_t at = gap; at < gap + 1500; at += 61) places.push_back(at);  // the signature's digits
  for (std::size_t at = pdf.size() - 300; at < pdf.size(); at += 5) places.push_back(at);  // table, trailer
  for (const std::size_t at : places) {
    CAPTURE(at);
    std::string changed = pdf;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    CHECK_FALSE(said_of(changed, result).empty());
  }
  std::string cut_loose = pdf;  // no field leads to its signatures any more
  cut_loose[cut_loose.rfind("/AcroForm") + 1] = 'B';
  CHECK(said_of(cut_loose, result) == Codes{"minutes/signature-bad"});
  for (const std::size_t length : {pdf.size() - 1, pdf.size() - 100, gap, once.size() + 10}) {
    CAPTURE(length);
    CHECK_FALSE(said_of(pdf.substr(0, length), result).empty());
  }
  // Without what the second one added it is the first one's again; with something behind it is nobody's.
  CHECK(said_of(once, result).empty());
  const Codes added = said_of(pdf + "% more\n", result);
  CHECK(added == Codes{"minutes/changed-since"});
}

TEST_CASE("whoever signed first signed the same figures: an update that shows others is refused") {
  const Json honest = filled();
  const test::KeyPair authority = test::make_authority("CA");
  // The first signer is shown other figures; then the pages of the honest minutes are put over them.
  const std::string other =
      pdf_of(honest, PaperLanguage::vi, [](auto& d) { cell(table(d, "TT"), 1, 2) = "6"; });
  const std::string signed_other = sign_pdf(other, test::signer(test::issue(authority, {"A"})));
  const Codes codes = said_of(sign_pdf(signed_other, test::signer(test::issue(authority, {"B"}))), honest);
  CHECK(std::count(codes.begin(), codes.end(), "minutes/row-differs") == 2);
}

TEST_CASE("no PDF but one with its table in the open is signed, and none that was added to") {
  const auto code_of = [](const auto& made) {
    REQUIRE_FALSE(made.ok());
    return std::string(finding_row(made.findings().front().code).code);
  };
  CHECK(code_of(paper::make_room("%PDF-1.5\n", kMoment, 100, KP_PAGES)) == "paper/not-a-pdf");
  CHECK(code_of(paper::signatures_of("x", "x.pdf", KP_PAGES)) == "paper/not-a-pdf");
  const std::string pdf = pdf_of(filled(), PaperLanguage::vi);
  std::string damaged = pdf;
  damaged.replace(damaged.rfind("startxref") + 10, 1, "9");
  CHECK(code_of(paper::make_room(damaged, kMoment, 100, KP_PAGES)) == "paper/not-a-pdf");
  const std::string once = sign_pdf(pdf, test::signer(test::issue(test::make_authority("CA"), {"A"})));
  const auto found = paper::signatures_of(once + "%\n", "x.pdf", KP_PAGES);
  REQUIRE(found.ok());
  CHECK_FALSE(found->back().to_end);
}
