#include "proceedings/gate.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "rules/ruleset.h"

namespace kp {
namespace {

// How many doubtful or differing ballots are named one by one.
constexpr std::size_t kMostNamed = 20;

std::string number(std::int64_t n) {
  return std::to_string(n);
}

bool excess_is_accepted(const ContestHistory& contest) {
  return contest.before_result && contest.before_result->action == DecisionAction::accept_excess;
}

// The rows, counted from 0, of a list among another contest's elected whose names are not among `names`.
std::vector<std::size_t> rows_outside(const Contest& contest, const std::set<std::string>& names) {
  std::vector<std::size_t> rows;
  if (contest.among.empty()) return rows;
  for (std::size_t i = 0; i < contest.rows.size(); ++i) {
    if (!names.contains(name_key(contest.rows[i].name))) rows.push_back(i);
  }
  return rows;
}

}  // namespace

Findings check_excess_ruled(const ContestHistory& contest, std::int64_t ruled_not_issued) {
  const std::int64_t excess = contest.box()->returned - contest.box()->issued;
  if (ruled_not_issued >= excess) return {};
  return {
      finding(Code::gate_excess_not_ruled, contest.contest.id, {number(ruled_not_issued), number(excess)})};
}

Findings check_box(const ContestHistory& contest, std::int64_t ruled_not_issued) {
  const std::string& id = contest.contest.id;
  const Box* box = contest.box();
  if (box == nullptr) return {finding(Code::gate_no_box, id)};
  Findings findings;
  if (box->issued > contest.electorate.present) {
    findings.push_back(finding(Code::gate_issued_over_present, id,
                               {number(box->issued), number(contest.electorate.present)}));
  }
  if (excess_is_accepted(contest)) {
    add(findings, check_excess_ruled(contest, ruled_not_issued));
  } else if (box->returned > box->issued) {
    findings.push_back(
        finding(Code::gate_returned_over_issued, id,
                {number(box->returned), number(box->issued), number(box->returned - box->issued)}));
  }
  return findings;
}

Findings warn_of_fewer_returned(const ContestHistory& contest) {
  const Box* box = contest.box();
  if (box == nullptr || box->returned >= box->issued) return {};
  return {finding(Code::gate_returned_fewer, contest.contest.id,
                  {number(box->returned), number(box->issued), number(box->issued - box->returned)})};
}

Findings check_elected_among(const Contest& contest, const std::set<std::string>& names) {
  Findings findings;
  for (const std::size_t i : rows_outside(contest, names)) {
    const Row& row = contest.rows[i];
    findings.push_back(
        finding(Code::list_not_among, fmt::format("{}/{}", contest.id, row.no), {row.name, contest.among}));
  }
  return findings;
}

Findings check_may_stand(const History& history, const Contest& contest) {
  Findings findings;
  for (const std::size_t i : rows_outside(contest, history.may_be_elected_in(contest.among))) {
    findings.push_back(finding(Code::list_not_among, pointer_to(pointer_to("/rows", i), "name"),
                               {contest.rows[i].name, contest.among}));
  }
  return findings;
}

Findings check_further_rounds(const History& history, const ContestHistory& contest) {
  Findings findings;
  for (const ContestHistory* round : history.rounds_on_older_result(contest)) {
    findings.push_back(finding(Code::result_parent_reopened, contest.contest.id, {round->contest.id}));
  }
  return findings;
}

void Gate::check_passes(const BundleReading& reading) {
  const std::string where = contest_.contest.id + "/" + reading.bundle;
  const auto required = history_.congress.passes_required;
  if (const auto have = static_cast<std::int64_t>(reading.passes.size()); have < required) {
    findings_.push_back(finding(Code::gate_passes_missing, where, {number(have), number(required)}));
  }
  for (std::size_t i = 0; i < reading.passes.size(); ++i) {
    const BundlePass& one = *reading.passes[i].pass;
    if (one.counted && *one.counted != one.ballots) {
      findings_.push_back(
          finding(Code::gate_counted, where, {number(*one.counted), number(one.ballots), number(one.pass)}));
    }
    for (std::size_t j = 0; j < i; ++j) {
      const BundlePass& other = *reading.passes[j].pass;
      if (!one.by.empty() && !other.by.empty() && name_key(one.by) == name_key(other.by)) {
        findings_.push_back(
            finding(Code::gate_same_person, where, {number(other.pass), number(one.pass), one.by}));
      }
      if (one.station == other.station) {
        findings_.push_back(
            finding(Code::gate_same_station, where, {number(other.pass), number(one.pass), one.station}));
      }
    }
  }
}

void Gate::add(const BundleReading& reading) {
  const std::string where = contest_.contest.id + "/" + reading.bundle;
  ballots_ += static_cast<std::int64_t>(reading.passes.front().ballots.size());
  rulings_ += rulings_in_force(contest_, reading);
  check_passes(reading);

  std::vector<std::uint32_t> differing;
  for (const Difference& difference : differences(reading)) {
    if (differing.empty() || differing.back() != difference.ballot) differing.push_back(difference.ballot);
  }
  const std::vector<Doubt> doubtful = doubts(contest_, reading);
  const auto name_each = [&](const auto& list, Code code, auto ballot_of) {
    for (std::size_t i = 0; i < std::min(list.size(), kMostNamed); ++i) {
      findings_.push_back(finding(code, fmt::format("{}/{}", where, ballot_of(list[i]))));
    }
    if (list.size() > kMostNamed) {
      findings_.push_back(finding(Code::findings_more, where, {std::to_string(list.size() - kMostNamed)}));
    }
  };
  name_each(differing, Code::gate_passes_differ, [](std::uint32_t ballot) { return ballot; });
  name_each(doubtful, Code::gate_doubtful, [](const Doubt& doubt) { return doubt.ballot; });
}

Findings Gate::finish() {
  Findings findings = check_box(contest_, rulings_.not_issued);
  const Box* box = contest_.box();
  if (box != nullptr && ballots_ != box->returned) {
    findings.push_back(finding(Code::gate_ballots_not_returned, contest_.contest.id,
                               {number(ballots_), number(box->returned)}));
  }
  kp::add(findings, check_elected_among(contest_.contest, history_.elected_in(contest_.contest.among)));
  kp::add(findings, std::move(findings_));
  cite(findings, history_.congress.regulation);
  return findings;
}

}  // namespace kp
