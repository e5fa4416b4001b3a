#include "sheet/result_file.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/canon.h"
#include "contest/congress.h"
#include "contest/schema.h"
#include "sheet/words.h"

namespace kp {
namespace {

constexpr auto kVoted = std::to_array<std::string_view>({"votes", "against", "percent", "rank"});
constexpr auto kPlaced = std::to_array<std::string_view>({"standing", "to_line", "flip", "against"});
constexpr auto kGraded = std::to_array<std::string_view>({"options", "shares", "band"});

// Which keys a row has, beside those that all rows have; those of the other questions it has not.
bool row_fits(const Json& row, const Json& contest) {
  const std::string& question = contest.at("question").string();
  const bool graded = question == word(Question::confidence) || question == word(Question::rating) ||
                      question == word(Question::survey);
  const auto has = [&](std::string_view key) { return row.find(key) != nullptr; };
  if (!graded) {
    return std::all_of(kVoted.begin(), kVoted.end(), has) &&
           std::none_of(kGraded.begin(), kGraded.end(), has) &&
           (question == word(Question::introduction) || has("standing"));
  }
  if (!std::all_of(kGraded.begin(), kGraded.end(), has) || std::any_of(kVoted.begin(), kVoted.end(), has) ||
      std::any_of(kPlaced.begin(), kPlaced.end(), has))
    return false;
  const std::size_t options = option_names(contest.at("ballot").string()).size();
  return row.at("options").array().size() == options && row.at("shares").array().size() == options;
}

bool point_to_rows(const Json& numbers, std::size_t rows) {
  const Json::Array& all = numbers.array();
  return std::all_of(all.begin(), all.end(),
                     [&](const Json& no) { return static_cast<std::uint64_t>(no.integer()) <= rows; });
}

bool fits_together(const Json& result) {
  const Json::Array& rows = result.at("rows").array();
  const Json& contest = result.at("contest");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].at("no") != Json(static_cast<std::int64_t>(i + 1)) || !row_fits(rows[i], contest))
      return false;
  }
  const Json* elected = result.find("elected");
  const bool election = contest.at("question").string() == word(Question::election);
  if ((elected != nullptr) != election) return false;
  if (election && (contest.find("seats") == nullptr || !point_to_rows(*elected, rows.size()))) return false;
  return rows.empty() || point_to_rows(result.at("next").at("rows"), rows.size());
}

}  // namespace

Result<Json> parse_result(std::string_view bytes, const std::string& file) {
  Result<Json> json = parse_json(bytes, file);
  if (!json) return json;
  const Json* format = json->is_object() ? json->find("format") : nullptr;
  if (format == nullptr || !format->is_string() || !format->string().ends_with("result@1")) {
    return finding(Code::seal_not_a_result, file);
  }
  if (Findings findings = check_schema(*json, Schema::result); !findings.empty()) return findings;
  if (canonical(*json) != bytes || !fits_together(*json)) return finding(Code::seal_not_a_result, file);
  return json;
}

}  // namespace kp
