// What a command answers: findings, an object for programs, and text for people.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "base/json.h"

namespace kp {

/// The answer of one command. With an error among its findings nothing was written.
struct Reply {
  Findings findings;
  Json::Object json;  ///< members of the --json object besides ok and findings
  std::string text;   ///< for the screen

  Reply() = default;
  Reply(Findings stopped) : findings(std::move(stopped)) {}
  Reply(Finding stopped) : findings{std::move(stopped)} {}

  [[nodiscard]] bool ok() const { return !has_error(findings); }
};

/// Where and how an answer is shown.
struct Screen {
  Language language = Language::vi;
  bool json = false;
  bool colour = false;  ///< of standard error
};

/// Purpose: shows an answer: JSON or text on standard output, findings on standard error (text only).
/// Returns: whether everything could be written.
bool show(const Reply& reply, const Screen& screen);

/// Purpose: the JSON form of findings. Rules: contract §11.
Json findings_json(const Findings& findings, Language language);

/// Purpose: a word of a command that is shown ready to copy, as a shell takes it for one.
std::string quoted(const std::string& word);

/// Columns of text, aligned by what a terminal shows.
class Table {
 public:
  enum class Align : std::uint8_t { left, right };
  struct Column {
    std::string head;
    Align align = Align::left;
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
  void add(std::vector<std::string> cells);
  /// Purpose: the table, two spaces between columns, each line indented by two.
  /// In: `below`, nothing or for each row a line to stand below it, which may be longer than the table is
  /// wide.
  [[nodiscard]] std::string text(const std::vector<std::string>& below = {}) const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace kp
