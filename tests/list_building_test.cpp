// Lists and the polls on them: engine and verifier name the same differences, and a joined list has none.
#include <algorithm>
#include <set>

#include "catch.h"
#include "contest/definition.h"
#include "mock/random.h"
#include "proceedings/list_building.h"
#include "support/definitions.h"
#include "verify/polls.h"

using namespace kp;

namespace {

const std::vector<std::string> kNames = {"Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường",  "Phạm Thị Dung",
                                         "Hoàng Văn Đức", "Vũ Thị Hà",     "Ngô Văn Khánh", "Lý Thị Lan"};

/// One poll as both programs know it.
struct Poll {
  Contest contest;
  Json result;
  bool stands = true;
  bool decided = false;
};

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_.below(n)); }
  bool once_in(std::size_t n) { return below(n) == 0; }
  template <class T>
  const T& one_of(const std::vector<T>& all) {
    return all[below(all.size())];
  }

 private:
  Random random_;
};

Json rows_of(Dice& dice) {
  Json::Array rows;
  for (const std::string& name : kNames) {
    if (dice.once_in(2)) continue;
    Json row = Json::object({{"name", name}, {"no", static_cast<std::int64_t>(rows.size() + 1)}});
    if (dice.once_in(2)) row.set("nominated", dice.one_of<std::string>({"committee", "floor", "self"}));
    rows.push_back(std::move(row));
  }
  if (rows.empty()) rows.push_back(Json::object({{"name", kNames.front()}, {"no", 1}}));
  return rows;
}

Contest contest_of(Dice& dice, const std::string& id, const std::string& question) {
  Json rows = rows_of(dice);
  const std::int64_t seats = dice.once_in(4) ? 2 : 3;
  const Question asked = *named<Question>(question);
  Json json = Json::object({{"id", id},
                            {"title", "Danh sách"},
                            {"question", question},
                            {"office", dice.once_in(6) ? "delegates" : "committee"},
                            {"ballot", word(required_form(asked, rows.array().size(), seats))},
                            {"rows", rows}});
  if (has_seats(asked)) json.set("seats", seats);
  if (dice.once_in(8)) json.set("kind", "members");
  return std::move(parse_contest(json)).value();
}

Poll poll_of(Dice& dice, std::size_t number) {
  const bool opinion = dice.once_in(2);
  Poll poll{contest_of(dice, "poll-" + std::to_string(number), opinion ? "opinion" : "withdrawal"), {}};
  Json::Array rows;
  bool tied = false;
  for (std::size_t i = 0; i < poll.contest.rows.size(); ++i) {
    const std::string standing =
        opinion ? dice.one_of<std::string>({"listed", "dropped", "not-supported", "tied"})
                : dice.one_of<std::string>({"stays", "withdrawn"});
    tied = tied || standing == "tied";
    rows.push_back(Json::object({{"standing", standing}}));
  }
  const bool is_void = dice.once_in(10);
  poll.result = Json::object(
      {{"outcome", is_void ? "void"
                   : tied  ? "tied"
                           : "done"},
       {"rows", is_void ? Json(Json::Array()) : Json(rows)},
       {"next", Json::object({{"seats", tied ? static_cast<std::int64_t>(1 + dice.below(2)) : 0}})}});
  poll.stands = !dice.once_in(8);
  poll.decided = tied && dice.once_in(2);
  return poll;
}

ContestHistory history_of(const Poll& poll, std::int64_t seq) {
  ContestHistory history;
  history.contest = poll.contest;
  ResultEntry entry{seq, "", poll.result, {}, std::nullopt};
  if (poll.decided) entry.decision = Decision{seq + 1, DecisionAction::list, ""};
  history.results.push_back(std::move(entry));
  history.reopened = !poll.stands;
  return history;
}

void add_to(verify::Contests& contests, const Poll& poll, std::int64_t seq) {
  verify::ContestState& state = contests.add(poll.contest, 1);
  verify::ResultState result;
  result.seq = seq;
  result.line = static_cast<std::uint64_t>(seq);
  result.nullified = poll.result.at("outcome").string() == "void";
  result.next_seats = poll.result.at("next").at("seats").integer();
  result.decided = poll.decided;
  for (const Json& row : poll.result.at("rows").array()) {
    result.standings.push_back(row.at("standing").string());
  }
  state.last_result = std::move(result);
  state.stands = poll.stands;
}

std::multiset<std::string> lines(const Findings& findings) {
  std::multiset<std::string> all;
  for (Finding found : findings) {
    CHECK(found.severity == Severity::warning);
    found.basis_vi.clear();
    found.basis_en.clear();
    all.insert(line_of(found, Language::en));
  }
  return all;
}

/// An evening with two lists and some polls, as both programs know it.
struct Evening {
  History history;
  verify::Contests contests;

  explicit Evening(Dice& dice) {
    const std::vector<Contest> lists = {contest_of(dice, "list", "election"),
                                        contest_of(dice, "other-list", "election")};
    history.congress = test::congress_of(lists.front(), 20);
    for (const Contest& list : lists) {
      history.contests.emplace_back();
      history.contests.back().contest = list;
      contests.add(list, 1);
    }
    const std::size_t polls = dice.below(4);
    for (std::size_t i = 0; i < polls; ++i) {
      const Poll poll = poll_of(dice, i);
      // Results come in any order, whatever the order of the contests.
      const auto seq = static_cast<std::int64_t>(100 + 10 * ((i * 7 + 3) % 4));
      history.contests.push_back(history_of(poll, seq));
      add_to(contests, poll, seq);
    }
  }

  [[nodiscard]] Findings engine() const {
    return check_against_polls(history, history.contests.front().contest);
  }
  [[nodiscard]] Findings verifier() const {
    verify::Faults faults;
    verify::check_polls(history.congress, contests, *contests.find("list"), faults);
    return faults.listed();
  }
};

}  // namespace

TEST_CASE("engine and verifier name the same differences between a list and its polls") {
  std::size_t differing = 0;
  std::set<Code> seen;
  for (std::uint64_t seed = 1; seed <= 4000; ++seed) {
    Dice dice(seed);
    const Evening evening(dice);
    const Findings engine = evening.engine();
    CAPTURE(seed);
    REQUIRE(lines(engine) == lines(evening.verifier()));
    differing += engine.empty() ? 0U : 1U;
    for (const Finding& found : engine) seen.insert(found.code);
  }
  CHECK(differing > 1000);
  CHECK(seen == std::set{Code::list_outside_poll, Code::list_left_out, Code::list_over_tied_places,
                         Code::list_floor_without_poll});
}

TEST_CASE("a list joined from its latest poll does not differ from it, and joining again changes nothing") {
  std::size_t joined_lists = 0;
  for (std::uint64_t seed = 1; seed <= 4000; ++seed) {
    Dice dice(seed);
    Evening evening(dice);
    if (evening.history.contests.size() != 3) continue;  // one poll
    Findings notes;
    const ContestHistory& poll = evening.history.contests.back();
    std::vector<std::uint32_t> taken;
    const Json& rows = poll.results.back().result.at("rows");
    for (std::size_t i = 0; i < rows.array().size() && taken.empty(); ++i) {
      if (rows.array()[i].at("standing").string() == "tied")
        taken.push_back(static_cast<std::uint32_t>(i + 1));
    }
    const Result<Contest> list =
        joined({evening.history, poll, evening.history.contests.front(), taken}, notes);
    if (!list) continue;
    ++joined_lists;
    CAPTURE(seed);
    CHECK(std::is_sorted(list->rows.begin(), list->rows.end(),
                         [](const Row& a, const Row& b) { return a.no < b.no; }));
    CHECK(list->ballot == required_form(list->question, list->rows.size(), list->seats));
    evening.history.contests.front().contest = *list;
    for (const Finding& found : evening.engine()) {
      CHECK((found.code == Code::list_floor_without_poll));
    }
    const Result<Contest> again =
        joined({evening.history, poll, evening.history.contests.front(), taken}, notes);
    REQUIRE(again);
    CHECK(again->json == list->json);
  }
  CHECK(joined_lists > 300);
}
