// Minutes: the figures, the votes in ballot order, the elected in order of votes, the outcome.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "ballots/validity.h"
#include "base/share.h"
#include "base/text.h"
#include "outcome/election.h"
#include "outcome/polls.h"
#include "sheet/minutes_draft.h"
#include "sheet/words.h"

namespace kp {
namespace {

using paper::Align;
using paper::Table;
using paper::Words;

// A long list of plain votes stands in two lanes when its names and numbers are short enough for half the
// width.
constexpr std::size_t kMostInOneLane = 15;
constexpr std::size_t kMostColumnsOfName = 26;
constexpr std::int64_t kMostVotesOfLane = 99'999;

std::string number(std::int64_t n) {
  return std::to_string(n);
}

std::string number(const Json& n) {
  return number(n.integer());
}

void write_people_and_ballots(Draft& draft) {
  Table table;
  std::vector<Words> figures;
  const auto add = [&](std::string head, std::string figure, paper::Points share = 1) {
    table.columns.push_back({share, Align::center});
    table.head.push_back({{std::move(head)}});
    figures.push_back({{std::move(figure)}});
  };
  const std::int64_t summoned = draft.figure("base", "summoned");
  add(draft.say("Triệu tập", "Summoned"), number(summoned), 1.2);
  if (draft.contest() != nullptr) {
    const std::int64_t present = draft.contest()->electorate.present;
    add(draft.say("Có mặt", "Present"), number(present));
    add(draft.say("Vắng mặt", "Absent"), number(summoned - present));
  }
  // A vote that does not stand has ballots, but none of them was judged.
  const bool judged = draft.result().at("outcome").string() != word(Outcome::void_);
  const auto judged_figure = [&](std::string_view key) {
    return judged ? number(draft.figure("ballots", key)) : std::string("–");
  };
  add(draft.say("Phát ra", "Issued"), number(draft.figure("ballots", "issued")));
  add(draft.say("Thu về", "Returned"), number(draft.figure("ballots", "returned")));
  add(draft.say("Hợp lệ", "Valid"), judged_figure("valid"));
  add(draft.say("Không hợp lệ", "Invalid"), judged_figure("invalid"), 1.4);
  table.size = 11.5;
  table.rows = {figures};
  table.before = 4;
  draft.add(table);
}

void write_invalid(Draft& draft) {
  const Json& by = draft.result().at("ballots").at("invalid_by");
  std::string reasons;
  for (std::size_t i = 1; i < kVerdictCount; ++i) {
    const auto verdict = static_cast<Verdict>(i);
    if (const Json* n = by.find(word(verdict))) {
      reasons += fmt::format("{}{}: {}", reasons.empty() ? "" : "; ", spoken(verdict).in(draft.language()),
                             number(*n));
    }
  }
  if (!reasons.empty())
    draft.item(draft.say("Phiếu không hợp lệ theo lý do: ", "Invalid ballots by reason: ") + reasons + ".");
}

void write_difference(Draft& draft) {
  const std::int64_t more = draft.figure("ballots", "returned") - draft.figure("ballots", "issued");
  if (more == 0) return;
  draft.item(fmt::format(fmt::runtime(more < 0 ? draft.say("Phiếu thu về ít hơn phiếu phát ra: {} phiếu.",
                                                           "{} fewer ballots were returned than issued.")
                                               : draft.say("Phiếu thu về nhiều hơn phiếu phát ra: {} phiếu.",
                                                           "{} more ballots were returned than issued.")),
                         more < 0 ? -more : more));
}

void write_deductions(Draft& draft) {
  if (draft.contest() == nullptr) return;
  std::string reasons;
  for (const Deduction& deduction : draft.contest()->electorate.deductions) {
    if (deduction.count == 0) continue;
    reasons += fmt::format("{}{}: {}", reasons.empty() ? "" : "; ",
                           spoken_reason(deduction.reason).in(draft.language()), deduction.count);
  }
  if (!reasons.empty()) {
    draft.item(draft.say("Không tính vào tổng số để tính kết quả: ", "Left out of the base: ") + reasons +
               ".");
  }
}

void write_list(Draft& draft) {
  const Json& contest = draft.result().at("contest");
  const Json* seats = contest.find("seats");
  const std::size_t names = draft.contest() != nullptr ? draft.contest()->contest.rows.size()
                                                       : draft.result().at("rows").array().size();
  std::string text;
  if (seats != nullptr) {
    text = fmt::format(fmt::runtime(draft.say("Số lượng cần bầu: {}", "Seats to fill: {}")), number(*seats));
  }
  if (names > 0) {
    text +=
        fmt::format(fmt::runtime(draft.say("{}danh sách trên phiếu: {} người", "{}names on the ballot: {}")),
                    text.empty() ? "" : "; ", names);
    const auto surplus = static_cast<std::int64_t>(names) - (seats == nullptr ? 0 : seats->integer());
    if (draft.asks(Question::election) && surplus > 0) {
      text += fmt::format(fmt::runtime(draft.say("; số dư: {} người ({}%)", "; surplus: {} ({} %)")), surplus,
                          percent(surplus, seats->integer()));
    }
  }
  if (text.empty()) return;
  // A list of statements or questions has no persons on it.
  if (draft.asks(Question::survey)) {
    text =
        fmt::format(fmt::runtime(draft.say("Nội dung trên phiếu: {}", "Questions on the ballot: {}")), names);
  }
  draft.item(in_sentence_case(text) + ".");
}

// What the shares on this paper are of.
std::string share_of(const Draft& draft) {
  const std::int64_t base = draft.figure("base", "count");
  const auto of = [&](const Text& what, std::int64_t n) {
    return fmt::format(fmt::runtime(draft.say("Tỷ lệ tính trên {}: {}.", "Shares are of the {}: {}.")),
                       what.in(draft.language()), n);
  };
  const bool banded = draft.asks(Question::confidence) || draft.asks(Question::rating);
  if (draft.asks(Question::opinion)) {
    return draft.contest() == nullptr
               ? draft.say("Tỷ lệ tính trên số có mặt.", "Shares are of those present.")
               : of({"số có mặt", "number present"}, draft.contest()->electorate.present);
  }
  if (banded && draft.contest() == nullptr) return "";
  const FractionOf fraction = banded ? draft.contest()->contest.fraction_of : FractionOf::base;
  if (fraction == FractionOf::returned)
    return of({"số phiếu thu về", "ballots returned"}, draft.figure("ballots", "returned"));
  if (fraction == FractionOf::valid)
    return of({"số phiếu hợp lệ", "valid ballots"}, draft.figure("ballots", "valid"));
  return of({"tổng số để tính kết quả", "base"}, base);
}

// The same, in short, above the column.
std::string share_head(const Draft& draft) {
  return draft.asks(Question::opinion) ? draft.say("% số có mặt", "% of present")
                                       : draft.say("% tổng số", "% of the base");
}

bool fits_two_lanes(const Json::Array& rows) {
  return rows.size() > kMostInOneLane && std::all_of(rows.begin(), rows.end(), [](const Json& row) {
           return display_width(row.at("name").string()) <= kMostColumnsOfName &&
                  row.at("votes").integer() <= kMostVotesOfLane;
         });
}

/// Columns with their heads, in the order in which they are added.
class Columns {
 public:
  explicit Columns(Table& table) : table_(table) {}
  void add(const std::string& head, paper::Points share, Align align) {
    table_.head.push_back({{head}});
    table_.columns.push_back({share, align});
  }

 private:
  Table& table_;
};

// Number, name, votes, share: what every list of votes begins with.
Table vote_table(const Draft& draft, const Json::Array& rows, const std::string& votes) {
  Table table;
  const bool lanes = fits_two_lanes(rows);
  table.abreast = lanes ? 2 : 1;
  table.size = lanes ? 11 : 12;
  table.before = 4;
  Columns columns(table);
  columns.add(draft.say("TT", "No."), lanes ? 1 : 0.8, Align::center);
  columns.add(draft.say("Họ và tên", "Name"), lanes ? 4.6 : 6, Align::left);
  columns.add(lanes ? draft.say("Phiếu", "Votes") : votes, lanes ? 1.6 : 1.8, Align::center);
  std::string share = share_head(draft);
  if (lanes) share.replace(1, 1, "\n");  // "%" above its words
  columns.add(share, lanes ? 1.9 : 2, Align::center);
  return table;
}

std::string votes_head(const Draft& draft) {
  const bool agree = draft.result().at("contest").at("ballot").string() == word(BallotForm::agree);
  if (draft.asks(Question::withdrawal)) return draft.say("Đồng ý cho rút", "For letting go");
  if (agree) return draft.say("Đồng ý", "Agree");
  return draft.say("Số phiếu", "Votes");
}

Table voted_table(const Draft& draft) {
  const Json::Array& rows = draft.result().at("rows").array();
  const bool agree = draft.result().at("contest").at("ballot").string() == word(BallotForm::agree);
  const bool with_standing = !draft.asks(Question::election) && rows.front().find("standing") != nullptr;
  Table table = vote_table(draft, rows, votes_head(draft));
  if (agree || with_standing) {
    table.abreast = 1;
    table.size = 12;
    table.columns = {{0.8, Align::center}, {5, Align::left}, {1.6, Align::center}, {1.5, Align::center}};
  }
  Columns columns(table);
  if (agree) {
    columns.add(draft.say("Không đồng ý", "Disagree"), 1.6, Align::center);
    columns.add(draft.say("Ô không tính", "Not counted"), 1.7, Align::center);
  }
  if (with_standing) columns.add(draft.say("Kết quả", "Standing"), 2.6, Align::center);
  for (const Json& row : rows) {
    std::vector<Words> cells = {{{number(row.at("no"))}},
                                {{row.at("name").string()}},
                                {{number(row.at("votes"))}},
                                {{row.at("percent").string()}}};
    if (agree) {
      cells.push_back({{number(row.at("against"))}});
      cells.push_back({{number(row.at("none").integer() + row.at("several").integer())}});
    }
    if (with_standing) cells.push_back({{spoken_standing(row.at("standing").string(), draft.language())}});
    table.rows.push_back(std::move(cells));
  }
  return table;
}

// Paper has room for what a screen shortens.
std::string head_of(const Draft& draft, const Text& option) {
  constexpr auto kInFull =
      std::to_array<std::pair<std::string_view, std::string_view>>({{"Cao", "Tín nhiệm cao"},
                                                                    {"Thấp", "Tín nhiệm thấp"},
                                                                    {"Không HT", "Không hoàn thành"},
                                                                    {"Không", "Không đồng ý"}});
  for (const auto& [on_screen, in_full] : kInFull) {
    if (option.vi == on_screen) return draft.say(in_full, option.en);
  }
  return std::string(option.in(draft.language()));
}

// Each option is one column: how many, and below it the share.
Table graded_table(const Draft& draft) {
  Table table;
  table.size = 11.5;
  table.before = 4;
  Columns columns(table);
  columns.add(draft.say("TT", "No."), 1, Align::center);
  columns.add(
      draft.asks(Question::survey) ? draft.say("Nội dung", "Question") : draft.say("Họ và tên", "Name"), 4.5,
      Align::left);
  for (const Text& option : option_names(draft.result().at("contest").at("ballot").string())) {
    columns.add(head_of(draft, option), 2, Align::center);
  }
  columns.add(draft.say("Ô không tính", "Not counted"), 1.8, Align::center);
  const bool banded = !draft.asks(Question::survey);
  if (banded) columns.add(draft.say("Xếp mức", "Band"), 2.4, Align::center);
  for (const Json& row : draft.result().at("rows").array()) {
    std::vector<Words> cells = {{{number(row.at("no"))}}, {{row.at("name").string()}}};
    for (std::size_t o = 0; o < row.at("options").array().size(); ++o) {
      cells.push_back({{number(row.at("options").array()[o])},
                       {"\n" + row.at("shares").array()[o].string() + "%", false, true}});
    }
    cells.push_back({{number(row.at("none").integer() + row.at("several").integer())}});
    if (banded) cells.push_back({{spoken_band(row.at("band").string(), draft.language())}});
    table.rows.push_back(std::move(cells));
  }
  return table;
}

// "Nguyễn Văn A (120 phiếu); Trần Thị B (120 phiếu)" of the rows that are numbered.
std::string names_and_votes(const Draft& draft, const Json::Array& numbers) {
  std::string text;
  for (const Json& no : numbers) {
    const Json& row = draft.row(no);
    text += (text.empty() ? "" : "; ") + row.at("name").string();
    // Of a withdrawal "votes" would be read as votes for the person.
    const Json* votes = draft.asks(Question::withdrawal) ? nullptr : row.find("votes");
    if (votes != nullptr)
      text += fmt::format(fmt::runtime(draft.say(" ({} phiếu)", " ({} votes)")), number(*votes));
  }
  return text;
}

// What an election, a poll or a vote came to, in one sentence.
std::string outcome_sentence(const Draft& draft) {
  const Json& result = draft.result();
  const std::string& outcome = result.at("outcome").string();
  if (outcome == word(Outcome::void_)) {
    return draft.say("Lần bỏ phiếu này không được công nhận, không có kết quả.",
                     "This vote does not stand; it has no result.");
  }
  const std::int64_t open = result.at("open_seats").integer();
  std::string text = in_sentence_case(spoken_outcome(outcome, draft.language()));
  if (const Json* elected = result.find("elected")) {
    text += fmt::format(
        fmt::runtime(draft.say(": trúng cử {} trên {} người cần bầu", ": {} elected for {} seats")),
        elected->array().size(), number(result.at("contest").at("seats")));
    if (open > 0)
      text += fmt::format(fmt::runtime(draft.say("; còn {} người chưa bầu được", "; {} open")), open);
  } else if (open > 0) {
    text = fmt::format(fmt::runtime(draft.say("Bằng phiếu ở mức cuối; danh sách còn {} chỗ chưa xác định",
                                              "Tied at the cut; {} places on the list are open")),
                       open);
  } else {
    text = draft.say("Đã tổng hợp kết quả, ghi ở mục 2", "The results are those of section 2");
  }
  return text + ".";
}

// Polls: who goes on the list, who may go, each by name.
void write_standings(Draft& draft) {
  if (draft.asks(Question::election)) return;
  for (const PollStanding standing : {PollStanding::listed, PollStanding::stays, PollStanding::withdrawn}) {
    Json::Array numbers;
    for (const Json& row : draft.result().at("rows").array()) {
      const Json* stands = row.find("standing");
      if (stands != nullptr && stands->string() == word(standing)) numbers.push_back(row.at("no"));
    }
    if (numbers.empty()) continue;
    draft.text(in_sentence_case(spoken_standing(word(standing), draft.language())) + ": " +
               names_and_votes(draft, numbers) + ".");
  }
}

}  // namespace

void write_figures(Draft& draft) {
  draft.section(draft.say("Người bầu và phiếu", "Voters and ballots"));
  write_people_and_ballots(draft);
  write_invalid(draft);
  write_difference(draft);
  write_deductions(draft);
  draft.item(draft.result()
                 .at("base")
                 .at(draft.language() == Language::vi ? "sentence_vi" : "sentence_en")
                 .string());
  write_list(draft);
}

void write_votes(Draft& draft) {
  const Json::Array& rows = draft.result().at("rows").array();
  if (rows.empty()) return;
  draft.section(draft.say("Kết quả kiểm phiếu, theo thứ tự trên phiếu", "Votes, in ballot order"));
  const bool graded = rows.front().find("options") != nullptr;
  const Table table = graded ? graded_table(draft) : voted_table(draft);
  const bool boxes = graded || draft.result().at("contest").at("ballot").string() == word(BallotForm::agree);
  draft.add(table);
  std::string note = share_of(draft);
  if (boxes) {
    note += draft.say(" Ô không tính: dòng bỏ trống hoặc đánh dấu nhiều hơn một ô; phiếu vẫn hợp lệ.",
                      " Not counted: a row left blank or marked more than once; the ballot stays valid.");
  }
  if (!note.empty()) draft.add(paper::Paragraph{{{note, false, true}}, 11, Align::justify, 0, 0, 3, false});
}

void write_elected(Draft& draft) {
  const Json* elected = draft.result().find("elected");
  if (elected == nullptr || elected->array().empty()) return;
  draft.section(
      fmt::format(fmt::runtime(draft.say("Danh sách trúng cử: {} người, theo số phiếu từ cao xuống thấp",
                                         "Elected: {}, in order of votes")),
                  elected->array().size()));
  Json::Array rows;
  for (const Json& no : elected->array()) rows.push_back(draft.row(no));
  Table table = vote_table(draft, rows, votes_head(draft));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    table.rows.push_back({{{std::to_string(i + 1)}},
                          {{rows[i].at("name").string()}},
                          {{number(rows[i].at("votes"))}},
                          {{rows[i].at("percent").string()}}});
  }
  draft.add(table);
}

void write_outcome(Draft& draft) {
  const Json& result = draft.result();
  const Json& next = result.at("next");
  draft.section(draft.say("Kết luận", "Outcome"));
  draft.text(Words{{outcome_sentence(draft), true}});
  write_standings(draft);
  const Json::Array& left = next.at("rows").array();
  if (!left.empty() && !result.at("rows").array().empty()) {
    const bool tied = result.at("outcome").string() == word(Outcome::tied);
    draft.text((tied ? draft.say("Những người bằng phiếu ở vị trí cuối: ", "Tied at the last place: ")
                     : draft.say("Những người còn lại trong danh sách: ", "Those left on the list: ")) +
               names_and_votes(draft, left) + ".");
  }
  if (const std::string& action = next.at("action").string(); action != word(Action::none)) {
    draft.text(draft.say("Việc tiếp theo: ", "Next: ") + spoken_action(action, draft.language()) + ".");
  }
}

}  // namespace kp
