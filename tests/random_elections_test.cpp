// Random evenings, each from its seed: the engine runs one from box to result, the verifier replays its
// dossier.
//
// The exhaustive test compares everything small and simple; this one what is large and tangled: several
// contests of every question an evening, several passes with typing errors and corrections, doubtful ballots
// and rulings, flags, retracted passes, excess ballots, void votes, results reopened, further rounds and
// re-votes, lists among the elected. KP_RANDOM_ELECTIONS says how many contests are held at least (default
// 250), KP_RANDOM_SEED the first seed; a failure names the seed that gives it again.
#include <cstdlib>
#include <set>

#include "base/canon.h"
#include "base/text.h"
#include "catch.h"
#include "contest/definition.h"
#include "contest/list_rules.h"
#include "mock/random.h"
#include "proceedings/board_acts.h"
#include "proceedings/decisions.h"
#include "proceedings/setup.h"
#include "support/dossier_evening.h"
#include "support/evening.h"

using namespace kp;
using test::Evening;

namespace {

constexpr auto kQuestions = std::to_array<Question>(
    {Question::election, Question::election, Question::election, Question::opinion, Question::withdrawal,
     Question::introduction, Question::confidence, Question::rating, Question::survey});

std::int64_t whole(std::size_t n) {
  return static_cast<std::int64_t>(n);
}

std::string letters_of(BallotForm form) {
  std::string letters;
  for (const char c : std::string("abcd.*")) {
    if (mark_of(c, form)) letters.push_back(c);
  }
  return letters;
}

/// Draws definitions, ballots and what goes wrong with them.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : random_(seed) {}

  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(most - least + 1)));
  }
  bool chance(std::uint64_t percent) { return random_.per_mille(10 * percent); }
  template <class List>
  auto& one_of(const List& list) {
    return list[random_.below(list.size())];
  }

  Json electorate(CongressKind kind) {
    constexpr auto kReasons =
        std::to_array<std::string_view>({"absent-unreplaced", "absent-excused", "charged", "charged"});
    const std::int64_t summoned = between(2, 9);
    const std::int64_t deducted = chance(40) ? between(0, summoned - 1) : 0;
    Json::Array deductions;
    if (deducted > 0) {
      deductions.push_back(
          Json::object({{"reason", kReasons[static_cast<std::size_t>(kind)]}, {"count", deducted}}));
    }
    const std::int64_t base = summoned - deducted;
    return Json::object({{"summoned", summoned},
                         {"deductions", std::move(deductions)},
                         {"present", chance(70) ? base : between(1, base)}});
  }

  static Json rows(std::int64_t count, std::int64_t first_letter = 0) {
    Json::Array rows;
    for (std::int64_t i = 0; i < count; ++i) {
      rows.push_back(Json::object(
          {{"no", i + 1}, {"name", "Lý Thị " + std::string(1, static_cast<char>('A' + first_letter + i))}}));
    }
    return rows;
  }

  Json contest(std::size_t index) {
    const Question question = one_of(kQuestions);
    const std::int64_t names = between(1, 5);
    const std::int64_t seats = has_seats(question) ? between(1, names) : 0;
    const auto office = static_cast<Office>(random_.below(static_cast<std::uint64_t>(Office::other) + 1));
    const auto form = required_form(question, static_cast<std::size_t>(names), seats);
    Json json = Json::object({{"id", "c" + std::to_string(index)},
                              {"title", "Lấy phiếu"},
                              {"question", word(question)},
                              {"office", word(office)},
                              {"ballot", word(form)},
                              {"rows", rows(names)}});
    if (seats > 0) json.set("seats", seats);
    if (question == Question::opinion && chance(70)) json.set("prepared", between(0, seats + 1));
    if (question == Question::election && chance(15)) json.set("round", between(2, 3));
    if (question == Question::confidence || question == Question::rating) {
      json.set("fraction_of", word(static_cast<FractionOf>(random_.below(3))));
    }
    if (chance(25)) {
      const auto kind = static_cast<CongressKind>(random_.below(4));
      json.set("kind", word(kind));
      json.set("electorate", electorate(kind));
    }
    if (chance(25)) {
      json.set("board", Json::Array{Json::object({{"name", "Vũ Văn Mười"}, {"role", "head"}}),
                                    Json::object({{"name", "Đặng Thị Chín"}, {"role", "member"}})});
    }
    return json;
  }

  // In: the contest before it may be an election whose elected stand in the last one.
  std::string congress() {
    const auto kind = static_cast<CongressKind>(random_.below(4));
    Json::Array contests;
    const std::int64_t count = between(2, 4);
    for (std::int64_t i = 0; i < count; ++i) contests.push_back(contest(static_cast<std::size_t>(i)));
    if (contests[0].at("question") == Json("election") && contests[1].at("question") == Json("election")) {
      if (contests[1].at("rows").array().size() <= contests[0].at("rows").array().size())
        contests[1].set("among", "c0");
    }
    return canonical(Json::object(
        {{"format", "kiemphieu/congress@1"},
         {"id", "ngau-nhien"},
         {"title", "Đại hội ngẫu nhiên"},
         {"unit", "Đảng bộ ngẫu nhiên"},
         {"term", "2025-2030"},
         {"date", "2025-10-15"},
         {"kind", word(kind)},
         {"level", word(static_cast<Level>(random_.below(5)))},
         {"regulation", word(static_cast<Regulation>(random_.below(2)))},
         {"purpose", "practice"},
         {"electorate", electorate(kind)},
         {"board", Json::Array{Json::object({{"name", "Lê Văn Trưởng"}, {"role", "head"}}),
                               Json::object({{"name", "Trần Thị Uỷ"}, {"role", "member"}}),
                               Json::object({{"name", "Ngô Kỹ Thuật"}, {"role", "technician"}})}},
         {"signatures_required", 0},
         {"passes_required", between(1, 2)},
         {"contests", std::move(contests)}}));
  }

 private:
  Random random_;
};

/// The bytes of the first definition drawn that breaks no rule.
std::string lawful_congress(Draw& draw) {
  for (;;) {
    std::string bytes = draw.congress();
    const Result<Congress> congress = parse_congress(bytes, "congress.json");
    if (congress && !has_error(check_congress(*congress))) return bytes;
  }
}

/// What a ballot is read as before the board sets it right.
struct Read {
  std::string marks;
  std::string flags;
};

/// One evening, played by the engine's own acts.
class RandomEvening {
 public:
  explicit RandomEvening(std::uint64_t seed)
      : draw_(seed),
        bytes_(lawful_congress(draw_)),
        evening_(parse_congress(bytes_, "congress.json").value(), bytes_) {}

  void play() {
    const std::size_t contests = evening_.history().contests.size();
    for (std::size_t i = 0; i < contests; ++i) hold("c" + std::to_string(i));
  }

  [[nodiscard]] const Evening& evening() const { return evening_; }
  [[nodiscard]] std::int64_t held() const { return held_; }
  [[nodiscard]] const std::set<std::string>& seen() const { return seen_; }

 private:
  // Makes an act from the evening as it stands and enters it; it must be lawful.
  template <class Make>
  void act(const std::string& id, Make make) {
    const History history = evening_.history();
    const ContestHistory& contest = *history.find(id);
    const Board& board = board_of(history.congress, contest.contest);
    const Result<Act> made = make(history, BoardAct{contest, board, {board[0].name, board[1].name}, "lý do"});
    if (!made) FAIL(line_of(made.findings().front(), Language::en));
    evening_.append(*made);
  }

  Contest contest_of(const std::string& id) const { return evening_.history().find(id)->contest; }

  // Puts only elected names on a list that is among them. Returns: whether there are any.
  bool settle_list(const std::string& id) {
    const History history = evening_.history();
    const ContestHistory& state = *history.find(id);
    if (state.contest.among.empty() || state.opened_by_decision) return true;
    Json::Array rows;
    for (const Contest& other : history.definitions()) {
      if (other.id != state.contest.among) continue;
      for (const Row& row : other.rows) {
        if (!history.elected_in(other.id).contains(name_key(row.name))) continue;
        rows.push_back(Json::object({{"no", whole(rows.size() + 1)}, {"name", row.name}}));
      }
    }
    if (rows.empty()) return false;
    Json json = state.contest.json;
    const std::int64_t seats = std::min(state.contest.seats, whole(rows.size()));
    json.set("seats", seats);
    json.set("ballot", word(required_form(Question::election, rows.size(), seats)));
    json.set("rows", std::move(rows));
    Findings notes;
    const Result<Act> made =
        add_contest(history, parse_contest(json).value(), {"Lê Văn Trưởng", "Trần Thị Uỷ"}, notes);
    if (!made) return false;  // a committee's list without a surplus
    evening_.append(*made);
    return true;
  }

  void change_electorate_of(const std::string& id) {
    act(id, [&](const History& history, const BoardAct& by) -> Result<Act> {
      const Json json = draw_.electorate(kind_of(history.congress, by.contest.contest));
      return change_electorate(history, by.contest, parse_electorate(json), by.by, by.note);
    });
  }

  // Ballots of one contest as they are meant. On a list with a surplus most choose as many as there are seats
  // among one more, in turn, so that votes come close or tie; elsewhere each row leans its own way.
  std::vector<std::string> meant(const Contest& contest, std::int64_t count) {
    const std::string letters = letters_of(contest.ballot);
    const std::size_t names = contest.rows.size();
    std::vector<std::uint64_t> leaning;
    for (std::size_t r = 0; r < names; ++r)
      leaning.push_back(static_cast<std::uint64_t>(draw_.between(20, 95)));
    const bool close = contest.ballot == BallotForm::strike && draw_.chance(80);
    std::vector<std::string> ballots(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < ballots.size(); ++i) {
      std::string& marks = ballots[i];
      for (const std::uint64_t lean : leaning)
        marks.push_back(draw_.chance(lean) ? 'a' : draw_.one_of(letters));
      if (!close || draw_.chance(5)) continue;
      const std::size_t favourites = std::min(names, static_cast<std::size_t>(contest.seats) + 1);
      marks = std::string(favourites, 'a') + std::string(names - favourites, '.');
      if (whole(favourites) > contest.seats) marks[draw_.chance(5) ? 0 : i % favourites] = '.';
    }
    return ballots;
  }

  void enter_pass(const std::string& id, const std::string& bundle, std::int64_t pass,
                  const std::vector<Read>& reads) {
    std::string csv = "ballot,marks,flags\n";
    for (std::size_t i = 0; i < reads.size(); ++i) {
      csv += std::to_string(i + 1) + "," + reads[i].marks + "," + reads[i].flags + "\n";
    }
    evening_.bundle(id, bundle, pass, csv);
  }

  // One bundle, read by every pass with its own typing errors, which are set right; doubtful ballots are
  // ruled.
  void enter_bundle(const std::string& id, const std::string& bundle,
                    const std::vector<std::string>& ballots) {
    const Contest contest = contest_of(id);
    const std::string letters = letters_of(contest.ballot);
    std::vector<Read> right;
    for (const std::string& marks : ballots) {
      Read read{marks, ""};
      if (draw_.chance(4))
        read.marks[static_cast<std::size_t>(draw_.between(0, whole(marks.size()) - 1))] = '?';
      if (draw_.chance(4))
        read.flags = draw_.one_of(std::vector<std::string>{"not-issued", "signed|marked", "outside-name"});
      right.push_back(read);
    }
    std::int64_t pass = 1;
    const std::int64_t required = evening_.history().congress.passes_required;
    for (std::int64_t good = 0; good < required; ++pass) {
      std::vector<Read> reads = right;
      std::vector<std::pair<std::size_t, std::size_t>> errors;
      for (std::size_t i = 0; i < reads.size(); ++i) {
        if (!draw_.chance(12)) continue;
        const auto row = static_cast<std::size_t>(draw_.between(0, whole(contest.rows.size()) - 1));
        const char wrong = draw_.one_of(letters);
        if (wrong == reads[i].marks[row] || reads[i].marks[row] == '?') continue;
        reads[i].marks[row] = wrong;
        errors.emplace_back(i, row);
      }
      enter_pass(id, bundle, pass, reads);
      if (draw_.chance(10)) {
        act(id, [&](const History&, const BoardAct& by) { return retract(by, bundle, pass); });
        continue;
      }
      ++good;
      for (const auto& [i, row] : errors) {
        const RowMarks marks = {{static_cast<std::uint32_t>(row + 1), right[i].marks[row]}};
        act(id, [&, at = i](const History&, const BoardAct& by) {
          return correct(by, {bundle, static_cast<std::uint32_t>(at + 1)}, pass, {marks, {}},
                         evening_.fetch());
        });
      }
    }
    for (std::size_t i = 0; i < right.size(); ++i)
      settle_doubt(id, {bundle, static_cast<std::uint32_t>(i + 1)}, right[i], ballots[i]);
  }

  void settle_doubt(const std::string& id, const BallotKey& ballot, const Read& read,
                    const std::string& truth) {
    const bool unreadable = read.marks != truth;
    if (!unreadable && (read.flags.empty() || draw_.chance(50))) return;  // flags may be confirmed later
    act(id, [&](const History&, const BoardAct& by) -> Result<Act> {
      if (draw_.chance(30)) return rule_invalid(by, ballot, draw_.one_of(kRuledReasons), evening_.fetch());
      if (!unreadable || draw_.chance(50)) return rule_marks(by, ballot, truth, evening_.fetch());
      RowMarks rows;
      for (std::size_t r = 0; r < truth.size(); ++r) {
        if (read.marks[r] == '?') rows.emplace_back(r + 1, truth[r]);
      }
      return rule_rows(by, ballot, rows, evening_.fetch());
    });
  }

  void confirm(const std::string& id) {
    const History history = evening_.history();
    const std::int64_t waiting = ballots_waiting(*history.find(id), evening_.fetch()).value();
    if (waiting == 0) return;
    act(id, [&](const History&, const BoardAct& by) { return confirm_flags(by, waiting); });
  }

  void decide_on(const std::string& id, DecisionAction action, DecisionText text = {}) {
    text.action = action;
    text.votes_for = 3;
    text.of = 4;
    text.note = "lý do";
    act(id, [&](const History& history, const BoardAct& by) {
      Findings notes;
      return decide({history, by.contest, evening_.fetch()}, text, by.by, notes);
    });
  }

  // Enough ballots ruled not issued for the excess to be accepted.
  void rule_excess(const std::string& id, std::int64_t excess) {
    const History history = evening_.history();
    const ContestHistory& contest = *history.find(id);
    for (const std::string& bundle : contest.bundles_in_force()) {
      const std::int64_t ballots = contest.passes_in_force(bundle).front()->ballots;
      for (std::int64_t n = 1; n <= ballots && excess > 0; ++n, --excess) {
        act(id, [&](const History&, const BoardAct& by) {
          return rule_invalid(by, {bundle, static_cast<std::uint32_t>(n)}, Verdict::not_issued,
                              evening_.fetch());
        });
      }
    }
  }

  void hold(const std::string& id) {
    if (!settle_list(id)) return;
    if (draw_.chance(15)) change_electorate_of(id);
    const std::int64_t present = evening_.history().find(id)->electorate.present;
    const std::int64_t issued = draw_.between(std::max<std::int64_t>(1, present - 1), present);
    const std::int64_t returned =
        draw_.chance(80) ? issued : std::max<std::int64_t>(1, issued + draw_.between(-1, 2));
    act(id, [&](const History&, const BoardAct& by) {
      return count_box(by.contest, {issued, draw_.chance(10) ? returned + 1 : returned, {}, "", ""}, by.by);
    });
    if (evening_.history().find(id)->box()->returned != returned) {
      act(id, [&](const History&, const BoardAct& by) {
        return count_box(by.contest, {issued, returned, {}, "", "đếm lại"}, by.by);
      });
    }
    const std::vector<std::string> ballots = meant(contest_of(id), returned);
    for (std::size_t at = 0, n = 1; at < ballots.size(); ++n) {
      const std::size_t end = std::min(ballots.size(), at + static_cast<std::size_t>(draw_.between(1, 6)));
      enter_bundle(id, std::to_string(n),
                   {ballots.begin() + static_cast<std::ptrdiff_t>(at),
                    ballots.begin() + static_cast<std::ptrdiff_t>(end)});
      at = end;
    }
    confirm(id);
    const bool excess = returned > issued;
    const bool nullified = draw_.chance(excess || contest_of(id).revote ? 30 : 6);
    if (nullified) {
      decide_on(id, DecisionAction::void_);
    } else if (excess) {
      rule_excess(id, returned - issued);
      decide_on(id, DecisionAction::accept_excess);
    }
    enter_result(id);
    const bool may_mend = !excess && !nullified && contest_of(id).among.empty();
    if (may_mend && draw_.chance(15)) mend(id);
    follow_up(id);
  }

  void enter_result(const std::string& id) {
    const Findings findings = evening_.result(id);
    if (!findings.empty()) FAIL(line_of(findings.front(), Language::en));
    ++held_;
    const History history = evening_.history();
    const ContestHistory& contest = *history.find(id);
    const Json& result = contest.standing()->result;
    const std::string& outcome = result.at("outcome").string();
    seen_.insert(std::string(word(contest.contest.question)) + " " + outcome);
    if (contest.contest.revote) seen_.insert("revote " + outcome);
    for (const Json& step : result.at("steps").array()) seen_.insert(step.at("rule").string());
  }

  // A ballot was read wrongly after all: the result is taken back and made anew.
  void mend(const std::string& id) {
    act(id, [&](const History&, const BoardAct& by) { return reopen(by); });
    const Contest contest = contest_of(id);
    act(id, [&](const History&, const BoardAct& by) {
      return rule_marks(by, {"1", 1},
                        std::string(contest.rows.size(), draw_.one_of(letters_of(contest.ballot))),
                        evening_.fetch());
    });
    enter_result(id);
    seen_.insert("reopened");
  }

  void follow_up(const std::string& id) {
    const History history = evening_.history();
    const ContestHistory& contest = *history.find(id);
    const std::string outcome = contest.standing()->result.at("outcome").string();
    const bool election = contest.contest.question == Question::election;
    if (outcome == "filled" || outcome == "done" || contest.contest.round > 4) return;
    if (outcome == "exhausted" || (election && outcome != "void" && draw_.chance(20))) {
      return decide_on(id, DecisionAction::accept_short);
    }
    if (outcome == "tied" && !election) return decide_on(id, DecisionAction::list);
    DecisionText text;
    const DecisionAction action = outcome == "tied" ? DecisionAction::revote : DecisionAction::vote_again;
    const Json::Array& next = contest.standing()->result.at("next").at("rows").array();
    const bool may_add =
        action == DecisionAction::vote_again && !contest.contest.revote && contest.contest.among.empty();
    if (next.size() > 1 && draw_.chance(30))
      text.drop.push_back(static_cast<std::uint32_t>(next.front().integer()));
    if (may_add && (next.empty() || draw_.chance(30))) {
      text.added.push_back(Json::object({{"name", "Lý Thị X" + std::to_string(contest.contest.round)}}));
    }
    if (next.empty() && text.added.empty()) return decide_on(id, DecisionAction::accept_short);
    decide_on(id, action, text);
    hold(evening_.history().find(id)->standing()->decision->opens);
  }

  Draw draw_;
  std::string bytes_;
  Evening evening_;
  std::int64_t held_ = 0;
  std::set<std::string> seen_;
};

std::int64_t from_environment(const char* name, std::int64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoll(text, nullptr, 10);
}

}  // namespace

TEST_CASE(
    "random evenings of every question: the verifier recounts and accepts every result the engine makes") {
  constexpr std::int64_t kDefault = 250;
  const std::int64_t wanted = from_environment("KP_RANDOM_ELECTIONS", kDefault);
  const auto first_seed = static_cast<std::uint64_t>(from_environment("KP_RANDOM_SEED", 1));
  std::int64_t held = 0;
  std::set<std::string> seen;
  for (std::uint64_t seed = first_seed; held < wanted; ++seed) {
    INFO("KP_RANDOM_SEED=" << seed);
    RandomEvening evening(seed);
    evening.play();
    held += evening.held();
    seen.insert(evening.seen().begin(), evening.seen().end());
    const verify::Report report = test::verified(evening.evening().files());
    for (const Finding& finding : report.findings) {
      INFO(line_of(finding, Language::en));
      CHECK(finding.severity != Severity::error);
    }
    CHECK(report.level == verify::Assurance::consistent);
    for (const verify::ResultReport& result : report.results) CHECK(result.recounted);
  }
  if (wanted != kDefault || first_seed != 1) return;
  for (const char* met : {"election filled",
                          "election short",
                          "election tied",
                          "election void",
                          "opinion done",
                          "opinion tied",
                          "withdrawal done",
                          "introduction done",
                          "confidence done",
                          "rating done",
                          "survey done",
                          "revote filled",
                          "revote tied",
                          "reopened",
                          "round/line-again",
                          "round/delegates-continue",
                          "reconciliation/excess-accepted",
                          "reconciliation/returned-fewer",
                          "validity/too-many",
                          "validity/nobody",
                          "validity/one-name-box",
                          "validity/not-issued",
                          "validity/outside-name",
                          "validity/marked",
                          "validity/ruled-invalid"}) {
    CAPTURE(met);
    CHECK(seen.contains(met));
  }
}
