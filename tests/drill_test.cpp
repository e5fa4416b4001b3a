// Training: ballots on paper, what a team found, the score, the trainer's book.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>

#include "catch.h"
#include "contest/definition.h"
#include "drill/ballot_slip.h"
#include "drill/book.h"
#include "drill/bundle_paper.h"
#include "drill/course.h"
#include "drill/scenario.h"
#include "intake/csv.h"
#include "paper/render.h"

using namespace kp;

namespace {

/// A practice congress with one contest of the given form.
struct Hall {
  Congress congress;
  [[nodiscard]] const Contest& contest() const { return congress.contests.front(); }
};

Hall hall_of(Question question, std::size_t rows, std::int64_t seats) {
  Json::Object contest = {
      {"question", word(question)}, {"office", "committee"}, {"rows", static_cast<std::int64_t>(rows)}};
  if (seats > 0) contest.emplace_back("seats", seats);
  const Json scenario = Json::object({{"about", "Bầu ban chấp hành"},
                                      {"contest", Json::object(std::move(contest))},
                                      {"meeting", Json::object({{"kind", "delegates"},
                                                                {"level", "base"},
                                                                {"regulation", "190-QD/TW"},
                                                                {"summoned", 60},
                                                                {"present", 60},
                                                                {"less", Json::object({})}})}});
  const Result<Congress> congress = parse_congress(scenario_definition(scenario), "congress.json");
  REQUIRE(congress.ok());
  return {*congress};
}

std::vector<paper::Slip> slips_of(const Hall& hall, const std::string& marks, const std::string& flags = "",
                                  std::uint64_t seed = 1) {
  SeenBallot seen{"xấp 01, phiếu 7", marks, {}};
  FlagFault fault;
  REQUIRE(parse_flags(flags, seen.flags, fault));
  Random random(seed);
  return ballot_slips(hall.congress, hall.contest(), seen, random);
}

Ballots ballots_of(const Hall& hall, const std::string& csv) {
  const Contest& contest = hall.contest();
  const Result<Ballots> ballots =
      parse_ballots("ballot,marks,flags\n" + csv, "b.csv", {contest.ballot, contest.rows.size()});
  REQUIRE(ballots.ok());
  return *ballots;
}

/// How far the strokes at one place reach, in thousandths of it.
struct Reach {
  std::int32_t left = 100000, right = -100000, top = 100000, bottom = -100000;
  std::size_t strokes = 0;
};

Reach reach_of(const paper::Slip& slip, paper::Anchor to, std::size_t row, std::size_t column) {
  Reach reach;
  for (const paper::PenStroke& stroke : slip.strokes) {
    if (stroke.place.to != to || stroke.place.row != row || stroke.place.column != column) continue;
    ++reach.strokes;
    for (const paper::PenPoint& point : stroke.points) {
      reach.left = std::min(reach.left, point.x);
      reach.right = std::max(reach.right, point.x);
      reach.top = std::min(reach.top, point.y);
      reach.bottom = std::max(reach.bottom, point.y);
    }
  }
  return reach;
}

}  // namespace

TEST_CASE("a clean strike goes through the whole name and through nothing else, whoever holds the pen") {
  const Hall hall = hall_of(Question::election, 4, 3);
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    const std::vector<paper::Slip> slips = slips_of(hall, "a.aa", "", seed);
    REQUIRE(slips.size() == 1);
    CAPTURE(seed);
    const Reach reach = reach_of(slips.front(), paper::Anchor::text, 1, 1);
    CHECK((reach.strokes >= 1 && reach.strokes <= 2));
    CHECK((reach.left < 0 && reach.right > 1000));   // from before the first letter to behind the last
    CHECK((reach.top > 350 && reach.bottom < 800));  // through small letters, never into the next row
    CHECK(slips.front().strokes.size() == reach.strokes);
    CHECK(slips.front().words.empty());
    for (const paper::PenStroke& stroke : slips.front().strokes) CHECK(stroke.ink != paper::Ink::pencil);
  }
}

TEST_CASE("a name left standing bears no mark") {
  const Hall hall = hall_of(Question::election, 4, 3);
  CHECK(slips_of(hall, "aaaa").front().strokes.empty());
}

TEST_CASE("a doubtful strike is no clean one: never a line through the whole name and nothing more") {
  const Hall hall = hall_of(Question::election, 4, 3);
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    const std::vector<paper::Slip> slips = slips_of(hall, "aa?a", "", seed);
    CAPTURE(seed);
    const Reach reach = reach_of(slips.front(), paper::Anchor::text, 2, 1);
    REQUIRE(reach.strokes >= 1);
    const bool partly = reach.right < 800;
    const bool under = reach.top > 900;
    const bool ring = reach.strokes == 1 && reach.top < 100 && reach.bottom > 900;
    const bool faint = slips.front().strokes.front().ink == paper::Ink::pencil;
    CHECK((partly || under || ring || faint));
    CHECK(slips.front().strokes.size() == reach.strokes);
  }
}

TEST_CASE("boxes: one X, both, none, as the letter says") {
  const Hall hall = hall_of(Question::election, 4, 4);
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const paper::Slip slip = slips_of(hall, "ab*.", "", seed).front();
    const auto crosses = [&](std::size_t row, std::size_t column) {
      const Reach reach = reach_of(slip, paper::Anchor::square, row, column);
      if (reach.strokes > 0)
        CHECK((reach.left > 0 && reach.right < 1000 && reach.top > 0 && reach.bottom < 1000));
      return reach.strokes;
    };
    CHECK((crosses(0, 2) == 2 && crosses(0, 3) == 0));
    CHECK((crosses(1, 2) == 0 && crosses(1, 3) == 2));
    CHECK((crosses(2, 2) == 2 && crosses(2, 3) == 2));
    CHECK((crosses(3, 2) == 0 && crosses(3, 3) == 0));
    CHECK(slip.strokes.size() == 8);
  }
}

TEST_CASE("flags become what they are named for; a ballot that was not issued has no stamp") {
  const Hall hall = hall_of(Question::election, 4, 3);
  CHECK_FALSE(slips_of(hall, "aaa.").front().stamp.empty());
  CHECK(slips_of(hall, "aaa.", "not-issued").front().stamp.empty());
  CHECK(slips_of(hall, "aaaa", "signed").front().strokes.size() == 1);
  CHECK(slips_of(hall, "aaaa", "marked").front().strokes.size() >= 3);
  CHECK(slips_of(hall, "aaaa", "written-on").front().words.size() == 1);
  const paper::Slip outside = slips_of(hall, "aaaa", "outside-name").front();
  REQUIRE(outside.words.size() == 1);
  CHECK((outside.words.front().place.row == 3 && outside.words.front().at.y > 1000));
}

TEST_CASE("a list longer than a sheet goes on on the next; every mark stays with its name") {
  const Hall hall = hall_of(Question::election, 230, 200);
  std::string marks(230, 'a');
  marks[0] = marks[229] = '.';
  const std::vector<paper::Slip> slips = slips_of(hall, marks);
  REQUIRE(slips.size() == 4);
  std::size_t names = 0;
  for (const paper::Slip& slip : slips) names += std::get<paper::Table>(slip.body[slip.list]).rows.size();
  CHECK(names == 230);
  CHECK(reach_of(slips.front(), paper::Anchor::text, 0, 1).strokes > 0);
  const std::size_t last = std::get<paper::Table>(slips.back().body[slips.back().list]).rows.size() - 1;
  CHECK(reach_of(slips.back(), paper::Anchor::text, last, 1).strokes > 0);
  CHECK((slips[1].strokes.empty() && slips[2].strokes.empty()));
}

TEST_CASE("a bundle's paper: the same bytes for the same seed, and what it says can be read back") {
  const Hall hall = hall_of(Question::election, 8, 6);
  const Ballots ballots =
      ballots_of(hall,
                 "1,aaaaaa..,\n2,aaaaa...,written-on\n3,aaaa?a..,\n4,aaaaaa..,signed\n5,aaaaaa..,"
                 "not-issued\n6,aaaaaa..,outside-name\n7,?aaaaa..,marked\n8,........,\n9,a.a.a.a?,\n");
  const PaperBundle bundle{"001", 9, ballots};
  const auto pdf = [&](std::uint64_t seed) {
    const Result<paper::Rendered> made =
        paper::render(bundle_document(hall.congress, hall.contest(), bundle, seed), KP_PAGES);
    REQUIRE(made.ok());
    CHECK(made->notes.empty());
    CHECK(made->pages == 1 + 3 + 1);  // cover, nine quarters of a page, count sheet
    return made->pdf;
  };
  CHECK(pdf(1) == pdf(1));
  CHECK(pdf(1) != pdf(2));
  if (const char* keep = std::getenv("KP_KEEP_PDF"))
    std::ofstream(std::string(keep) + "/strike.pdf") << pdf(1);
}

TEST_CASE("the book: part 2, which trainees get, gives no answer away; part 5 answers every exercise") {
  const paper::Document book = make_book();
  std::string part = "0";
  std::map<std::string, std::string> texts;
  for (const paper::Block& block : book.body) {
    if (const auto* paragraph = std::get_if<paper::Paragraph>(&block)) {
      std::string text;
      for (const paper::Span& span : paragraph->words) text += span.text;
      if (text.size() > 2 && text[1] == '.' && paragraph->size == 15) part = text.substr(0, 1);
      texts[part] += text + "\n";
    } else if (const auto* slips = std::get_if<paper::Slips>(&block)) {
      for (const paper::Slip& slip : slips->slips) {
        for (const paper::Printed& printed : slip.body) {
          if (const auto* inner = std::get_if<paper::Paragraph>(&printed))
            texts[part] += inner->words.front().text + "\n";
        }
        for (const paper::Span& span : slip.edge) texts[part] += span.text;
      }
    }
  }
  std::map<CoursePart, int> numbers;
  for (const Exercise& exercise : kExercises) {
    CAPTURE(exercise.scenario);
    const std::optional<Json> scenario = scenario_named(exercise.scenario);
    REQUIRE(scenario.has_value());
    const std::string number = std::string(1, static_cast<char>('A' + static_cast<int>(exercise.part))) +
                               std::to_string(++numbers[exercise.part]);
    CHECK(texts["2"].find(number) != std::string::npos);
    CHECK(texts["2"].find(scenario->at("about").string()) == std::string::npos);
    CHECK(texts["5"].find("Bài " + number) != std::string::npos);
  }
  for (const char* answer : {"Kết luận:", "trúng cử.", "Không hợp lệ –", "bầu chưa đủ"})
    CHECK(texts["2"].find(answer) == std::string::npos);
  for (const Plant& plant : plants()) {
    CAPTURE(plant.word);
    CHECK(texts["2"].find(plant.word) == std::string::npos);
  }
}

TEST_CASE("the book is the same every time, and its font has every letter of it") {
  const Result<paper::Rendered> first = paper::render(make_book(), KP_PAGES);
  REQUIRE(first.ok());
  CHECK(first->notes.empty());
  CHECK(first->pdf == paper::render(make_book(), KP_PAGES)->pdf);
}
