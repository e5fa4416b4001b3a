#include "contest/list_rules.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <set>

#include "base/text.h"
#include "contest/majority.h"
#include "rules/ruleset.h"

namespace kp {
namespace {

bool is_calendar_date(std::string_view date) {  // "YYYY-MM-DD", its shape already checked
  const auto number = [&](std::size_t from, std::size_t length) {
    unsigned value = 0;
    std::from_chars(date.data() + from, date.data() + from + length, value);
    return value;
  };
  return std::chrono::year_month_day(std::chrono::year(static_cast<int>(number(0, 4))),
                                     std::chrono::month(number(5, 2)), std::chrono::day(number(8, 2)))
      .ok();
}

bool must_have_surplus(const Contest& contest) {
  return contest.question == Question::election &&
         (contest.office == Office::committee || contest.office == Office::standing_committee);
}

bool lists_persons_to_choose(Question question) {
  return question == Question::election || question == Question::opinion ||
         question == Question::withdrawal || question == Question::introduction;
}

// How many of an office a branch elects at most; 0 where the rules name no number.
std::int64_t most_seats_in_branch(Office office) {
  if (office == Office::committee) return 7;
  return office == Office::secretary || office == Office::deputy_secretary ? 1 : 0;
}

bool is_sitting_member_from_the_floor(const Contest& contest, const Row& row) {
  const bool asked = contest.question == Question::election || contest.question == Question::opinion;
  const bool committee = contest.office == Office::committee || contest.office == Office::standing_committee;
  if (!asked || !committee) return false;
  const Json* incumbent = row.json.find("incumbent");
  return incumbent != nullptr && incumbent->boolean() && is_from_the_floor(row);
}

// The last word of a name, however it is written.
std::string given_name(const std::string& name) {
  const std::string key = tidied(name_key(name));
  return key.substr(key.rfind(' ') + 1);
}

/// Collects the findings of one contest.
class ContestCheck {
 public:
  ContestCheck(const Congress& congress, const Contest& contest, const std::string& pointer)
      : congress_(congress), contest_(contest), pointer_(pointer) {}

  Findings run(std::span<const Contest> known) && {
    check_keys();
    check_form();
    check_numbers();
    check_names();
    check_order();
    check_surplus();
    check_prepared();
    check_among(known);
    check_sitting_members();
    check_branch(known);
    return std::move(findings_);
  }

 private:
  [[nodiscard]] std::string at(std::string_view key) const { return pointer_to(pointer_, key); }
  [[nodiscard]] std::string at_row(std::size_t index, std::string_view key) const {
    return pointer_to(pointer_to(at("rows"), index), key);
  }
  [[nodiscard]] std::int64_t length() const { return static_cast<std::int64_t>(contest_.rows.size()); }
  void add(Finding finding) { findings_.push_back(std::move(finding)); }

  void check_keys() {
    const Question question = contest_.question;
    const auto unused = [&](std::string_view key, bool used) {
      if (!used && contest_.json.find(key) != nullptr) {
        add(finding(Code::contest_unused_key, at(key), {std::string(key), std::string(word(question))}));
      }
    };
    if (has_seats(question) && contest_.seats == 0) {
      add(finding(Code::contest_seats_missing, pointer_, {std::string(word(question))}));
    }
    unused("seats", has_seats(question));
    unused("prepared", question == Question::election || question == Question::opinion);
    unused("fraction_of", question == Question::confidence || question == Question::rating);
    unused("revote", question == Question::election);
  }

  void check_form() {
    if (has_seats(contest_.question) && contest_.seats == 0) return;
    const BallotForm required = required_form(contest_.question, contest_.rows.size(), contest_.seats);
    if (contest_.ballot != required) {
      add(finding(Code::list_ballot_form, at("ballot"),
                  {std::string(word(contest_.ballot)), std::string(word(required)), std::to_string(length()),
                   std::to_string(contest_.seats)}));
    }
  }

  void check_numbers() {
    std::set<std::uint32_t> seen;
    for (std::size_t i = 0; i < contest_.rows.size(); ++i) {
      const std::uint32_t no = contest_.rows[i].no;
      if (!seen.insert(no).second) {
        add(finding(Code::list_duplicate_no, at_row(i, "no"), {std::to_string(no)}));
      } else if (no != i + 1) {
        add(finding(Code::list_gap, at_row(i, "no"), {std::to_string(no), std::to_string(i + 1)}));
      }
    }
  }

  void check_names() {
    std::set<std::string> board;
    for (const BoardMember& member : board_of(congress_, contest_)) board.insert(name_key(member.name));
    std::set<std::string> seen;
    for (std::size_t i = 0; i < contest_.rows.size(); ++i) {
      const std::string& name = contest_.rows[i].name;
      const std::string key = name_key(name);
      if (!seen.insert(key).second) {
        add(finding(Code::list_duplicate_name, at_row(i, "name"), {name}));
      }
      if (lists_persons_to_choose(contest_.question) && board.contains(key)) {
        add(finding(Code::board_candidate_on_board, at_row(i, "name"), {name}));
      }
    }
  }

  void check_order() {
    if (contest_.question == Question::survey) return;
    if (std::is_sorted(contest_.rows.begin(), contest_.rows.end(), comes_before)) return;
    std::vector<Row> right = contest_.rows;
    std::stable_sort(right.begin(), right.end(), comes_before);
    const auto [was, should] = std::mismatch(contest_.rows.begin(), contest_.rows.end(), right.begin(),
                                             [](const Row& a, const Row& b) { return a.no == b.no; });
    if (was == contest_.rows.end()) return;
    std::string order;
    for (const Row& row : right) order += (order.empty() ? "" : "; ") + row.name;
    Finding found = finding(Code::list_order, at("rows"), {was->name, should->name, order});
    if (given_name(was->name) == given_name(should->name)) {
      cite(found, rule_row(congress_.regulation, RuleId::list_order_rest));
    }
    add(std::move(found));
  }

  void check_surplus() {
    if (!must_have_surplus(contest_) || contest_.revote || contest_.seats == 0) return;
    const std::int64_t surplus = length() - contest_.seats;
    if (contest_.round == 1 && surplus < 1) {
      add(finding(Code::list_no_surplus, at("rows"),
                  {std::to_string(length()), std::to_string(contest_.seats)}));
    }
    const std::int64_t cap = surplus_cap(contest_.seats);
    if (surplus > cap) {
      Finding over = finding(Code::list_surplus_over_cap, at("rows"),
                             {std::to_string(surplus), std::to_string(cap), std::to_string(contest_.seats)});
      if (contest_.round > 1 || congress_.level == Level::central) over.severity = Severity::warning;
      add(std::move(over));
    }
  }

  void check_prepared() {
    const bool committee =
        contest_.office == Office::committee || contest_.office == Office::standing_committee;
    const bool asks = contest_.question == Question::election || contest_.question == Question::opinion;
    if (!contest_.prepared || !committee || !asks || contest_.seats == 0) return;
    const std::int64_t surplus = *contest_.prepared - contest_.seats;
    const std::int64_t least = (10 * contest_.seats + 99) / 100;
    const std::int64_t most = std::max<std::int64_t>(1, 15 * contest_.seats / 100);
    if (surplus < least || surplus > most) {
      add(finding(Code::list_prepared_outside, at("prepared"),
                  {std::to_string(surplus), std::to_string(least), std::to_string(most)}));
    }
  }

  void check_among(std::span<const Contest> known) {
    if (contest_.among.empty()) return;
    const auto it = std::find_if(known.begin(), known.end(),
                                 [&](const Contest& other) { return other.id == contest_.among; });
    if (it == known.end() || it->id == contest_.id) {
      add(finding(Code::contest_among_unknown, at("among"), {contest_.among}));
      return;
    }
    std::set<std::string> eligible;
    for (const Row& row : it->rows) eligible.insert(name_key(row.name));
    // Names that a further round of that contest added can be elected too.
    for (const Contest& other : known) {
      if (other.id == it->id || first_round_id(other) != it->id) continue;
      for (const Row& row : other.rows) eligible.insert(name_key(row.name));
    }
    for (std::size_t i = 0; i < contest_.rows.size(); ++i) {
      if (!eligible.contains(name_key(contest_.rows[i].name))) {
        add(finding(Code::list_not_among, at_row(i, "name"), {contest_.rows[i].name, contest_.among}));
      }
    }
  }

  // Who sits on the convening committee stands only on that committee's own list (R2.14).
  void check_sitting_members() {
    for (std::size_t i = 0; i < contest_.rows.size(); ++i) {
      if (!is_sitting_member_from_the_floor(contest_, contest_.rows[i])) continue;
      Finding found =
          finding(Code::list_incumbent_not_prepared, at_row(i, "nominated"), {contest_.rows[i].name});
      if (congress_.level == Level::central) found.severity = Severity::warning;
      add(std::move(found));
    }
  }

  // What a branch elects (R1.5, R1.6): the numbers are for its members to know, so these only warn.
  void check_branch(std::span<const Contest> known) {
    if (congress_.level != Level::branch || contest_.question != Question::election || contest_.round > 1)
      return;
    constexpr std::int64_t kFewestWithCommittee = 9;
    const std::int64_t members = electorate_of(congress_, contest_).summoned;
    if (contest_.office == Office::committee && kind_of(congress_, contest_) == CongressKind::members &&
        members < kFewestWithCommittee) {
      add(finding(Code::list_branch_under_nine, pointer_, {std::to_string(members)}));
    }
    const std::int64_t most = most_seats_in_branch(contest_.office);
    if (most > 0 && contest_.seats > most) {
      add(finding(
          Code::list_branch_seats, at("seats"),
          {std::string(word(contest_.office)), std::to_string(most), std::to_string(contest_.seats)}));
    }
    const bool among_committee =
        contest_.office == Office::secretary || contest_.office == Office::deputy_secretary;
    const auto committee = std::find_if(known.begin(), known.end(), [](const Contest& other) {
      return other.question == Question::election && other.office == Office::committee && other.round == 1;
    });
    if (among_committee && committee != known.end() && contest_.among.empty()) {
      add(finding(Code::list_branch_not_among, pointer_,
                  {std::string(word(contest_.office)), committee->id}));
    }
  }

  const Congress& congress_;
  const Contest& contest_;
  const std::string& pointer_;
  Findings findings_;
};

Findings check_board(const Board& board, std::int64_t signatures_required, const std::string& pointer) {
  Findings findings;
  const auto heads = std::count_if(board.begin(), board.end(),
                                   [](const BoardMember& member) { return member.role == Role::head; });
  if (heads != 1) findings.push_back(finding(Code::board_head, pointer, {std::to_string(heads)}));
  std::set<std::string> names;
  std::set<std::string> certificates;
  for (std::size_t i = 0; i < board.size(); ++i) {
    const std::string member = pointer_to(pointer, i);
    if (!names.insert(name_key(board[i].name)).second) {
      findings.push_back(finding(Code::board_duplicate_name, pointer_to(member, "name"), {board[i].name}));
    }
    if (!board[i].certificate.empty() && !certificates.insert(board[i].certificate).second) {
      findings.push_back(finding(Code::board_duplicate_certificate, pointer_to(member, "certificate")));
    }
  }
  const auto pinned = static_cast<std::int64_t>(certificates.size());
  if (pinned > 0 && pinned < signatures_required) {
    findings.push_back(finding(Code::board_too_few_certificates, pointer,
                               {std::to_string(pinned), std::to_string(signatures_required)}));
  }
  return findings;
}

}  // namespace

bool is_from_the_floor(const Row& row) {
  const Json* nominated = row.json.find("nominated");
  return nominated != nullptr && nominated->string() != "committee";
}

std::vector<std::string_view> deduction_reasons(CongressKind kind) {
  switch (kind) {
    case CongressKind::delegates:
      return {"committee-absent", "absent-unreplaced"};
    case CongressKind::members:
      return {"transferred", "exempt-absent", "suspended", "charged", "absent-excused"};
    case CongressKind::committee:
    case CongressKind::inspection:
      break;
  }
  return {"suspended", "charged", "declared"};
}

bool comes_before(const Row& left, const Row& right) {
  const int order = compare_names(left.name, right.name);
  return order != 0 ? order < 0 : left.joined < right.joined;
}

Findings check_electorate(CongressKind kind, const Electorate& electorate, const std::string& pointer) {
  Findings findings;
  for (std::size_t i = 0; i < electorate.deductions.size(); ++i) {
    const std::string& reason = electorate.deductions[i].reason;
    const std::vector<std::string_view> reasons = deduction_reasons(kind);
    if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) {
      findings.push_back(finding(Code::electorate_foreign_reason,
                                 pointer_to(pointer_to(pointer_to(pointer, "deductions"), i), "reason"),
                                 {reason, std::string(word(kind))}));
    }
  }
  const Base base = base_of(electorate);
  if (base.count < 1) {
    findings.push_back(finding(Code::electorate_base_below_one, pointer,
                               {std::to_string(base.summoned), std::to_string(base.deductions)}));
  }
  if (electorate.present > base.count) {
    findings.push_back(finding(Code::electorate_present_over_base, pointer_to(pointer, "present"),
                               {std::to_string(electorate.present), std::to_string(base.count)}));
  }
  return findings;
}

Findings check_attendance(Regulation regulation, CongressKind kind, std::optional<Question> question,
                          const Electorate& electorate, const std::string& pointer) {
  Findings findings;
  const auto warn = [&](Code code, const std::string& where, Args args, RuleId rule) {
    findings.push_back(finding(code, where, std::move(args)));
    cite(findings.back(), rule_row(regulation, rule));
  };
  const bool congress = kind == CongressKind::delegates || kind == CongressKind::members;
  const bool confidence = question == Question::confidence;
  if ((congress || confidence) && 3 * electorate.present < 2 * electorate.summoned) {
    warn(Code::electorate_below_quorum, pointer_to(pointer, "present"),
         {std::to_string(electorate.present), std::to_string(electorate.summoned)},
         confidence ? RuleId::poll_conf_quorum : RuleId::base_quorum);
  }
  if (question != Question::rating || kind != CongressKind::members) return findings;
  for (const Deduction& deduction : electorate.deductions) {
    if (deduction.reason != "absent-excused" || deduction.count == 0) continue;
    warn(Code::electorate_kept_in_base, pointer_to(pointer, "deductions"), {std::to_string(deduction.count)},
         RuleId::base_hand_votes);
  }
  return findings;
}

Findings check_contest(const Congress& congress, const Contest& contest, const std::string& pointer,
                       std::span<const Contest> known) {
  Findings findings;
  if (contest.electorate) {
    add(findings,
        check_electorate(kind_of(congress, contest), *contest.electorate, pointer_to(pointer, "electorate")));
  } else if (contest.kind && *contest.kind != congress.kind) {
    // The congress's electorate under another kind of meeting: its figures were checked with the congress.
    Findings foreign = check_electorate(*contest.kind, congress.electorate, "/electorate");
    std::erase_if(foreign,
                  [](const Finding& found) { return found.code != Code::electorate_foreign_reason; });
    add(findings, std::move(foreign));
  }
  // What is said of the congress's own electorate as such was said with the congress.
  const bool own_rule = contest.question == Question::confidence || contest.question == Question::rating;
  if (contest.electorate || own_rule) {
    add(findings, check_attendance(congress.regulation, kind_of(congress, contest), contest.question,
                                   electorate_of(congress, contest),
                                   contest.electorate ? pointer_to(pointer, "electorate") : "/electorate"));
  }
  if (contest.board) {
    add(findings, check_board(*contest.board, congress.signatures_required, pointer_to(pointer, "board")));
  }
  add(findings, ContestCheck(congress, contest, pointer).run(known));
  cite(findings, congress.regulation);
  return findings;
}

Findings check_congress(const Congress& congress) {
  Findings findings;
  if (!is_calendar_date(congress.date)) {
    findings.push_back(finding(Code::congress_date, "/date", {congress.date}));
  }
  add(findings, check_electorate(congress.kind, congress.electorate, "/electorate"));
  add(findings, check_attendance(congress.regulation, congress.kind, {}, congress.electorate, "/electorate"));
  add(findings, check_board(congress.board, congress.signatures_required, "/board"));
  std::set<std::string> ids;
  for (std::size_t i = 0; i < congress.contests.size(); ++i) {
    const Contest& contest = congress.contests[i];
    const std::string pointer = pointer_to("/contests", i);
    if (!ids.insert(contest.id).second) {
      findings.push_back(finding(Code::contest_duplicate_id, pointer_to(pointer, "id"), {contest.id}));
    }
    add(findings, check_contest(congress, contest, pointer, congress.contests));
  }
  return findings;
}

}  // namespace kp
