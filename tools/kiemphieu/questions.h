// Questions to whoever prepares an evening: each is an option first, and asked only when it was not given.
//
// In a terminal everything that was not given is asked, with what Enter alone means shown in brackets. Where
// standard input is no terminal only what has no default is asked, line by line, until the input ends.
// In a terminal "<" takes the last answer back: whoever asks begins again, and what was answered before it is
// answered in the same way without being asked.
// Questions go to standard error: standard output stays the answer of the command.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kiemphieu/arguments.h"

namespace kp {

/// What is wrong with an answer, "" when nothing is. It may put the answer in its proper form.
using CheckAnswer = std::function<std::string(std::string& answer)>;

struct Ask {
  std::string_view option;
  Text text;
  std::string otherwise = {};  ///< taken when the answer is empty; "" = there must be an answer
  bool may_be_empty = false;
  CheckAnswer check = {};  ///< of an option too
  CheckAnswer rule = {};  ///< only of what is typed: what `check` will find anyway, said before more is typed
};

/// One of several words, each with what people call it.
struct Choice {
  std::string_view word;
  Text text;
};

/// The person wants the question before this one again.
struct StepBack {};

/// Each asking function may throw StepBack: begin_again(), then ask from the first question on.
class Questions {
 public:
  explicit Questions(const Arguments& arguments);

  /// Purpose: one line of text. Returns "" when it is missing: missing() then names it.
  std::string line(const Ask& question);
  /// Purpose: one of `choices`; the person types its number or word.
  std::string choice(const Ask& question, std::span<const Choice> choices);
  /// Purpose: a whole number from `least` to `most`.
  std::int64_t number(Ask question, std::int64_t least, std::int64_t most);
  /// Purpose: lines until an empty one; the first is asked as `first` says, the others by `further`.
  std::vector<std::string> lines(const Ask& first, const Text& further);

  /// Purpose: forgets the last answer; those before it are given again as they were.
  void begin_again();

  /// Whether what is not given is asked although it has a default.
  [[nodiscard]] bool talks() const { return talks_; }
  /// The options of questions that got no answer, "--seats, --summoned"; "" when none is missing.
  [[nodiscard]] const std::string& missing() const { return missing_; }

 private:
  /// An answer that passed the check, asked for as often as it takes; "" at the end of the input.
  std::string ask(const Ask& question, const std::string& hint);
  bool read(std::string& answer);
  /// `answer`, once what was typed for it is kept for begin_again.
  std::string taken(const std::string& typed, const std::string& answer);
  [[nodiscard]] bool repeats() const { return repeated_ < answers_.size(); }
  void lacks(std::string_view option);

  const Arguments& arguments_;
  bool vi_;
  bool talks_;
  bool ended_ = false;
  std::vector<std::string> answers_;  ///< as typed, those that were taken
  std::size_t repeated_ = 0;          ///< how many of them were given since the first question
  std::string missing_;
};

}  // namespace kp
