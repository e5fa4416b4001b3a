#include "verify/expected.h"

#include "contest/majority.h"
#include "verify/canon.h"

namespace kp::verify {
namespace {

Json numbers(const std::vector<std::uint32_t>& values) {
  Json::Array array;
  for (const std::uint32_t value : values) array.emplace_back(value);
  return array;
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

Json ballots_json(const ResultFrame& frame, const Counts& counts) {
  Json::Object by_reason;
  for (std::size_t i = 0; i < kReasons; ++i) {
    if (counts.invalid[i] > 0) by_reason.emplace_back(word(static_cast<Reason>(i)), counts.invalid[i]);
  }
  const std::int64_t invalid = invalid_of(counts);
  return Json::object({{"issued", frame.box.issued},
                       {"returned", frame.box.returned},
                       {"accepted", counts.valid + invalid},
                       {"valid", counts.valid},
                       {"invalid", invalid},
                       {"invalid_by", Json::object(std::move(by_reason))},
                       {"rulings", frame.rulings},
                       {"corrections", frame.corrections}});
}

Json base_json(const ResultFrame& frame, const Majority& majority) {
  const CongressKind kind = kind_of(frame.congress, frame.contest);
  const Base base{majority.summoned, majority.deductions, majority.count, majority.line};
  return Json::object({{"summoned", majority.summoned},
                       {"deductions", majority.deductions},
                       {"count", majority.count},
                       {"line", majority.line},
                       {"sentence_vi", majority_sentence(kind, base, frame.contest.revote, Language::vi)},
                       {"sentence_en", majority_sentence(kind, base, frame.contest.revote, Language::en)}});
}

bool has_levels(Question question) {
  return question == Question::confidence || question == Question::rating || question == Question::survey;
}

/// Builds the rows of one result.
class RowWriter {
 public:
  RowWriter(const ResultFrame& frame, const Evaluation& evaluation)
      : contest_(frame.contest), counts_(evaluation.counts), decision_(evaluation.decision) {
    const Electorate& electorate = electorate_of(frame.congress, frame.contest);
    const Majority majority = majority_of(electorate);
    line_ = majority.line;
    percent_of_ = contest_.question == Question::opinion ? electorate.present : majority.count;
    share_of_ = fraction_base(contest_, majority, frame.box, counts_);
  }

  [[nodiscard]] Json row(std::size_t index) const {
    Json json = Json::object({{"no", contest_.rows[index].no}, {"name", contest_.rows[index].name}});
    if (has_levels(contest_.question)) {
      put_levels(json, index);
    } else {
      put_votes(json, index);
    }
    return json;
  }

 private:
  void put_levels(Json& json, std::size_t index) const {
    const RowCounts& row = counts_.rows[index];
    const std::size_t options = options_of(contest_.ballot);
    Json::Array figures;
    Json::Array shares;
    for (std::size_t o = 0; o < options; ++o) {
      figures.emplace_back(row.option[o]);
      shares.emplace_back(percent_text(row.option[o], share_of_));
    }
    json.set("options", std::move(figures));
    json.set("none", row.none);
    json.set("several", row.several);
    json.set("shares", std::move(shares));
    json.set("band", word(decision_.rows[index].band));
  }

  void put_votes(Json& json, std::size_t index) const {
    const RowCounts& row = counts_.rows[index];
    const RowDecision& decided = decision_.rows[index];
    const bool strike = contest_.ballot == BallotForm::strike;
    json.set("votes", decided.votes);
    json.set("against", strike ? counts_.valid - decided.votes : row.option[1]);
    json.set("none", strike ? 0 : row.none);
    json.set("several", strike ? 0 : row.several);
    json.set("percent", percent_text(decided.votes, percent_of_));
    json.set("rank", decided.rank);
    if (decided.standing) json.set("standing", word(*decided.standing));
    if (contest_.question != Question::election) return;
    json.set("to_line", contest_.revote ? Json() : Json(decided.votes - line_));
    json.set("flip", decided.flip ? Json(*decided.flip) : Json());
  }

  const Contest& contest_;
  const Counts& counts_;
  const Decision& decision_;
  std::int64_t line_ = 0;
  std::int64_t percent_of_ = 0;
  std::int64_t share_of_ = 0;
};

Json next_json(const Decision& decision) {
  return Json::object({{"action", word(decision.action)},
                       {"rows", numbers(decision.next_rows)},
                       {"seats", decision.next_seats}});
}

// Everything but `rows`.
Json frame_json(const ResultFrame& frame, const Evaluation& evaluation) {
  const Congress& congress = frame.congress;
  const Decision& decision = evaluation.decision;
  const bool practice = congress.purpose == Purpose::practice;
  Json json = Json::object(
      {{"format", practice ? "kiemphieu/practice-result@1" : "kiemphieu/result@1"},
       {"congress", congress_json(congress)},
       {"contest", contest_json(frame.contest)},
       {"regulation", word(congress.regulation)},
       {"purpose", word(congress.purpose)},
       {"ballots", ballots_json(frame, evaluation.counts)},
       {"base", base_json(frame, majority_of(electorate_of(congress, frame.contest)))},
       {"outcome", word(decision.outcome)},
       {"open_seats", decision.open_seats},
       {"next", next_json(decision)},
       {"steps", steps_json(congress.regulation, evaluation.steps)},
       {"record",
        Json::object({{"id", frame.record_id}, {"size", frame.record_size}, {"root", frame.record_root}})}});
  if (!frame.replaces.empty()) json.set("replaces", frame.replaces);
  if (frame.contest.question == Question::election) json.set("elected", numbers(decision.elected));
  return json;
}

}  // namespace

Evaluation evaluate(const Congress& congress, const Contest& contest, const Electorate& electorate,
                    const Box& box, std::span<const Ballot> ballots) {
  Evaluation evaluation;
  evaluation.counts = count(rule_of(contest), ballots);
  evaluation.decision = decide(contest, congress.level, electorate, box, evaluation.counts);
  evaluation.steps =
      steps_of(contest, kind_of(congress, contest), box, evaluation.counts, evaluation.decision);
  return evaluation;
}

Json expected_result(const ResultFrame& frame, const Evaluation& evaluation) {
  Json json = frame_json(frame, evaluation);
  const RowWriter writer(frame, evaluation);
  Json::Array rows;
  for (std::size_t i = 0; i < frame.contest.rows.size(); ++i) rows.push_back(writer.row(i));
  json.set("rows", std::move(rows));
  return json;
}

Json expected_void_result(const ResultFrame& frame) {
  Evaluation nothing;
  nothing.counts = no_counts(0);
  nothing.decision = decide_void(frame.contest);
  Json json = frame_json(frame, nothing);
  json.set("rows", Json::Array());
  return json;
}

Json steps_json(Regulation regulation, const std::vector<RuleId>& steps) {
  Json::Array array;
  for (const RuleId step : steps) {
    const Rule rule = rule_row(regulation, step);
    array.push_back(Json::object({{"rule", rule.id},
                                  {"text_vi", rule.text.vi},
                                  {"text_en", rule.text.en},
                                  {"document", rule.document},
                                  {"article", rule.article},
                                  {"grade", word(rule.grade)}}));
  }
  return array;
}

}  // namespace kp::verify
