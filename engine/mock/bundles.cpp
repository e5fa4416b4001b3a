#include "mock/bundles.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.h"
#include "intake/csv.h"

namespace kp {
namespace {

constexpr std::int64_t kMostSlippedIn = 1000;
constexpr std::uint64_t kBlurOneIn = 80;
constexpr std::uint64_t kMistypeOneIn = 300;
constexpr std::uint64_t kFaultStream = 0x6b69656d70686965U;  // so that faults draw other numbers than voters

std::string name_of(std::int64_t bundle) {
  return fmt::format("{:03}", bundle);
}

// Another mark than `mark`, as someone might type or tamper it.
char other_mark(char mark, BallotForm form) {
  if (form == BallotForm::strike) return mark == 'a' ? '.' : 'a';
  return mark == 'a' ? 'b' : 'a';
}

std::int64_t slipped_in(std::int64_t ballots) {
  return std::clamp<std::int64_t>((ballots * 14 + 67) / 134, 1, kMostSlippedIn);
}

}  // namespace

MockBundles::MockBundles(const ContestPlan& plan)
    : plan_(plan),
      random_(plan.seed),
      model_(plan.contest, plan.favoured, random_),
      steering_(plan.honest ? Steering(plan.contest, *plan.honest, plan.aims, ~plan.seed) : Steering()),
      chance_(plan.seed ^ kFaultStream),
      counts_(plan.contest.rows.size()),
      planted_(plan.settled) {
  const auto ballots = static_cast<std::uint64_t>(plan_.ballots());
  const std::uint64_t bundles = (ballots + static_cast<std::uint64_t>(plan_.bundle_size) - 1) /
                                static_cast<std::uint64_t>(plan_.bundle_size);
  const auto some = [&](std::uint64_t n) { return static_cast<std::int64_t>(chance_.below(n)); };
  counted_wrong_ = 1 + some(bundles);
  altered_ = 1 + some(bundles);
  doubled_ = 1 + some(bundles);
  swapped_ = 1 + (bundles > 2 ? some(bundles - 2) : 0);
  blur_from_ = some(ballots / 2 + 1);
  mistype_from_ = some(ballots / 2 + 1);
}

void MockBundles::count(const MockBallot& ballot) {
  if (ballot.verdict != Verdict::valid) {
    ++counts_.invalid_by[static_cast<std::size_t>(ballot.verdict)];
    return;
  }
  ++counts_.valid;
  for (std::size_t row = 0; row < ballot.marks.size(); ++row) {
    RowCount& votes = counts_.rows[row];
    const char mark = ballot.marks[row];
    if (mark == '.') {
      ++votes.none;
    } else if (mark == '*') {
      ++votes.several;
    } else {
      ++votes.options[static_cast<std::size_t>(mark - 'a')];
    }
  }
}

Planted MockBundles::place_in(PlantKind fault, std::int64_t bundle) const {
  Planted place;
  place.fault = fault;
  place.contest = plan_.contest.id;
  place.bundle = name_of(bundle);
  return place;
}

// Makes a mark of a valid ballot unreadable, in every pass.
void MockBundles::blur(const MockBallot& ballot, std::string& marks, std::int64_t number) {
  if (!has(PlantKind::doubtful_marks) || ballot.verdict != Verdict::valid || made_ < blur_from_) return;
  if (chance_.below(kBlurOneIn) != 0 && blurred_) return;
  blurred_ = true;
  const std::size_t row = chance_.below(marks.size());
  marks[row] = '?';
  Planted place = place_in(PlantKind::doubtful_marks, bundle_);
  place.ballot = number;
  place.rows = {static_cast<std::int64_t>(row) + 1};
  place.marks = ballot.marks;
  planted_.push_back(std::move(place));
}

// Types a mark into the next row, or a wrong mark, in one pass. Returns: that pass's index, or the number of
// passes.
std::size_t MockBundles::mistype(const MockBallot& ballot, std::string& marks, std::int64_t number) {
  const auto nowhere = static_cast<std::size_t>(passes());
  if (!has(PlantKind::typist) || passes() < 2 || !ballot.flags.none() || made_ < mistype_from_)
    return nowhere;
  if (chance_.below(kMistypeOneIn) != 0 && mistyped_) return nowhere;
  if (marks.find('?') != std::string::npos) return nowhere;
  mistyped_ = true;
  const std::size_t pass = chance_.below(nowhere);
  const std::size_t row = chance_.below(marks.size());
  Planted place = place_in(PlantKind::typist, bundle_);
  place.ballot = number;
  place.rows = {static_cast<std::int64_t>(row) + 1};
  if (row + 1 < marks.size() && marks[row] != marks[row + 1]) {
    std::swap(marks[row], marks[row + 1]);
    place.rows.push_back(static_cast<std::int64_t>(row) + 2);
  } else {
    marks[row] = other_mark(marks[row], plan_.contest.ballot);
  }
  place.pass = static_cast<std::int64_t>(pass) + 1;
  place.marks = ballot.marks;
  planted_.push_back(std::move(place));
  return pass;
}

std::vector<MockBundles::Reading> MockBundles::read_ballots(std::int64_t size) {
  // Passes that read alike are written once.
  const auto texts = static_cast<std::size_t>(has(PlantKind::typist) ? passes() : 1);
  std::vector<Reading> readings(texts);
  for (std::int64_t n = 1; n <= size; ++n) {
    MockBallot ballot = model_.draw(random_);
    steering_.steer(ballot);
    count(ballot);
    std::string marks = ballot.marks;
    blur(ballot, marks, n);
    std::string mistyped = marks;
    const std::size_t wrong = mistype(ballot, mistyped, n);
    for (std::size_t pass = 0; pass < texts; ++pass) {
      append_csv(readings[pass].csv, static_cast<std::uint32_t>(n), pass == wrong ? mistyped : marks,
                 ballot.flags);
    }
    ++made_;
  }
  readings.resize(static_cast<std::size_t>(passes()), readings.front());
  for (Reading& reading : readings) reading.ballots = size;
  return readings;
}

// Ready-made ballots behind those of a bundle: nobody handed them in.
void MockBundles::slip_in(std::vector<Reading>& readings, std::int64_t size) {
  const std::int64_t more = slipped_in(plan_.ballots());
  const MockBallot ballot = model_.ready_made();
  for (Reading& reading : readings) {
    for (std::int64_t n = size + 1; n <= size + more; ++n) {
      append_csv(reading.csv, static_cast<std::uint32_t>(n), ballot.marks, ballot.flags);
    }
    reading.ballots += more;
  }
  planted_.push_back(place_in(PlantKind::extra_ballots, bundle_));
  planted_.back().count = more;
}

MockBundle MockBundles::state(std::int64_t bundle, std::int64_t pass, const Reading& reading,
                              std::int64_t counted) const {
  ManifestBundle stated;
  stated.bundle = name_of(bundle);
  stated.file = fmt::format("{:03}-{}.csv", bundle, pass);
  stated.sha256 = sha256_hex(reading.csv);
  stated.ballots = reading.ballots;
  stated.pass = pass;
  stated.station = std::string(1, static_cast<char>('A' + pass - 1));
  stated.by = plan_.keyers[static_cast<std::size_t>(pass - 1)];
  stated.method = "keyed";
  stated.counted = counted;
  return {std::move(stated), reading.csv};
}

// Changes the last ballot of a file whose digest was already stated.
void MockBundles::alter(MockBundle& bundle) {
  const std::size_t line = bundle.csv.rfind('\n', bundle.csv.size() - 2) + 1;
  char& mark = bundle.csv[bundle.csv.find(',', line) + 1];
  mark = other_mark(mark, plan_.contest.ballot);
  planted_.push_back(place_in(PlantKind::altered_after_sealing, bundle_));
  planted_.back().pass = bundle.stated.pass;
}

std::vector<MockBundle> MockBundles::stations(std::vector<Reading> readings, std::int64_t size) {
  std::int64_t counted = size;
  if (has(PlantKind::wrong_count) && bundle_ == counted_wrong_) {
    counted = size > 1 ? size - 1 : size + 1;
    planted_.push_back(place_in(PlantKind::wrong_count, bundle_));
    planted_.back().count = counted;
  }
  std::vector<MockBundle> all;
  for (std::int64_t pass = 1; pass <= passes(); ++pass) {
    all.push_back(state(bundle_, pass, readings[static_cast<std::size_t>(pass - 1)], counted));
  }
  if (has(PlantKind::duplicate_bundle) && bundle_ == doubled_) to_repeat_ = all;
  return all;
}

// The stack of bundle n in the place of n + 1 and the other way round, in pass 2: what a station keyed under
// either number is the other's ballots.
void MockBundles::swap_stacks(std::vector<MockBundle>& all) {
  if (!has(PlantKind::swapped_bundle) || passes() < 2) return;
  if (bundle_ == swapped_) {
    held_ = std::move(all[1]);
    all.erase(all.begin() + 1);
    return;
  }
  if (!held_) return;
  MockBundle first = std::move(*held_);
  held_.reset();
  MockBundle& second = all[1];
  std::swap(first.csv, second.csv);
  std::swap(first.stated.sha256, second.stated.sha256);
  std::swap(first.stated.ballots, second.stated.ballots);
  for (const std::int64_t bundle : {bundle_ - 1, bundle_}) {
    planted_.push_back(place_in(PlantKind::swapped_bundle, bundle));
    planted_.back().pass = 2;
    planted_.back().of = name_of(bundle == bundle_ ? bundle_ - 1 : bundle_);
  }
  all.insert(all.begin(), std::move(first));
}

// The bundle that is entered twice, under the next number.
std::vector<MockBundle> MockBundles::copies() {
  std::vector<MockBundle> all = std::move(to_repeat_);
  to_repeat_.clear();
  if (all.empty()) return all;
  ++bundle_;
  planted_.push_back(place_in(PlantKind::duplicate_bundle, bundle_));
  planted_.back().of = all.front().stated.bundle;
  for (MockBundle& bundle : all) {
    bundle.stated.bundle = name_of(bundle_);
    bundle.stated.file = fmt::format("{:03}-{}.csv", bundle_, bundle.stated.pass);
  }
  return all;
}

std::vector<MockBundle> MockBundles::next() {
  std::int64_t size = std::min(plan_.bundle_size, plan_.ballots() - made_);
  if (size <= 0) return copies();
  ++bundle_;
  std::vector<Reading> readings = read_ballots(size);
  if (has(PlantKind::extra_ballots) && made_ == plan_.ballots()) {
    slip_in(readings, size);
    size = readings.front().ballots;
  }
  std::vector<MockBundle> all = stations(std::move(readings), size);
  if (has(PlantKind::altered_after_sealing) && bundle_ == altered_) alter(all.front());
  swap_stacks(all);
  return all;
}

}  // namespace kp
