#include "proceedings/reading.h"

#include <algorithm>
#include <map>
#include <optional>

#include "intake/csv.h"
#include "intake/packed_rows.h"

namespace kp {
namespace {

// The corrections in force of one pass, as edits.
std::vector<Edit> corrections_of(const ContestHistory& contest, const BundlePass& pass) {
  std::vector<Edit> edits;
  for (const auto& [key, correction] : contest.corrections) {
    if (key.first.bundle == pass.bundle && key.second == pass.pass) {
      edits.push_back({key.first.ballot, correction.marks, correction.flags});
    }
  }
  return edits;
}

// Calls `each` with every ruling on this bundle.
template <class Each>
void each_ruling_on(const ContestHistory& contest, const std::string& bundle, Each each) {
  for (auto it = contest.rulings.lower_bound({bundle, 0});
       it != contest.rulings.end() && it->first.bundle == bundle; ++it) {
    each(it->first.ballot, it->second);
  }
}

// The rulings on one bundle, as edits: the same for every pass.
std::vector<Edit> rulings_of(const ContestHistory& contest, const std::string& bundle) {
  std::vector<Edit> edits;
  each_ruling_on(contest, bundle, [&](std::uint32_t ballot, const Ruling& ruling) {
    if (ruling.invalid) {
      const std::string no_marks(contest.contest.rows.size(), letter(Mark::none));
      edits.push_back({ballot, no_marks, Flags(flag_for(*ruling.invalid))});
    } else {
      edits.push_back({ballot, ruling.marks, Flags()});
    }
  });
  return edits;
}

// Whether no confirmation followed the entry that brought some flag of this ballot. A correction brings only
// what was not read on the ballot just before it.
bool is_unconfirmed(const ContestHistory& contest, const PassReading& reading, std::size_t index) {
  const Flags flags = reading.ballots.flags(index);
  const std::uint32_t ballot = reading.ballots.numbers()[index];
  const BundlePass& pass = *reading.pass;
  if (flags.none()) return false;
  const auto it = contest.corrections.find({{pass.bundle, ballot}, pass.pass});
  if (it == contest.corrections.end()) return pass.seq > contest.confirmed_seq;
  const Correction& correction = it->second;
  for (std::size_t i = 0; i < kFlagCount; ++i) {
    const auto flag = static_cast<Flag>(i);
    if (!flags.has(flag)) continue;
    const bool from_file =
        correction.since[i] == correction.first && reading.flags_in_file.at(ballot).has(flag);
    if ((from_file ? pass.seq : correction.since[i]) > contest.confirmed_seq) return true;
  }
  return false;
}

RulingTally tally_of(const Ruling& ruling) {
  return {1, ruling.invalid == Verdict::not_issued ? 1 : 0};
}

bool has_unreadable(const Ballots& ballots, std::size_t index) {
  const auto words = ballots.words(Mark::unreadable, index);
  return std::any_of(words.begin(), words.end(), [](std::uint64_t word) { return word != 0; });
}

void compare_ballot(const BundleReading& reading, std::uint32_t ballot, std::vector<Difference>& found) {
  std::vector<std::string> marks;
  std::vector<std::string> flags;
  bool missing = false;
  for (const PassReading& pass : reading.passes) {
    const std::size_t index = pass.ballots.find(ballot);
    missing = missing || index == pass.ballots.size();
    marks.push_back(index == pass.ballots.size() ? "" : pass.ballots.marks(index));
    flags.push_back(index == pass.ballots.size() ? "" : to_text(pass.ballots.flags(index)));
  }
  const auto differ = [](const std::vector<std::string>& readings) {
    return std::adjacent_find(readings.begin(), readings.end(), std::not_equal_to<>()) != readings.end();
  };
  if (missing) {
    found.push_back({ballot, 0, marks});
    return;
  }
  if (differ(flags)) found.push_back({ballot, 0, flags});
  if (!differ(marks)) return;
  for (std::size_t row = 0; row < marks.front().size(); ++row) {
    std::vector<std::string> letters;
    for (const std::string& pass : marks) letters.emplace_back(1, pass[row]);
    if (differ(letters)) found.push_back({ballot, static_cast<std::uint32_t>(row + 1), letters});
  }
}

}  // namespace

Result<Ballots> read_pass(const ContestHistory& contest, const BundlePass& pass, const FetchBundle& fetch) {
  const BundleShape shape{contest.contest.ballot, contest.contest.rows.size()};
  if (const Result<std::string> packed = fetch.packed_rows(pass.sha256)) {
    std::optional<Ballots> unpacked = unpack_rows(*packed, shape);
    if (unpacked && csv_sha256(*unpacked) == pass.sha256) return *std::move(unpacked);
  }
  const Result<std::string> bytes = fetch.file(pass.sha256);
  if (!bytes) return bytes.findings();
  return parse_ballots(*bytes, pass.sha256 + ".csv", shape);
}

Result<BundleReading> read_bundle(const ContestHistory& contest, const std::string& bundle,
                                  const FetchBundle& fetch) {
  BundleReading reading{bundle, {}};
  const std::vector<Edit> rulings = rulings_of(contest, bundle);
  for (const BundlePass* pass : contest.passes_in_force(bundle)) {
    Result<Ballots> read = read_pass(contest, *pass, fetch);
    if (!read) return read.findings();
    std::vector<Edit> edits = corrections_of(contest, *pass);
    std::map<std::uint32_t, Flags> flags_in_file;
    for (const Edit& edit : edits) {
      const std::size_t index = read->find(edit.ballot);
      if (index < read->size()) flags_in_file.emplace(edit.ballot, read->flags(index));
    }
    edits.insert(edits.end(), rulings.begin(), rulings.end());
    reading.passes.push_back(
        {pass, edits.empty() ? std::move(read).value() : read->with(edits), std::move(flags_in_file)});
  }
  KP_ASSERT(!reading.passes.empty());
  return reading;
}

std::vector<Difference> differences(const BundleReading& reading) {
  std::vector<Difference> found;
  const Ballots& first = reading.passes.front().ballots;
  const bool all_alike = std::all_of(reading.passes.begin(), reading.passes.end(),
                                     [&](const PassReading& pass) { return pass.ballots == first; });
  if (all_alike) return found;
  std::vector<std::uint32_t> numbers;
  for (const PassReading& pass : reading.passes) {
    numbers.insert(numbers.end(), pass.ballots.numbers().begin(), pass.ballots.numbers().end());
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  for (const std::uint32_t ballot : numbers) compare_ballot(reading, ballot, found);
  return found;
}

std::vector<Doubt> doubts(const ContestHistory& contest, const BundleReading& reading) {
  std::map<std::uint32_t, Doubt> found;
  for (const PassReading& pass : reading.passes) {
    const Ballots& ballots = pass.ballots;
    for (std::size_t i = 0; i < ballots.size(); ++i) {
      const bool unreadable = has_unreadable(ballots, i);
      if (!unreadable && ballots.flags(i).none()) continue;
      const std::uint32_t number = ballots.numbers()[i];
      if (contest.rulings.contains({reading.bundle, number})) continue;
      const bool unconfirmed = is_unconfirmed(contest, pass, i);
      if (!unreadable && !unconfirmed) continue;
      Doubt& doubt = found[number];
      doubt.ballot = number;
      doubt.unreadable = doubt.unreadable || unreadable;
      doubt.unconfirmed = doubt.unconfirmed || unconfirmed;
    }
  }
  std::vector<Doubt> doubts;
  for (const auto& [number, doubt] : found) doubts.push_back(doubt);
  return doubts;
}

RulingTally& RulingTally::operator+=(const RulingTally& more) {
  ballots += more.ballots;
  not_issued += more.not_issued;
  return *this;
}

RulingTally rulings_in_force(const ContestHistory& contest, const BundleReading& reading) {
  RulingTally rulings;
  each_ruling_on(contest, reading.bundle, [&](std::uint32_t ballot, const Ruling& ruling) {
    const bool there =
        std::any_of(reading.passes.begin(), reading.passes.end(),
                    [&](const PassReading& pass) { return pass.ballots.find(ballot) < pass.ballots.size(); });
    if (there) rulings += tally_of(ruling);
  });
  return rulings;
}

Result<RulingTally> rulings_in_force(const ContestHistory& contest, const FetchBundle& fetch) {
  RulingTally rulings;
  for (const std::string& bundle : contest.bundles_in_force()) {
    RulingTally stated;
    each_ruling_on(contest, bundle, [&](std::uint32_t, const Ruling& ruling) { stated += tally_of(ruling); });
    const auto& passes = contest.bundles.at(bundle);
    const bool all_there = passes.size() == contest.passes_in_force(bundle).size();
    if (stated.ballots == 0 || all_there) {
      rulings += stated;
      continue;
    }
    const Result<BundleReading> reading = read_bundle(contest, bundle, fetch);
    if (!reading) return reading.findings();
    rulings += rulings_in_force(contest, *reading);
  }
  return rulings;
}

}  // namespace kp
