#include "verify/recount.h"

#include <numeric>

namespace kp::verify {

Counts no_counts(std::size_t rows) {
  Counts counts;
  counts.rows.resize(rows);
  return counts;
}

std::int64_t invalid_of(const Counts& counts) {
  return std::accumulate(counts.invalid.begin(), counts.invalid.end(), std::int64_t{0});
}

void count_ballot(Counts& counts, std::string_view marks, std::optional<Reason> invalid, std::int64_t times) {
  if (invalid) {
    counts.invalid[static_cast<std::size_t>(*invalid)] += times;
    return;
  }
  counts.valid += times;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    RowCounts& row = counts.rows[i];
    const char mark = marks[i];
    if ('a' <= mark && mark <= 'd') {
      row.option[static_cast<std::size_t>(mark - 'a')] += times;
    } else if (mark == '*') {
      row.several += times;
    } else {
      row.none += times;
    }
  }
}

void add_counts(Counts& counts, const Counts& more, std::int64_t times) {
  counts.valid += times * more.valid;
  for (std::size_t i = 0; i < kReasons; ++i) counts.invalid[i] += times * more.invalid[i];
  for (std::size_t i = 0; i < counts.rows.size(); ++i) {
    for (std::size_t o = 0; o < counts.rows[i].option.size(); ++o) {
      counts.rows[i].option[o] += times * more.rows[i].option[o];
    }
    counts.rows[i].none += times * more.rows[i].none;
    counts.rows[i].several += times * more.rows[i].several;
  }
}

Counts count(const BallotRule& rule, std::span<const Ballot> ballots) {
  Counts counts = no_counts(rule.rows);
  for (const Ballot& ballot : ballots) {
    const bool remarked = ballot.ruling != nullptr && !ballot.ruling->invalid;
    count_ballot(counts, remarked ? std::string_view(ballot.ruling->marks) : ballot.marks,
                 judge(rule, ballot), 1);
  }
  return counts;
}

}  // namespace kp::verify
