// count-bundles THREADS FORM ROWS SEATS FILE…: digests, parses, judges and counts bundles, and prints the
// votes. What the engine does with a bundle between the disk and the record, as one process to be timed.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/file.h"
#include "base/work_in_order.h"
#include "intake/csv.h"
#include "tally/counts.h"

using namespace kp;

namespace {

struct Counted {
  std::string digest;
  Counts counts;
};

Counted count_file(const Contest& contest, const std::string& path) {
  const Result<FileBytes> bytes = read_bytes(path, kMostBundleBytes);
  if (!bytes) std::exit(1);
  const Result<Ballots> ballots = parse_ballots(bytes->view(), path, {contest.ballot, contest.rows.size()});
  if (!ballots) std::exit(1);
  return {sha256_hex(bytes->view()), tally(contest, *ballots)};
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  constexpr std::size_t kFirstFile = 4;
  if (words.size() <= kFirstFile) return 2;
  Contest contest;
  contest.question = Question::election;
  contest.ballot = named<BallotForm>(words[1]).value_or(BallotForm::strike);
  contest.rows.resize(std::stoul(words[2]));
  contest.seats = std::stol(words[3]);
  Counts sum(contest.rows.size());
  work_in_order(
      words.size() - kFirstFile, std::max(std::stoul(words[0]), 1UL),
      [&](std::size_t i) { return count_file(contest, words[kFirstFile + i]); },
      [&](std::size_t, const Counted& one) { sum += one.counts; });
  std::cout << sum.valid << " valid";
  for (const RowCount& row : sum.rows) std::cout << ' ' << row.options[0];
  std::cout << '\n';
}
