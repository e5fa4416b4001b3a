#include "kiemphieu/key_texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "kiemphieu/mark_words.h"

namespace kp {
namespace {

constexpr std::size_t kShownDigits = 8;

void add_part(std::string& line, const std::string& part) {
  line += (line.empty() ? "" : " · ") + part;
}

std::size_t count_of(const KeyedBallot& ballot, Mark mark) {
  return static_cast<std::size_t>(std::count(ballot.marks.begin(), ballot.marks.end(), letter(mark)));
}

constexpr Text kStrikeHelp = {
    "Gõ các số bị gạch rồi Enter:  7 12 33\n"
    "  Viết liền cũng được, mỗi số đủ chữ số:  071233    Khoảng:  5-9\n"
    "  Gạch nhiều hơn để lại thì gõ / rồi các số để lại:  / 3 8\n"
    "  .    gạch hết mọi người",
    "Type the struck numbers, then Enter:  7 12 33\n"
    "  Or run together, each with all its digits:  071233    A range:  5-9\n"
    "  When fewer are left than struck, / and the numbers left:  / 3 8\n"
    "  .    everyone is struck"};
constexpr Text kAgreeHelp = {
    "Gõ các số không đồng ý rồi Enter:  2 5    Đồng ý hết: chỉ Enter\n"
    "  5.   số 5 bỏ trống    5*   số 5 đánh dấu cả hai ô\n"
    "  b    không đồng ý hết    .    bỏ trống hết",
    "Type the numbers that disagree, then Enter:  2 5    All agree: Enter alone\n"
    "  5.   number 5 has no mark    5*   number 5 has both\n"
    "  b    all disagree    .    no mark at all"};
constexpr Text kConfidenceHelp = {
    "Ai tín nhiệm cao thì không gõ. Gõ số và mức của những người khác:  3b 7c\n"
    "  b    tín nhiệm    c    tín nhiệm thấp\n"
    "  5.   số 5 bỏ trống    5*   số 5 đánh dấu nhiều ô    3-6b   cả khoảng",
    "Who has high confidence is not typed. Number and level of the others:  3b 7c\n"
    "  b    normal    c    low\n"
    "  5.   number 5 has no mark    5*   several    3-6b   a range"};
constexpr Text kRatingHelp = {
    "Ai xuất sắc thì không gõ. Gõ số và mức của những người khác:  3b 7c 8d\n"
    "  b    tốt    c    hoàn thành    d    không hoàn thành\n"
    "  5.   số 5 bỏ trống    5*   số 5 đánh dấu nhiều ô    3-6b   cả khoảng",
    "Who is excellent is not typed. Number and level of the others:  3b 7c 8d\n"
    "  b    good    c    satisfactory    d    failed\n"
    "  5.   number 5 has no mark    5*   several    3-6b   a range"};

constexpr Text kCommonHelp = {
    "  7?   số 7 không đọc rõ    ?    cả phiếu không đọc rõ (ban kiểm phiếu kết luận)\n"
    "\n"
    "Phiếu có gì lạ: thêm một chữ, vẫn gõ các số như thường, ví dụ  k 7 12\n"
    "  k    có ký tên            v    có viết thêm       r    có đánh dấu riêng\n"
    "  n    bầu người ngoài danh sách                     p    không do ban phát ra\n"
    "\n"
    "Lùi, sửa:\n"
    "  <    lùi một phiếu (phím ↑)     <37  tới phiếu 37    >  về phiếu mới (Esc)\n"
    "  x    xoá phiếu đang xem         i    chèn một phiếu trước phiếu đang xem\n"
    "  Gõ lại cho đúng rồi Enter; phiếu đã sửa thay phiếu cũ.\n"
    "\n"
    "  z    hết xấp, ghi tệp           q    dừng, lần sau nhập tiếp    h  trang này\n"
    "\n"
    "Mỗi phiếu được lưu ngay khi Enter; mất điện chỉ mất phiếu đang gõ.",
    "  7?   number 7 cannot be read    ?    the whole ballot (the board rules on it)\n"
    "\n"
    "Anything unusual: one letter more, the numbers as always, as in  k 7 12\n"
    "  k    signed               v    written on         r    an identifying mark\n"
    "  n    a name outside the list                      p    not issued by the board\n"
    "\n"
    "Going back, mending:\n"
    "  <    one ballot back (key ↑)    <37  to ballot 37    >  to the new one (Esc)\n"
    "  x    takes the shown one out    i    puts one in before the shown one\n"
    "  Type it as it should be, then Enter; it takes the old one's place.\n"
    "\n"
    "  z    end of the bundle          q    stop, go on later    h  this page\n"
    "\n"
    "Each ballot is saved at Enter; a power cut loses only the one being typed."};

Text form_help(BallotForm form) {
  constexpr auto kHelp = std::to_array<Text>({kStrikeHelp, kAgreeHelp, kConfidenceHelp, kRatingHelp});
  return kHelp[static_cast<std::size_t>(form)];
}

}  // namespace

std::string task_line(const KeyedBundle& bundle, Language language) {
  const KeyingTask& task = bundle.task();
  return fmt::format(
      fmt::runtime(language == Language::vi ? "Xấp {} · lượt {} · {} · {}" : "Bundle {} · pass {} · {} · {}"),
      task.bundle, task.pass, spoken_station(task.station, language), task.by);
}

std::string list_line(const KeyedBundle& bundle, Language language) {
  const bool vi = language == Language::vi;
  const Contest& contest = bundle.contest();
  std::string line = fmt::format(fmt::runtime(vi ? "{} · danh sách {}" : "{} · list of {}"), contest.title,
                                 contest.rows.size());
  if (contest.seats > 0) line += fmt::format(fmt::runtime(vi ? ", bầu {}" : ", {} seats"), contest.seats);
  return line;
}

std::string list_code(const KeyedBundle& bundle, Language language) {
  return fmt::format("{} {}", language == Language::vi ? "mã danh sách" : "list code",
                     in_groups_of_four(list_digest(bundle.contest()).substr(0, kShownDigits)));
}

std::string progress_line(const KeyedBundle& bundle, Language language) {
  const std::string_view what = language == Language::vi ? "phiếu" : "ballots";
  if (!bundle.task().counted) return fmt::format("{} {}", bundle.size(), what);
  return fmt::format("{}/{} {}", bundle.size(), *bundle.task().counted, what);
}

std::string ballot_title(const KeyedBundle& bundle, Language language) {
  const Text title = bundle.inserting() ? Text{"CHÈN TRƯỚC PHIẾU {}", "NEW BALLOT BEFORE {}"}
                     : bundle.is_new()  ? Text{"Phiếu {}", "Ballot {}"}
                                        : Text{"ĐANG XEM PHIẾU {}", "LOOKING AT BALLOT {}"};
  return fmt::format(fmt::runtime(title.in(language)), bundle.number());
}

std::string ballot_line(const KeyedBundle& bundle, const KeyedBallot& ballot, Language language) {
  const bool vi = language == Language::vi;
  const Contest& contest = bundle.contest();
  const bool strike = contest.ballot == BallotForm::strike;
  std::string line;
  const auto part = [&](Mark mark) {
    add_part(line, fmt::format("{} {}", spoken(mark, contest.ballot).in(language), count_of(ballot, mark)));
  };
  if (strike) part(Mark::none);
  for (std::size_t i = 1; i <= option_count(contest.ballot); ++i) part(static_cast<Mark>(i));
  if (strike && contest.seats > 0) {
    line += fmt::format(fmt::runtime(vi ? " (bầu {})" : " ({} seats)"), contest.seats);
  }
  for (const Mark mark : {Mark::none, Mark::several, Mark::unreadable}) {
    if (count_of(ballot, mark) > 0 && !(strike && mark == Mark::none)) part(mark);
  }
  if (!ballot.flags.none()) add_part(line, fmt::format("[{}]", spoken(ballot.flags, language)));
  return line;
}

std::string unusual_rows(const KeyedBundle& bundle, const KeyedBallot& ballot) {
  const BallotForm form = bundle.contest().ballot;
  const char plain = form == BallotForm::strike  ? letter(Mark::none)
                     : form == BallotForm::agree ? letter(Mark::b)
                                                 : letter(Mark::a);
  std::string rows;
  for (const Row& row : bundle.contest().rows) {
    const char mark = ballot.marks[row.no - 1];
    if (mark == letter(Mark::a)) continue;
    const std::string shown = mark == plain ? "" : std::string(1, mark);
    rows += fmt::format("{}{}{} {}", rows.empty() ? "" : "; ", row.no, shown, row.name);
  }
  return rows;
}

std::vector<std::string> keying_help(BallotForm form, Language language) {
  std::vector<std::string> lines;
  std::string text = fmt::format("{}\n{}", form_help(form).in(language), kCommonHelp.in(language));
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

std::string keying_lesson(Language language) {
  std::string lesson;
  for (const BallotForm form :
       {BallotForm::strike, BallotForm::agree, BallotForm::confidence, BallotForm::rating}) {
    lesson += fmt::format("── {} ──\n{}\n\n", spoken(form).in(language), form_help(form).in(language));
  }
  return lesson + fmt::format("── {} ──\n{}\n", language == Language::vi ? "mọi loại phiếu" : "every ballot",
                              kCommonHelp.in(language));
}

}  // namespace kp
