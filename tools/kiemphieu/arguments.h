// What a command takes, and what it was given.
//
// A command states its positions and options as data (CommandSpec); from that come the parsing, the help in
// both languages and the usage errors. Boost.Program_options does the work and is not seen outside.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"

namespace kp {

enum class Takes : std::uint8_t {
  nothing,
  one,
  many,
  pairs,  ///< many NUMBER=MARK words, also several behind one name of the option
};

struct Option {
  std::string_view name;  ///< without "--"
  Takes takes = Takes::one;
  bool required = false;
  Text about;
};

struct Position {
  std::string_view name;
  Text about;
  bool many = false;      ///< the last position may take one or more
  bool optional = false;  ///< the last position may be left out where options say the same
};

struct CommandSpec {
  std::string_view name;
  Text about;
  std::vector<Position> positions;
  std::vector<Option> options;
  std::string (*lesson)(Language) = nullptr;  ///< what help says behind the options, if anything
};

/// A command line that cannot be understood: exit 2, with a sentence for the person who typed it.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The words of one command line, by name.
class Arguments {
 public:
  /// Purpose: reads `words` (without program and command) as `spec` says. Throws UsageError.
  static Arguments parse(const CommandSpec& spec, const std::vector<std::string>& words, Language language);

  [[nodiscard]] bool has(std::string_view name) const;
  /// A file name, as typed. "" when it was not given.
  [[nodiscard]] std::string path(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> paths(std::string_view name) const;
  /// Text for the record: NFC, no hidden characters. "" when it was not given. Throws UsageError.
  [[nodiscard]] std::string text(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view name) const;
  /// A whole number, 0 … 10^9. Throws UsageError.
  [[nodiscard]] std::int64_t integer(std::string_view name) const;
  [[nodiscard]] std::optional<std::int64_t> integer_if(std::string_view name) const;
  /// What chance is made of: a whole number, 0 … 2^64 − 1. Throws UsageError.
  [[nodiscard]] std::uint64_t seed(std::string_view name) const;

  [[nodiscard]] Language language() const { return language_; }

  /// Throws a UsageError about what was given for `name`.
  [[noreturn]] void refuse(std::string_view name, const Text& why) const;

 private:
  Language language_ = Language::vi;
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

/// Purpose: the help of one command.
std::string help_of(const CommandSpec& spec, Language language);

/// Purpose: the first line of help: what to type.
std::string usage_of(const CommandSpec& spec, Language language);

}  // namespace kp
