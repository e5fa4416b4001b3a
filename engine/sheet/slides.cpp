#include "sheet/slides.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "contest/majority.h"
#include "outcome/election.h"
#include "sheet/hand_count.h"
#include "sheet/spoken_time.h"
#include "sheet/words.h"

namespace kp {
namespace {

// What fits at a size that can be read (docs/formats.md §15).
constexpr std::size_t kMostRowsInLane = 9;
constexpr std::size_t kMostColumnsOfName = 26;  // of a name that stands in half the width
constexpr std::size_t kMostCautions = 4;

using Rows = std::vector<std::vector<std::string>>;

std::string number(std::int64_t n) {
  return std::to_string(n);
}

/// How far the reading of a contest's bundles is; known without looking at a ballot.
struct Progress {
  std::int64_t bundles = 0;   ///< with at least one pass
  std::int64_t complete = 0;  ///< with as many passes as are required
  std::int64_t ballots = 0;   ///< by the first pass of each
};

Progress progress_of(const ContestHistory& contest, std::int64_t passes_required) {
  Progress progress;
  for (const std::string& bundle : contest.bundles_in_force()) {
    const std::vector<const BundlePass*> passes = contest.passes_in_force(bundle);
    ++progress.bundles;
    progress.ballots += passes.front()->ballots;
    progress.complete += static_cast<std::int64_t>(passes.size()) >= passes_required ? 1 : 0;
  }
  return progress;
}

/// Makes the slides of one contest, in the order in which they are shown.
class ContestSlides {
 public:
  ContestSlides(const History& history, const ContestHistory& contest, const OnScreen& what)
      : history_(history), contest_(contest), what_(what) {}

  std::vector<Slide> make() && {
    const ResultEntry* standing = contest_.standing();
    if (standing != nullptr && what_.announced.contains(contest_.contest.id)) {
      add_result(standing->result, standing->decision, alternates_of(*standing));
    } else if (what_.by_hand.contains(contest_.contest.id)) {
      --rows_in_lane_;  // the mark takes the room of one
      add_result(what_.by_hand.at(contest_.contest.id), std::nullopt, {});
      for (Slide& slide : slides_) slide.mark = hand_count_mark().in(what_.language);
    } else if (contest_.box() != nullptr) {
      add_progress(standing != nullptr);
    } else {
      add_coming();
    }
    return std::move(slides_);
  }

 private:
  [[nodiscard]] std::string say(std::string_view vi, std::string_view en) const {
    return std::string(Text{vi, en}.in(what_.language));
  }
  template <class... Figures>
  [[nodiscard]] std::string say_with(std::string_view vi, std::string_view en,
                                     const Figures&... figures) const {
    return fmt::format(fmt::runtime(Text{vi, en}.in(what_.language)), figures...);
  }

  Slide& add(std::string subheading) {
    Slide slide;
    slide.id = fmt::format("{}.{}", contest_.contest.id, slides_.size() + 1);
    slide.heading = contest_.contest.title;
    slide.subheading = std::move(subheading);
    slides_.push_back(std::move(slide));
    return slides_.back();
  }

  [[nodiscard]] std::string round_text() const {
    if (contest_.contest.revote)
      return say(" (bầu lại giữa những người bằng phiếu)", " (a new vote among the tied)");
    if (contest_.contest.round > 1) return say_with(" (lần thứ {})", " (round {})", contest_.contest.round);
    return "";
  }

  [[nodiscard]] std::string majority(const Electorate& electorate) const {
    return majority_sentence(kind_of(history_.congress, contest_.contest), base_of(electorate),
                             contest_.contest.revote, what_.language);
  }

  void add_list_figures(Slide& slide) const {
    const Contest& contest = contest_.contest;
    slide.figures.push_back({say("Danh sách trên phiếu", "On the ballot"),
                             number(static_cast<std::int64_t>(contest.rows.size()))});
    if (has_seats(contest.question))
      slide.figures.push_back({say("Số lượng cần bầu", "To be elected"), number(contest.seats)});
  }

  void add_coming() {
    Slide& slide = add(in_sentence_case(spoken(contest_.contest.question).in(what_.language)) + round_text());
    add_list_figures(slide);
    if (contest_.contest.question == Question::election)
      slide.sentences.push_back(majority(contest_.electorate));
  }

  void add_box_figures(Slide& slide) const {
    slide.figures.push_back({say("Phiếu phát ra", "Ballots issued"), number(contest_.box()->issued)});
    slide.figures.push_back({say("Phiếu thu về", "Ballots returned"), number(contest_.box()->returned)});
  }

  void add_progress(bool has_result) {
    Slide& slide = add(say("Tiến độ kiểm phiếu", "The count so far") + round_text());
    const Progress progress = progress_of(contest_, history_.congress.passes_required);
    add_box_figures(slide);
    slide.figures.push_back({say("Xấp phiếu đã nhận", "Bundles received"), number(progress.bundles)});
    slide.figures.push_back({say("Phiếu trong các xấp", "Ballots in them"),
                             fmt::format("{} / {}", progress.ballots, contest_.box()->returned)});
    slide.figures.push_back({say("Xấp đã kiểm đủ lượt", "Bundles fully read"),
                             fmt::format("{} / {}", progress.complete, progress.bundles)});
    if (has_result) {
      slide.sentences.push_back(
          say("Ban kiểm phiếu đã lập kết quả và đang ký. Kết quả được công bố sau khi ký.",
              "The counting board has made the result and is signing it. It is announced when signed."));
    } else if (contest_.reopened) {
      slide.sentences.push_back(
          say("Kết quả trước đã được mở lại để xem xét. Ban kiểm phiếu sẽ công bố kết quả mới.",
              "The earlier result was reopened. The counting board will announce the new one."));
    } else {
      slide.sentences.push_back(say("Ban kiểm phiếu đang làm việc.", "The counting board is at work."));
    }
  }

  void add_result(const Json& result, const std::optional<Decision>& decision,
                  const std::vector<std::uint32_t>& alternates) {
    const bool is_void = result.at("outcome").string() == word(Outcome::void_);
    add_ballots(result, is_void);
    if (const Json* elected = result.find("elected"); elected != nullptr && !is_void) {
      Rows rows;
      for (const Json& no : elected->array())
        rows.push_back(votes_row(result, no.integer(), rows.size() + 1));
      add_names(result, std::move(rows),
                say_with("Trúng cử {} người, theo số phiếu từ cao xuống thấp",
                         "{} elected, in order of votes", elected->array().size()));
      if (!alternates.empty()) add_alternates(result, alternates);
    }
    add_outcome(result, decision, is_void);
    if (what_.by_name && !is_void) add_everyone(result);
    add_unverified(result);
  }

  void add_ballots(const Json& result, bool is_void) {
    Slide& slide = add(say("Kết quả kiểm phiếu", "Result of the count") + round_text());
    const Json& ballots = result.at("ballots");
    slide.figures.push_back({say("Phiếu phát ra", "Ballots issued"), number(ballots.at("issued").integer())});
    slide.figures.push_back(
        {say("Phiếu thu về", "Ballots returned"), number(ballots.at("returned").integer())});
    if (!is_void) {
      slide.figures.push_back({say("Hợp lệ", "Valid"), number(ballots.at("valid").integer())});
      slide.figures.push_back({say("Không hợp lệ", "Invalid"), number(ballots.at("invalid").integer())});
    }
    if (contest_.contest.question == Question::election) slide.sentences.push_back(sentence_of(result));
  }

  [[nodiscard]] std::string sentence_of(const Json& result) const {
    return result.at("base").at(what_.language == Language::vi ? "sentence_vi" : "sentence_en").string();
  }

  // A row of an election or a poll: place, name, votes, share.
  static std::vector<std::string> votes_row(const Json& result, std::int64_t no, std::size_t place) {
    const Json& row = result.at("rows").array()[static_cast<std::size_t>(no - 1)];
    return {number(static_cast<std::int64_t>(place)), row.at("name").string(),
            number(row.at("votes").integer()), row.at("percent").string() + "%"};
  }

  // As many slides as the names need, each with the sentence that says what elects.
  void add_names(const Json& result, Rows rows, const std::string& subheading) {
    const bool lanes =
        rows.size() > rows_in_lane_ && std::all_of(rows.begin(), rows.end(), [](const auto& row) {
          return display_width(row[1]) <= kMostColumnsOfName;
        });
    std::vector<std::string> below = {
        say("Tỷ lệ % tính trên tổng số để tính kết quả. ", "Shares are of the base. ") + sentence_of(result)};
    add_pages(std::move(rows), {subheading, {say("Phiếu", "Votes"), "%"}, lanes, std::move(below)});
  }

  /// What all slides of one list have in common.
  struct ListOnScreen {
    std::string subheading;
    std::vector<std::string> heads;
    bool two_lanes = false;
    std::vector<std::string> sentences;
  };

  void add_pages(Rows rows, const ListOnScreen& list) {
    const std::size_t most = rows_in_lane_ * (list.two_lanes ? 2 : 1);
    const std::size_t pages = (rows.size() + most - 1) / most;
    // Pages of equal length: the last one does not hold a single name.
    const std::size_t on_each = pages == 0 ? 0 : (rows.size() + pages - 1) / pages;
    for (std::size_t page = 0; page < pages; ++page) {
      Slide& slide = add(list.subheading + (pages > 1 ? fmt::format(" ({}/{})", page + 1, pages) : ""));
      slide.heads = list.heads;
      slide.two_lanes = list.two_lanes;
      slide.sentences = list.sentences;
      for (std::size_t i = page * on_each; i < std::min(rows.size(), (page + 1) * on_each); ++i)
        slide.rows.push_back(std::move(rows[i]));
    }
  }

  void add_alternates(const Json& result, const std::vector<std::uint32_t>& alternates) {
    Rows rows;
    for (const std::uint32_t no : alternates) rows.push_back(votes_row(result, no, rows.size() + 1));
    add_names(result, std::move(rows),
              say_with("Đại biểu dự khuyết: {} người", "Alternate delegates: {}", alternates.size()));
  }

  void add_outcome(const Json& result, const std::optional<Decision>& decision, bool is_void) {
    Slide& slide = add(say("Kết luận", "Outcome"));
    const Json& next = result.at("next");
    if (const Json* elected = result.find("elected"); elected != nullptr && !is_void) {
      slide.figures.push_back({say("Số lượng cần bầu", "To be elected"), number(contest_.contest.seats)});
      slide.figures.push_back(
          {say("Trúng cử", "Elected"), number(static_cast<std::int64_t>(elected->array().size()))});
      if (const std::int64_t open = result.at("open_seats").integer(); open > 0)
        slide.figures.push_back({say("Còn thiếu", "Open"), number(open)});
    }
    slide.sentences.push_back(
        is_void ? say("Lần bỏ phiếu này không được công nhận, không có kết quả.",
                      "This vote does not stand; it has no result.")
                : in_sentence_case(spoken_outcome(result.at("outcome").string(), what_.language)) + ".");
    if (!is_void && result.find("elected") == nullptr && !what_.by_name)
      slide.sentences.push_back(
          say("Kết quả từng người ghi trong biên bản kiểm phiếu.", "Each row's figures are in the minutes."));
    if (decision) {
      slide.sentences.push_back(say("Đã quyết định: ", "Decided: ") +
                                spoken_decision(word(decision->action), what_.language) + ".");
    } else if (const std::string& action = next.at("action").string(); action != word(Action::none)) {
      slide.sentences.push_back(say("Việc tiếp theo: ", "Next: ") + spoken_action(action, what_.language) +
                                ".");
    }
    if (has_unverified(result)) slide.cautions.push_back(caution_head());
  }

  // Every row in ballot order, whatever the question.
  void add_everyone(const Json& result) {
    const Json::Array& all = result.at("rows").array();
    if (all.empty()) return;
    ListOnScreen list{say("Từng người, theo thứ tự trên phiếu", "Every row, in ballot order"), {}, false, {}};
    const bool graded = all.front().find("options") != nullptr;
    if (graded) {
      for (const Text& option : option_names(result.at("contest").at("ballot").string()))
        list.heads.emplace_back(option.in(what_.language));
    } else {
      list.heads = {say("Phiếu", "Votes"), "%"};
      if (all.front().find("standing") != nullptr) list.heads.push_back(say("Kết quả", "Standing"));
    }
    Rows rows;
    for (const Json& row : all) {
      std::vector<std::string> cells = {number(row.at("no").integer()), row.at("name").string()};
      if (graded) {
        for (const Json& option : row.at("options").array()) cells.push_back(number(option.integer()));
      } else {
        cells.push_back(number(row.at("votes").integer()));
        cells.push_back(row.at("percent").string() + "%");
        if (const Json* standing = row.find("standing"))
          cells.push_back(spoken_standing(standing->string(), what_.language));
      }
      rows.push_back(std::move(cells));
    }
    add_pages(std::move(rows), list);
  }

  static bool has_unverified(const Json& result) {
    const Json::Array& steps = result.at("steps").array();
    return std::any_of(steps.begin(), steps.end(),
                       [](const Json& step) { return step.at("grade").string() == word(Grade::unverified); });
  }

  [[nodiscard]] std::string caution_head() const {
    return say("Có quy định chưa đối chiếu với văn bản đã ký, xem trang sau.",
               "Some rules were not verified against the signed text, see the next page.");
  }

  void add_unverified(const Json& result) {
    std::vector<std::string> cautions;
    for (const Json& step : result.at("steps").array()) {
      if (step.at("grade").string() != word(Grade::unverified)) continue;
      cautions.push_back(
          fmt::format("{} [{}]", step.at(what_.language == Language::vi ? "text_vi" : "text_en").string(),
                      citation(step.at("document").string(), step.at("article").string(), what_.language)));
    }
    for (std::size_t i = 0; i < cautions.size(); i += kMostCautions) {
      Slide& slide = add(say("Quy định đã áp dụng mà chưa đối chiếu với văn bản đã ký",
                             "Rules applied that were not verified against the signed text"));
      slide.cautions.assign(
          cautions.begin() + static_cast<std::ptrdiff_t>(i),
          cautions.begin() + static_cast<std::ptrdiff_t>(std::min(i + kMostCautions, cautions.size())));
    }
  }

  const History& history_;
  const ContestHistory& contest_;
  const OnScreen& what_;
  std::size_t rows_in_lane_ = kMostRowsInLane;
  std::vector<Slide> slides_;
};

Slide opening(const Congress& congress, Language language) {
  Slide slide;
  slide.id = "congress";
  slide.heading = congress.title;
  slide.subheading = congress.unit;
  const bool vi = language == Language::vi;
  slide.sentences.push_back((vi ? "Nhiệm kỳ " : "Term ") + congress.term);
  slide.sentences.push_back((vi ? "Ngày " : "") + spoken_date(congress.date, language));
  return slide;
}

// A further round says by itself how the vote before it ended.
bool tells_of_unsigned(const History& history, const ContestHistory& contest, const OnScreen& what) {
  if (!contest.opened_by_decision) return false;
  const ContestHistory* before = history.find(contest.opened_on.contest);
  const ResultEntry* standing = before == nullptr ? nullptr : before->standing();
  return standing == nullptr || standing->seq != contest.opened_on.result ||
         !what.announced.contains(contest.opened_on.contest) || tells_of_unsigned(history, *before, what);
}

}  // namespace

Deck make_slides(const History& history, const OnScreen& what) {
  const Congress& congress = history.congress;
  Deck deck{what.language, congress.purpose == Purpose::practice, congress.title, congress.unit, {}};
  deck.slides.push_back(opening(congress, what.language));
  for (const ContestHistory& contest : history.contests) {
    if (!what.contest.empty() && contest.contest.id != what.contest) continue;
    if (tells_of_unsigned(history, contest, what)) continue;
    for (Slide& slide : ContestSlides(history, contest, what).make()) deck.slides.push_back(std::move(slide));
  }
  return deck;
}

}  // namespace kp
