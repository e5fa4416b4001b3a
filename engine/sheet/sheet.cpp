#include "sheet/sheet.h"

#include <set>

#include "base/work_in_order.h"
#include "proceedings/gate.h"
#include "sheet/rows.h"

namespace kp {
namespace {

Json ballots_json(const SheetInput& input) {
  Json::Object invalid_by;
  std::int64_t valid = 0;
  std::int64_t invalid = 0;
  if (input.counts) {
    valid = input.counts->valid;
    invalid = input.counts->invalid();
    for (std::size_t i = 1; i < kVerdictCount; ++i) {
      const std::int64_t n = input.counts->invalid_by[i];
      if (n > 0) invalid_by.emplace_back(word(static_cast<Verdict>(i)), n);
    }
  }
  return Json::object({{"issued", input.issued},
                       {"returned", input.returned},
                       {"accepted", valid + invalid},
                       {"valid", valid},
                       {"invalid", invalid},
                       {"invalid_by", Json::object(std::move(invalid_by))},
                       {"rulings", input.rulings},
                       {"corrections", input.corrections}});
}

Json base_json(const SheetInput& input, const Base& base) {
  const CongressKind kind = kind_of(input.congress, input.contest);
  const auto sentence = [&](Language language) {
    return majority_sentence(kind, base, input.contest.revote, language);
  };
  return Json::object({{"summoned", base.summoned},
                       {"deductions", base.deductions},
                       {"count", base.count},
                       {"line", base.line},
                       {"sentence_vi", sentence(Language::vi)},
                       {"sentence_en", sentence(Language::en)}});
}

Json next_json(const Next& next) {
  Json::Array rows;
  for (const std::uint32_t no : next.rows) rows.emplace_back(no);
  return Json::object({{"action", word(next.action)}, {"rows", std::move(rows)}, {"seats", next.seats}});
}

bool some_row_ignored(const Counts& counts) {
  for (const RowCount& row : counts.rows) {
    if (row.none + row.several > 0) return true;
  }
  return false;
}

// The rules about base, form and ballots that were applied before anyone was elected (docs/formats.md §9).
std::vector<RuleId> counting_rules(const SheetInput& input) {
  const bool election = input.contest.question == Question::election;
  const bool strike = input.contest.ballot == BallotForm::strike;
  std::vector<RuleId> rules = {base_rule(kind_of(input.congress, input.contest), input.contest.question)};
  if (election) {
    rules.push_back(RuleId::base_not_ballots);
    rules.push_back(strike ? RuleId::ballot_strike : RuleId::ballot_agree);
  }
  if (input.returned > input.issued) rules.push_back(RuleId::reconciliation_excess);
  if (input.returned < input.issued) rules.push_back(RuleId::reconciliation_fewer);
  if (election) rules.push_back(RuleId::validity_fewer);
  if (!strike && some_row_ignored(*input.counts)) rules.push_back(RuleId::validity_row_ignored);
  if (election && !strike && input.contest.rows.size() >= 2) rules.push_back(RuleId::validity_nobody_agree);
  for (std::size_t i = 1; i < kVerdictCount; ++i) {
    if (input.counts->invalid_by[i] > 0) rules.push_back(rule_of(static_cast<Verdict>(i)));
  }
  return rules;
}

Json step(Regulation regulation, RuleId id) {
  const Rule rule = rule_row(regulation, id);
  return Json::object({{"rule", rule.id},
                       {"text_vi", rule.text.vi},
                       {"text_en", rule.text.en},
                       {"document", rule.document},
                       {"article", rule.article},
                       {"grade", word(rule.grade)}});
}

// A vote that does not stand: nobody has votes, everyone is on the next list.
Verdicts void_verdicts(const Contest& contest) {
  Verdicts verdicts;
  if (contest.question == Question::election) verdicts.elected.emplace();
  verdicts.outcome = Outcome::void_;
  verdicts.open_seats = contest.seats;
  verdicts.next = {Action::presiding_body_decides,
                   numbers_where(contest.rows, [](const Row&) { return true; }), contest.seats};
  return verdicts;
}

Json congress_json(const Congress& congress) {
  return Json::object({{"id", congress.id},
                       {"title", congress.title},
                       {"unit", congress.unit},
                       {"term", congress.term},
                       {"date", congress.date},
                       {"kind", word(congress.kind)},
                       {"level", word(congress.level)}});
}

Json contest_json(const Contest& contest) {
  Json json = Json::object({{"id", contest.id},
                            {"title", contest.title},
                            {"question", word(contest.question)},
                            {"office", word(contest.office)},
                            {"ballot", word(contest.ballot)},
                            {"round", contest.round},
                            {"revote", contest.revote}});
  if (has_seats(contest.question)) json.set("seats", contest.seats);
  return json;
}

// Several bundles are in memory at once only while they are of the size of bundles.
std::size_t threads_for(const ContestHistory& contest) {
  constexpr std::int64_t kLargeBundle = 100'000;  // ballots
  for (const std::string& bundle : contest.bundles_in_force()) {
    for (const BundlePass* pass : contest.passes_in_force(bundle)) {
      if (pass->ballots > kLargeBundle) return 1;
    }
  }
  return threads_here(3);
}

std::int64_t corrected_ballots(const ContestHistory& contest) {
  std::set<BallotKey> ballots;
  for (const auto& [key, correction] : contest.corrections) ballots.insert(key.first);
  return static_cast<std::int64_t>(ballots.size());
}

}  // namespace

Json::Object make_sheet(const SheetInput& input) {
  const Base base = base_of(input.electorate);
  Verdicts verdicts = input.counts ? make_verdicts(input, base) : void_verdicts(input.contest);
  Json::Array steps;
  if (input.counts) {
    for (const RuleId rule : counting_rules(input)) steps.push_back(step(input.congress.regulation, rule));
    for (const RuleId rule : verdicts.rules) steps.push_back(step(input.congress.regulation, rule));
  }
  Json::Object sheet = {{"ballots", ballots_json(input)},    {"base", base_json(input, base)},
                        {"rows", std::move(verdicts.rows)},  {"outcome", word(verdicts.outcome)},
                        {"open_seats", verdicts.open_seats}, {"next", next_json(verdicts.next)},
                        {"steps", std::move(steps)}};
  if (verdicts.elected) sheet.emplace_back("elected", std::move(*verdicts.elected));
  return sheet;
}

Json make_document(const Congress& congress, const Contest& contest, Json::Object sheet,
                   const RecordHead& head) {
  sheet.emplace_back("congress", congress_json(congress));
  sheet.emplace_back("contest", contest_json(contest));
  sheet.emplace_back("regulation", word(congress.regulation));
  sheet.emplace_back("purpose", word(congress.purpose));
  sheet.emplace_back("record", Json::object({{"id", head.id}, {"size", head.size}, {"root", head.root}}));
  return Json::object(std::move(sheet));
}

Result<Counts> count_contest(const History& history, const ContestHistory& contest, const FetchBundle& fetch,
                             const Progress& progress) {
  Gate gate(history, contest);
  Counts counts(contest.contest.rows.size());
  Findings unread;
  const std::vector<std::string> bundles = contest.bundles_in_force();
  work_in_order(
      bundles.size(), threads_for(contest),
      [&](std::size_t i) { return read_bundle(contest, bundles[i], fetch); },
      [&](std::size_t i, const Result<BundleReading>& reading) {
        if (!unread.empty()) return;
        if (!reading) {
          unread = reading.findings();
          return;
        }
        gate.add(*reading);
        counts += tally(contest.contest, reading->passes.front().ballots);
        if (progress) progress(i + 1, bundles.size());
      });
  if (!unread.empty()) return unread;
  if (Findings findings = gate.finish(); !findings.empty()) return findings;
  return counts;
}

Result<Json> make_result(const History& history, const ContestHistory& contest, const FetchBundle& fetch,
                         const RecordHead& head, const Progress& progress) {
  const Congress& congress = history.congress;
  const Box* box = contest.box();
  if (box == nullptr) return finding(Code::gate_no_box, contest.contest.id);
  SheetInput input{congress, contest.contest, contest.electorate};
  input.issued = box->issued;
  input.returned = box->returned;
  const Result<RulingTally> rulings = rulings_in_force(contest, fetch);
  if (!rulings) return rulings.findings();
  input.rulings = rulings->ballots;
  input.corrections = corrected_ballots(contest);
  const bool is_void = contest.before_result && contest.before_result->action == DecisionAction::void_;
  if (!is_void) {
    Result<Counts> counts = count_contest(history, contest, fetch, progress);
    if (!counts) return counts.findings();
    input.counts = std::move(counts).value();
  }
  const bool practice = congress.purpose == Purpose::practice;
  Json result = make_document(congress, contest.contest, make_sheet(input), head);
  result.set("format", practice ? "kiemphieu/practice-result@1" : "kiemphieu/result@1");
  if (!contest.results.empty()) result.set("replaces", contest.results.back().sha256);
  return result;
}

}  // namespace kp
