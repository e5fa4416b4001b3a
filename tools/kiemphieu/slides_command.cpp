// slides: the hall's screen.
#include <fmt/format.h>

#include "base/digest.h"
#include "kiemphieu/announced.h"
#include "kiemphieu/commands.h"
#include "kiemphieu/placed_file.h"
#include "kiemphieu/record_view.h"
#include "proceedings/act.h"
#include "sheet/hand_count.h"
#include "sheet/slides_page.h"

namespace kp {
namespace {

Json::Array announced_json(const std::set<std::string>& announced) {
  Json::Array contests;
  for (const std::string& contest : announced) contests.emplace_back(contest);
  return contests;
}

// The figures of counts by hand, where there is no result.
std::map<std::string, Json> counts_by_hand(const History& history, Findings& notes) {
  std::map<std::string, Json> figures;
  for (const ContestHistory& contest : history.contests) {
    if (!contest.by_hand) continue;
    Result<Json> shown = figures_of_hand_count(contest.by_hand->document);
    if (!shown) continue;  // a dossier comes from outside; the screen does without it
    notes.push_back(finding(Code::verify_count_by_hand, contest.contest.id));
    figures.emplace(contest.contest.id, std::move(shown).value());
  }
  return figures;
}

Reply slides_command(const Arguments& arguments) {
  if (arguments.has("by-name") && !arguments.has("CONTEST")) {
    arguments.refuse("by-name", {"nêu rõ một cuộc bầu", "name one contest"});
  }
  const Result<RecordView> view = RecordView::open(arguments.path("RECORD"));
  if (!view) return view.findings();
  OnScreen what;
  what.language = arguments.language();
  what.by_name = arguments.has("by-name");
  if (arguments.has("CONTEST")) {
    const Result<const ContestHistory*> contest = find_contest(view->history(), arguments.text("CONTEST"));
    if (!contest) return contest.findings();
    what.contest = (*contest)->contest.id;
  }
  Reply reply;
  what.announced =
      announced_contests(*view, arguments.has("signed-on-paper"), arguments.language(), reply.findings);
  if (arguments.has("signed-on-paper")) what.by_hand = counts_by_hand(view->history(), reply.findings);
  const Deck deck = make_slides(view->history(), what);
  const std::string path = arguments.path("o");
  // Made anew all evening under one name, so that the browser only has to reload it.
  if (Done placed = put_over_own(path, slides_page(deck), kPageBegins); !placed) return placed.findings();
  const bool vi = arguments.language() == Language::vi;
  reply.json = {{"file", path},
                {"slides", static_cast<std::int64_t>(deck.slides.size())},
                {"announced", announced_json(what.announced)}};
  reply.text = fmt::format(fmt::runtime(vi ? "Trang chiếu: {}, {} trang. Mở bằng trình duyệt; F toàn màn "
                                             "hình, → ← chuyển trang, F5 sau khi lập lại.\n"
                                           : "Slides: {}, {} of them. Open in a browser; F full screen, → ← "
                                             "turn, F5 after making them anew.\n"),
                           path, deck.slides.size());
  return reply;
}

}  // namespace

std::vector<Command> slides_commands() {
  Position contest = contest_position();
  contest.optional = true;
  return {
      {{"slides",
        {"lập trang chiếu cho màn hình hội trường (HTML)", "slides for the hall's screen (HTML)"},
        {{"RECORD", {"sổ kiểm phiếu hoặc hồ sơ", "a record or a dossier"}}, contest},
        {{"o",
          Takes::one,
          true,
          {"tệp HTML sẽ ghi, thay bản trước", "HTML file to write, replacing the one before"}},
         {"by-name",
          Takes::nothing,
          false,
          {"chiếu cả số liệu từng người trên phiếu của cuộc bầu này (bình thường chỉ chiếu người trúng cử)",
           "also show every row's figures of this contest (else only the elected)"}},
         {"signed-on-paper",
          Takes::nothing,
          false,
          {"biên bản đã ký tay; chỉ dùng khi tệp định nghĩa không đòi chữ ký số",
           "the minutes were signed by hand; only where no digital signature is required"}}}},
       slides_command},
  };
}

}  // namespace kp
