#include "kiemphieu/report.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace kp {
namespace {

/// A part of the people: `numerator` of `denominator`.
struct Part {
  std::int64_t numerator;
  std::int64_t denominator;
};

/// An aim on how many of the people are of a kind, within two parts of them.
struct Aim {
  RuleId rule;
  Text label;
  std::int64_t Structure::*count;
  std::int64_t Structure::*not_stated;
  Part least;
  Part most = {1, 1};
};

constexpr auto kAims = std::to_array<Aim>({
    {RuleId::structure_women,
     {"Nữ từ 15%", "Women 15 % or more"},
     &Structure::women,
     &Structure::sex_not_stated,
     {15, 100}},
    {RuleId::structure_ages,
     {"Dưới 40 tuổi từ 10%", "Under 40 10 % or more"},
     &Structure::under_40,
     &Structure::age_not_stated,
     {10, 100}},
    {RuleId::structure_ages,
     {"Từ 40 đến 50 tuổi khoảng 40%-50%", "40 to 50 about 40 %-50 %"},
     &Structure::from_40_to_50,
     &Structure::age_not_stated,
     {40, 100},
     {50, 100}},
    {RuleId::structure_renewal,
     {"Lần đầu khoảng một phần ba", "One third for the first time"},
     &Structure::first_time,
     &Structure::term_not_stated,
     {1, 3}},
});

// As many as are stated, or as many as there may be with those of whom it is not: when the aim is reached
// either way, or in no way, it is known.
Reach reach_of(const Structure& structure, const Aim& aim) {
  bool some = false;
  bool all = true;
  for (std::int64_t n = structure.*aim.count; n <= structure.*aim.count + structure.*aim.not_stated; ++n) {
    const bool within = n * aim.least.denominator >= structure.people * aim.least.numerator &&
                        n * aim.most.denominator <= structure.people * aim.most.numerator;
    some = some || within;
    all = all && within;
  }
  return all ? Reach::reached : some ? Reach::not_enough_stated : Reach::not_reached;
}

// The rows elected by the standing result of one round.
void add_elected(const ContestHistory& round, std::vector<Row>& elected) {
  const ResultEntry* standing = round.standing();
  const Json* numbers = standing == nullptr ? nullptr : standing->result.find("elected");
  if (numbers == nullptr) return;
  for (const Json& no : numbers->array()) {
    elected.push_back(round.contest.rows[static_cast<std::size_t>(no.integer() - 1)]);
  }
}

std::vector<const ContestHistory*> rounds_of(const History& history, std::string_view first) {
  std::vector<const ContestHistory*> rounds;
  for (const ContestHistory& known : history.contests) {
    if (known.contest.id == first || (known.opened_by_decision && first_round_id(known.contest) == first)) {
      rounds.push_back(&known);
    }
  }
  return rounds;
}

std::vector<Row> elected_to(const History& history, Office office, bool at_congress) {
  std::vector<Row> elected;
  for (const ContestHistory& known : history.contests) {
    const CongressKind kind = kind_of(history.congress, known.contest);
    const bool congress = kind == CongressKind::delegates || kind == CongressKind::members;
    const bool election = known.contest.question == Question::election && known.contest.office == office;
    if (election && (congress || !at_congress)) add_elected(known, elected);
  }
  return elected;
}

std::optional<bool> has_woman(const std::vector<Row>& people) {
  const auto are = [&](std::string_view sex) {
    return std::count_if(people.begin(), people.end(),
                         [&](const Row& row) { return text_of(row, "sex") == sex; });
  };
  if (are("female") > 0) return true;
  if (people.empty() || are("") > 0) return std::nullopt;
  return false;
}

void add_alternates(const ContestHistory& round, std::vector<std::string>& names) {
  const ResultEntry* standing = round.standing();
  if (standing == nullptr) return;
  for (const std::uint32_t no : alternates_of(*standing)) {
    if (no <= round.contest.rows.size()) names.push_back(round.contest.rows[no - 1].name);
  }
}

Reach reach_of(std::optional<bool> known) {
  if (!known) return Reach::not_enough_stated;
  return *known ? Reach::reached : Reach::not_reached;
}

// The aims of a committee or a standing committee, with what is known of the list and of the elected; of
// other offices the directives have none. In: those elected to the standing committee.
std::vector<AimReport> aims_of(const StructureReport& report, Regulation regulation,
                               const std::vector<Row>& list, const std::vector<Row>& standing) {
  std::vector<AimReport> aims;
  const Office office = report.contest->office;
  if (office != Office::committee && office != Office::standing_committee) return aims;
  for (const Aim& aim : kAims) {
    AimReport one = {aim.label, rule_row(regulation, aim.rule), reach_of(report.list, aim), {}};
    if (report.elected) one.elected = reach_of(*report.elected, aim);
    aims.push_back(one);
  }
  AimReport woman = {{"Có nữ trong ban thường vụ", "A woman in the standing committee"},
                     rule_row(regulation, RuleId::structure_women),
                     {},
                     {}};
  if (office == Office::standing_committee) woman.list = reach_of(has_woman(list));
  if (!standing.empty()) woman.elected = reach_of(has_woman(standing));
  if (woman.list || woman.elected) aims.push_back(woman);
  return aims;
}

}  // namespace

StructureReport report_on(const History& history, const Contest& contest) {
  StructureReport report;
  const std::string first = first_round_id(contest);
  const std::vector<const ContestHistory*> rounds =
      rounds_of(history, history.find(first) == nullptr ? contest.id : first);
  report.contest = &rounds.front()->contest;
  const std::string& day = history.congress.date;
  std::vector<Row> elected;
  for (const ContestHistory* round : rounds) {
    for (const Row& row : round->contest.rows) {
      if (row.from == 0) report.people.push_back({row});
    }
    add_elected(*round, elected);
    add_alternates(*round, report.alternates);
  }
  std::vector<Row> list;
  for (Listed& listed : report.people) {
    listed.elected = std::any_of(elected.begin(), elected.end(), [&](const Row& row) {
      return name_key(row.name) == name_key(listed.row.name);
    });
    list.push_back(listed.row);
  }
  report.list = structure_of(list, day);
  const bool election = contest.question == Question::election;
  if (election && rounds.front()->standing() != nullptr) {
    report.elected = structure_of(elected, day);
    report.open_seats =
        std::max<std::int64_t>(0, report.contest->seats - static_cast<std::int64_t>(elected.size()));
  }
  if (report.contest->seats > 0) {
    report.surplus = static_cast<std::int64_t>(report.contest->rows.size()) - report.contest->seats;
  }
  const std::vector<Row> standing = elected_to(history, Office::standing_committee, false);
  report.woman_in_standing = has_woman(standing);
  const std::vector<Row> secretary = elected_to(history, Office::secretary, true);
  if (!secretary.empty()) report.secretary = secretary.front().name;
  report.aims = aims_of(report, history.congress.regulation, list, standing);
  return report;
}

}  // namespace kp
