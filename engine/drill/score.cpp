#include "drill/score.h"

#include <algorithm>

namespace kp {
namespace {

/// Finds for each planted fault what the team said of it.
class FaultMatcher {
 public:
  FaultMatcher(const std::vector<Planted>& planted, const std::vector<FoundFault>& found)
      : found_(found), taken_(found.size(), false) {
    for (const Planted& fault : planted) scored_.push_back({fault, Match::missed, "", 0});
  }

  std::vector<ScoredFault> match() {
    pass(Match::found, kPointsFault, [](const FoundFault& said, const Planted& is) {
      return said.fault == is.fault && said.where == tidy_place(where(is));
    });
    pass(Match::other_place, kPointsKindOnly,
         [](const FoundFault& said, const Planted& is) { return said.fault == is.fault; });
    pass(Match::other_kind, kPointsPlaceOnly,
         [](const FoundFault& said, const Planted& is) { return said.where == tidy_place(where(is)); });
    return std::move(scored_);
  }

  [[nodiscard]] std::vector<FoundFault> false_alarms() const {
    std::vector<FoundFault> alarms;
    for (std::size_t i = 0; i < found_.size(); ++i) {
      if (!taken_[i]) alarms.push_back(found_[i]);
    }
    return alarms;
  }

 private:
  template <class Fits>
  void pass(Match match, std::int64_t points, Fits fits) {
    for (ScoredFault& fault : scored_) {
      if (fault.match != Match::missed) continue;
      for (std::size_t i = 0; i < found_.size(); ++i) {
        if (taken_[i] || !fits(found_[i], fault.planted)) continue;
        taken_[i] = true;
        fault.match = match;
        fault.points = points;
        fault.said =
            match == Match::other_kind ? std::string(plant_row(found_[i].fault).word) : found_[i].where;
        break;
      }
    }
  }

  const std::vector<FoundFault>& found_;
  std::vector<bool> taken_;
  std::vector<ScoredFault> scored_;
};

std::vector<ScoredRuling> score_rulings(const std::vector<Planted>& planted, const Found& found) {
  std::vector<ScoredRuling> rulings;
  for (const Planted& fault : planted) {
    if (fault.fault != PlantKind::doubtful_marks || fault.marks.empty()) continue;
    ScoredRuling ruling{where(fault), fault.marks, "", 0};
    for (const FoundRuling& said : found.rulings) {
      // As in the record: the latest ruling on a ballot stands.
      if (said.where == tidy_place(ruling.where)) ruling.said = said.ruling;
    }
    if (ruling.said == ruling.right) ruling.points = kPointsRuling;
    rulings.push_back(std::move(ruling));
  }
  return rulings;
}

ScoredResult score_result(const FoundResult& right, const Found& found) {
  ScoredResult scored{right, false, false, false, false, 0};
  for (const FoundResult& said : found.results) {
    if (said.contest != right.contest) continue;
    std::vector<std::int64_t> elected = said.elected;
    std::vector<std::int64_t> wanted = right.elected;
    std::sort(elected.begin(), elected.end());
    std::sort(wanted.begin(), wanted.end());
    scored.given = true;
    scored.outcome = said.outcome == right.outcome;
    scored.elected = elected == wanted;
    scored.figures = said.valid == right.valid && said.invalid == right.invalid;
  }
  scored.points = (scored.outcome ? kPointsOutcome : 0) + (scored.elected ? kPointsElected : 0) +
                  (scored.figures ? kPointsFigures : 0);
  return scored;
}

}  // namespace

Result<DrillAnswers> parse_answers(const Json& json, const std::string& file) {
  Result<std::vector<Planted>> planted = parse_planted(json, file);
  if (!planted) return planted.findings();
  DrillAnswers answers{std::move(planted).value(), {}};
  const Json* contests = json.find("contests");
  if (contests == nullptr || !contests->is_object()) return finding(Code::mock_answers, file + "#/contests");
  for (const Json::Member& contest : contests->members()) {
    const Json& entry = contest.second;
    const Json* ballots = entry.is_object() ? entry.find("ballots") : nullptr;
    if (ballots == nullptr || !ballots->is_object() || entry.find("outcome") == nullptr)
      return finding(Code::mock_answers, file + "#" + pointer_to("/contests", contest.first));
    // A result of the program has the same keys, so that the same reading admits both.
    Json::Object members = {{"contest", contest.first}, {"outcome", entry.at("outcome")}};
    for (const char* key : {"valid", "invalid"}) {
      if (const Json* figure = ballots->find(key)) members.emplace_back(key, *figure);
    }
    if (const Json* elected = entry.find("elected")) members.emplace_back("elected", *elected);
    const Result<Found> read = parse_found(
        Json::object({{"format", kFoundFormat}, {"results", Json::Array{Json::object(std::move(members))}}}),
        file);
    if (!read) return finding(Code::mock_answers, file + "#" + pointer_to("/contests", contest.first));
    answers.results.push_back(read->results.front());
  }
  return answers;
}

Score score(const DrillAnswers& answers, const Found& found) {
  Score score;
  FaultMatcher matcher(answers.planted, found.faults);
  score.faults = matcher.match();
  score.false_alarms = matcher.false_alarms();
  std::int64_t points = 0;
  for (const ScoredFault& fault : score.faults) points += fault.points;
  points -= kCostFalseAlarm * static_cast<std::int64_t>(score.false_alarms.size());
  score.points = std::max<std::int64_t>(0, points);
  score.of = kPointsFault * static_cast<std::int64_t>(score.faults.size());
  score.rulings = score_rulings(answers.planted, found);
  for (const ScoredRuling& ruling : score.rulings) {
    score.points += ruling.points;
    score.of += kPointsRuling;
  }
  for (const FoundResult& right : answers.results) {
    score.results.push_back(score_result(right, found));
    score.points += score.results.back().points;
    score.of += kPointsOutcome + kPointsElected + kPointsFigures;
  }
  return score;
}

std::string_view word(Match match) {
  switch (match) {
    case Match::found:
      return "found";
    case Match::other_place:
      return "other-place";
    case Match::other_kind:
      return "other-kind";
    case Match::missed:
      break;
  }
  return "missed";
}

Json to_json(const Score& score) {
  Json::Array faults;
  for (const ScoredFault& fault : score.faults) {
    faults.push_back(Json::object({{"fault", plant_row(fault.planted.fault).word},
                                   {"where", where(fault.planted)},
                                   {"match", word(fault.match)},
                                   {"said", fault.said},
                                   {"points", fault.points}}));
  }
  Json::Array alarms;
  for (const FoundFault& alarm : score.false_alarms)
    alarms.push_back(Json::object({{"fault", plant_row(alarm.fault).word}, {"where", alarm.where}}));
  Json::Array rulings;
  for (const ScoredRuling& ruling : score.rulings) {
    rulings.push_back(Json::object({{"where", ruling.where},
                                    {"right", ruling.right},
                                    {"said", ruling.said},
                                    {"points", ruling.points}}));
  }
  Json::Array results;
  for (const ScoredResult& result : score.results) {
    results.push_back(Json::object({{"contest", result.right.contest},
                                    {"given", result.given},
                                    {"outcome", result.outcome},
                                    {"elected", result.elected},
                                    {"figures", result.figures},
                                    {"points", result.points}}));
  }
  return Json::object({{"points", score.points},
                       {"of", score.of},
                       {"faults", std::move(faults)},
                       {"false_alarms", std::move(alarms)},
                       {"rulings", std::move(rulings)},
                       {"results", std::move(results)}});
}

}  // namespace kp
