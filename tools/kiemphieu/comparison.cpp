#include "kiemphieu/comparison.h"

#include <fmt/format.h>

#include <algorithm>

#include "kiemphieu/mark_words.h"
#include "kiemphieu/reply.h"

namespace kp {
namespace {

constexpr std::int64_t kShownOfOtherStack = 3;

bool has_ballot(const PassReading& pass, std::uint32_t ballot) {
  return pass.ballots.find(ballot) < pass.ballots.size();
}

bool in_every_pass(const BundleReading& reading, std::uint32_t ballot) {
  return std::all_of(reading.passes.begin(), reading.passes.end(),
                     [&](const PassReading& pass) { return has_ballot(pass, ballot); });
}

std::string spoken_flags(const std::string& field, Language language) {
  Flags flags;
  FlagFault fault;
  if (field.empty()) return language == Language::vi ? "không ghi chú" : "no flag";
  // A ruling's own word is no flag of a file and stands as it is.
  return parse_flags(field, flags, fault) ? spoken(flags, language) : field;
}

// What one pass reads at this place, in words.
std::string spoken_reading(const Comparison& comparison, const Difference& difference, std::size_t pass,
                           Language language) {
  const std::string& reads = difference.readings[pass];
  const BallotForm form = comparison.contest->ballot;
  if (difference.row > 0) return std::string(spoken(*mark_of(reads.front(), form), form).in(language));
  if (in_every_pass(*comparison.reading, difference.ballot)) return spoken_flags(reads, language);
  const bool there = has_ballot(comparison.reading->passes[pass], difference.ballot);
  return std::string(
      (there ? Text{"có phiếu này", "has it"} : Text{"không có phiếu này", "has it not"}).in(language));
}

std::string summary(const Comparison& comparison, Language language) {
  const bool vi = language == Language::vi;
  std::string text =
      fmt::format(fmt::runtime(vi ? "Xấp {}: {} phiếu khác nhau" : "Bundle {}: {} ballots differ"),
                  comparison.reading->bundle, comparison.ballots);
  if (!comparison.other_stack) return text + "\n";
  for (const PassReading& pass : comparison.reading->passes) {
    text += fmt::format(fmt::runtime(vi ? "; lượt {} có {} phiếu" : "; pass {} has {} ballots"),
                        pass.pass->pass, pass.ballots.size());
  }
  return text + (vi ? "\n  Có lượt sót tờ, thừa tờ hoặc lẫn xấp khác: đếm lại xấp giấy, so phiếu đầu tiên "
                      "khác nhau, rút "
                      "lượt sai rồi nhập lại.\n"
                    : "\n  Some pass missed a sheet, had one too many or was another bundle: count the "
                      "paper, look at the "
                      "first ballot that differs, retract the wrong pass and key it again.\n");
}

std::string two_of_board() {
  return " --by \"…\" --by \"…\" --note \"…\"";
}

}  // namespace

Comparison compare_passes(const Contest& contest, const BundleReading& reading) {
  Comparison comparison{&contest, &reading, differences(reading)};
  std::uint32_t last = 0;
  bool missing = false;
  for (const Difference& difference : comparison.differences) {
    comparison.ballots += difference.ballot == last ? 0 : 1;
    last = difference.ballot;
    missing = missing || !in_every_pass(reading, difference.ballot);
  }
  const auto all = static_cast<std::int64_t>(reading.passes.front().ballots.size());
  comparison.other_stack = missing || (comparison.ballots > 1 && comparison.ballots * 2 > all);
  return comparison;
}

std::string comparison_text(const Comparison& comparison, Language language) {
  const bool vi = language == Language::vi;
  std::vector<Table::Column> columns = {{vi ? "Xấp" : "Bundle"},
                                        {vi ? "Phiếu" : "Ballot", Table::Align::right},
                                        {vi ? "Số" : "No", Table::Align::right},
                                        {vi ? "Họ và tên" : "Name"}};
  for (const PassReading& pass : comparison.reading->passes) {
    columns.push_back({fmt::format(fmt::runtime(vi ? "Lượt {}, {}" : "Pass {}, {}"), pass.pass->pass,
                                   spoken_station(pass.pass->station, language))});
  }
  Table table(std::move(columns));
  std::int64_t shown = 0;
  std::uint32_t last = 0;
  for (const Difference& difference : comparison.differences) {
    shown += difference.ballot == last ? 0 : 1;
    last = difference.ballot;
    if (comparison.other_stack && shown > kShownOfOtherStack) break;
    std::vector<std::string> cells = {comparison.reading->bundle, std::to_string(difference.ballot)};
    if (difference.row > 0) {
      cells.push_back(std::to_string(difference.row));
      cells.push_back(comparison.contest->rows[difference.row - 1].name);
    } else {
      cells.emplace_back("");
      cells.emplace_back(vi ? "(cả phiếu)" : "(whole ballot)");
    }
    for (std::size_t pass = 0; pass < difference.readings.size(); ++pass) {
      cells.push_back(spoken_reading(comparison, difference, pass, language));
    }
    table.add(std::move(cells));
  }
  std::string text = summary(comparison, language) + table.text();
  if (comparison.other_stack && comparison.ballots > kShownOfOtherStack) {
    text += fmt::format(
        fmt::runtime(vi ? "  … và {} phiếu nữa (xem hết: --json)\n" : "  … and {} more (all: --json)\n"),
        comparison.ballots - kShownOfOtherStack);
  }
  return text;
}

std::vector<std::string> mending_commands(const Comparison& comparison, const std::string& record) {
  const std::string at =
      fmt::format("{} {} --bundle {} --pass …", record, comparison.contest->id, comparison.reading->bundle);
  if (comparison.other_stack) return {fmt::format("kiemphieu retract {}{}", at, two_of_board())};
  std::vector<std::string> commands;
  std::uint32_t last = 0;
  for (const Difference& difference : comparison.differences) {
    if (difference.ballot != last) {
      commands.push_back(fmt::format("kiemphieu correct {} --ballot {}", at, difference.ballot));
    }
    last = difference.ballot;
    commands.back() += difference.row > 0 ? fmt::format(" --row {}=…", difference.row) : " --flags \"…\"";
  }
  for (std::string& command : commands) command += two_of_board();
  return commands;
}

Json::Array comparison_json(const Comparison& comparison) {
  Json::Array found;
  for (const Difference& difference : comparison.differences) {
    Json::Array readings;
    for (std::size_t i = 0; i < difference.readings.size(); ++i) {
      const BundlePass& pass = *comparison.reading->passes[i].pass;
      readings.push_back(
          Json::object({{"pass", pass.pass}, {"station", pass.station}, {"reads", difference.readings[i]}}));
    }
    Json json = Json::object({{"bundle", comparison.reading->bundle},
                              {"ballot", difference.ballot},
                              {"row", difference.row},
                              {"readings", std::move(readings)}});
    if (difference.row > 0) json.set("name", comparison.contest->rows[difference.row - 1].name);
    found.push_back(std::move(json));
  }
  return found;
}

}  // namespace kp
