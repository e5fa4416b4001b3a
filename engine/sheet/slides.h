// What the hall sees on its screen: one deck of slides from a record as it is now.
//
// Says how far the count is, and of a result that was signed what was announced: ballots, the elected in
// order of votes, what comes next. Never on it: votes of a name before the result is signed, votes of those
// who were not elected and anyone's confidence or rating unless that was asked for, how many votes would have
// changed an outcome (`flip`, `to_line`), anything about a single ballot. A deck is plain text; slides_page.h
// makes the file of it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "proceedings/history.h"

namespace kp {

/// A number that can be read from the last row.
struct Figure {
  std::string label;
  std::string value;
};

/// One screenful. Parts that are empty are not shown.
struct Slide {
  std::string id;  ///< unique, [a-z0-9.-]: the place to return to when the file was made anew
  std::string heading;
  std::string subheading;
  std::vector<Figure> figures;
  std::vector<std::string> heads;              ///< of the figures behind each name
  std::vector<std::vector<std::string>> rows;  ///< number, name, then one text for each of `heads`
  bool two_lanes = false;  ///< rows stand side by side, down the first lane, then the second
  std::vector<std::string> sentences;
  std::string mark;                   ///< what the figures are, when they are of no result
  std::vector<std::string> cautions;  ///< what was not verified
};

struct Deck {
  Language language = Language::vi;
  bool practice = false;
  std::string title;
  std::string unit;
  std::vector<Slide> slides;
};

/// What is to be shown.
struct OnScreen {
  Language language = Language::vi;
  std::string contest;                  ///< this one alone; "" for all
  bool by_name = false;                 ///< also every row of the result, whatever was asked
  std::map<std::string, Json> by_hand;  ///< figures of counts by hand (hand_count.h) to show, by contest
  std::set<std::string> announced;      ///< the contests whose standing result is signed
};

/// Purpose: the deck of a record or a dossier.
/// In: standing results of announced contests as parse_result (sheet/result_file.h) admits them.
/// Promise: of a contest that is not in `announced` it says what `status` says, whatever its result holds; a
/// round that such a result led to is not in it.
Deck make_slides(const History& history, const OnScreen& what);

}  // namespace kp
