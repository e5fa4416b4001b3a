// Minutes while they are being written, and the parts they are written from. Inner part of minutes.h.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sheet/minutes.h"

namespace kp {

class Draft {
 public:
  Draft(const Json& result, std::string sha256, const BeforeResult* before, Language language);

  [[nodiscard]] const Json& result() const { return result_; }
  [[nodiscard]] const std::string& sha256() const { return sha256_; }
  [[nodiscard]] const BeforeResult* before() const { return before_; }
  /// The contest as the record has it; null when there is no record.
  [[nodiscard]] const ContestHistory* contest() const { return contest_; }
  [[nodiscard]] Language language() const { return language_; }
  [[nodiscard]] std::string say(std::string_view vi, std::string_view en) const;
  [[nodiscard]] bool asks(Question question) const;
  [[nodiscard]] std::int64_t figure(std::string_view group, std::string_view key) const;
  /// A row of the result by its number.
  [[nodiscard]] const Json& row(const Json& no) const;

  /// Purpose: the next numbered heading.
  void section(const std::string& title);
  void text(paper::Words words, paper::Points before = 3);
  void text(const std::string& words) { text(paper::Words{{words}}); }
  /// Purpose: one line of a list, hanging behind a dash.
  void item(const std::string& words, paper::Points size = 12);
  template <class Kind>
  void add(Kind block) {
    document.body.emplace_back(std::in_place_type<Kind>, std::move(block));
  }

  paper::Document document;

 private:
  const Json& result_;
  std::string sha256_;
  const BeforeResult* before_;
  const ContestHistory* contest_ = nullptr;
  Language language_;
  int sections_ = 0;
};

inline constexpr paper::Points kBody = 12.5;

/// Purpose: the board that counts this contest; null when there is no record.
const Board* board(const Draft& draft);
/// Purpose: as whom the one signs who leads the congress or the meeting.
std::string chair_of(const Draft& draft);
/// Purpose: "BIÊN BẢN KIỂM PHIẾU", with what was asked when it was no election.
std::string title_of(const Draft& draft);

// Head, title, legal basis, board.
void write_head(Draft& draft);
void write_title(Draft& draft);
void write_basis(Draft& draft);
void write_board(Draft& draft);

// Figures, votes, the elected, the outcome.
void write_figures(Draft& draft);
void write_votes(Draft& draft);
void write_elected(Draft& draft);
void write_outcome(Draft& draft);

// What the record tells: how ballots were read, what the board and the congress did; the rules applied.
void write_reading(Draft& draft);
void write_decisions(Draft& draft);
void write_acts(Draft& draft);
void write_rules(Draft& draft);

// What ties the paper to its result: QR code and line of digits.
void write_ties(Draft& draft);

}  // namespace kp
