#include "kiemphieu/result_text.h"

#include <fmt/format.h>

#include "ballots/validity.h"
#include "kiemphieu/reply.h"
#include "outcome/election.h"
#include "rules/ruleset.h"
#include "sheet/words.h"

namespace kp {
namespace {

std::string number(const Json& json) {
  return std::to_string(json.integer());
}

// How many ballots are invalid for each reason, in the order in which reasons are tried.
std::string invalid_text(const Json& invalid_by, Language language) {
  std::string text;
  for (std::size_t i = 1; i < kVerdictCount; ++i) {
    const Verdict verdict = static_cast<Verdict>(i);
    if (const Json* count = invalid_by.find(word(verdict))) {
      text += fmt::format("  {}: {}\n", spoken(verdict).in(language), count->integer());
    }
  }
  return text;
}

std::string head_text(const Json& result, Language language) {
  const bool vi = language == Language::vi;
  const Json& contest = result.at("contest");
  const Json& ballots = result.at("ballots");
  std::string text;
  if (result.at("purpose").string() == "practice") {
    text += vi ? "*** DIỄN TẬP — không phải kết quả thật ***\n" : "*** PRACTICE — not a real result ***\n";
  }
  text += fmt::format("{} — {}\n", contest.at("id").string(), contest.at("title").string());
  text += fmt::format(fmt::runtime(vi ? "Phát ra {}, thu về {}, hợp lệ {}, không hợp lệ {}\n"
                                      : "Issued {}, returned {}, valid {}, invalid {}\n"),
                      ballots.at("issued").integer(), ballots.at("returned").integer(),
                      ballots.at("valid").integer(), ballots.at("invalid").integer());
  text += invalid_text(ballots.at("invalid_by"), language);
  text += result.at("base").at(vi ? "sentence_vi" : "sentence_en").string() + "\n";
  return text;
}

// What the shares of votes are of (contract §7).
std::string share_head(const Json& result, bool vi) {
  const bool opinion = result.at("contest").at("question").string() == word(Question::opinion);
  if (opinion) return vi ? "% có mặt" : "% of present";
  return vi ? "% tổng số" : "% of the base";
}

std::string voted_rows(const Json& result, bool vi, Language language) {
  const Json::Array& rows = result.at("rows").array();
  const bool with_standing = rows.front().find("standing") != nullptr;
  Table table({{vi ? "Số" : "No", Table::Align::right},
               {vi ? "Họ và tên" : "Name"},
               {vi ? "Số phiếu" : "Votes", Table::Align::right},
               {share_head(result, vi), Table::Align::right},
               {vi ? "Kết quả" : "Standing"}});
  for (const Json& row : rows) {
    table.add({number(row.at("no")), row.at("name").string(), number(row.at("votes")),
               row.at("percent").string(),
               with_standing ? spoken_standing(row.at("standing").string(), language) : ""});
  }
  return table.text();
}

std::string graded_rows(const Json& result, bool vi, Language language) {
  const Json::Array& rows = result.at("rows").array();
  const bool survey = result.at("contest").at("question").string() == "survey";
  const Text what = survey ? Text{"Nội dung", "Statement"} : Text{"Họ và tên", "Name"};
  std::vector<Table::Column> columns = {{vi ? "Số" : "No", Table::Align::right},
                                        {std::string(what.in(language))}};
  for (const Text& option : option_names(result.at("contest").at("ballot").string())) {
    columns.push_back({std::string(option.in(language)), Table::Align::right});
    columns.push_back({"%", Table::Align::right});
  }
  columns.push_back({""});
  Table table(columns);
  for (const Json& row : rows) {
    std::vector<std::string> cells = {number(row.at("no")), row.at("name").string()};
    for (std::size_t o = 0; o < row.at("options").array().size(); ++o) {
      cells.push_back(number(row.at("options").array()[o]));
      cells.push_back(row.at("shares").array()[o].string());
    }
    cells.push_back(spoken_band(row.at("band").string(), language));
    table.add(std::move(cells));
  }
  return table.text();
}

std::string elected_text(const Json& result, bool vi) {
  const Json* elected = result.find("elected");
  if (elected == nullptr || elected->array().empty()) return "";
  const Json::Array& rows = result.at("rows").array();
  std::string text = fmt::format(fmt::runtime(vi ? "\nTrúng cử {} người, theo số phiếu từ cao xuống thấp:\n"
                                                 : "\n{} elected, in order of votes:\n"),
                                 elected->array().size());
  Table table({{"", Table::Align::right},
               {vi ? "Họ và tên" : "Name"},
               {vi ? "Số phiếu" : "Votes", Table::Align::right},
               {share_head(result, vi), Table::Align::right}});
  for (std::size_t i = 0; i < elected->array().size(); ++i) {
    const Json& row = rows[static_cast<std::size_t>(elected->array()[i].integer() - 1)];
    table.add({std::to_string(i + 1), row.at("name").string(), number(row.at("votes")),
               row.at("percent").string()});
  }
  return text + table.text();
}

std::string unverified_text(const Json& result, Language language) {
  std::string text;
  for (const Json& step : result.at("steps").array()) {
    if (step.at("grade").string() != word(Grade::unverified)) continue;
    text += fmt::format("  {} [{}] {}\n", meaning(Grade::unverified).in(language),
                        citation(step.at("document").string(), step.at("article").string(), language),
                        step.at(language == Language::vi ? "text_vi" : "text_en").string());
  }
  if (text.empty()) return text;
  return (language == Language::vi ? "\nQuy định chưa đối chiếu với văn bản đã ký:\n"
                                   : "\nRules not verified against the signed text:\n") +
         text;
}

std::string next_text(const Json& result, Language language) {
  const bool vi = language == Language::vi;
  const Json& next = result.at("next");
  std::string text = fmt::format("\n{}: {}", vi ? "Kết luận" : "Outcome",
                                 spoken_outcome(result.at("outcome").string(), language));
  if (const std::int64_t seats = next.at("seats").integer(); seats > 0) {
    text += fmt::format(fmt::runtime(vi ? "; còn thiếu {}" : "; {} open"), seats);
  }
  const std::string action = next.at("action").string();
  if (action != word(Action::none)) {
    text += fmt::format("; {}: {}", vi ? "tiếp theo" : "next", spoken_action(action, language));
  }
  text += "\n";
  if (next.at("rows").array().empty() || result.at("rows").array().empty()) return text;
  for (const Json& no : next.at("rows").array()) {
    const Json& row = result.at("rows").array()[static_cast<std::size_t>(no.integer() - 1)];
    text += fmt::format("  {} {}\n", no.integer(), row.at("name").string());
  }
  return text;
}

}  // namespace

std::string result_text(const Json& result, Language language) {
  const bool vi = language == Language::vi;
  std::string text = head_text(result, language);
  const Json::Array& rows = result.at("rows").array();
  if (!rows.empty()) {
    const bool graded = rows.front().find("options") != nullptr;
    text += graded ? graded_rows(result, vi, language) : voted_rows(result, vi, language);
  }
  text += elected_text(result, vi);
  text += next_text(result, language);
  text += unverified_text(result, language);
  return text;
}

}  // namespace kp
