#include "kiemphieu/arguments.h"

#include <fmt/format.h>

#include <array>
#include <boost/program_options.hpp>
#include <charconv>
#include <utility>

#include "base/text.h"

namespace kp {
namespace {

namespace po = boost::program_options;

using Values = std::vector<std::string>;

constexpr std::int64_t kMostNumber = 1'000'000'000;

po::options_description describe(const CommandSpec& spec) {
  po::options_description description;
  for (const Position& position : spec.positions) {
    description.add_options()(std::string(position.name).c_str(), po::value<Values>());
  }
  for (const Option& option : spec.options) {
    const std::string name =
        option.name.size() == 1 ? "," + std::string(option.name) : std::string(option.name);
    if (option.takes == Takes::nothing) {
      description.add_options()(name.c_str(), "");
    } else {
      description.add_options()(name.c_str(), po::value<Values>());
    }
  }
  return description;
}

std::string spelled(std::string_view name) {
  return (name.size() == 1 ? "-" : "--") + std::string(name);
}

std::string explain(const po::error& error, Language language) {
  const auto* about_option = dynamic_cast<const po::error_with_option_name*>(&error);
  const std::string name = about_option == nullptr ? "" : about_option->get_option_name();
  const bool vi = language == Language::vi;
  if (dynamic_cast<const po::unknown_option*>(&error) != nullptr) {
    return fmt::format(fmt::runtime(vi ? "không có tuỳ chọn {}" : "there is no option {}"), name);
  }
  if (dynamic_cast<const po::too_many_positional_options_error*>(&error) != nullptr) {
    return vi ? "thừa chữ trên dòng lệnh; tên có dấu cách phải để trong dấu nháy kép"
              : "too many words; a name with spaces must stand in quotes";
  }
  return fmt::format(fmt::runtime(vi ? "{} dùng chưa đúng" : "{} is not used as it should be"),
                     name.empty() ? "?" : name);
}

std::string checked_text(const std::string& value, std::string_view name, Language language) {
  const bool vi = language == Language::vi;
  if (first_bad_utf8(value)) {
    throw UsageError(
        fmt::format(fmt::runtime(vi ? "{}: chữ không phải UTF-8" : "{}: not UTF-8"), spelled(name)));
  }
  std::string text = to_nfc(value);
  constexpr std::size_t kMostText = 1000;
  if (has_hidden_character(text) || text.size() > kMostText) {
    throw UsageError(fmt::format(fmt::runtime(vi ? "{}: có ký tự ẩn, xuống dòng, hoặc quá dài"
                                                 : "{}: hidden characters, line breaks, or too long"),
                                 spelled(name)));
  }
  return text;
}

// What a person reads for the place of a word. Files stand as examples of names.
std::string_view shown(const Position& position, Language language) {
  constexpr auto kVietnamese = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"BUNDLE", "XẤP"},
      {"C.json", "daihoi.json"},
      {"CONTEST", "CUỘC"},
      {"CONTEST.json", "CUỘC.json"},
      {"CSV", "XẤP.csv"},
      {"LIST.csv", "DANH_SÁCH.csv"},
      {"MANIFEST", "BẢN_KÊ"},
      {"RECORD", "HALL.kp"},
      {"RESULT.json", "KẾT_QUẢ.json"},
      {"SOURCE", "HALL.kp"},
  });
  for (const auto& [name, vietnamese] : kVietnamese) {
    if (language == Language::vi && name == position.name) return vietnamese;
  }
  return position.name;
}

const Option* option_named(const CommandSpec& spec, const std::string& word) {
  for (const Option& option : spec.options) {
    if (spelled(option.name) == word) return &option;
  }
  return nullptr;
}

bool is_pair(const std::string& word) {
  const std::size_t digits = word.find_first_not_of("0123456789");
  return digits != 0 && digits != std::string::npos && word[digits] == '=';
}

// The words as the parser takes them, one value behind each name: --row 3=a 4=. is --row 3=a --row 4=., and
// -o=DIR is -oDIR. Behind "--" they stay as they are.
std::vector<std::string> one_by_one(const CommandSpec& spec, const std::vector<std::string>& words) {
  std::vector<std::string> apart;
  const Option* last = nullptr;  // whose value was the word before
  for (auto word = words.begin(); word != words.end(); ++word) {
    if (*word == "--") {
      apart.insert(apart.end(), word, words.end());
      break;
    }
    if (last != nullptr && last->takes == Takes::pairs && is_pair(*word)) {
      apart.insert(apart.end(), {spelled(last->name), *word});
      continue;
    }
    const std::size_t equals = word->find('=');
    last = option_named(spec, word->substr(0, equals));
    apart.push_back(*word);
    if (last == nullptr || last->takes == Takes::nothing) continue;
    if (equals == std::string::npos) {
      if (word + 1 != words.end()) apart.push_back(*++word);
    } else if (last->name.size() == 1) {
      apart.back().erase(equals, 1);
    }
  }
  return apart;
}

// A command that was offered ready to copy still has the dots that stand for what only the person knows.
bool still_has_dots(const std::string& word) {
  constexpr std::string_view kDots = "…";
  return word == kDots || word.ends_with("=" + std::string(kDots));
}

void refuse_dots(const std::vector<std::string>& words, Language language) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!still_has_dots(words[i])) continue;
    const std::string before = i > 0 && words[i - 1].starts_with('-') ? words[i - 1] + " " : "";
    throw UsageError(fmt::format(
        fmt::runtime(language == Language::vi ? "{}{}: thay dấu … bằng số, tên, chữ thật rồi gõ lại"
                                              : "{}{}: put the real number, name or word in place of …"),
        before, words[i]));
  }
}

}  // namespace

Arguments Arguments::parse(const CommandSpec& spec, const std::vector<std::string>& words,
                           Language language) {
  refuse_dots(words, language);
  const po::options_description description = describe(spec);
  po::positional_options_description positions;
  for (const Position& position : spec.positions) {
    positions.add(std::string(position.name).c_str(), position.many ? -1 : 1);
  }
  Arguments arguments;
  arguments.language_ = language;
  try {
    using namespace po::command_line_style;
    const int style = unix_style & ~allow_guessing;
    const po::parsed_options parsed = po::command_line_parser(one_by_one(spec, words))
                                          .options(description)
                                          .positional(positions)
                                          .style(style)
                                          .run();
    for (const po::option& option : parsed.options) {
      std::string name = option.string_key;
      while (name.starts_with('-')) name.erase(0, 1);
      Values& values = arguments.values_[name];
      values.insert(values.end(), option.value.begin(), option.value.end());
    }
  } catch (const po::error& error) {
    throw UsageError(explain(error, language));
  }
  const bool vi = language == Language::vi;
  for (const Position& position : spec.positions) {
    if (position.optional || arguments.has(position.name)) continue;
    throw UsageError(fmt::format(fmt::runtime(vi ? "thiếu {} ({})" : "missing {} ({})"),
                                 shown(position, language), position.about.in(language)));
  }
  for (const Option& option : spec.options) {
    if (option.required && !arguments.has(option.name)) {
      throw UsageError(fmt::format(fmt::runtime(vi ? "thiếu {} ({})" : "missing {} ({})"),
                                   spelled(option.name), option.about.in(language)));
    }
    const auto given = arguments.values_.find(option.name);
    if (option.takes == Takes::one && given != arguments.values_.end() && given->second.size() > 1) {
      throw UsageError(
          fmt::format(fmt::runtime(vi ? "{} ghi hai lần" : "{} is given twice"), spelled(option.name)));
    }
  }
  return arguments;
}

bool Arguments::has(std::string_view name) const {
  return values_.find(name) != values_.end();
}

std::vector<std::string> Arguments::paths(std::string_view name) const {
  const auto it = values_.find(name);
  return it == values_.end() ? Values() : it->second;
}

std::string Arguments::path(std::string_view name) const {
  const Values values = paths(name);
  return values.empty() ? std::string() : values.front();
}

std::vector<std::string> Arguments::texts(std::string_view name) const {
  Values texts = paths(name);
  for (std::string& text : texts) text = checked_text(text, name, language_);
  return texts;
}

std::string Arguments::text(std::string_view name) const {
  return checked_text(path(name), name, language_);
}

std::int64_t Arguments::integer(std::string_view name) const {
  const std::string value = path(name);
  std::int64_t number = -1;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size() || number < 0 || number > kMostNumber) {
    refuse(name, {"phải là số nguyên, từ 0 đến 1 000 000 000", "must be a whole number, 0 to 1 000 000 000"});
  }
  return number;
}

std::optional<std::int64_t> Arguments::integer_if(std::string_view name) const {
  return has(name) ? std::optional(integer(name)) : std::nullopt;
}

std::uint64_t Arguments::seed(std::string_view name) const {
  const std::string value = text(name);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size())
    refuse(name, {"phải là số nguyên không âm", "must be a whole number, not negative"});
  return number;
}

void Arguments::refuse(std::string_view name, const Text& why) const {
  throw UsageError(fmt::format("{} «{}»: {}", spelled(name), path(name), why.in(language_)));
}

std::string usage_of(const CommandSpec& spec, Language language) {
  std::string usage = fmt::format("kiemphieu {}", spec.name);
  for (const Position& position : spec.positions) {
    usage += fmt::format(fmt::runtime(position.optional ? " [{}{}]" : " {}{}"), shown(position, language),
                         position.many ? "…" : "");
  }
  constexpr std::size_t kMostShown = 16;  // of a command that asks for more --help gives the list
  const bool all = spec.options.size() <= kMostShown;
  for (const Option& option : spec.options) {
    if (!all && !option.required) continue;
    std::string shown = spelled(option.name);
    if (option.takes != Takes::nothing) shown += " …";
    usage += option.required ? " " + shown : " [" + shown + "]";
  }
  if (!all) usage += " [--…]";
  return usage;
}

std::string help_of(const CommandSpec& spec, Language language) {
  std::string help = fmt::format("{}\n\n  {}\n\n", spec.about.in(language), usage_of(spec, language));
  std::size_t width = 0;
  for (const Position& position : spec.positions)
    width = std::max(width, display_width(shown(position, language)));
  for (const Option& option : spec.options) width = std::max(width, spelled(option.name).size());
  for (const Position& position : spec.positions) {
    help +=
        fmt::format("  {}  {}\n", pad_right(shown(position, language), width), position.about.in(language));
  }
  for (const Option& option : spec.options) {
    help += fmt::format("  {}  {}{}\n", pad_right(spelled(option.name), width), option.about.in(language),
                        option.takes == Takes::many || option.takes == Takes::pairs
                            ? (language == Language::vi ? " (có thể ghi nhiều lần)" : " (may be repeated)")
                            : "");
  }
  if (spec.lesson != nullptr) help += "\n" + spec.lesson(language);
  return help;
}

}  // namespace kp
