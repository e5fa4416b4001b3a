// The book while it is written. Inner part of book.h.
#pragma once

#include <string>
#include <vector>

#include "paper/document.h"

namespace kp {

class BookDraft {
 public:
  void title(const std::string& text);
  void heading(const std::string& text, bool new_page = true);
  void subheading(const std::string& text);
  void text(paper::Words words, bool keep = false);
  void text(const std::string& words, bool keep = false) { text(paper::Words{{words}}, keep); }
  /// Purpose: one line of a list, hanging behind a dash.
  void item(const std::string& words);
  /// Purpose: what is to be typed; a line feed where it may be cut.
  void command(const std::string& words);
  void table(paper::Table table);
  void slips(paper::Slips slips) { document.body.emplace_back(std::move(slips)); }

  paper::Document document;

 private:
  void add(paper::Paragraph paragraph) { document.body.emplace_back(std::move(paragraph)); }
};

/// Purpose: the exercises without their answers.
void write_exercises(BookDraft& draft);
/// Purpose: the model answers, computed.
void write_answers(BookDraft& draft);
/// Purpose: the afternoon: teams on planted faults, and what a good one notices.
void write_drills(BookDraft& draft);
void write_plants(BookDraft& draft);

}  // namespace kp
