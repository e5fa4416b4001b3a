#include "audit/audit.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/draw.h"
#include "audit/margin.h"
#include "contest/majority.h"

namespace kp {
namespace {

constexpr std::string_view kFormat = "kiemphieu/audit@1";
constexpr std::string_view kPracticeFormat = "kiemphieu/practice-audit@1";
constexpr std::string_view kPlanKind = "audit";
constexpr std::string_view kReadingKind = "reading";

std::string place_of(const BallotKey& key) {
  return fmt::format("{}/{}", key.bundle, key.ballot);
}

Json missing_sheet() {
  return Json::object({{"missing", true}});
}

std::string_view format_of(Purpose purpose) {
  return purpose == Purpose::practice ? kPracticeFormat : kFormat;
}

std::vector<std::int64_t> votes_of(const Counts& counts) {
  std::vector<std::int64_t> votes;
  for (const RowCount& row : counts.rows) votes.push_back(row.options[0]);
  return votes;
}

Counts sum_of(const Contest& contest, const std::vector<CountedBundle>& bundles) {
  Counts counts(contest.rows.size());
  for (const CountedBundle& bundle : bundles) counts += count(bundle.ballots, bundle.verdicts);
  return counts;
}

// Whether the counted ballots give the votes that the result states.
bool agrees_with(const Json& result, const Counts& counts) {
  const Json::Array& rows = result.at("rows").array();
  const std::vector<std::int64_t> votes = votes_of(counts);
  return result.at("ballots").at("accepted").integer() == counts.accepted() &&
         std::equal(
             rows.begin(), rows.end(), votes.begin(), votes.end(),
             [](const Json& row, std::int64_t counted) { return row.at("votes").integer() == counted; });
}

// Reads what a plan's body says; nothing when it is no plan.
std::optional<AuditPlan> plan_in(const Json& body) {
  Fields fields(body);
  AuditPlan plan;
  const std::string format = fields.text("format");
  plan.purpose = format == kPracticeFormat ? Purpose::practice : Purpose::official;
  plan.contest = fields.text("contest");
  plan.result = fields.text("result");
  plan.allowed_by = fields.text("allowed_by");
  plan.seed = fields.text("seed");
  plan.risk = fields.integer("risk");
  plan.doubted = {fields.integer("ballots"), fields.integer("least_misread"), fields.integer("tolerated")};
  plan.form = fields.text("form") == word(BallotForm::strike) ? BallotForm::strike : BallotForm::agree;
  plan.rows = static_cast<std::size_t>(fields.integer("rows"));
  const Json record = fields.object("record");
  Fields head(record);
  plan.record = {head.text("id"), head.integer("size"), head.text("root")};
  const Json drawn = fields.object("drawn");
  if (!fields.good() || !head.good() || format != format_of(plan.purpose)) return std::nullopt;
  for (const auto& [bundle, ballots] : drawn.members()) {
    if (!ballots.is_array()) return std::nullopt;
    for (const Json& ballot : ballots.array()) {
      if (!ballot.is_integer()) return std::nullopt;
      plan.drawn.push_back({bundle, static_cast<std::uint32_t>(ballot.integer())});
    }
  }
  const Doubted& doubted = plan.doubted;
  const bool possible = doubted.tolerated >= 0 && doubted.tolerated < doubted.misread &&
                        doubted.misread <= doubted.population && !plan.drawn.empty();
  return possible ? std::optional(plan) : std::nullopt;
}

// Takes one reading into the check; false when it is none.
bool take_reading(AuditHistory& audit, const Json& body, std::int64_t seq) {
  Fields fields(body);
  const std::string bundle = fields.text("bundle");
  if (fields.has("sheets")) audit.sheets[bundle] = fields.integer("sheets");
  if (fields.has("note")) fields.text("note");
  const Json ballots = fields.object("ballots");
  if (!fields.good()) return false;
  for (const auto& [number, seen] : ballots.members()) {
    PaperBallot paper;
    paper.seq = seq;
    paper.missing = seen == missing_sheet();
    if (!paper.missing) {
      Fields ballot(seen);
      FlagFault fault;
      paper.marks = ballot.text("marks");
      const bool flags = parse_flags(ballot.text("flags"), paper.flags, fault);
      if (!ballot.good() || !flags || paper.marks.size() != audit.plan.rows) return false;
    }
    const auto drawn = std::find_if(audit.plan.drawn.begin(), audit.plan.drawn.end(),
                                    [&, &number = number](const BallotKey& key) {
                                      return key.bundle == bundle && std::to_string(key.ballot) == number;
                                    });
    if (drawn == audit.plan.drawn.end()) return false;
    audit.read[*drawn] = std::move(paper);
  }
  return true;
}

}  // namespace

Result<std::vector<CountedBundle>> counted_bundles(const ContestHistory& contest, const FetchBundle& fetch) {
  const ResultEntry* standing = contest.standing();
  const std::string& id = contest.contest.id;
  if (standing == nullptr) return finding(Code::result_none, id);
  const bool is_void = standing->result.at("outcome").string() == word(Outcome::void_);
  if (contest.contest.question != Question::election || is_void) {
    return finding(Code::audit_nothing_to_check, id);
  }
  std::vector<CountedBundle> bundles;
  for (const std::string& bundle : contest.bundles_in_force()) {
    Result<BundleReading> reading = read_bundle(contest, bundle, fetch);
    if (!reading) return reading.findings();
    Ballots& ballots = reading->passes.front().ballots;
    std::vector<Verdict> verdicts = judge(contest.contest, ballots);
    bundles.push_back({bundle, std::move(ballots), std::move(verdicts)});
  }
  if (!agrees_with(standing->result, sum_of(contest.contest, bundles))) {
    return finding(Code::audit_count_differs, id);
  }
  return bundles;
}

Result<AuditPlan> make_plan(const History& history, const ContestHistory& contest,
                            const std::vector<CountedBundle>& bundles, const CheckedRecord& record,
                            const AuditWish& wish) {
  const Counts counts = sum_of(contest.contest, bundles);
  const Terms terms{contest.contest.seats,
                    contest.contest.revote ? std::nullopt : std::optional(base_of(contest.electorate).line)};
  const std::optional<std::int64_t> misread = least_misread(votes_of(counts), terms, counts.accepted());
  const std::string& id = contest.contest.id;
  if (!misread) return finding(Code::audit_cannot_change, id, {std::to_string(counts.accepted())});
  if (wish.tolerated >= *misread) {
    return finding(Code::audit_tolerated, id, {std::to_string(wish.tolerated), std::to_string(*misread)});
  }
  AuditPlan plan;
  plan.purpose = history.congress.purpose;
  plan.record = record;
  plan.contest = id;
  plan.result = contest.standing()->sha256;
  plan.allowed_by = wish.allowed_by;
  plan.seed = wish.seed;
  plan.risk = wish.risk;
  plan.doubted = {counts.accepted(), *misread, wish.tolerated};
  plan.form = contest.contest.ballot;
  plan.rows = contest.contest.rows.size();
  plan.drawn = drawn_ballots(plan.seed, id, bundles, least_sample(plan.doubted, plan.risk));
  return plan;
}

std::vector<BallotKey> drawn_ballots(const std::string& seed, const std::string& contest,
                                     const std::vector<CountedBundle>& bundles, std::int64_t sample) {
  std::vector<std::int64_t> firsts;  // place of each bundle's first ballot among all
  std::int64_t all = 0;
  for (const CountedBundle& bundle : bundles) {
    firsts.push_back(all);
    all += static_cast<std::int64_t>(bundle.ballots.size());
  }
  std::vector<BallotKey> drawn;
  for (const std::int64_t place : draw(seed, contest, all, sample)) {
    const auto after = std::upper_bound(firsts.begin(), firsts.end(), place);
    const auto index = static_cast<std::size_t>(after - firsts.begin() - 1);
    const CountedBundle& bundle = bundles[index];
    drawn.push_back(
        {bundle.bundle, bundle.ballots.numbers()[static_cast<std::size_t>(place - firsts[index])]});
  }
  std::sort(drawn.begin(), drawn.end());
  return drawn;
}

Act plan_act(const AuditPlan& plan, People by) {
  std::map<std::string, Json::Array> ballots;
  for (const BallotKey& key : plan.drawn) ballots[key.bundle].emplace_back(key.ballot);
  Json::Object drawn;
  for (auto& [bundle, numbers] : ballots) drawn.emplace_back(bundle, std::move(numbers));
  Json record =
      Json::object({{"id", plan.record.id}, {"size", plan.record.size}, {"root", plan.record.root}});
  return {std::string(kPlanKind),
          Json::object({{"format", format_of(plan.purpose)},
                        {"record", std::move(record)},
                        {"contest", plan.contest},
                        {"result", plan.result},
                        {"allowed_by", plan.allowed_by},
                        {"seed", plan.seed},
                        {"risk", plan.risk},
                        {"ballots", plan.doubted.population},
                        {"least_misread", plan.doubted.misread},
                        {"tolerated", plan.doubted.tolerated},
                        {"form", word(plan.form)},
                        {"rows", static_cast<std::int64_t>(plan.rows)},
                        {"drawn", Json::object(std::move(drawn))}}),
          std::move(by)};
}

Result<AuditHistory> replay_audit(const std::vector<std::string>& entries) {
  const Finding no_audit = finding(Code::audit_not_an_audit);
  AuditHistory audit;
  for (const std::string& bytes : entries) {
    const Result<Entry> entry = parse_entry(bytes, audit.size);
    if (!entry) return no_audit;
    if (audit.size == 0) {
      std::optional<AuditPlan> plan = entry->kind == kPlanKind ? plan_in(entry->body) : std::nullopt;
      if (!plan) return no_audit;
      audit.plan = std::move(*plan);
    } else if (entry->kind != kReadingKind || !take_reading(audit, entry->body, entry->seq)) {
      return no_audit;
    }
    audit.last_at = entry->at;
    ++audit.size;
  }
  if (audit.size == 0) return no_audit;
  return audit;
}

Result<Act> enter_reading(const AuditHistory& audit, const PaperReading& reading, People by) {
  Findings findings = check_two(by);
  Json::Object ballots;
  const auto take = [&](std::uint32_t number, Json seen) {
    const BallotKey key{reading.bundle, number};
    if (!std::binary_search(audit.plan.drawn.begin(), audit.plan.drawn.end(), key)) {
      findings.push_back(finding(Code::audit_not_drawn, place_of(key)));
    } else if (audit.read.contains(key) && reading.note.empty()) {
      findings.push_back(finding(Code::audit_read_before, place_of(key)));
    }
    ballots.emplace_back(std::to_string(number), std::move(seen));
  };
  for (std::size_t i = 0; i < reading.ballots.size(); ++i) {
    const std::uint32_t number = reading.ballots.numbers()[i];
    const std::string marks = reading.ballots.marks(i);
    if (marks.find(letter(Mark::unreadable)) != std::string::npos) {
      findings.push_back(finding(Code::audit_unreadable, place_of({reading.bundle, number})));
    }
    take(number, Json::object({{"marks", marks}, {"flags", to_text(reading.ballots.flags(i))}}));
  }
  const std::set<std::uint32_t> missing(reading.missing.begin(), reading.missing.end());
  for (const std::uint32_t number : missing) {
    if (reading.ballots.find(number) != reading.ballots.size()) {
      findings.push_back(finding(Code::audit_read_and_missing, place_of({reading.bundle, number})));
      continue;
    }
    take(number, missing_sheet());
  }
  if (!findings.empty()) return findings;
  Json body = Json::object({{"bundle", reading.bundle}, {"ballots", Json::object(std::move(ballots))}});
  if (reading.sheets) body.set("sheets", *reading.sheets);
  if (!reading.note.empty()) body.set("note", reading.note);
  return Act{std::string(kReadingKind), std::move(body), std::move(by)};
}

}  // namespace kp
