// Keying line by line: for terminals that cannot place a cursor, and for programs.
#include <fmt/format.h>

#include <cstdio>
#include <iostream>

#include "kiemphieu/key_texts.h"
#include "kiemphieu/key_views.h"

namespace kp {
namespace {

void say(const std::string& line) {
  fmt::print(stderr, "{}\n", line);
}

// What is shown when another ballot is looked at, or one was recorded.
std::string shown_ballot(const KeyedBundle& bundle, const KeyedBallot& ballot, Language language) {
  const std::string rows = unusual_rows(bundle, ballot);
  return fmt::format("{}{}{}", ballot_line(bundle, ballot, language), rows.empty() ? "" : ": ", rows);
}

// Where a ballot that is recorded now will stand.
std::size_t place_of(const KeyedBundle& bundle) {
  return bundle.number() - 1;
}

void answer(const KeyedBundle& bundle, const Reaction& reaction, std::size_t place, Language language) {
  if (reaction.said) say("  " + message(*reaction.said, language));
  switch (reaction.became) {
    case Became::recorded:
      say(fmt::format("  {} {}: {}", language == Language::vi ? "ghi phiếu" : "recorded", place + 1,
                      shown_ballot(bundle, bundle.ballots()[place], language)));
      break;
    case Became::removed:
      say(fmt::format("  {}", progress_line(bundle, language)));
      break;
    case Became::moved:
      if (!bundle.is_new() && !bundle.inserting()) {
        say("  " + shown_ballot(bundle, bundle.ballots()[place_of(bundle)], language));
      }
      break;
    case Became::help:
      for (const std::string& line : keying_help(bundle.contest().ballot, language)) say(line);
      break;
    default:
      break;
  }
}

}  // namespace

KeyingEnd key_by_lines(KeyingDesk& desk, const KeyingLook& look) {
  const bool vi = look.language == Language::vi;
  if (look.practice) say(vi ? "*** DIỄN TẬP ***" : "*** PRACTICE ***");
  say(task_line(desk.bundle(), look.language));
  say(list_line(desk.bundle(), look.language) + " · " + list_code(desk.bundle(), look.language));
  say(progress_line(desk.bundle(), look.language) +
      (vi ? " · h rồi Enter: hướng dẫn" : " · h and Enter: help"));
  for (std::string line;;) {
    fmt::print(stderr, "{}> ", ballot_title(desk.bundle(), look.language));
    if (!std::getline(std::cin, line)) {
      say("");
      return KeyingEnd::paused;
    }
    if (line.ends_with('\r')) line.pop_back();
    // Enter alone answers a question with the line that was asked about.
    if (line.empty() && desk.bundle().asked()) line = *desk.bundle().asked();
    const std::size_t place = place_of(desk.bundle());
    const Reaction reaction = desk.enter(line);
    answer(desk.bundle(), reaction, place, look.language);
    if (reaction.became == Became::pause) return KeyingEnd::paused;
    if (reaction.became == Became::finish) return KeyingEnd::finished;
  }
}

}  // namespace kp
