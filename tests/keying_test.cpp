// keying: the language that is typed for a ballot, and a bundle while it is being keyed.
#include "keying/keyed_bundle.h"

#include "base/canon.h"
#include "catch.h"
#include "contest/definition.h"
#include "mock/mock.h"
#include "support/definitions.h"

using namespace kp;
using kp::test::election;
using kp::test::poll;

namespace {

constexpr BundleShape kSixty{BallotForm::strike, 60};

std::string code_of(const Finding& finding) {
  return std::string(finding_row(finding.code).code);
}

// The marks of a line on a short list, with its flags behind a space, or the code that refuses it.
std::string read(std::string_view text, BundleShape shape) {
  const Result<KeyedBallot> ballot = parse_typed(text, shape);
  if (!ballot) return code_of(ballot.findings().front());
  return ballot->marks + (ballot->flags.none() ? "" : " " + to_text(ballot->flags));
}

// The numbers that are struck on a ballot of sixty.
std::string struck(std::string_view text) {
  const Result<KeyedBallot> ballot = parse_typed(text, kSixty);
  if (!ballot) return code_of(ballot.findings().front());
  std::string numbers;
  for (std::size_t row = 0; row < ballot->marks.size(); ++row) {
    if (ballot->marks[row] == '.') numbers += (numbers.empty() ? "" : " ") + std::to_string(row + 1);
  }
  return numbers;
}

KeyingTask task(std::optional<std::int64_t> counted = {}) {
  return {"thu-nghiem", "01", 1, "A", "Trần Thị Uỷ", counted};
}

std::string entered(KeyedBundle& bundle, std::string_view line) {
  const Reaction reaction = bundle.enter(line);
  return reaction.said ? code_of(*reaction.said) : "";
}

}  // namespace

TEST_CASE("struck numbers: with spaces, with the keys of the numeric pad, as ranges, or run together") {
  CHECK(struck("7 12 33") == "7 12 33");
  CHECK(struck(" 33, 7;12 ") == "7 12 33");
  CHECK(struck("7+12+33") == "7 12 33");
  CHECK(struck("58-60 2") == "2 58 59 60");
  CHECK(struck("071233") == "7 12 33");
  CHECK(struck("0712 33") == "7 12 33");
  CHECK(struck("0712-15") == "7 12 13 14 15");
  CHECK(struck("") == "");
}

TEST_CASE("what cannot be meant is refused, with nothing guessed") {
  CHECK(struck("712") == "key/digits");  // 7 12 or 71 2
  CHECK(struck("61") == "key/row");
  CHECK(struck("0") == "key/row");
  CHECK(struck("0761") == "key/row");
  CHECK(struck("99999999999999999999") == "key/row");
  CHECK(struck("7 12 7") == "key/row-twice");
  CHECK(struck("5-9 7") == "key/row-twice");
  CHECK(struck("9-5") == "key/range");
  CHECK(struck("9-") == "key/range");
  CHECK(struck("9-1011") == "key/range");
  CHECK(struck("7b") == "key/mark");
  CHECK(struck("7*") == "key/mark");
  CHECK(struck("b") == "key/mark");
  CHECK(struck("7 ?") == "key/character");  // a mark stands right behind its number
  CHECK(struck("7 m") == "key/character");
  CHECK(struck("7 ấ") == "key/character");
  CHECK(struck("7 \xE1") == "key/character");
  CHECK(struck("k 7 k") == "key/flag-twice");
  CHECK(message(parse_typed("7 ấ", kSixty).findings().front(), Language::vi).find("«ấ»") !=
        std::string::npos);
}

TEST_CASE("each form has its plain mark, its letters, and marks for what is unusual") {
  const BundleShape strike{BallotForm::strike, 4};
  CHECK(read("", strike) == "aaaa");
  CHECK(read("2 3?", strike) == "a.?a");
  CHECK(read("234", strike) == "a...");
  CHECK(read("/ 2 3", strike) == ".aa.");
  CHECK(read("/2", strike) == ".a..");
  CHECK(read(".", strike) == "....");
  CHECK(read("?", strike) == "????");
  CHECK(read("K 2 v", strike) == "a.aa signed|written-on");
  CHECK(read("p n r", strike) == "aaaa not-issued|outside-name|marked");
  const BundleShape agree{BallotForm::agree, 3};
  CHECK(read("2", agree) == "aba");
  CHECK(read("1. 2* 3?", agree) == ".*?");
  CHECK(read("b 3a", agree) == "bba");
  CHECK(read("/ 2", agree) == "key/character");
  const BundleShape confidence{BallotForm::confidence, 3};
  CHECK(read("", confidence) == "aaa");
  CHECK(read("3b 1c", confidence) == "cab");
  CHECK(read("3b1c", confidence) == "cab");
  CHECK(read("1-3b", confidence) == "bbb");
  CHECK(read("2", confidence) == "key/level-missing");
  CHECK(read("2d", confidence) == "key/mark");
  CHECK(read("2d", {BallotForm::rating, 3}) == "ada");
  CHECK(read("d", {BallotForm::rating, 3}) == "ddd");
}

TEST_CASE(
    "every ballot has a line that reads as just that ballot: every ballot of up to four rows, every form") {
  std::size_t checked = 0;
  for (const BallotForm form :
       {BallotForm::strike, BallotForm::agree, BallotForm::confidence, BallotForm::rating}) {
    std::string letters;
    for (const char c : std::string(".abcd*?")) {
      if (mark_of(c, form)) letters.push_back(c);
    }
    std::size_t ballots = 1;
    for (std::size_t rows = 1; rows <= 4; ++rows) {
      ballots *= letters.size();
      for (std::size_t n = 0; n < ballots; ++n) {
        KeyedBallot ballot;
        for (std::size_t rest = n, row = 0; row < rows; ++row, rest /= letters.size()) {
          ballot.marks.push_back(letters[rest % letters.size()]);
        }
        if (n % 3 == 1) ballot.flags = Flags(static_cast<Flag>(n % (kFlagCount - 1)));
        const std::string text = typed_text(ballot, form);
        const Result<KeyedBallot> again = parse_typed(text, {form, rows});
        CAPTURE(ballot.marks, text);
        REQUIRE(again.ok());
        REQUIRE(*again == ballot);
        ++checked;
      }
    }
  }
  CHECK(checked > 3000);
}

TEST_CASE("any line whatever is read or refused, and its preview is what its readable beginning says") {
  std::uint64_t state = 7;
  const std::string keys = "0123456789 +-./*?abcdknz\xE1\xBA";
  for (int round = 0; round < 20000; ++round) {
    std::string line;
    for (state = state * 6364136223846793005U + 1442695040888963407U; line.size() < (state >> 40U) % 12;) {
      state = state * 6364136223846793005U + 1442695040888963407U;
      line.push_back(keys[(state >> 33U) % keys.size()]);
    }
    const Result<KeyedBallot> ballot = parse_typed(line, kSixty);
    const KeyedBallot preview = preview_typed(line, kSixty);
    CAPTURE(line);
    REQUIRE(preview.marks.size() == kSixty.rows);
    if (ballot) REQUIRE(preview == *ballot);
  }
  CHECK(preview_typed("7 61", kSixty) == *parse_typed("7 6", kSixty));
}

TEST_CASE("a ballot is added, mended, taken out, put in between; the numbers follow the stack of paper") {
  const Contest contest = election(4, 3);
  KeyedBundle bundle(contest, task());
  for (const char* line : {"1", "2", "3"}) CHECK(entered(bundle, line) == "");
  CHECK(bundle.number() == 4);
  CHECK(entered(bundle, "<2") == "");
  CHECK(bundle.text_here() == "2");
  CHECK(entered(bundle, "4") == "");  // mends ballot 2, then the new one is shown
  CHECK(bundle.is_new());
  CHECK(bundle.csv() == "ballot,marks,flags\n1,.aaa,\n2,aaa.,\n3,aa.a,\n");
  entered(bundle, "<");
  CHECK(bundle.number() == 3);
  entered(bundle, "<");
  CHECK(bundle.number() == 2);
  CHECK(entered(bundle, "i") == "");
  CHECK(bundle.inserting());
  CHECK(bundle.text_here() == "");
  CHECK(entered(bundle, "2 k") == "");
  CHECK(bundle.csv() == "ballot,marks,flags\n1,.aaa,\n2,a.aa,signed\n3,aaa.,\n4,aa.a,\n");
  entered(bundle, "<1");
  CHECK(entered(bundle, "x") == "key/remove");
  CHECK(entered(bundle, ">") == "");
  CHECK(bundle.size() == 4);
  entered(bundle, "<1");
  CHECK(entered(bundle, "x") == "key/remove");
  CHECK(entered(bundle, "x") == "");
  CHECK(bundle.csv() == "ballot,marks,flags\n1,a.aa,signed\n2,aaa.,\n3,aa.a,\n");
  for (const char* line : {"<0", "<4", "<x", "<99999999999999999999"})
    CHECK(entered(bundle, line) == "key/no-such-ballot");
  for (const char* line : {"x", "i"}) CHECK(entered(bundle, line) == "key/not-here");
  CHECK(bundle.enter("h").became == Became::help);
  CHECK(bundle.enter(" Q ").became == Became::pause);
}

TEST_CASE("looking back does not drop a line that is half typed") {
  const Contest contest = election(4, 3);
  KeyedBundle bundle(contest, task());
  entered(bundle, "1");
  const Reaction half = bundle.leave_for(1, "2 3");
  REQUIRE(half.said);
  CHECK(code_of(*half.said) == "key/half-typed");
  CHECK(bundle.is_new());
  CHECK(bundle.leave_for(1, "").became == Became::moved);
  CHECK(bundle.leave_for(2, " 1 ").became == Became::moved);
  CHECK(bundle.is_new());
  CHECK(bundle.leave_for(0, "").became == Became::refused);
  CHECK(bundle.leave_for(3, "").became == Became::refused);
}

TEST_CASE("a ballot that cannot be valid is asked about once, and taken when the same line comes again") {
  const Contest contest = election(4, 2);
  KeyedBundle bundle(contest, task());
  CHECK(entered(bundle, "1") == "key/too-many");
  CHECK(entered(bundle, "2") == "key/too-many");  // another line: asked anew
  CHECK(bundle.size() == 0);
  CHECK(entered(bundle, "2") == "");
  CHECK(entered(bundle, ".") == "key/nobody");
  CHECK(entered(bundle, "1 2") == "");
  CHECK(entered(bundle, ".") == "key/nobody");
  CHECK(entered(bundle, ".") == "");
  CHECK(entered(bundle, "") == "key/too-many");  // Enter alone never slips in
  CHECK(bundle.size() == 3);
  const Contest secretary = election(1, 1, Office::secretary);
  KeyedBundle boxes(secretary, task());
  CHECK(entered(boxes, "") == "");
  CHECK(entered(boxes, "1") == "");
  CHECK(entered(boxes, ".") == "key/one-box");
  CHECK(entered(boxes, "1?") == "");
}

TEST_CASE("the end is held to the hand count") {
  const Contest contest = election(4, 3);
  KeyedBundle counted(contest, task(2));
  CHECK(entered(counted, "z") == "key/nothing-yet");
  entered(counted, "1");
  CHECK(entered(counted, "z") == "key/counted");
  CHECK(entered(counted, "z") == "key/counted");  // asking again does not help
  entered(counted, "2");
  CHECK(entered(counted, "3") == "key/beyond-counted");
  CHECK(entered(counted, "z") == "");
  CHECK(counted.enter("z").became == Became::finish);
  CHECK(entered(counted, "") == "key/beyond-counted");
  CHECK(entered(counted, "") == "key/too-many");  // each doubt is asked about
  CHECK(counted.size() == 2);
  KeyedBundle uncounted(contest, task());
  entered(uncounted, "1");
  CHECK(entered(uncounted, "z") == "key/count-again");
  CHECK(uncounted.enter("z").became == Became::finish);
}

TEST_CASE("the file of a session goes on where it stopped, for the same person, list and bundle alone") {
  const Contest contest = election(4, 3);
  KeyedBundle bundle(contest, task());
  for (const char* line : {"1", "2 v", "3?"}) entered(bundle, line);
  const std::string bytes = bundle.file_bytes();
  const auto resumed = [&](const std::string& from, const Contest& list, const KeyingTask& who) {
    const Result<KeyedBundle> again = KeyedBundle::resume(from, "s", list, who);
    return again ? again->csv() : code_of(again.findings().front());
  };
  CHECK(resumed(bytes, contest, task()) == bundle.csv());
  CHECK(resumed(bytes, contest, task(3)) == bundle.csv());
  CHECK(KeyedBundle::resume(bytes, "s", contest, task())->file_bytes() == bytes);
  KeyingTask other = task();
  other.by = "Phạm Văn Hai";
  CHECK(resumed(bytes, contest, other) == "key/other-person");
  for (auto change : {+[](KeyingTask& t) { t.bundle = "02"; }, +[](KeyingTask& t) { t.pass = 2; },
                      +[](KeyingTask& t) { t.station = "B"; }, +[](KeyingTask& t) { t.congress = "khac"; }}) {
    other = task();
    change(other);
    CHECK(resumed(bytes, contest, other) == "key/other-session");
  }
  Json renamed = contest.json;
  Json::Array rows = renamed.at("rows").array();
  rows[0].set("name", "Nguyễn Văn Ánh");
  renamed.set("rows", std::move(rows));
  CHECK(resumed(bytes, *parse_contest(renamed), task()) == "key/other-list");
  Json retitled = contest.json;
  retitled.set("title", "Bầu cấp uỷ");  // what the ballots do not depend on may change
  CHECK(resumed(bytes, *parse_contest(retitled), task()) == bundle.csv());
  CHECK(list_of_session(bytes) == list_digest(contest));
  CHECK_FALSE(list_of_session("{}"));
}

TEST_CASE("a session file that was cut short or altered in its form is refused, never half read") {
  const Contest contest = election(4, 3);
  KeyedBundle bundle(contest, task());
  for (const char* line : {"1", "2 v"}) entered(bundle, line);
  const std::string bytes = bundle.file_bytes();
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    REQUIRE_FALSE(KeyedBundle::resume(bytes.substr(0, length), "s", contest, task()).ok());
  }
  for (const auto& [from, to] :
       std::vector<std::pair<std::string, std::string>>{{"\".aaa\"", "\".aa\""},
                                                        {"\".aaa\"", "\".aba\""},
                                                        {"written-on", "x"},
                                                        {"keying@1", "keying@2"},
                                                        {"[\".aaa\",\"\"]", "[\".aaa\"]"},
                                                        {"\"by\"", "\"bx\""},
                                                        {"\"pass\":1", "\"pass\":\"1\""}}) {
    std::string altered = bytes;
    altered.replace(altered.find(from), from.size(), to);
    const Result<KeyedBundle> again = KeyedBundle::resume(altered, "s", contest, task());
    CAPTURE(altered);
    REQUIRE_FALSE(again.ok());
    CHECK(code_of(again.findings().front()) == "key/session-damaged");
  }
}

TEST_CASE("no file of keying holds a time, and mending leaves no trace of what stood there before") {
  const Contest contest = election(4, 3);
  KeyedBundle one(contest, task());
  entered(one, "1");
  KeyedBundle two(contest, task());
  entered(two, "2");
  entered(two, "<1");
  entered(two, "1");
  CHECK(one.file_bytes() == two.file_bytes());
}
