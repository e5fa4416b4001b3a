#include "sheet/fallback_forms.h"

#include <fmt/format.h>

#include <algorithm>

#include "ballots/hand_tally.h"
#include "base/text.h"
#include "sheet/form_parts.h"
#include "sheet/words.h"

namespace kp {
namespace {

using paper::Align;
using paper::Paragraph;
using paper::Points;
using paper::Slip;
using paper::Table;
using paper::Words;

constexpr std::string_view kBlank = "………………";
constexpr std::int64_t kStrokesInBox = 5;
constexpr std::size_t kMostBundlesAcross = 8;  // of a sheet that adds them up
constexpr std::int64_t kSeals = 4;
constexpr Points kFullWidth = paper::kA4Width;
constexpr Points kTallRow = 2.5;

std::string numbered(std::int64_t n) {
  return fmt::format("{:02}", n);
}

/// Writes the forms one after the other.
class Forms {
 public:
  Forms(const Congress& congress, const Contest& contest, const PaperPlan& plan, Language language)
      : congress_(congress),
        contest_(contest),
        plan_(plan),
        language_(language),
        bundles_(bundles_of(plan)),
        document_(empty_form(
            congress,
            say("Mẫu giấy kiểm phiếu bằng tay", "Forms for counting by hand") + " – " + contest.title,
            language)) {}

  paper::Document make() && {
    for (std::int64_t bundle = 1; bundle <= bundles_; ++bundle) {
      for (std::int64_t team = 1; team <= plan_.teams; ++team) add_count_sheet(bundle, team);
    }
    for (std::int64_t team = 1; team <= plan_.teams; ++team) add_sum_sheets(team);
    add_covers();
    add_seals();
    return std::move(document_);
  }

 private:
  [[nodiscard]] std::string say(std::string_view vi, std::string_view en) const {
    return said({vi, en}, language_);
  }
  template <class... Figures>
  [[nodiscard]] std::string say_with(std::string_view vi, std::string_view en,
                                     const Figures&... figures) const {
    return fmt::format(fmt::runtime(Text{vi, en}.in(language_)), figures...);
  }
  [[nodiscard]] bool is_strike() const { return contest_.ballot == BallotForm::strike; }

  void line(const std::string& words, Points before = 5, bool bold = false) {
    document_.body.emplace_back(Paragraph{{{words, bold}}, 11.5, Align::left, 0, 0, before, true});
  }

  // A page of its own, with what it is and whose.
  void start_sheet(const std::string& title, std::int64_t team) {
    Paragraph head = centred({{title, true}}, 15, 0);
    head.new_page = !document_.body.empty();
    document_.body.emplace_back(std::move(head));
    document_.body.emplace_back(centred({{title_with_round(contest_, language_), true}}, 12.5, 1));
    line(say_with("Tổ {}.   Người đọc: {}{}   Người ghi: {}{}", "Team {}.   Reads: {}{}   Tallies: {}{}",
                  team, kBlank, kBlank, kBlank, kBlank),
         7);
  }

  void add_count_sheet(std::int64_t bundle, std::int64_t team) {
    start_sheet(say_with("TỜ KIỂM TAY – XẤP {}", "COUNT SHEET – BUNDLE {}", numbered(bundle)), team);
    line(say_with("Số phiếu trong xấp, đếm trước khi kiểm: {}", "Ballots in the bundle, counted first: {}",
                  kBlank));
    line(
        is_strike()
            ? say("Xét phiếu không hợp lệ trước, để riêng. Mỗi phiếu hợp lệ để lại tên người nào thì gạch "
                  "một vạch ở dòng người đó; mỗi ô năm vạch.",
                  "Set invalid ballots apart first. For each name left standing on a valid ballot one stroke "
                  "in "
                  "that row; five in a box.")
            : say("Xét phiếu không hợp lệ trước, để riêng. Mỗi phiếu hợp lệ gạch một vạch cho mỗi người, ở "
                  "dòng ứng với ô được đánh dấu; mỗi ô năm vạch.",
                  "Set invalid ballots apart first. Each valid ballot gives one stroke for each name, in the "
                  "row of the box that is marked; five in a box."));
    // Again on every page, so that pages that were mixed up can be put in order.
    const std::string whose = say_with("xấp {}, tổ {}", "bundle {}, team {}", numbered(bundle), team);
    document_.body.emplace_back(tally_table(whose));
    document_.body.emplace_back(ballots_table(whose));
    line(say_with("Đối chiếu: hợp lệ + không hợp lệ = {}, phải bằng số phiếu trong xấp.",
                  "Check: valid + invalid = {}, must be the ballots in the bundle.", kBlank),
         7);
    add_votes_check();
    document_.body.emplace_back(signature_line({say("NGƯỜI ĐỌC", "READ BY"), say("NGƯỜI GHI", "TALLIED BY"),
                                                say("UỶ VIÊN BAN KIỂM PHIẾU", "MEMBER OF THE BOARD")},
                                               language_));
  }

  // What the sums of a right count always are.
  void add_votes_check() {
    if (is_strike()) {
      line(say_with("Cộng số phiếu của mọi người = {}; không quá số phiếu hợp lệ × {} = {}{}.",
                    "All votes = {}; at most the valid ballots × {} = {}{}.", kBlank, contest_.seats, kBlank,
                    contest_.rows.size() >= 2
                        ? say(", không dưới số phiếu hợp lệ", ", at least the valid ballots")
                        : ""));
    } else {
      line(say("Ở mỗi người, cộng các dòng phải bằng số phiếu hợp lệ.",
               "For each name the rows sum to the valid ballots."));
    }
  }

  /// A line of the sheets: for whom, for what, and how it is typed.
  struct Line {
    std::string no;
    std::string name;
    std::string option;
    std::string typed;
  };

  [[nodiscard]] std::vector<Line> lines() const {
    std::vector<std::string> options;
    if (!is_strike()) {
      for (const Text& option : option_names(word(contest_.ballot)))
        options.push_back(said(option, language_));
      options.push_back(say("Bỏ trống", "None"));
      options.push_back(say("Nhiều ô", "Several"));
    } else {
      options.push_back("");
    }
    const std::vector<std::string> typed = tally_columns(contest_.ballot);
    std::vector<Line> lines;
    for (const Row& row : contest_.rows) {
      for (std::size_t i = 0; i < options.size(); ++i) {
        lines.push_back({i == 0 ? std::to_string(row.no) : "", i == 0 ? row.name : "", options[i], typed[i]});
      }
    }
    return lines;
  }

  // Number, name and, where there are several, the option: what every sheet begins with.
  [[nodiscard]] Table table_of_names(const std::string& whose) const {
    Table table;
    table.columns = {{1.3, Align::center}, {5, Align::left}};
    table.head = {
        {{say("Số", "No.")}},
        {{contest_.question == Question::survey ? say("Nội dung", "Question") : say("Họ và tên", "Name")},
         {"\n(" + whose + ")", false, true}}};
    if (!is_strike()) {
      table.columns.push_back({4.2, Align::left});
      table.head.push_back({{say("Ô đánh dấu", "Marked")}});
    }
    table.size = 10;
    table.before = 6;
    table.spread = kTallRow;
    return table;
  }

  [[nodiscard]] std::vector<Words> cells_of(const Line& line) const {
    std::vector<Words> cells = {{{line.no}}, {{line.name}}};
    if (!is_strike()) cells.push_back({{line.option + " ("}, {line.typed, true}, {")"}});
    return cells;
  }

  [[nodiscard]] Table tally_table(const std::string& whose) const {
    Table table = table_of_names(whose);
    for (std::int64_t strokes = kStrokesInBox; strokes < plan_.bundle_size + kStrokesInBox;
         strokes += kStrokesInBox) {
      table.columns.push_back(
          {(is_strike() ? 14.0 : 11.0) * kStrokesInBox / static_cast<Points>(plan_.bundle_size),
           Align::center});
      table.head.push_back({{std::to_string(strokes), false, true}});
    }
    add_sum_column(table, 1.8);
    for (const Line& line : lines()) {
      std::vector<Words> cells = cells_of(line);
      cells.resize(table.columns.size(), Words{{""}});
      table.rows.push_back(std::move(cells));
    }
    return table;
  }

  void add_sum_column(Table& table, Points share) const {
    table.columns.push_back({share, Align::center});
    Words head = {{say("Cộng", "Sum")}};
    if (is_strike()) head.push_back({" (a)", true});
    table.head.push_back(std::move(head));
  }

  /// Valid, and each reason against a ballot: what it is called, and how it is typed.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> kinds_of_ballot() const {
    std::vector<std::pair<std::string, std::string>> kinds = {{say("Hợp lệ", "Valid"), "valid"}};
    for (const Verdict reason : possible_reasons(contest_)) {
      kinds.emplace_back(say("Không hợp lệ: ", "Invalid: ") + said(spoken(reason), language_), word(reason));
    }
    return kinds;
  }

  [[nodiscard]] Table ballots_table(const std::string& whose) const {
    Table table;
    table.columns = {{6, Align::left}, {3.4, Align::left}, {1, Align::center}};
    table.head = {{{say("Phiếu", "Ballots")}, {" (" + whose + ")", false, true}},
                  {{say("Gạch từng năm", "Strokes by five")}},
                  {{say("Cộng", "Sum")}}};
    for (const auto& [name, typed] : kinds_of_ballot())
      table.rows.push_back({{{name + " ("}, {typed, true}, {")"}}, {{""}}, {{""}}});
    table.size = 10;
    table.before = 8;
    table.spread = 1.5;
    table.whole = true;
    return table;
  }

  // One page for each eight bundles; the last one has the totals that are typed.
  void add_sum_sheets(std::int64_t team) {
    const auto across = static_cast<std::int64_t>(kMostBundlesAcross);
    for (std::int64_t from = 1; from <= bundles_; from += across) {
      const std::int64_t to = std::min(bundles_, from + across - 1);
      start_sheet(
          say_with("TỜ CỘNG CÁC XẤP {} – {}", "SUMS OF BUNDLES {} – {}", numbered(from), numbered(to)), team);
      const bool last = to == bundles_;
      if (last) {
        line(
            say("Gõ cột cộng vào một tệp CSV cho mỗi tổ; mỗi dòng một số thứ tự (hoặc chữ trong ngoặc), rồi "
                "con số.",
                "Type the column of sums into a CSV file, one for each team; in each line the number of the "
                "row (or what stands in brackets), then the figure."));
      }
      document_.body.emplace_back(sum_table(from, to, team));
      if (!last) continue;
      line(say_with("Đối chiếu: hợp lệ + không hợp lệ = {}, phải bằng số phiếu thu về.",
                    "Check: valid + invalid = {}, must be the ballots returned.", kBlank),
           7);
      add_votes_check();
      document_.body.emplace_back(signature_line(
          {say("NGƯỜI CỘNG", "ADDED UP BY"), say("TRƯỞNG BAN KIỂM PHIẾU", "HEAD OF THE BOARD")}, language_));
    }
  }

  [[nodiscard]] Table sum_table(std::int64_t from, std::int64_t to, std::int64_t team) const {
    Table table = table_of_names(say_with("tổ {}", "team {}", team));
    if (from > 1) {
      table.columns.push_back({1.7, Align::center});
      table.head.push_back({{say("Mang sang", "Carried")}});
    }
    for (std::int64_t bundle = from; bundle <= to; ++bundle) {
      table.columns.push_back({1.4, Align::center});
      table.head.push_back({{numbered(bundle), false, true}});
    }
    add_sum_column(table, 1.9);
    const auto add_row = [&](std::vector<Words> cells) {
      cells.resize(table.columns.size(), Words{{""}});
      table.rows.push_back(std::move(cells));
    };
    for (const auto& [name, typed] : kinds_of_ballot())
      add_row({{{""}}, {{name + " ("}, {typed, true}, {")"}}});
    for (const Line& line : lines()) add_row(cells_of(line));
    return table;
  }

  static void put(Slip& slip, Words words, Points size, Points before) {
    slip.body.emplace_back(Paragraph{std::move(words), size, Align::center, 0, 0, before});
  }

  void put_whose(Slip& slip) const {
    put(slip, {{in_capitals(congress_.unit), true}}, 11.5, 0);
    put(slip, {{congress_.title}}, 11.5, 0);
    put(slip, {{title_with_round(contest_, language_), true}}, 13, 3);
  }

  void mark_practice(Slip& slip) const {
    if (congress_.purpose == Purpose::practice)
      slip.edge = {
          {say("BẢN DIỄN TẬP – không dùng cho bầu cử thật", "PRACTICE – not for a real vote"), true}};
  }

  void add_covers() {
    paper::Slips slips{kFullWidth, paper::kA4Height / 2, {}};
    for (std::int64_t bundle = 1; bundle <= bundles_; ++bundle) {
      Slip& slip = slips.slips.emplace_back();
      put_whose(slip);
      put(slip, {{say_with("XẤP {}", "BUNDLE {}", numbered(bundle)), true}}, 30, 8);
      put(slip, {{say_with("Số phiếu trong xấp: {}", "Ballots in it: {}", kBlank)}}, 14, 6);
      slip.list = slip.body.size();
      Table table;
      table.columns = {{3, Align::left}, {2, Align::center}, {3, Align::center}, {3, Align::center}};
      table.head = {{{say("Đếm số tờ", "Sheets counted")}},
                    {{say("Số tờ", "Sheets")}},
                    {{say("Người đếm ký", "Counted by, signed")}},
                    {{say("Người kiểm ký", "Checked by, signed")}}};
      for (const Text& when : {Text{"Khi giao", "When handed over"}, Text{"Khi nhận", "When received"},
                               Text{"Khi kiểm xong", "When done"}})
        table.rows.push_back({{{said(when, language_)}}, {{""}}, {{""}}, {{""}}});
      table.size = 11.5;
      table.spread = 8;
      table.before = 8;
      slip.body.emplace_back(std::move(table));
      mark_practice(slip);
    }
    document_.body.emplace_back(std::move(slips));
  }

  void add_seals() {
    paper::Slips slips{kFullWidth, paper::kA4Height / 4, {}};
    for (std::int64_t seal = 1; seal <= kSeals; ++seal) {
      Slip& slip = slips.slips.emplace_back();
      put(slip,
          {{say_with("NIÊM PHONG HÒM PHIẾU – SỐ {}", "SEAL OF THE BOX – No. {}", numbered(seal)), true}}, 15,
          0);
      put_whose(slip);
      put(slip,
          {{say("Niêm phong lúc …… giờ …… phút, ngày …… tháng …… năm ………", "Sealed at …… : ……, on ………………")}},
          11.5, 5);
      slip.list = slip.body.size();
      Table table;
      table.columns = {{1, Align::center}, {1, Align::center}, {1, Align::center}};
      table.rows = {{{{say("Trưởng ban kiểm phiếu ký", "Head of the board, signed")}},
                     {{say("Đại diện đoàn chủ tịch ký", "For the presidium, signed")}},
                     {{say("Lúc mở: dấu còn nguyên, người mở ký", "When opened: unbroken, signed")}}},
                    {{{"\n\n"}}, {{"\n\n"}}, {{"\n\n"}}}};
      table.size = 10.5;
      table.before = 4;
      slip.body.emplace_back(std::move(table));
      mark_practice(slip);
    }
    document_.body.emplace_back(std::move(slips));
  }

  const Congress& congress_;
  const Contest& contest_;
  const PaperPlan& plan_;
  Language language_;
  std::int64_t bundles_;
  paper::Document document_;
};

}  // namespace

std::int64_t bundles_of(const PaperPlan& plan) {
  return std::max<std::int64_t>(1, (plan.ballots + plan.bundle_size - 1) / plan.bundle_size);
}

paper::Document make_fallback_forms(const Congress& congress, const Contest& contest, const PaperPlan& plan,
                                    Language language) {
  return Forms(congress, contest, plan, language).make();
}

}  // namespace kp
