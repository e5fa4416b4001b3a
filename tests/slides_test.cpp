// What the hall's screen says, and above all what it does not say.
#include <algorithm>
#include <string>

#include "base/canon.h"
#include "base/digest.h"
#include "catch.h"
#include "proceedings/decisions.h"
#include "proceedings/results.h"
#include "proceedings/setup.h"
#include "sheet/minutes.h"
#include "sheet/slides_page.h"
#include "support/definitions.h"
#include "support/evening.h"

using namespace kp;
using test::csv_of;
using test::Evening;

namespace {

// An evening up to the box and the ballots.
Evening counted(const Contest& contest, const std::vector<std::string>& marks) {
  const auto size = static_cast<std::int64_t>(marks.size());
  Evening evening(test::congress_of(contest, size), test::bytes_of(contest, size));
  evening.append(count_box(*evening.history().find(contest.id), {size, size, {}, "", ""}, {"A"}).value());
  evening.bundle(contest.id, "01", 1, csv_of(marks));
  return evening;
}

Evening with_result(const Contest& contest, const std::vector<std::string>& marks) {
  Evening evening = counted(contest, marks);
  REQUIRE(evening.result(contest.id).empty());
  return evening;
}

OnScreen announced(const std::string& contest) {
  OnScreen what;
  what.announced = {contest};
  return what;
}

std::string page_of(const History& history, const OnScreen& what) {
  return slides_page(make_slides(history, what));
}

bool names_anyone(const std::string& page, const Contest& contest) {
  return std::any_of(contest.rows.begin(), contest.rows.end(),
                     [&](const Row& row) { return page.find(row.name) != std::string::npos; });
}

std::size_t count_of(const std::string& text, const std::string& what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

// Four names for three seats: A and B elected, C and D equal at the last seat.
const std::vector<std::string> kTied = {".aaa", "a.aa", "aa.a", "aa.a", "aaa.", "aaa."};

History with_other_hidden_figures(History history) {
  ResultEntry& entry = history.contests.front().results.back();
  Json::Array rows = entry.result.at("rows").array();
  for (Json& row : rows) {
    row.set("flip", 7654321);
    row.set("to_line", 8765432);
  }
  entry.result.set("rows", std::move(rows));
  return history;
}

// Everything that a paper says, to readers and to a camera.
std::string words_on(const paper::Document& document) {
  std::string text = document.title + document.watermark;
  const auto add = [&](const paper::Words& words) {
    for (const paper::Span& span : words) text += span.text + "\n";
  };
  add(document.first_head);
  add(document.later_head);
  std::for_each(document.foot.begin(), document.foot.end(), add);
  for (const paper::Block& block : document.body) {
    if (const auto* paragraph = std::get_if<paper::Paragraph>(&block)) add(paragraph->words);
    if (const auto* code = std::get_if<paper::QrCode>(&block)) {
      text += code->text;
      add(code->words);
    }
    if (const auto* table = std::get_if<paper::Table>(&block)) {
      for (const paper::Words& cell : table->head) add(cell);
      for (const auto& row : table->rows) std::for_each(row.begin(), row.end(), add);
    }
  }
  return text;
}

}  // namespace

TEST_CASE("before the result, and until it is signed, nobody is named and the progress stands there") {
  const Contest contest = test::election(4, 3);
  const Evening before = counted(contest, kTied);
  const std::string progress = page_of(before.history(), {});
  CHECK_FALSE(names_anyone(progress, contest));
  CHECK(progress.find("6 / 6") != std::string::npos);

  const Evening after = with_result(contest, kTied);
  const std::string waiting = page_of(after.history(), {});
  CHECK_FALSE(names_anyone(waiting, contest));
  CHECK(waiting.find("đang ký") != std::string::npos);
  CHECK(waiting.find("bằng phiếu") == std::string::npos);  // the outcome waits too
}

TEST_CASE("what an unsigned result holds changes nothing on the screen") {
  const Contest contest = test::election(4, 3);
  const std::string one = page_of(with_result(contest, kTied).history(), {});
  const std::string other =
      page_of(with_result(contest, {"a.aa", "a.aa", "a.aa", "a.aa", "a.aa", "a.aa"}).history(), {});
  CHECK(one == other);
}

TEST_CASE("of a signed election only the elected are named, most votes first, with the majority sentence") {
  const Contest contest = test::election(4, 3);
  const History history = with_result(contest, kTied).history();
  const std::string page = page_of(history, announced("committee"));
  const std::size_t first = page.find(contest.rows[0].name);
  const std::size_t second = page.find(contest.rows[1].name);
  REQUIRE(first != std::string::npos);
  CHECK(first < second);
  CHECK(page.find(contest.rows[2].name) == std::string::npos);
  CHECK(page.find(contest.rows[3].name) == std::string::npos);
  CHECK(page.find("quá một nửa là từ 4 phiếu trở lên") != std::string::npos);
  CHECK(page.find("Bằng phiếu ở suất cuối") != std::string::npos);
  CHECK(page.find("bầu lại giữa những người bằng phiếu") != std::string::npos);

  OnScreen asked = announced("committee");
  asked.by_name = true;
  CHECK(page_of(history, asked).find(contest.rows[3].name) != std::string::npos);
}

TEST_CASE("nobody's confidence or rating stands on the screen unless it was asked for") {
  for (const Question question : {Question::confidence, Question::rating, Question::opinion,
                                  Question::withdrawal, Question::introduction, Question::survey}) {
    const bool seats = has_seats(question);
    const Contest contest = test::poll(question, 3, seats ? 2 : 0);
    const History history = with_result(contest, {"aa.", "a.a", "aaa"}).history();
    CAPTURE(std::string(word(question)));
    CHECK_FALSE(names_anyone(page_of(history, announced("poll")), contest));
    OnScreen asked = announced("poll");
    asked.by_name = true;
    const std::string page = page_of(history, asked);
    for (const Row& row : contest.rows) CHECK(page.find(row.name) != std::string::npos);
  }
}

TEST_CASE("how far someone is from the line and what would have changed it is on no screen and no paper") {
  for (const Question question :
       {Question::election, Question::opinion, Question::withdrawal, Question::introduction,
        Question::confidence, Question::rating, Question::survey}) {
    const bool election = question == Question::election;
    const bool seats = has_seats(question);
    const Contest contest = election ? test::election(4, 3) : test::poll(question, 3, seats ? 2 : 0);
    const History history =
        with_result(contest, election ? kTied : std::vector<std::string>{"aa.", "a.a", "aaa"}).history();
    const History other = with_other_hidden_figures(history);
    CAPTURE(std::string(word(question)));
    OnScreen what = announced(contest.id);
    what.by_name = true;
    CHECK(page_of(history, what) == page_of(other, what));
    for (const PaperLanguage language : {PaperLanguage::vi, PaperLanguage::en, PaperLanguage::both}) {
      const auto words_of = [&](const History& evening) {
        return words_on(make_minutes(evening.contests.front().results.back().result, std::string(64, '0'),
                                     nullptr, language));
      };
      const std::string words = words_of(history);
      CHECK(words == words_of(other));
      for (const char* word : {"flip", "to_line", "khoảng cách", "chênh lệch", "margin", "distance"}) {
        CHECK(words.find(word) == std::string::npos);
      }
    }
  }
}

TEST_CASE("practice is said on every slide, an official deck says it nowhere") {
  History history = with_result(test::election(4, 3), kTied).history();
  const Deck deck = make_slides(history, announced("committee"));
  CHECK(count_of(slides_page(deck), "DIỄN TẬP – không phải kết quả thật") == deck.slides.size());
  history.congress.purpose = Purpose::official;
  CHECK(page_of(history, announced("committee")).find("DIỄN TẬP") == std::string::npos);
}

TEST_CASE("rules that were not verified are marked, with their words") {
  // A tie at the last seat rests on a rule that was not read.
  const History history = with_result(test::election(4, 3), kTied).history();
  const Deck deck = make_slides(history, announced("committee"));
  std::size_t unverified = 0;
  for (const Json& step : history.contests.front().results.back().result.at("steps").array()) {
    if (step.at("grade").string() != word(Grade::unverified)) continue;
    ++unverified;
    CHECK(slides_page(deck).find(step.at("text_vi").string()) != std::string::npos);
  }
  CHECK(unverified > 0);
  CHECK(slides_page(deck).find("chưa đối chiếu với văn bản đã ký") != std::string::npos);
}

TEST_CASE("a reopened result is taken off the screen") {
  const Contest contest = test::election(4, 3);
  History history = with_result(contest, kTied).history();
  history.contests.front().reopened = true;
  const std::string page = page_of(history, announced("committee"));
  CHECK_FALSE(names_anyone(page, contest));
  CHECK(page.find("đã được mở lại") != std::string::npos);
}

TEST_CASE("names and titles are text, whatever they are made of") {
  History history = with_result(test::election(4, 3), kTied).history();
  ContestHistory& contest = history.contests.front();
  const std::string evil = "</td><script>alert(1)</script><img src=x onerror='alert(2)'>&amp;\"";
  contest.contest.title = evil;
  history.congress.title = evil;
  history.congress.unit = evil;
  Json& result = contest.results.back().result;
  Json::Array rows = result.at("rows").array();
  for (Json& row : rows) row.set("name", evil);
  result.set("rows", std::move(rows));
  const std::string page = page_of(history, announced("committee"));
  CHECK(count_of(page, "<script") == 1);
  CHECK(count_of(page, "<img") == 0);
  CHECK(
      count_of(page,
               "&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&#39;alert(2)&#39;&gt;"
               "&amp;amp;&quot;") > 4);
}

TEST_CASE("the file allows the browser its own style and script, by their digests, and nothing else") {
  const std::string page = page_of(counted(test::election(4, 3), kTied).history(), {});
  const auto between = [&](const std::string& from, const std::string& to) {
    const std::size_t start = page.find(from) + from.size();
    return page.substr(start, page.find(to, start) - start);
  };
  const auto source = [](const std::string& text) { return "'sha256-" + base64(sha256(text)) + "'"; };
  const std::string policy = between("Content-Security-Policy\" content=\"", "\"");
  CHECK(policy == "default-src 'none'; style-src " + source(between("<style>", "</style>")) +
                      "; script-src " + source(between("<script>", "</script>")) +
                      "; base-uri 'none'; form-action 'none'");
  CHECK(count_of(page, "http:") + count_of(page, "https:") + count_of(page, "url(") +
            count_of(page, "@import") ==
        0);
}

TEST_CASE(
    "sixty names stand on four slides of fifteen, two lanes; a long name takes them one below the other") {
  std::vector<std::string> marks(3, std::string(60, 'a') + std::string(3, '.'));
  const Contest contest = test::election(63, 60);
  History history = with_result(contest, marks).history();
  const auto pages = [&] {
    std::vector<std::size_t> sizes;
    for (const Slide& slide : make_slides(history, announced("committee")).slides) {
      if (!slide.rows.empty()) sizes.push_back(slide.rows.size());
    }
    return sizes;
  };
  CHECK(pages() == std::vector<std::size_t>{15, 15, 15, 15});
  Json& result = history.contests.front().results.back().result;
  Json::Array rows = result.at("rows").array();
  rows[4].set("name", "Công Tằng Tôn Nữ Hoàng Thị Phương");
  result.set("rows", std::move(rows));
  CHECK(pages() == std::vector<std::size_t>{9, 9, 9, 9, 9, 9, 6});
}
