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

// What is said in words: surplus (with its share), seats, alternates, secretary, a woman in the standing
// committee.
std::vector<Cells> fact_rows(const StructureReport& report, Language language) {
  const bool vi = language == Language::vi;
  std::vector<Cells> rows;
  const auto add = [&](const Text& label, std::string value) {
    rows.push_back({std::string(label.in(language)), std::move(value)});
  };
  if (report.surplus && *report.surplus >= 0) {
    add({"Số dư so với số lượng cần bầu", "Surplus, of the seats"}, std::to_string(*report.surplus));
    rows.back().push_back(percent(*report.surplus, report.contest->seats));
  }
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

std::string spoken_reach(const std::optional<Reach>& reach, Language language) {
  if (!reach) return "";
  switch (*reach) {
    case Reach::reached:
      return std::string(Text{"đạt", "reached"}.in(language));
    case Reach::not_reached:
      return std::string(Text{"chưa đạt", "not reached"}.in(language));
    case Reach::not_enough_stated:
      break;
  }
  return std::string(Text{"chưa đủ dữ liệu", "not enough stated"}.in(language));
}

std::string cited(const AimReport& aim, Language language) {
  return fmt::format("{}; {}", citation(aim.rule.document, aim.rule.article, language),
                     meaning(aim.rule.grade).in(language));
}

std::string_view aims_head(Language language) {
  return Text{"Mục tiêu phấn đấu (chỉ để biết, không làm thay đổi kết quả bầu cử)",
              "Aims (information only; they never change who is elected)"}
      .in(language);
}

// The people of the list one by one, below a head.
std::vector<Cells> people_rows(const StructureReport& report, const Congress& congress, Language language) {
  const bool vi = language == Language::vi;
  Cells head =
      vi ? Cells{"Số", "Họ và tên", "Giới tính", "Ngày sinh", "Tuổi", "Dân tộc", "Trình độ", "Tái cử"}
         : Cells{"No", "Name", "Sex", "Born", "Age", "Ethnicity", "Degree", "Standing again"};
  if (report.elected) head.emplace_back(vi ? "Trúng cử" : "Elected");
  std::vector<Cells> cells = {std::move(head)};
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

}  // namespace

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
  for (const Cells& fact : fact_rows(report, language)) {
    text +=
        fmt::format("{}: {}{}\n", fact[0], fact[1], fact.size() > 2 ? fmt::format(" ({}%)", fact[2]) : "");
  }
  if (!report.aims.empty()) text += fmt::format("\n{}:\n", aims_head(language));
  for (const AimReport& aim : report.aims) {
    std::string known;
    if (aim.list) known += fmt::format(" {} {}", vi ? "danh sách" : "list", spoken_reach(aim.list, language));
    if (aim.elected) {
      known += fmt::format("{} {} {}", known.empty() ? "" : ",", vi ? "trúng cử" : "elected",
                           spoken_reach(aim.elected, language));
    }
    text += fmt::format("  {}:{} [{}]\n", aim.label.in(language), known, cited(aim, language));
  }
  return text;
}

Json::Object report_json(const StructureReport& report) {
  Json::Array aims;
  for (const AimReport& aim : report.aims) {
    Json one = Json::object({{"rule", aim.rule.id},
                             {"text_vi", aim.label.vi},
                             {"text_en", aim.label.en},
                             {"document", aim.rule.document},
                             {"article", aim.rule.article},
                             {"grade", word(aim.rule.grade)}});
    const auto put = [&](std::string_view key, const std::optional<Reach>& reach) {
      if (reach && *reach != Reach::not_enough_stated) one.set(key, *reach == Reach::reached);
    };
    put("list", aim.list);
    put("elected", aim.elected);
    aims.push_back(std::move(one));
  }
  Json::Object json = {
      {"contest", report.contest->id}, {"list", group_json(report.list)}, {"aims", std::move(aims)}};
  if (report.surplus && *report.surplus >= 0) {
    json.emplace_back("surplus", Json::object({{"count", *report.surplus},
                                               {"share", percent(*report.surplus, report.contest->seats)}}));
  }
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
  for (Cells fact : fact_rows(report, language)) {
    if (fact.size() > 2) fact[2] = with_comma(fact[2]);
    cells.push_back(std::move(fact));
  }
  cells.push_back({});
  if (!report.aims.empty()) {
    cells.push_back({std::string(aims_head(language)), vi ? "Danh sách" : "List", vi ? "Trúng cử" : "Elected",
                     vi ? "Căn cứ" : "Basis"});
  }
  for (const AimReport& aim : report.aims) {
    cells.push_back({std::string(aim.label.in(language)), spoken_reach(aim.list, language),
                     spoken_reach(aim.elected, language), cited(aim, language)});
  }
  if (!report.aims.empty()) cells.push_back({});
  for (Cells& person : people_rows(report, congress, language)) cells.push_back(std::move(person));
  return cells;
}

}  // namespace kp
