#include "kiemphieu/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

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

// Whether two passes read one ballot alike.
bool read_alike(std::span<const Difference> ballot, std::size_t one, std::size_t other) {
  return std::all_of(ballot.begin(), ballot.end(), [&](const Difference& difference) {
    return difference.readings[one] == difference.readings[other];
  });
}

// What makes pass `wrong` read as pass `right` does.
std::string options_that_mend(std::span<const Difference> ballot, std::size_t wrong, std::size_t right) {
  std::string options;
  for (const Difference& difference : ballot) {
    const std::string& reads = difference.readings[right];
    if (reads == difference.readings[wrong]) continue;
    options += difference.row > 0 ? " --row " + quoted(fmt::format("{}={}", difference.row, reads))
                                  : fmt::format(" --flags \"{}\"", reads);
  }
  return options;
}

// "1, 2": the passes that read as this one does.
std::string passes_like(const Comparison& comparison, std::span<const Difference> ballot, std::size_t pass) {
  std::string numbers;
  for (std::size_t other = 0; other < comparison.reading->passes.size(); ++other) {
    if (!read_alike(ballot, pass, other)) continue;
    numbers += fmt::format("{}{}", numbers.empty() ? "" : ", ", comparison.reading->passes[other].pass->pass);
  }
  return numbers;
}

std::vector<Mending> mendings_of_ballot(const Comparison& comparison, std::span<const Difference> ballot,
                                        const std::string& at, Language language) {
  std::vector<Mending> found;
  const std::size_t passes = comparison.reading->passes.size();
  for (std::size_t right = 0; right < passes; ++right) {
    bool first_so = true;
    for (std::size_t before = 0; before < right; ++before) {
      first_so = first_so && !read_alike(ballot, before, right);
    }
    if (!first_so) continue;
    const std::string when = fmt::format(
        fmt::runtime(language == Language::vi ? "Xấp {} phiếu {}, nếu lượt {} đúng"
                                              : "Bundle {} ballot {}, if pass {} is right"),
        comparison.reading->bundle, ballot.front().ballot, passes_like(comparison, ballot, right));
    for (std::size_t wrong = 0; wrong < passes; ++wrong) {
      if (read_alike(ballot, wrong, right)) continue;
      found.push_back({when, fmt::format("kiemphieu correct {} --pass {} --ballot {}{}{}", at,
                                         comparison.reading->passes[wrong].pass->pass, ballot.front().ballot,
                                         options_that_mend(ballot, wrong, right), two_of_board())});
    }
  }
  return found;
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

std::vector<Mending> mendings(const Comparison& comparison, const std::string& record, Language language) {
  const std::string at =
      fmt::format("{} {} --bundle {}", record, comparison.contest->id, comparison.reading->bundle);
  if (comparison.other_stack)
    return {{"", fmt::format("kiemphieu retract {} --pass …{}", at, two_of_board())}};
  std::vector<Mending> found;
  const std::span<const Difference> all = comparison.differences;
  for (std::size_t from = 0; from < all.size();) {
    std::size_t to = from;
    while (to < all.size() && all[to].ballot == all[from].ballot) ++to;
    for (Mending& mending : mendings_of_ballot(comparison, all.subspan(from, to - from), at, language))
      found.push_back(std::move(mending));
    from = to;
  }
  return found;
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
