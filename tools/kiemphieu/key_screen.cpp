// Keying on a full screen: a thin shell over KeyedBundle. ncurses draws; nothing is decided here.
#define NCURSES_NOMACROS 1
#define NCURSES_WIDECHAR 1
#include <fmt/format.h>
#include <locale.h>
#include <ncursesw/curses.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "kiemphieu/key_layout.h"
#include "kiemphieu/key_texts.h"
#include "kiemphieu/key_views.h"
#include "kiemphieu/terminal_check.h"

namespace kp {
namespace {

constexpr int kEscape = 27;
constexpr int kControlC = 3;
constexpr int kControlD = 4;
constexpr int kControlU = 21;
constexpr int kControlL = 12;
constexpr int kPadKeys = 600;  // beyond the codes that ncurses uses
constexpr std::string_view kPadEnds = "pqrstuvwxyklmnojM";
constexpr std::string_view kPadMeans = "0123456789+,-.*/\n";
constexpr std::string_view kWords = "<>xihqz";
constexpr std::size_t kLongestLine = 2000;
constexpr std::size_t kMostSaid = 4;

volatile sig_atomic_t told_to_stop = 0;

// A signal that comes just before the wait for a key would end no wait: it comes again until one is ended.
void stop(int) {
  told_to_stop = 1;
  ::alarm(1);
}

/// The terminal while it is ours; given back as it was.
class Terminal {
 public:
  Terminal() {
    if (!can_place_cursor()) return;
    ::setlocale(LC_CTYPE, "C.UTF-8");
    screen_ = ::newterm(nullptr, stderr, stdin);
    if (screen_ == nullptr) return;
    ::raw();
    ::noecho();
    ::nonl();
    ::keypad(stdscr, TRUE);
    ::set_escdelay(25);
    // Some terminals send the numeric pad as keys of its own.
    for (std::size_t i = 0; i < kPadEnds.size(); ++i) {
      ::define_key(fmt::format("\x1bO{}", kPadEnds[i]).c_str(), kPadKeys + static_cast<int>(i));
    }
    told_to_stop = 0;
    struct sigaction action = {};
    action.sa_handler = stop;  // without SA_RESTART: waiting for a key ends
    for (std::size_t i = 0; i < kSignals.size(); ++i) ::sigaction(kSignals[i], &action, &before_[i]);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  ~Terminal() {
    if (screen_ == nullptr) return;
    ::alarm(0);
    for (std::size_t i = 0; i < kSignals.size(); ++i) ::sigaction(kSignals[i], &before_[i], nullptr);
    ::endwin();
    ::delscreen(screen_);
  }
  [[nodiscard]] bool usable() const { return screen_ != nullptr; }

 private:
  static constexpr std::array kSignals = {SIGHUP, SIGTERM, SIGINT, SIGALRM};
  SCREEN* screen_ = nullptr;
  std::array<struct sigaction, kSignals.size()> before_ = {};
};

/// One key: a character, or a code of ncurses.
struct Key {
  int code = ERR;
  bool function = false;
};

Key next_key() {
  wint_t character = 0;
  const int kind = ::wget_wch(stdscr, &character);
  if (kind == ERR) return {};
  const int code = static_cast<int>(character);
  if (kind == KEY_CODE_YES && code >= kPadKeys && code < kPadKeys + static_cast<int>(kPadMeans.size())) {
    return {kPadMeans[static_cast<std::size_t>(code - kPadKeys)], false};
  }
  return {code, kind == KEY_CODE_YES};
}

std::string utf8(int code) {
  std::array<char, MB_LEN_MAX> bytes = {};
  const int length = ::wctomb(bytes.data(), static_cast<wchar_t>(code));
  return length > 0 ? std::string(bytes.data(), static_cast<std::size_t>(length)) : "?";
}

class KeyingScreen {
 public:
  KeyingScreen(KeyingDesk& desk, const KeyingLook& look) : desk_(&desk), look_(look) {
    for (const Row& row : bundle().contest().rows) {
      longest_name_ = std::max(longest_name_, display_width(row.name));
    }
    number_width_ = std::to_string(bundle().contest().rows.size()).size();
    if (bundle().size() > 0) {
      say(vi("Nhập tiếp: đã có {} phiếu", "Going on: {} ballots are keyed"), bundle().size());
    }
  }

  KeyingEnd run() {
    while (true) {
      draw();
      const Key key = next_key();
      if (told_to_stop != 0 || key.code == ERR) return KeyingEnd::paused;
      if (const std::optional<KeyingEnd> end =
              key.function ? on_function(key.code) : on_character(key.code)) {
        return *end;
      }
    }
  }

 private:
  [[nodiscard]] const KeyedBundle& bundle() const { return desk_->bundle(); }
  [[nodiscard]] std::string_view vi(std::string_view vietnamese, std::string_view english) const {
    return Text{vietnamese, english}.in(look_.language);
  }
  template <class... Args>
  void say(std::string_view pattern, const Args&... args) {
    said_ = fmt::format(fmt::runtime(pattern), args...);
    alarm_ = false;
  }

  std::optional<KeyingEnd> on_character(int code) {
    switch (code) {
      case '\r':
      case '\n':
        return enter(line_);
      case '\b':
      case 127:
        rub_out();
        return {};
      case kEscape:
        line_.clear();
        return enter(">");
      case kControlC:
      case kControlD:
        return KeyingEnd::paused;
      case kControlU:
        line_.clear();
        return {};
      case kControlL:
        ::clearok(curscr, TRUE);
        return {};
      default:
        break;
    }
    if (code < ' ') return {};
    if (code > '~') {
      tell(finding(Code::key_character, {}, {utf8(code)}));
    } else if (line_.size() < kLongestLine) {
      // A word takes the place of a ballot that was only looked at, and of a word that was entered before.
      if (stale_word_ || (begins_word(code) && line_ == bundle().text_here())) line_.clear();
      stale_word_ = false;
      line_.push_back(static_cast<char>(code));
      turned_page_.reset();
    }
    return {};
  }

  std::optional<KeyingEnd> on_function(int code) {
    switch (code) {
      case KEY_ENTER:
        return enter(line_);
      case KEY_BACKSPACE:
        rub_out();
        return {};
      case KEY_UP:
        return look_at(bundle().number() - 1);
      case KEY_DOWN:
        return look_at(bundle().number() + 1);
      case KEY_DC:
        return enter("x");
      case KEY_IC:
        return enter("i");
      case KEY_F(1):
        return enter("h");
      case KEY_NPAGE:
        turned_page_ = shown_page_ + 1;
        return {};
      case KEY_PPAGE:
        turned_page_ = shown_page_ == 0 ? 0 : shown_page_ - 1;
        return {};
      case KEY_RESIZE:  // terminals move what stands on them, each in its own way
        ::clearok(stdscr, TRUE);
        return {};
      default:
        return {};
    }
  }

  static bool begins_word(int code) {
    return code < 128 && kWords.find(static_cast<char>(code)) != kWords.npos;
  }

  void rub_out() {
    if (!line_.empty()) line_.pop_back();
    stale_word_ = false;
    turned_page_.reset();
  }

  void tell(const Finding& finding) {
    said_ = message(finding, look_.language);
    alarm_ = true;
  }

  std::optional<KeyingEnd> look_at(std::size_t number) {
    const Reaction reaction = desk_->leave_for(number, line_);
    if (reaction.said) {
      tell(*reaction.said);
    } else {
      show_ballot();
    }
    return {};
  }

  void show_ballot() {
    line_ = bundle().text_here();
    stale_word_ = false;
    turned_page_.reset();
    say("");
  }

  std::optional<KeyingEnd> enter(const std::string& line) {
    const std::size_t place = bundle().number();
    const Reaction reaction = desk_->enter(line);
    switch (reaction.became) {
      case Became::recorded:
        show_ballot();
        say(vi("Đã ghi phiếu {}: {}", "Ballot {} recorded: {}"), place, written(place));
        break;
      case Became::removed:
        show_ballot();
        say(vi("Đã xoá phiếu {}", "Ballot {} taken out"), place);
        break;
      case Became::moved:
        show_ballot();
        break;
      case Became::help:
        show_help();
        if (line == line_) show_ballot();  // not when F1 was pressed in the middle of a line
        break;
      case Became::pause:
        return KeyingEnd::paused;
      case Became::finish:
        return KeyingEnd::finished;
      case Became::refused:
      case Became::asked:
        stale_word_ = !line_.empty() && begins_word(line_.front());
        break;
    }
    if (reaction.said) {
      tell(*reaction.said);
      ::beep();  // who keys looks at the paper
    }
    tell_when_complete();
    return {};
  }

  // The count is complete: what to type is said before it is asked for.
  void tell_when_complete() {
    const std::optional<std::int64_t> counted = bundle().task().counted;
    if (!bundle().is_new() || alarm_ || counted != static_cast<std::int64_t>(bundle().size())) return;
    said_ += fmt::format("{}{}", said_.empty() ? "" : ". ",
                         vi("Đủ số phiếu đếm tay: gõ z rồi Enter để kết thúc xấp",
                            "All sheets counted are keyed: z and Enter ends the bundle"));
  }

  [[nodiscard]] std::string written(std::size_t number) const {
    const std::string text = typed_text(bundle().ballots()[number - 1], bundle().contest().ballot);
    return text.empty() ? std::string(vi("(không gõ số nào)", "(no number)")) : text;
  }

  void show_help() {
    ::werase(stdscr);
    int y = 0;
    for (const std::string& line : keying_help(bundle().contest().ballot, look_.language)) {
      for (const std::string& part : wrapped(line.empty() ? " " : line, columns())) {
        if (y + 1 < LINES) put(y++, 0, part);
      }
    }
    put(LINES - 1, 0, std::string(vi("Nhấn một phím để trở lại", "Press a key to go back")), A_REVERSE);
    ::wrefresh(stdscr);
    next_key();
  }

  // ---- drawing ----

  [[nodiscard]] static std::size_t columns() { return static_cast<std::size_t>(std::max(COLS, 2)); }

  static void put(int y, int x, const std::string& text, attr_t attributes = A_NORMAL) {
    if (y < 0 || y >= LINES) return;
    ::wattr_set(stdscr, attributes, 0, nullptr);
    ::wmove(stdscr, y, x);
    ::waddnstr(stdscr, text.c_str(), -1);
    ::wattr_set(stdscr, A_NORMAL, 0, nullptr);
  }

  // A line over the whole width, its second part at the right end while there is room.
  static void put_bar(int y, const std::string& left, const std::string& right, attr_t attributes) {
    const std::size_t room = columns() - 1;
    const std::size_t needed = display_width(right) + 1;
    const std::string shown =
        needed < room ? pad_right(shortened_text(left, room - needed), room - needed) : left;
    put(y, 0, pad_right(shortened_text(shown + " " + right, room), room), attributes);
  }

  static std::string shortened_text(const std::string& text, std::size_t width) {
    if (display_width(text) <= width) return text;
    return wrapped(text, width).front();
  }

  // The row that was named last, from 0: its page is shown.
  [[nodiscard]] std::size_t focus() const {
    const std::size_t end = line_.find_last_of("0123456789");
    if (end == std::string::npos) return 0;
    std::size_t start = end;
    while (start > 0 && end - start + 1 < number_width_ && line_[start - 1] >= '0' &&
           line_[start - 1] <= '9') {
      --start;
    }
    const std::size_t number = std::stoul(line_.substr(start, end - start + 1));
    return number < 1 || number > bundle().contest().rows.size() ? 0 : number - 1;
  }

  void draw() {
    ::werase(stdscr);
    const KeyedBallot ballot = preview_typed(line_, bundle().shape());
    const std::string practice = look_.practice ? std::string(vi(" DIỄN TẬP · ", " PRACTICE · ")) : " ";
    put_bar(0, " " + task_line(bundle(), look_.language), practice + progress_line(bundle(), look_.language),
            A_REVERSE);
    put_bar(1, " " + list_line(bundle(), look_.language), list_code(bundle(), look_.language) + " ",
            A_NORMAL);

    std::vector<std::string> said = wrapped(said_, columns() - 1);
    said.resize(std::min(said.size(), kMostSaid));
    const int bottom = LINES - 1;
    const int message = bottom - std::max<int>(static_cast<int>(said.size()), 1);
    const int input = message - 1;
    const int counts = input - 1;
    const int title = counts - 1;
    draw_names(ballot, 2, title - 2);
    const bool unusual = !bundle().is_new() || bundle().inserting();
    put_bar(title, " " + ballot_title(bundle(), look_.language), "", unusual ? A_REVERSE : A_BOLD);
    put(counts, 1, shortened_text(ballot_line(bundle(), ballot, look_.language), columns() - 2), A_BOLD);
    for (std::size_t i = 0; i < said.size(); ++i) {
      put(message + static_cast<int>(i), 0, said[i], alarm_ ? A_REVERSE : A_NORMAL);
    }
    put(bottom, 0,
        shortened_text(std::string(vi("Enter ghi  ↑ lùi  Esc bỏ  h hướng dẫn  z hết xấp  q dừng",
                                      "Enter record  ↑ back  Esc drop  h help  z end  q stop")),
                       columns() - 1));
    draw_input(input);
    ::wrefresh(stdscr);
  }

  // The end of the line, where the cursor is, is always seen.
  void draw_input(int y) {
    const std::size_t room = columns() - 4;
    const std::string shown = line_.size() > room ? "…" + line_.substr(line_.size() - room + 1) : line_;
    put(y, 0, "> " + shown, A_BOLD);
    ::wmove(stdscr, y, static_cast<int>(2 + display_width(shown)));
  }

  void draw_names(const KeyedBallot& ballot, int top, int height) {
    if (height < 1) return;
    const std::vector<Row>& rows = bundle().contest().rows;
    const std::size_t before_name = number_width_ + 3;
    const std::size_t longest = before_name + longest_name_;
    const auto fit = [&](std::size_t row, int lines) {
      return grid_for(rows.size(), row, columns() - 1, static_cast<std::size_t>(lines), longest);
    };
    Grid grid = fit(focus(), height);
    if (grid.pages > 1 && height > 2) {
      // Not all names are seen at once: a line says which are not plain, and where we are.
      grid = fit(focus(), --height);
      if (turned_page_) grid = fit(std::min(*turned_page_, grid.pages - 1) * grid.per_page(), height);
      const std::string where = fmt::format("{}/{} PgUp PgDn ", grid.page + 1, grid.pages);
      put_bar(top + height, " " + unusual_rows(bundle(), ballot), where, A_NORMAL);
    }
    shown_page_ = grid.page;
    for (std::size_t i = grid.first; i < std::min(rows.size(), grid.first + grid.per_page()); ++i) {
      const std::size_t place = i - grid.first;
      const char mark = ballot.marks[i];
      const bool plain = mark == letter(Mark::a);
      const std::string text = fmt::format("{}{} {}", plain ? " " : shown_mark(mark),
                                           pad_left(std::to_string(i + 1), number_width_),
                                           shortened(rows[i].name, grid.cell - before_name));
      put(top + static_cast<int>(place % grid.lines), static_cast<int>(place / grid.lines * grid.cell),
          pad_right(text, grid.cell - 1), plain ? A_NORMAL : A_REVERSE);
    }
  }

  // A cross for what the plain number means, else the letter itself.
  [[nodiscard]] std::string shown_mark(char mark) const {
    const BallotForm form = bundle().contest().ballot;
    const bool crossed = (form == BallotForm::strike && mark == letter(Mark::none)) ||
                         (form == BallotForm::agree && mark == letter(Mark::b));
    return crossed ? "×" : std::string(1, mark);
  }

  KeyingDesk* desk_;
  KeyingLook look_;
  std::string line_;
  std::string said_;
  bool alarm_ = false;
  bool stale_word_ = false;  ///< the line is a word that was entered; what is typed next takes its place
  std::size_t longest_name_ = 0;
  std::size_t number_width_ = 1;
  std::size_t shown_page_ = 0;
  std::optional<std::size_t> turned_page_;
};

}  // namespace

std::optional<KeyingEnd> key_on_screen(KeyingDesk& desk, const KeyingLook& look) {
  const Terminal terminal;
  if (!terminal.usable()) return std::nullopt;
  return KeyingScreen(desk, look).run();
}

}  // namespace kp
