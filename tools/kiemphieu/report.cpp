#include "kiemphieu/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/share.h"
#include "base/text.h"
#include "kiemphieu/reply.h"
#include "kiemphieu/spreadsheet.h"

namespace kp {
namespace {

/// One figure of a structure.
struct Measure {
  std::string_view key;
  Text label;
  std::int64_t Structure::*count;
};

constexpr auto kMeasures = std::to_array<Measure>({
    {"women", {"Nữ", "Women"}, &Structure::women},
    {"sex_not_stated", {"  chưa ghi giới tính", "  sex not stated"}, &Structure::sex_not_stated},
    {"under_40", {"Dưới 40 tuổi", "Under 40"}, &Structure::under_40},
    {"from_40_to_50", {"Từ 40 đến 50 tuổi", "40 to 50"}, &Structure::from_40_to_50},
    {"over_50", {"Trên 50 tuổi", "Over 50"}, &Structure::over_50},
    {"age_not_stated", {"  chưa ghi ngày sinh", "  birth not stated"}, &Structure::age_not_stated},
    {"minorities", {"Dân tộc thiểu số", "Ethnic minorities"}, &Structure::minorities},
    {"ethnicity_not_stated",
     {"  chưa ghi dân tộc", "  ethnicity not stated"},
     &Structure::ethnicity_not_stated},
    {"re_elected", {"Tái cử", "Standing again"}, &Structure::re_elected},
    {"first_time", {"Lần đầu", "First time"}, &Structure::first_time},
    {"term_not_stated", {"  chưa ghi tái cử hay lần đầu", "  not stated"}, &Structure::term_not_stated},
});

/// An aim that a list steers by: at least `numerator`/`denominator` of the people.
struct Aim {
  RuleId rule;
  Text label;
  std::int64_t Structure::*count;
  std::int64_t Structure::*not_stated;
  std::int64_t numerator;
  std::int64_t denominator;
};

constexpr auto kAims = std::to_array<Aim>({
    {RuleId::structure_women,
     {"Nữ từ 15%", "Women 15 % or more"},
     &Structure::women,
     &Structure::sex_not_stated,
     15,
     100},
    {RuleId::structure_ages,
     {"Dưới 40 tuổi từ 10%", "Under 40 10 % or more"},
     &Structure::under_40,
     &Structure::age_not_stated,
     10,
     100},
    {RuleId::structure_renewal,
     {"Lần đầu khoảng một phần ba", "One third for the first time"},
     &Structure::first_time,
     &Structure::term_not_stated,
     1,
     3},
});

// Whether the aim is reached; nothing when those of whom it is not stated could decide.
std::optional<bool> reaches(const Structure& structure, const Aim& aim) {
  const auto enough = [&](std::int64_t count) {
    return count * aim.denominator >= structure.people * aim.numerator;
  };
  if (enough(structure.*aim.count)) return true;
  if (!enough(structure.*aim.count + structure.*aim.not_stated)) return false;
  return std::nullopt;
}

std::string spoken_reach(std::optional<bool> reached, Language language) {
  const Text unknown = {"chưa đủ dữ liệu", "not enough stated"};
  if (!reached) return std::string(unknown.in(language));
  const Text text = *reached ? Text{"đạt", "reached"} : Text{"chưa đạt", "not reached"};
  return std::string(text.in(language));
}

Json group_json(const Structure& structure) {
  const auto figure = [&](std::int64_t count) {
    return Json::object({{"count", count}, {"share", percent(count, structure.people)}});
  };
  Json json = Json::object({{"people", structure.people}});
  for (const Measure& measure : kMeasures) json.set(measure.key, figure(structure.*measure.count));
  Json::Array degrees;
  for (const auto& [degree, count] : structure.degrees) {
    Json one = figure(count);
    one.set("degree", degree);
    degrees.push_back(std::move(one));
  }
  json.set("degrees", std::move(degrees));
  json.set("degree_not_stated", figure(structure.degree_not_stated));
  if (const std::string mean = mean_age(structure); !mean.empty()) json.set("mean_age", mean);
  return json;
}

// Label, then count and share of the list and, once there are any, of the elected.
std::vector<Cells> figure_rows(const StructureReport& report, Language language) {
  std::vector<Cells> rows;
  const auto add = [&](std::string label, auto count_of) {
    Cells row = {std::move(label)};
    for (const Structure* group : {&report.list, report.elected ? &*report.elected : nullptr}) {
      if (group == nullptr) continue;
      const std::int64_t count = count_of(*group);
      row.push_back(std::to_string(count));
      row.push_back(percent(count, group->people));
    }
    rows.push_back(std::move(row));
  };
  const auto text = [&](const Text& both) { return std::string(both.in(language)); };
  add(text({"Số người", "People"}), [](const Structure& group) { return group.people; });
  for (const Measure& measure : kMeasures) {
    const bool missing = measure.key.ends_with("_not_stated");
    if (missing && report.list.*measure.count == 0 &&
        (!report.elected || *report.elected.*measure.count == 0))
      continue;
    add(text(measure.label), [&](const Structure& group) { return group.*measure.count; });
  }
  for (const auto& [degree, all] : report.list.degrees) {
    add(text({"Trình độ: ", "Degree: "}) + degree, [&, name = degree](const Structure& group) {
      const auto it = group.degrees.find(name);
      return it == group.degrees.end() ? std::int64_t{0} : it->second;
    });
  }
  if (report.list.degree_not_stated > 0) {
    add(text({"  chưa ghi trình độ", "  degree not stated"}),
        [](const Structure& group) { return group.degree_not_stated; });
  }
  Cells mean = {text({"Tuổi bình quân", "Mean age"})};
  for (const Structure* group : {&report.list, report.elected ? &*report.elected : nullptr}) {
    if (group != nullptr) mean.insert(mean.end(), {mean_age(*group), ""});
  }
  rows.push_back(std::move(mean));
  return rows;
}

Cells heads(const StructureReport& report, Language language) {
  const bool vi = language == Language::vi;
  Cells heads = {vi ? "Nội dung" : "Measure", vi ? "Danh sách" : "List", "%"};
  if (report.elected) heads.insert(heads.end(), {vi ? "Trúng cử" : "Elected", "%"});
  return heads;
}

// What is said in words: seats, alternates, secretary, a woman in the standing committee.
std::vector<Cells> fact_rows(const StructureReport& report, Language language) {
  const bool vi = language == Language::vi;
  std::vector<Cells> rows;
  const auto add = [&](const Text& label, std::string value) {
    rows.push_back({std::string(label.in(language)), std::move(value)});
  };
  if (report.elected) add({"Còn khuyết", "Open seats"}, std::to_string(report.open_seats));
  if (!report.alternates.empty()) {
    add({"Đại biểu dự khuyết", "Alternate delegates"}, fmt::format("{}", fmt::join(report.alternates, ", ")));
  }
  if (report.woman_in_standing) {
    const bool woman = *report.woman_in_standing;
    add({"Nữ trong ban thường vụ", "A woman in the standing committee"},
        woman ? (vi ? "có" : "yes") : (vi ? "không" : "no"));
  }
  if (report.secretary)
    add({"Bí thư do đại hội bầu trực tiếp", "Secretary elected directly"}, *report.secretary);
  return rows;
}

std::string cited(const Congress& congress, const Aim& aim, Language language) {
  const Rule rule = rule_row(congress.regulation, aim.rule);
  return fmt::format("{}; {}", citation(rule.document, rule.article, language),
                     meaning(rule.grade).in(language));
}

std::string text_of(const Row& row, std::string_view key) {
  const Json* value = row.json.find(key);
  return value != nullptr && value->is_string() ? value->string() : std::string();
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
  if (standing == nullptr || !standing->decision) return;
  std::int64_t left = standing->decision->alternates;
  if (left == 0) return;
  for (const auto& equal : runners_up(standing->result)) {
    for (const std::uint32_t no : equal) {
      if (left-- > 0 && no <= round.contest.rows.size()) names.push_back(round.contest.rows[no - 1].name);
    }
  }
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
  report.woman_in_standing = has_woman(elected_to(history, Office::standing_committee, false));
  const std::vector<Row> secretary = elected_to(history, Office::secretary, true);
  if (!secretary.empty()) report.secretary = secretary.front().name;
  return report;
}

std::string report_text(const StructureReport& report, const Congress& congress, Language language) {
  const bool vi = language == Language::vi;
  std::string text;
  if (congress.purpose == Purpose::practice) text += vi ? "*** DIỄN TẬP ***\n" : "*** PRACTICE ***\n";
  text += fmt::format("{}\n{} — {}\n", congress.title, report.contest->id, report.contest->title);
  std::vector<Table::Column> columns;
  for (const std::string& head : heads(report, language)) {
    columns.push_back({head, columns.empty() ? Table::Align::left : Table::Align::right});
  }
  Table figures(columns);
  for (Cells& row : figure_rows(report, language)) figures.add(std::move(row));
  text += figures.text();
  for (const Cells& fact : fact_rows(report, language)) text += fmt::format("{}: {}\n", fact[0], fact[1]);
  text += vi ? "\nMục tiêu phấn đấu (chỉ để biết, không làm thay đổi kết quả bầu cử):\n"
             : "\nAims (information only; they never change who is elected):\n";
  for (const Aim& aim : kAims) {
    text += fmt::format("  {}: {} {}", aim.label.in(language), vi ? "danh sách" : "list",
                        spoken_reach(reaches(report.list, aim), language));
    if (report.elected) {
      text += fmt::format(", {} {}", vi ? "trúng cử" : "elected",
                          spoken_reach(reaches(*report.elected, aim), language));
    }
    text += fmt::format(" [{}]\n", cited(congress, aim, language));
  }
  return text;
}

Json::Object report_json(const StructureReport& report, const Congress& congress) {
  Json::Array aims;
  for (const Aim& aim : kAims) {
    const Rule rule = rule_row(congress.regulation, aim.rule);
    Json one = Json::object({{"rule", rule.id},
                             {"text_vi", aim.label.vi},
                             {"text_en", aim.label.en},
                             {"document", rule.document},
                             {"article", rule.article},
                             {"grade", word(rule.grade)}});
    if (const auto reached = reaches(report.list, aim)) one.set("list", *reached);
    if (const auto reached = report.elected ? reaches(*report.elected, aim) : std::nullopt)
      one.set("elected", *reached);
    aims.push_back(std::move(one));
  }
  Json::Object json = {
      {"contest", report.contest->id}, {"list", group_json(report.list)}, {"aims", std::move(aims)}};
  if (report.elected) {
    json.emplace_back("elected", group_json(*report.elected));
    json.emplace_back("open_seats", report.open_seats);
  }
  Json::Array alternates;
  for (const std::string& name : report.alternates) alternates.emplace_back(name);
  if (!alternates.empty()) json.emplace_back("alternates", std::move(alternates));
  if (report.woman_in_standing) json.emplace_back("woman_in_standing_committee", *report.woman_in_standing);
  if (report.secretary) json.emplace_back("secretary_elected_directly", *report.secretary);
  return json;
}

std::vector<Cells> report_cells(const StructureReport& report, const Congress& congress, Language language) {
  const bool vi = language == Language::vi;
  std::vector<Cells> cells;
  if (congress.purpose == Purpose::practice) cells.push_back({vi ? "DIỄN TẬP" : "PRACTICE"});
  cells.push_back({congress.title});
  cells.push_back({report.contest->title});
  cells.push_back({});
  cells.push_back(heads(report, language));
  for (Cells row : figure_rows(report, language)) {
    for (std::size_t i = 1; i < row.size(); ++i) row[i] = with_comma(row[i]);
    cells.push_back(std::move(row));
  }
  for (Cells& fact : fact_rows(report, language)) cells.push_back(std::move(fact));
  cells.push_back({});
  Cells head =
      vi ? Cells{"Số", "Họ và tên", "Giới tính", "Ngày sinh", "Tuổi", "Dân tộc", "Trình độ", "Tái cử"}
         : Cells{"No", "Name", "Sex", "Born", "Age", "Ethnicity", "Degree", "Standing again"};
  if (report.elected) head.emplace_back(vi ? "Trúng cử" : "Elected");
  cells.push_back(std::move(head));
  std::size_t number = 0;
  for (const Listed& listed : report.people) {
    const Row& row = listed.row;
    const std::string sex = text_of(row, "sex");
    const std::string born = text_of(row, "born");
    const Json* again = row.json.find("incumbent");
    Cells line = {
        std::to_string(++number),
        row.name,
        sex == "female" ? (vi ? "nữ" : "female")
        : sex == "male" ? (vi ? "nam" : "male")
                        : "",
        born,
        born.empty() || age_on(born, congress.date) < 0 ? "" : std::to_string(age_on(born, congress.date)),
        text_of(row, "ethnicity"),
        text_of(row, "degree"),
        again != nullptr && *again == Json(true) ? "x" : ""};
    if (report.elected) line.emplace_back(listed.elected ? "x" : "");
    cells.push_back(std::move(line));
  }
  return cells;
}

}  // namespace kp
