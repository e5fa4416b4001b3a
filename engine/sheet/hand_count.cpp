#include "sheet/hand_count.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/canon.h"
#include "base/digest.h"
#include "base/text.h"
#include "proceedings/gate.h"
#include "sheet/form_parts.h"
#include "sheet/minutes_draft.h"
#include "sheet/result_file.h"

namespace kp {
namespace {

constexpr std::string_view kFormat = "kiemphieu/hand-count@1";
constexpr std::string_view kPracticeFormat = "kiemphieu/practice-hand-count@1";

/// Compares what the teams counted, then holds it to what counts of real ballots always are.
class Checks {
 public:
  Checks(const ContestHistory& contest, const HandCount& count)
      : contest_(contest), list_(contest.contest), count_(count) {}

  Findings teams(std::int64_t required) && {
    const auto given = static_cast<std::int64_t>(count_.teams.size());
    if (given < required) add(Code::hand_too_few_teams, list_.id, {number(given), number(required)});
    for (std::size_t team = 1; team < count_.teams.size(); ++team) compare(count_.teams[team], team + 1);
    return std::move(findings_);
  }

  Findings sums() && {
    const HandTally& tally = count_.teams.front();
    std::int64_t votes = 0;
    for (std::size_t row = 0; row < tally.rows.size(); ++row) {
      votes += tally.rows[row].front();
      check_row(tally.rows[row], tally.valid, place(row));
    }
    if (list_.ballot == BallotForm::strike) {
      const std::int64_t least = list_.rows.size() >= 2 ? tally.valid : 0;
      const std::int64_t most = tally.valid * list_.seats;
      if (votes < least || votes > most)
        add(Code::hand_votes_sum, list_.id, {number(votes), number(least), number(most)});
    }
    const std::int64_t all = std::accumulate(tally.invalid_by.begin(), tally.invalid_by.end(), tally.valid);
    const std::int64_t returned = contest_.box()->returned;
    if (all != returned) add(Code::hand_returned, list_.id, {number(all), number(returned)});
    return std::move(findings_);
  }

 private:
  static std::string number(std::int64_t n) { return std::to_string(n); }
  [[nodiscard]] std::string place(std::size_t row) const { return fmt::format("{}/{}", list_.id, row + 1); }

  void add(Code code, const std::string& where, Args args) {
    findings_.push_back(finding(code, where, std::move(args)));
  }

  void compare(const HandTally& other, std::size_t team) {
    const HandTally& first = count_.teams.front();
    const auto differ = [&](const std::string& where, const auto& one, const auto& two) {
      if (one != two)
        add(Code::hand_teams_differ, where,
            {fmt::format("{}", fmt::join(one, ", ")), std::to_string(team),
             fmt::format("{}", fmt::join(two, ", "))});
    };
    using Figures = std::vector<std::int64_t>;
    differ(list_.id + "/valid", Figures{first.valid}, Figures{other.valid});
    for (const Verdict reason : possible_reasons(list_)) {
      const auto at = static_cast<std::size_t>(reason);
      differ(fmt::format("{}/{}", list_.id, word(reason)), Figures{first.invalid_by[at]},
             Figures{other.invalid_by[at]});
    }
    for (std::size_t row = 0; row < first.rows.size(); ++row)
      differ(place(row), first.rows[row], other.rows[row]);
  }

  void check_row(const std::vector<std::int64_t>& figures, std::int64_t valid, const std::string& where) {
    const std::int64_t sum = std::accumulate(figures.begin(), figures.end(), std::int64_t{0});
    if (list_.ballot == BallotForm::strike ? sum > valid : sum != valid)
      return add(Code::hand_row_sum, where, {number(sum), number(valid)});
    // Where one name is voted on, a ballot without just one box is invalid.
    const std::int64_t boxes = sum - figures.back() - (figures.size() > 1 ? figures[figures.size() - 2] : 0);
    if (is_one_name_election(list_) && boxes != valid)
      add(Code::hand_row_sum, where, {number(boxes), number(valid)});
  }

  const ContestHistory& contest_;
  const Contest& list_;
  const HandCount& count_;
  Findings findings_;
};

Counts counts_of(const Contest& contest, const HandTally& tally) {
  Counts counts(contest.rows.size());
  counts.valid = tally.valid;
  counts.invalid_by = tally.invalid_by;
  for (std::size_t row = 0; row < counts.rows.size(); ++row) {
    const std::vector<std::int64_t>& figures = tally.rows[row];
    RowCount& into = counts.rows[row];
    if (contest.ballot == BallotForm::strike) {
      into.options[0] = figures[0];
      into.none = tally.valid - figures[0];
      continue;
    }
    const std::size_t options = figures.size() - 2;
    std::copy_n(figures.begin(), options, into.options.begin());
    into.none = figures[options];
    into.several = figures[options + 1];
  }
  return counts;
}

/// Writes the minutes of a hand count around the figures that minutes of results have too.
class Minutes {
 public:
  Minutes(const Json& figures, const HandCountEntry& entry, const BeforeResult& before, Language language)
      : entry_(entry),
        congress_(before.history.congress),
        draft_(figures, sha256_hex(canonical(entry.document)), &before, language) {}

  paper::Document make() && {
    write_edges();
    draft_.add(form_head(congress_, draft_.language()));
    const Json& contest = draft_.result().at("contest");
    draft_.add(centred({{title(), true}}, 15, 14));
    const ContestHistory* known = draft_.contest();
    draft_.add(centred({{known == nullptr ? contest.at("title").string()
                                          : title_with_round(known->contest, draft_.language()),
                         true}},
                       13, 1));
    draft_.add(centred({{congress_.title}}, 12.5, 1));
    draft_.add(centred({{draft_.say("Nhiệm kỳ ", "Term ") + congress_.term}}, 12.5, 0));
    write_what_it_is();
    write_figures(draft_);
    write_votes(draft_);
    write_elected(draft_);
    write_outcome(draft_);
    write_rules(draft_);
    write_signatures();
    return std::move(draft_.document);
  }

 private:
  [[nodiscard]] std::string title() const {
    return draft_.say("BIÊN BẢN KIỂM PHIẾU BẰNG TAY", "MINUTES OF A COUNT BY HAND");
  }
  [[nodiscard]] std::string mark() const { return said(hand_count_mark(), draft_.language()); }

  void write_edges() {
    draft_.document = empty_form(congress_, title(), draft_.language());
    paper::Document& document = draft_.document;
    const bool practice = congress_.purpose == Purpose::practice;
    document.watermark = practice ? draft_.say("DIỄN TẬP – KIỂM TAY", "PRACTICE – BY HAND")
                                  : draft_.say("KIỂM BẰNG TAY", "BY HAND");
    const std::string line = (practice ? "\n" : "") + mark();
    document.first_head.push_back({line, true});
    document.later_head.push_back({"\n" + mark(), true});
    document.foot.push_back(
        {{draft_.say("Mã số bản kiểm tay (SHA-256): ", "Digest of the count by hand (SHA-256): ") +
          in_groups_of_four(draft_.sha256())}});
    document.foot.push_back({{fmt::format(fmt::runtime(draft_.say("Sổ {}, mục {}", "Record {}, entry {}")),
                                          draft_.result().at("record").at("id").string(), entry_.seq)}});
  }

  void write_signatures() {
    // Nobody signs a page on which nothing else stands.
    if (auto* last = std::get_if<paper::Paragraph>(&draft_.document.body.back())) last->keep_with_next = true;
    draft_.add(paper::Paragraph{
        {{draft_.say(
            "Biên bản lập xong lúc …… giờ …… phút, ngày …… tháng …… năm ………, đã đọc để những người ký tên "
            "cùng nghe.",
            "Drawn up at …… : ……, on ………………, and read to those who sign.")}},
        12.5,
        paper::Align::justify,
        0,
        0,
        10,
        true});
    draft_.add(signature_line({chair_of(draft_), draft_.say("TRƯỞNG BAN KIỂM PHIẾU", "HEAD OF THE BOARD"),
                               draft_.say("CÁC UỶ VIÊN", "MEMBERS")},
                              draft_.language()));
  }

  void write_what_it_is() {
    const Json& hand = entry_.document.at("hand");
    draft_.text(
        {{draft_.say("Số liệu này do ban kiểm phiếu đếm bằng tay vì không dùng được máy; máy chưa kiểm lại "
                     "từ phiếu, nên đây không phải là kết quả trong hồ sơ điện tử. Phiếu được giữ nguyên, "
                     "niêm phong để kiểm lại.",
                     "The board counted these figures by hand because the machines could not be used; they "
                     "were not recomputed from ballots, so this is no result of the electronic dossier. The "
                     "ballots are kept and sealed, to be counted again."),
          true}},
        8);
    draft_.text(fmt::format(
        fmt::runtime(draft_.say("Lý do: {}. Số tổ đếm riêng, cho số liệu như nhau: {}. Người ghi vào sổ: {}.",
                                "Reason: {}. Teams that counted alone and agree: {}. Entered by: {}.")),
        hand.at("reason").string(), hand.at("teams").integer(), fmt::join(entry_.by, ", ")));
  }

  const HandCountEntry& entry_;
  const Congress& congress_;
  Draft draft_;
};

}  // namespace

Result<Json> make_hand_count(const History& history, const ContestHistory& contest, const HandCount& count,
                             const RecordHead& head) {
  const Box* box = contest.box();
  if (box == nullptr) return finding(Code::gate_no_box, contest.contest.id);
  if (contest.before_result && contest.before_result->action == DecisionAction::void_)
    return finding(Code::hand_void, contest.contest.id);
  KP_ASSERT(!count.teams.empty());
  const HandTally& tally = count.teams.front();
  Findings findings = check_box(contest, tally.invalid_by[static_cast<std::size_t>(Verdict::not_issued)]);
  add(findings, check_elected_among(contest.contest, history.elected_in(contest.contest.among)));
  add(findings, Checks(contest, count).teams(history.congress.passes_required));
  if (!has_error(findings)) add(findings, Checks(contest, count).sums());
  if (has_error(findings)) return findings;
  SheetInput input{history.congress, contest.contest, contest.electorate};
  input.issued = box->issued;
  input.returned = box->returned;
  input.counts = counts_of(contest.contest, tally);
  Json document = make_document(history.congress, contest.contest, make_sheet(input), head);
  document.set("format", history.congress.purpose == Purpose::practice ? kPracticeFormat : kFormat);
  document.set("hand", Json::object({{"teams", static_cast<std::int64_t>(count.teams.size())},
                                     {"reason", tidied(count.reason)}}));
  return document;
}

Result<Json> figures_of_hand_count(const Json& document) {
  Json::Object members;
  for (const Json::Member& member : document.members()) {
    if (member.first == "hand") continue;
    members.push_back(member);
    if (member.first == "format") {
      members.back().second =
          member.second == Json(kPracticeFormat) ? "kiemphieu/practice-result@1" : "kiemphieu/result@1";
    }
  }
  return parse_result(canonical(Json::object(std::move(members))), "hand-count");
}

Result<paper::Document> hand_count_minutes(const HandCountEntry& entry, const BeforeResult& before,
                                           Language language) {
  const Result<Json> figures = figures_of_hand_count(entry.document);
  if (!figures) return figures.findings();
  return Minutes(*figures, entry, before, language).make();
}

Text hand_count_mark() {
  return {"KIỂM BẰNG TAY – chưa được máy kiểm lại từ phiếu", "COUNTED BY HAND – not recomputed from ballots"};
}

}  // namespace kp
