// A typist: runs a program in a terminal of its own, types what a script says and reads the screen.
//
//   typist SCRIPT PROGRAM WORDS…        SCRIPT is a file, or - for standard input
//
// A script has a line for each step; # starts a remark:
//
//   size COLUMNS LINES     of the terminal; before anything is typed, or to change it
//   line TEXT              types TEXT and Enter        type TEXT     without Enter
//   key NAME               up down escape enter backspace delete insert f1 pageup pagedown control-c
//   control-d control-u expect TEXT            waits until TEXT is on the screen; absent TEXT waits until it
//   is not screen                 prints the screen ballots FILE.csv       types the struck numbers of a CSV,
//   from the ballot that the screen asks for on; waits after each rush FILE.csv          the same without
//   looking at the screen keystrokes             prints how many keys the ballots took, each kill NAME [MS]
//   sends kill, hup, term after MS milliseconds end CODE               waits until the program ends, with
//   this exit status (signals: 128 + number)
//
// Exit 1, with the screen, when something is not as it should be.
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vterm.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kPatience = std::chrono::seconds(30);
constexpr auto kQuiet = std::chrono::milliseconds(300);

struct Wrong {
  std::string what;
};

/// The keys that type one ballot of a CSV in the shortest way, worked out apart from the program's own code.
std::string keys_for(const std::string& marks, const std::string& flags) {
  std::string keys;
  for (const auto& [flag, key] : std::vector<std::pair<std::string, char>>{{"not-issued", 'p'},
                                                                           {"outside-name", 'n'},
                                                                           {"signed", 'k'},
                                                                           {"written-on", 'v'},
                                                                           {"marked", 'r'}}) {
    if (flags.find(flag) != std::string::npos) keys.push_back(key);
  }
  if (marks.find_first_not_of('.') == std::string::npos) return keys.empty() ? "." : ". " + keys;
  const bool only =
      std::count(marks.begin(), marks.end(), 'a') * 2 < static_cast<std::ptrdiff_t>(marks.size());
  if (only) keys.insert(0, "/");
  const std::size_t width = std::to_string(marks.size()).size();
  for (std::size_t row = 0; row < marks.size(); ++row) {
    if (marks[row] == (only ? '.' : 'a')) continue;
    std::string number = std::to_string(row + 1);
    keys += std::string(width - number.size(), '0') + number;
    if (marks[row] != (only ? 'a' : '.')) keys.push_back(marks[row]);
  }
  return keys;
}

/// A program in a terminal.
class Terminal {
 public:
  explicit Terminal(char** words) {
    winsize size{};
    size.ws_row = static_cast<unsigned short>(lines_);
    size.ws_col = static_cast<unsigned short>(columns_);
    child_ = ::forkpty(&master_, nullptr, nullptr, &size);
    if (child_ == 0) {
      // The tests may run under nohup, which leaves the hangup ignored for every program below it.
      for (const int number : {SIGHUP, SIGINT, SIGTERM}) ::signal(number, SIG_DFL);
      if (std::getenv("TYPIST_TERM") == nullptr) ::setenv("TERM", "xterm-256color", 1);
      ::execvp(words[0], words);
      ::_exit(127);
    }
    terminal_ = ::vterm_new(lines_, columns_);
    ::vterm_set_utf8(terminal_, 1);
    screen_ = ::vterm_obtain_screen(terminal_);
    ::vterm_screen_enable_altscreen(screen_, 1);
    ::vterm_screen_reset(screen_, 1);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  ~Terminal() {
    if (child_ > 0) {
      ::kill(child_, SIGKILL);
      ::waitpid(child_, nullptr, 0);
    }
    ::close(master_);
    ::vterm_free(terminal_);
  }

  void resize(int columns, int lines) {
    settle();  // what was drawn for the old size must not arrive on the new one
    columns_ = columns;
    lines_ = lines;
    winsize size{};
    size.ws_row = static_cast<unsigned short>(lines);
    size.ws_col = static_cast<unsigned short>(columns);
    ::vterm_set_size(terminal_, lines, columns);
    ::ioctl(master_, TIOCSWINSZ, &size);
  }

  void type(const std::string& keys) {
    std::size_t done = 0;
    while (done < keys.size()) {
      read_for(std::chrono::milliseconds(0));
      const ssize_t written = ::write(master_, keys.data() + done, keys.size() - done);
      if (written <= 0) throw Wrong{"nothing can be typed any more"};
      done += static_cast<std::size_t>(written);
    }
  }

  /// Takes in what the program draws, for `time`; returns whether anything came.
  bool read_for(std::chrono::milliseconds time) {
    pollfd waiting{master_, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(time.count())) <= 0) return false;
    char bytes[65536];
    const ssize_t got = ::read(master_, bytes, sizeof bytes);
    if (got <= 0) {  // the program is gone
      std::this_thread::sleep_for(time);
      return false;
    }
    ::vterm_input_write(terminal_, bytes, static_cast<std::size_t>(got));
    char answer[256];
    const std::size_t length = ::vterm_output_read(terminal_, answer, sizeof answer);
    if (length > 0 && ::write(master_, answer, length) < 0) throw Wrong{"the terminal cannot answer"};
    return true;
  }

  std::string text() {
    std::string text;
    for (int y = 0; y < lines_; ++y) {
      std::string line(static_cast<std::size_t>(columns_) * 8, '\0');
      line.resize(::vterm_screen_get_text(screen_, line.data(), line.size(), {y, y + 1, 0, columns_}));
      std::replace(line.begin(), line.end(), '\0', ' ');
      line.erase(line.find_last_not_of(' ') + 1);
      text += line + "\n";
    }
    return text;
  }

  /// The screen on one line: what is broken over two is found as well.
  std::string flat() {
    std::string flat;
    std::istringstream lines(text());
    for (std::string line; std::getline(lines, line);) flat += line + " ";
    return flat;
  }

  template <class Condition>
  void wait_until(const std::string& what, Condition condition) {
    const auto deadline = Clock::now() + kPatience;
    while (!condition()) {
      if (Clock::now() > deadline) throw Wrong{what};
      read_for(std::chrono::milliseconds(20));
    }
  }

  void settle() {
    auto quiet_since = Clock::now();
    while (Clock::now() - quiet_since < kQuiet) {
      if (read_for(std::chrono::milliseconds(20))) quiet_since = Clock::now();
    }
  }

  void signal(int number) { ::kill(child_, number); }

  int wait_for_end() {
    int status = 0;
    wait_until("the program does not end", [&] { return ::waitpid(child_, &status, WNOHANG) == child_; });
    child_ = -1;
    while (read_for(std::chrono::milliseconds(0))) continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  int columns_ = 80;
  int lines_ = 24;
  int master_ = -1;
  pid_t child_ = -1;
  VTerm* terminal_ = nullptr;
  VTermScreen* screen_ = nullptr;
};

const std::map<std::string, std::string> kKeys = {
    {"up", "\x1bOA"},      {"down", "\x1bOB"},      {"escape", "\x1b"},     {"enter", "\r"},
    {"backspace", "\x7f"}, {"delete", "\x1b[3~"},   {"insert", "\x1b[2~"},  {"f1", "\x1bOP"},
    {"pageup", "\x1b[5~"}, {"pagedown", "\x1b[6~"}, {"control-c", "\x03"},  {"control-d", "\x04"},
    {"control-u", "\x15"}, {"pad-7", "\x1bOw"},     {"pad-enter", "\x1bOM"}};

class Typist {
 public:
  explicit Typist(char** words) : terminal_(words) {}

  void step(const std::string& line) {
    std::istringstream words(line);
    std::string word;
    words >> word;
    std::string rest;
    std::getline(words >> std::ws, rest);
    if (word == "size") {
      std::istringstream numbers(rest);
      int columns = 0;
      int lines = 0;
      numbers >> columns >> lines;
      terminal_.resize(columns, lines);
    } else if (word == "line") {
      terminal_.type(rest + "\r");
    } else if (word == "type") {
      terminal_.type(rest);
    } else if (word == "key") {
      terminal_.type(kKeys.at(rest));
    } else if (word == "expect") {
      terminal_.wait_until("not on the screen: " + rest,
                           [&] { return terminal_.flat().find(rest) != std::string::npos; });
    } else if (word == "absent") {
      terminal_.wait_until("still on the screen: " + rest,
                           [&] { return terminal_.flat().find(rest) == std::string::npos; });
    } else if (word == "screen") {
      terminal_.settle();
      std::cout << "┌\n" << terminal_.text() << "└\n";
    } else if (word == "ballots" || word == "rush") {
      type_ballots(rest, word == "ballots");
    } else if (word == "keystrokes") {
      std::cout << keys_ << " keystrokes for " << ballots_ << " ballots: " << keys_ * 10 / ballots_ / 10
                << "." << keys_ * 10 / ballots_ % 10 << " each\n";
    } else if (word == "kill") {
      kill(rest);
    } else if (word == "end") {
      const int status = terminal_.wait_for_end();
      if (std::to_string(status) != rest)
        throw Wrong{"it ended with " + std::to_string(status) + ", not " + rest};
    } else {
      throw Wrong{"no such step: " + line};
    }
  }

  std::string screen() { return terminal_.text(); }

 private:
  bool shows(const std::string& text) { return terminal_.flat().find(text) != std::string::npos; }

  // The ballot that the screen asks for: "Phiếu 13".
  std::size_t asked_for() {
    static const std::string title = " Phiếu ";
    terminal_.wait_until("the screen asks for no ballot", [&] { return shows(title); });
    const std::string flat = terminal_.flat();
    return std::stoul(flat.substr(flat.find(title) + title.size()));
  }

  void type_ballots(const std::string& path, bool looking) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    std::vector<std::string> lines;
    while (std::getline(file, line)) lines.push_back(line);
    if (lines.empty()) throw Wrong{"no ballots in " + path};
    for (std::size_t number = asked_for(); number <= lines.size(); ++number) {
      const std::string& ballot = lines[number - 1];
      const std::size_t comma = ballot.find(',');
      const std::size_t second = ballot.find(',', comma + 1);
      std::string keys = keys_for(ballot.substr(comma + 1, second - comma - 1), ballot.substr(second + 1));
      keys += "\r";
      terminal_.type(keys);
      keys_ += keys.size();
      ++ballots_;
      if (looking) look(number);
    }
  }

  // Waits for the next ballot; a question is answered with Enter.
  void look(std::size_t number) {
    const std::string next = " Phiếu " + std::to_string(number + 1) + " ";
    const std::string again = "Enter lần nữa";
    // A screen that is half drawn still shows the question of the ballot before.
    terminal_.wait_until("the screen does not ask for ballot " + std::to_string(number + 1),
                         [&] { return shows(next) != shows(again); });
    if (shows(next)) return;
    terminal_.type("\r");
    ++keys_;
    terminal_.wait_until("the ballot was not taken", [&] { return shows(next) && !shows(again); });
  }

  void kill(const std::string& rest) {
    std::istringstream words(rest);
    std::string name;
    int milliseconds = 0;
    words >> name >> milliseconds;
    const auto until = Clock::now() + std::chrono::milliseconds(milliseconds);
    while (Clock::now() < until) terminal_.read_for(std::chrono::milliseconds(1));
    terminal_.signal(name == "hup" ? SIGHUP : name == "term" ? SIGTERM : SIGKILL);
  }

  Terminal terminal_;
  std::size_t keys_ = 0;
  std::size_t ballots_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: typist SCRIPT PROGRAM WORDS…\n";
    return 2;
  }
  std::ifstream file(argv[1]);
  std::istream& script = std::strcmp(argv[1], "-") == 0 ? std::cin : file;
  if (!script) {
    std::cerr << "no script " << argv[1] << "\n";
    return 2;
  }
  Typist typist(argv + 2);
  std::size_t number = 0;
  for (std::string line; std::getline(script, line);) {
    ++number;
    if (line.empty() || line.starts_with('#')) continue;
    try {
      typist.step(line);
    } catch (const Wrong& wrong) {
      std::cout << argv[1] << ":" << number << ": " << wrong.what << "\n┌\n" << typist.screen() << "└\n";
      return 1;
    }
  }
  return 0;
}
