// A bundle as a fuzz input: one line that says for which list, then the CSV.
//
//   strike 3 2 election      form, rows, seats; "election", or anything else for another question
#pragma once

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>

#include "contest/congress.h"
#include "fuzz/fuzz.h"

namespace kp::fuzz {

struct BundleInput {
  Contest contest;
  std::string_view csv;
};

/// Purpose: reads the first line, whatever it holds: unknown words give "strike", numbers are brought into
/// 1 … 200.
inline BundleInput bundle_input(std::string_view input) {
  auto [line, csv] = split_line(input);
  const auto next_word = [&line = line] {
    const std::size_t end = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return word;
  };
  const auto next_number = [&] {
    const std::string_view word = next_word();
    std::uint32_t number = 1;
    std::from_chars(word.data(), word.data() + word.size(), number);
    return std::clamp<std::uint32_t>(number, 1, 200);
  };
  BundleInput bundle;
  bundle.contest.ballot = named<BallotForm>(next_word()).value_or(BallotForm::strike);
  bundle.contest.rows.resize(next_number());
  for (std::size_t i = 0; i < bundle.contest.rows.size(); ++i)
    bundle.contest.rows[i].no = static_cast<std::uint32_t>(i + 1);
  bundle.contest.seats = next_number();
  bundle.contest.question = line == "election" ? Question::election : Question::survey;
  bundle.csv = csv;
  return bundle;
}

}  // namespace kp::fuzz
