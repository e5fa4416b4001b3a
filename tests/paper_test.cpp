// Where pages break, and what comes of it in the PDF.
#include <array>
#include <cstdint>
#include <map>
#include <string>

#include "catch.h"
#include "paper/breaking.h"
#include "paper/render.h"

using namespace kp;
using namespace kp::paper;

namespace {

Flow lines(std::size_t count, double height) {
  Flow flow;
  flow.body.assign(count, Strip{height, 0, false});
  return flow;
}

// Every strip once, in reading order, within the page, no two of a lane over each other.
void check_all_placed(const std::vector<Flow>& flows, const std::vector<PlacedPage>& pages, double height) {
  std::vector<std::pair<std::size_t, std::size_t>> expected;
  for (std::size_t f = 0; f < flows.size(); ++f) {
    for (std::size_t s = 0; s < flows[f].body.size(); ++s) expected.emplace_back(f, s);
  }
  std::vector<std::pair<std::size_t, std::size_t>> placed;
  for (const PlacedPage& page : pages) {
    std::map<std::size_t, double> lowest;  // of each lane
    std::size_t flow_before = 0;
    for (const Placed& at : page) {
      const Flow& flow = flows[at.flow];
      const double tall = at.is_head ? flow.head : flow.body[at.strip].height;
      if (at.flow != flow_before) {
        double all = 0;
        for (const auto& [lane, low] : lowest) all = std::max(all, low);
        lowest.clear();
        for (std::size_t lane = 0; lane < flow.abreast; ++lane) lowest[lane] = all;
      }
      flow_before = at.flow;
      CHECK(at.y >= lowest[at.lane] - 0.001);
      lowest[at.lane] = at.y + tall;
      if (tall <= height) CHECK(at.y + tall <= height + 0.001);
      if (!at.is_head) placed.emplace_back(at.flow, at.strip);
    }
  }
  CHECK(placed == expected);
}

std::size_t heads_on(const PlacedPage& page) {
  std::size_t heads = 0;
  for (const Placed& at : page) heads += at.is_head ? 1 : 0;
  return heads;
}

Document one_line(const std::string& text) {
  Document document;
  document.title = "t";
  document.date = "2025-10-15";
  document.body.push_back(Paragraph{{{text}}});
  return document;
}

}  // namespace

TEST_CASE("a table that does not fit goes on with its head above on every page") {
  Flow table = lines(25, 10);
  table.head = 20;
  const std::vector<Flow> flows = {lines(3, 10), table};
  const std::vector<PlacedPage> pages = break_pages(flows, 100);
  check_all_placed(flows, pages, 100);
  REQUIRE(pages.size() == 4);
  for (const PlacedPage& page : pages) CHECK(heads_on(page) == 1);
  CHECK(pages[1].front().is_head);
  CHECK(pages[1].front().y == 0);
  CHECK(pages[1][1].y == 20);
}

TEST_CASE("a heading stays with the head and the first rows of its table") {
  Flow heading = lines(1, 10);
  heading.body[0].keep = true;
  Flow table = lines(5, 10);
  table.head = 10;
  table.body[0].keep = true;
  const std::vector<Flow> flows = {lines(7, 10), heading, table};
  const std::vector<PlacedPage> pages = break_pages(flows, 100);  // 30 left: heading, head, one row would fit
  check_all_placed(flows, pages, 100);
  REQUIRE(pages.size() == 2);
  CHECK(pages[0].size() == 7);
  CHECK(pages[1].front().flow == 1);
}

TEST_CASE("what is kept together and longer than a page breaks where the page ends, losing nothing") {
  Flow long_one = lines(30, 10);
  for (Strip& strip : long_one.body) strip.keep = true;
  const std::vector<Flow> flows = {lines(2, 10), long_one, lines(1, 10)};
  const std::vector<PlacedPage> pages = break_pages(flows, 100);
  check_all_placed(flows, pages, 100);
  CHECK(pages.size() == 4);
}

TEST_CASE("space above a flow is dropped at the top of a page") {
  Flow later = lines(1, 50);
  later.before = 30;
  const std::vector<Flow> flows = {lines(1, 50), later, later};
  const std::vector<PlacedPage> pages = break_pages(flows, 100);
  check_all_placed(flows, pages, 100);
  REQUIRE(pages.size() == 3);
  CHECK(pages[1].front().y == 0);
}

TEST_CASE("two lanes: down the first, then down the second; the last page's lanes are even") {
  Flow table = lines(31, 10);
  table.head = 10;
  table.abreast = 2;
  const std::vector<Flow> flows = {table};
  const std::vector<PlacedPage> pages = break_pages(flows, 100);
  check_all_placed(flows, pages, 100);
  REQUIRE(pages.size() == 2);
  CHECK(heads_on(pages[0]) == 2);
  CHECK(heads_on(pages[1]) == 2);
  std::array<std::size_t, 2> on_last{};
  for (const Placed& at : pages[1]) {
    if (!at.is_head) ++on_last[at.lane];
  }
  CHECK(on_last[0] == 7);
  CHECK(on_last[1] == 6);
}

TEST_CASE("two lanes do not begin with a row or two at the foot of a page, and take their heading along") {
  Flow heading = lines(1, 10);
  heading.body[0].keep = true;
  Flow table = lines(12, 10);
  table.head = 10;
  table.abreast = 2;
  const std::vector<Flow> flows = {lines(6, 10), heading, table};
  const std::vector<PlacedPage> pages = break_pages(flows, 100);
  check_all_placed(flows, pages, 100);
  REQUIRE(pages.size() == 2);
  CHECK(pages[1].front().flow == 1);
}

TEST_CASE("whatever the heights, every strip is placed once and in order") {
  std::uint32_t state = 7;
  const auto next = [&](std::uint32_t below) {
    state = state * 1664525U + 1013904223U;
    return (state >> 16U) % below;
  };
  for (int round = 0; round < 2000; ++round) {
    std::vector<Flow> flows;
    for (std::uint32_t f = next(6); f > 0; --f) {
      Flow flow;
      flow.head = next(3) == 0 ? next(30) : 0;
      flow.before = next(20);
      flow.abreast = next(3) == 0 ? 2 : 1;
      for (std::uint32_t s = next(40); s > 0; --s) {
        flow.body.push_back({1.0 + next(30), 0, next(4) == 0});
      }
      flows.push_back(flow);
    }
    CAPTURE(round);
    check_all_placed(flows, break_pages(flows, 100), 100);
  }
}

TEST_CASE("the same document gives the same bytes") {
  const Result<Rendered> first = render(one_line("Nguyễn Thị Hằng"), KP_PAGES);
  const Result<Rendered> second = render(one_line("Nguyễn Thị Hằng"), KP_PAGES);
  REQUIRE(first.ok());
  REQUIRE(second.ok());
  CHECK(first->pdf.starts_with("%PDF-"));
  CHECK(first->pages == 1);
  CHECK(first->notes.empty());
  CHECK(first->pdf == second->pdf);
  CHECK(first->pdf != render(one_line("Nguyễn Thị Hạnh"), KP_PAGES)->pdf);
}

TEST_CASE("a cell that is longer than a page goes on on the next") {
  Document document = one_line("x");
  Table table;
  table.columns = {{1, Align::left}, {5, Align::left}};
  table.head = {{{"1"}}, {{"2"}}};
  table.rows = {{{{std::string(3000, 'a')}}, {{"b"}}}, {{{"c"}}, {{"d"}}}};
  document.body.push_back(table);
  table.abreast = 2;
  document.body.push_back(table);
  const Result<Rendered> made = render(document, KP_PAGES);
  REQUIRE(made.ok());
  CHECK(made->pages > 5);
}

TEST_CASE("a character that the font does not have is named, and the page is made all the same") {
  const Result<Rendered> made = render(one_line("Lò Văn \xE4\xB8\x80"), KP_PAGES);
  REQUIRE(made.ok());
  REQUIRE(made->notes.size() == 1);
  CHECK(finding_row(made->notes.front().code).code == "paper/character");
  CHECK(made->notes.front().severity == Severity::warning);
  CHECK(made->notes.front().args.front() == "U+4E00");
}

TEST_CASE("every letter and tone of Vietnamese is in the font, small and capital") {
  const std::string letters =
      "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
      "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬBCDĐEÈẺẼÉẸÊỀỂỄẾỆGHIÌỈĨÍỊKLMNOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢPQRSTUÙỦŨÚỤƯỪỬỮỨỰVXYỲỶỸÝỴ";
  const Result<Rendered> made = render(one_line(letters), KP_PAGES);
  REQUIRE(made.ok());
  CHECK(made->notes.empty());
}

TEST_CASE("without the library, or with another, nothing is made and the finding says why") {
  const auto code_of = [](const char* library) {
    const Result<Rendered> made = render(one_line("x"), library);
    REQUIRE_FALSE(made.ok());
    return std::string(finding_row(made.findings().front().code).code);
  };
  CHECK(code_of("/no/such/kiemphieu-pages.so") == "paper/no-library");
  CHECK(code_of("libdl.so.2") == "paper/other-library");
  CHECK(code_of(KP_OTHER_PAGES) == "paper/other-library");
  CHECK(code_of(KP_FAILING_PAGES) == "paper/not-made");
}
