// kiemphieu: the program of the counting board. One command a call; see commands.h.
#include <fmt/format.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <exception>
#include <iterator>

#include "base/processor.h"
#include "base/text.h"
#include "kiemphieu/commands.h"

namespace {

using kp::Language;

constexpr int kDone = 0;
constexpr int kError = 1;
constexpr int kUsage = 2;

/// What holds for every command, taken out of the words before the command reads them.
struct Common {
  kp::Screen screen;
  bool help = false;
  std::string fault;  ///< what is wrong with these words, "" when nothing is
};

std::optional<Language> language_named(std::string_view name) {
  if (name == "vi") return Language::vi;
  if (name == "en") return Language::en;
  return std::nullopt;
}

// What is wrong with KP_KERNEL (base/processor.h), "" when nothing is.
std::string kernel_fault(Language language) {
  const char* kernel = std::getenv("KP_KERNEL");
  if (kernel == nullptr || *kernel == '\0' || kp::find_instructions(kernel)) return {};
  return fmt::format(fmt::runtime(language == Language::vi
                                      ? "KP_KERNEL={}: máy này không có cách đếm đó; bỏ biến KP_KERNEL đi"
                                      : "KP_KERNEL={}: this machine has no such kernel; unset KP_KERNEL"),
                     kernel);
}

Common take_common(std::vector<std::string>& words) {
  Common common;
  const char* environment = std::getenv("KP_LANG");
  if (environment != nullptr) common.screen.language = language_named(environment).value_or(Language::vi);
  std::vector<std::string> rest;
  bool ended = false;  // behind "--" nothing is an option
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string& word = words[i];
    ended = ended || word == "--";
    if (ended) {
      rest.push_back(std::move(word));
    } else if (word == "--json") {
      common.screen.json = true;
    } else if (word == "--help" || word == "-h") {
      common.help = true;
    } else if (word.starts_with("--lang")) {
      const std::string value = word == "--lang" && i + 1 < words.size() ? words[++i]
                                : word.starts_with("--lang=")            ? word.substr(7)
                                                                         : std::string();
      const std::optional<Language> language = language_named(value);
      if (!language) common.fault = "--lang: vi, en";
      common.screen.language = language.value_or(common.screen.language);
    } else {
      rest.push_back(std::move(word));
    }
  }
  words = std::move(rest);
  if (common.fault.empty()) common.fault = kernel_fault(common.screen.language);
  common.screen.colour = std::getenv("NO_COLOR") == nullptr && ::isatty(STDERR_FILENO) == 1;
  return common;
}

// Rows of commands, and with which words these begin.
struct Family {
  std::array<std::string_view, 5> first_words;
  std::vector<kp::Command> (*commands)();
};

// In the order in which help names them.
constexpr Family kFamilies[] = {
    {{"draft"}, kp::draft_commands},
    {{"check", "open", "contest", "electorate"}, kp::definition_commands},
    {{"ballot-proof"}, kp::ballot_proof_commands},
    {{"box", "import"}, kp::hall_commands},
    {{"pack"}, kp::pack_commands},
    {{"key"}, kp::key_commands},
    {{"compare", "correct", "rule", "retract", "reopen"}, kp::board_commands},
    {{"decide", "result", "close"}, kp::result_commands},
    {{"sign"}, kp::sign_commands},
    {{"minutes"}, kp::minutes_commands},
    {{"forms"}, kp::forms_commands},
    {{"hand-count"}, kp::hand_count_commands},
    {{"slides"}, kp::slides_commands},
    {{"export"}, kp::dossier_commands},
    {{"backup"}, kp::backup_commands},
    {{"status", "log", "rules", "report"}, kp::view_commands},
    {{"prove"}, kp::prove_commands},
    {{"audit"}, kp::audit_commands},
    {{"mock"}, kp::mock_commands},
    {{"drill"}, kp::drill_print_commands},
    {{"drill"}, kp::drill_commands},
};

// Without a word all commands, else those that can begin with it (or with its beginning, where both words of
// a name came as one): to make all rows would take longer than some commands do.
std::vector<kp::Command> commands_of(const std::vector<std::string>& words) {
  const std::string first = words.empty() ? "" : words.front().substr(0, words.front().find(' '));
  std::vector<kp::Command> commands;
  for (const Family& family : kFamilies) {
    if (!first.empty() && std::ranges::find(family.first_words, first) == family.first_words.end()) continue;
    std::ranges::move(family.commands(), std::back_inserter(commands));
  }
  return commands;
}

// The commands with a name of two words that begins with this one.
std::vector<kp::Command> family_of(const std::vector<kp::Command>& commands, const std::string& first) {
  std::vector<kp::Command> family;
  std::ranges::copy_if(commands, std::back_inserter(family), [&](const kp::Command& command) {
    return command.spec.name.starts_with(first + " ");
  });
  return family;
}

std::string list_of(const std::vector<kp::Command>& commands, Language language) {
  const bool vi = language == Language::vi;
  std::string text;
  std::size_t width = 0;
  for (const kp::Command& command : commands) width = std::max(width, command.spec.name.size());
  for (const kp::Command& command : commands) {
    text += fmt::format("  kiemphieu {}  {}\n", kp::pad_right(command.spec.name, width),
                        command.spec.about.in(language));
  }
  text += vi ? "\nCách dùng một lệnh: kiemphieu LỆNH --help · tiếng Anh: --lang en · cho máy đọc: --json\n"
             : "\nA command's own help: kiemphieu COMMAND --help · Vietnamese: --lang vi · for programs: "
               "--json\n";
  return text;
}

std::string overview(const std::vector<kp::Command>& commands, Language language) {
  return std::string(language == Language::vi
                         ? "Kiểm Phiếu — kiểm phiếu bầu cử trong Đảng: từ xấp phiếu đến kết quả đã ký, ai "
                           "cũng kiểm lại được\n\n"
                         : "Kiểm Phiếu — from ballot bundles to a signed result that anyone can check\n\n") +
         list_of(commands, language);
}

int help(const std::string& text, const kp::Screen& screen) {
  kp::Reply reply;
  reply.text = text;
  reply.json = {{"help", text}};
  kp::show(reply, screen);
  return kDone;
}

// A program is told on standard output, a person on standard error.
int usage_error(const std::string& why, const std::string& said, const kp::Screen& screen) {
  if (screen.json) kp::show(kp::finding(kp::Code::usage_command_line, {}, {why}), screen);
  fmt::print(stderr, "{}", said);
  return kUsage;
}

int wrong_words(const std::string& why, const std::string& hint, const kp::Screen& screen) {
  return usage_error(why, fmt::format("kiemphieu: {}\n{}", why, hint), screen);
}

int run(std::vector<std::string> words) {
  const Common common = take_common(words);
  const Language language = common.screen.language;
  const bool vi = language == Language::vi;
  if (!common.fault.empty()) return wrong_words(common.fault, "", common.screen);
  const std::vector<kp::Command> commands = commands_of(words);
  if (words.empty()) {
    const std::string text = overview(commands, language);
    if (!common.help) return usage_error(vi ? "thiếu lệnh" : "no command is given", text, common.screen);
    return help(text, common.screen);
  }
  // Some commands have names of two words.
  if (words.size() > 1) {
    const std::string two = words[0] + " " + words[1];
    const auto named = [&](const kp::Command& known) { return known.spec.name == two; };
    if (std::any_of(commands.begin(), commands.end(), named)) {
      words.erase(words.begin());
      words.front() = two;
    }
  }
  const auto command = std::find_if(commands.begin(), commands.end(), [&](const kp::Command& known) {
    return known.spec.name == words.front();
  });
  if (command == commands.end()) {
    if (const auto family = family_of(commands, words.front()); !family.empty()) {
      if (!common.help)
        return usage_error(vi ? "thiếu phần sau của lệnh" : "the rest of the command is missing",
                           list_of(family, language), common.screen);
      return help(list_of(family, language), common.screen);
    }
    return wrong_words(
        fmt::format(fmt::runtime(vi ? "không có lệnh «{}»" : "there is no command \"{}\""), words.front()),
        vi ? "Xem các lệnh: kiemphieu --help\n" : "See the commands: kiemphieu --help\n", common.screen);
  }
  if (common.help) return help(kp::help_of(command->spec, language), common.screen);
  words.erase(words.begin());
  try {
    const kp::Reply reply = command->run(kp::Arguments::parse(command->spec, words, language));
    if (!kp::show(reply, common.screen)) {
      fmt::print(stderr, "kiemphieu: {}\n",
                 vi ? "không in ra được (ổ đĩa đầy hoặc đầu ra đã đóng); việc ghi sổ, nếu có, đã xong: xem "
                      "bằng status"
                    : "the answer cannot be printed (disk full or output closed); what was to be recorded is "
                      "recorded: see status");
      return kError;
    }
    return reply.ok() ? kDone : kError;
  } catch (const kp::UsageError& error) {
    return wrong_words(error.what(),
                       fmt::format(fmt::runtime(vi ? "Cách dùng: {}\n" : "Usage: {}\n"),
                                   kp::usage_of(command->spec, language)),
                       common.screen);
  }
}

// Bundles come one after another. To give the memory of each back to the system and ask for it anew would be
// a third of a count.
void keep_memory() {
  constexpr int kMebibyte = 1 << 20;
  ::mallopt(M_MMAP_THRESHOLD, 32 * kMebibyte);
  ::mallopt(M_TRIM_THRESHOLD, 64 * kMebibyte);
}

}  // namespace

int main(int argc, char** argv) {
  keep_memory();
  try {
    return run(std::vector<std::string>(argv + 1, argv + argc));
  } catch (const std::exception& error) {
    // Memory is all that can still run out here; nothing was committed.
    fmt::print(stderr, "kiemphieu: {}\n", error.what());
    return kError;
  }
}
