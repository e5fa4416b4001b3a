#include "kiemphieu/drill_text.h"

#include <fmt/format.h>

#include "base/share.h"
#include "rules/ruleset.h"

namespace kp {
namespace {

std::string say(Language language, std::string_view vi, std::string_view en) {
  return std::string(Text{vi, en}.in(language));
}

/// Writes lines in one language.
class ScoreText {
 public:
  ScoreText(Regulation regulation, Language language) : regulation_(regulation), language_(language) {}

  void fault(const ScoredFault& fault) {
    const Plant& plant = plant_row(fault.planted.fault);
    const std::string place = where(fault.planted);
    line(fault.points, kPointsFault, fmt::format("{} — {}", plant.word, place));
    switch (fault.match) {
      case Match::found:
        return;
      case Match::other_place:
        detail(in("Đúng loại lỗi, chưa đúng chỗ: đội ghi {0}. Chỗ đúng: {1}.",
                  "The right kind, another place: you said {0}. It was at {1}."),
               fault.said, place);
        break;
      case Match::other_kind:
        detail(in("Đúng chỗ, nhưng là lỗi khác: đội ghi {0}.",
                  "The right place, but another kind: you said {0}."),
               fault.said);
        break;
      case Match::missed:
        detail(in("Lần này chưa nhận ra.", "Not noticed this time."));
        break;
    }
    detail("{} {}", in("Dấu hiệu:", "The sign:"), plant.notice.in(language_));
    detail("{} {}", in("Việc phải làm:", "What to do:"), plant.then.in(language_));
    const Rule rule = rule_row(regulation_, plant.rule);
    detail("{} {}. {} {} ({}{})", in("Bước:", "Step:"), spoken(plant.stage).in(language_),
           in("Căn cứ:", "Basis:"), rule.text.in(language_), citation(rule.document, rule.article, language_),
           rule.grade == Grade::unverified ? in(", chưa kiểm chứng", ", not verified") : "");
  }

  void ruling(const ScoredRuling& ruling) {
    line(ruling.points, kPointsRuling, fmt::format("{} {}", in("kết luận phiếu", "ruling on"), ruling.where));
    if (ruling.points == 0) {
      detail(in("Đội kết luận: {0}; người bầu định: {1}.", "You ruled {0}; the voter meant {1}."),
             ruling.said.empty() ? in("chưa kết luận", "nothing") : ruling.said, ruling.right);
    }
  }

  void result(const ScoredResult& result) {
    line(result.points, kPointsOutcome + kPointsElected + kPointsFigures,
         fmt::format("{} {}", in("kết quả", "result of"), result.right.contest));
    if (!result.given) {
      detail(in("Đội chưa nộp kết quả này.", "No result was handed in."));
      return;
    }
    if (!result.outcome)
      detail(in("Kết luận chưa đúng; đúng là {0}.", "The outcome is another: {0}."), result.right.outcome);
    if (!result.elected) detail(in("Danh sách trúng cử chưa đúng.", "Others were elected."));
    if (!result.figures)
      detail(in("Số phiếu đúng: hợp lệ {0}, không hợp lệ {1}.", "Rightly {0} valid, {1} invalid."),
             result.right.valid, result.right.invalid);
  }

  void alarm(const FoundFault& alarm) {
    line(-kCostFalseAlarm, 0, fmt::format("{} — {}", plant_row(alarm.fault).word, alarm.where));
    detail(in("Không cài lỗi này. Nghi ngờ là tốt; trước khi báo hãy tìm thêm một dấu hiệu nữa.",
              "This was not planted. Doubt is good; look for one more sign before you report it."));
  }

  [[nodiscard]] std::string in(std::string_view vi, std::string_view en) const {
    return say(language_, vi, en);
  }
  void head(std::string_view vi, std::string_view en) { text += in(vi, en) + "\n"; }

  std::string text;

 private:
  void line(std::int64_t points, std::int64_t of, const std::string& what) {
    text += of == 0 ? fmt::format("  {:>2}     {}\n", points, what)
                    : fmt::format("  {:>2}/{:<2}  {}\n", points, of, what);
  }
  template <class... Args>
  void detail(const std::string& format, const Args&... args) {
    text += "         " + fmt::format(fmt::runtime(format), args...) + "\n";
  }

  Regulation regulation_;
  Language language_;
};

std::string judgement(std::int64_t points, std::int64_t of, Language language) {
  if (of == 0 || 10 * points >= 9 * of)
    return say(language, "Rất vững. Đội này có thể ngồi bàn kiểm phiếu thật.",
               "Very sure. This team can sit at a real table.");
  if (10 * points >= 7 * of)
    return say(language, "Tốt. Xem lại những chỗ dưới đây rồi tập thêm một bài nữa.",
               "Good. Go through what stands below and do one more exercise.");
  if (2 * points >= of)
    return say(language, "Đã nắm được phần chính. Những chỗ sót đều có cách nhận ra, ghi ở dưới.",
               "The main part is there. What was missed has its signs, see below.");
  return say(language, "Bài này khó, ai cũng có lần đầu. Đọc phần dưới cùng nhau, rồi làm lại bài ấy.",
             "A hard one, and everybody has a first time. Read on together, then do it again.");
}

}  // namespace

std::string score_text(const Score& score, const Drill& drill, Regulation regulation, Language language) {
  ScoreText out(regulation, language);
  out.text = fmt::format("{} — {}: {}/{} ({}%)\n{}\n", drill.team, drill.id, score.points, score.of,
                         percent(score.points, score.of), judgement(score.points, score.of, language));
  if (!score.faults.empty()) out.head("\nLỗi cài sẵn", "\nPlanted faults");
  for (const ScoredFault& fault : score.faults) out.fault(fault);
  if (!score.rulings.empty()) out.head("\nPhiếu nghi ngờ", "\nDoubtful ballots");
  for (const ScoredRuling& ruling : score.rulings) out.ruling(ruling);
  if (!score.results.empty()) out.head("\nKết quả", "\nResults");
  for (const ScoredResult& result : score.results) out.result(result);
  if (!score.false_alarms.empty()) out.head("\nBáo mà không có", "\nReported but not there");
  for (const FoundFault& alarm : score.false_alarms) out.alarm(alarm);
  return out.text;
}

std::string history_text(const std::vector<DrillRun>& runs, const std::string& team, Language language) {
  std::string text;
  std::size_t number = 0;
  for (const DrillRun& run : runs) {
    if (run.team != team) continue;
    std::string missed;
    for (const std::string& kind : run.missed) missed += (missed.empty() ? "" : ", ") + kind;
    text += fmt::format("  {}. {}  {}  {}/{} ({}%){}\n", ++number, run.at.substr(0, 10), run.drill,
                        run.points, run.of, percent(run.points, run.of),
                        missed.empty() ? "" : say(language, "; chưa nhận ra: ", "; missed: ") + missed);
  }
  return say(language, "\nCác lần tập của đội này\n", "\nThis team's exercises\n") + text;
}

std::string kinds_text(Language language) {
  std::string text;
  for (std::size_t i = 0; i < plants().size(); ++i) {
    text += fmt::format("  {:>2}  {} — {}\n", i + 1, plants()[i].word, plants()[i].notice.in(language));
  }
  return text;
}

}  // namespace kp
