#include "proceedings/board_acts.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace kp {
namespace {

std::string place_of(const ContestHistory& contest, const BallotKey& key) {
  return fmt::format("{}/{}/{}", contest.contest.id, key.bundle, key.ballot);
}

// What forbids any of these acts now, for these people.
Findings check_act(const BoardAct& act) {
  Findings findings = check_open_to_change(act.contest);
  add(findings, check_two_of_board(act.board, act.by));
  add(findings, check_note(act.note));
  return findings;
}

// The ballot as its passes read and corrected it, without rulings: one reading a pass that has it.
Result<std::vector<Edit>> readings_of(const ContestHistory& contest, const BallotKey& key,
                                      const FetchBundle& fetch) {
  if (contest.passes_in_force(key.bundle).empty()) {
    return finding(Code::bundle_unknown, contest.contest.id + "/" + key.bundle);
  }
  ContestHistory unruled = contest;
  unruled.rulings.erase(key);
  const Result<BundleReading> bundle = read_bundle(unruled, key.bundle, fetch);
  if (!bundle) return bundle.findings();
  std::vector<Edit> readings;
  for (const PassReading& pass : bundle->passes) {
    const Ballots& ballots = pass.ballots;
    const std::size_t index = ballots.find(key.ballot);
    if (index == ballots.size()) continue;
    readings.push_back({key.ballot, ballots.marks(index), ballots.flags(index)});
  }
  if (readings.empty()) return finding(Code::ballot_unknown, place_of(contest, key));
  return readings;
}

// Puts `rows` into `marks`, or says which row or letter does not exist, or which row is named twice.
Findings put_rows(const ContestHistory& contest, const std::string& where, const RowMarks& rows,
                  std::string& marks) {
  Findings findings;
  std::set<std::uint32_t> named;
  for (const auto& [row, mark] : rows) {
    if (!named.insert(row).second) {
      findings.push_back(finding(Code::ballot_row_twice, where, {std::to_string(row)}));
    } else if (row < 1 || row > marks.size()) {
      findings.push_back(
          finding(Code::ballot_row, where, {std::to_string(row), std::to_string(marks.size())}));
    } else if (!mark_of(mark, contest.contest.ballot)) {
      findings.push_back(finding(Code::ballot_mark, where, {std::string(1, mark), std::to_string(row)}));
    } else {
      marks[row - 1] = mark;
    }
  }
  return findings;
}

Result<Act> ruling_act(const BoardAct& act, const BallotKey& key, std::string_view what,
                       std::string_view value) {
  Json body = Json::object({{"contest", act.contest.contest.id},
                            {"bundle", key.bundle},
                            {"ballot", key.ballot},
                            {std::string(what), value},
                            {"note", act.note}});
  const auto before = act.contest.rulings.find(key);
  if (before != act.contest.rulings.end()) body.set("replaces", before->second.seq);
  return Act{"ruling", std::move(body), act.by};
}

}  // namespace

Result<Act> correct(const BoardAct& act, const BallotKey& key, std::int64_t pass, const Retyped& right,
                    const FetchBundle& fetch) {
  if (Findings findings = check_act(act); !findings.empty()) return findings;
  const std::string where = place_of(act.contest, key);
  const std::vector<const BundlePass*> passes = act.contest.passes_in_force(key.bundle);
  const auto it = std::find_if(passes.begin(), passes.end(),
                               [&](const BundlePass* known) { return known->pass == pass; });
  if (it == passes.end()) {
    return finding(Code::bundle_unknown, fmt::format("{}/{}", act.contest.contest.id, key.bundle));
  }
  const Result<Ballots> read = read_pass(act.contest, **it, fetch);
  if (!read) return read.findings();
  const std::size_t index = read->find(key.ballot);
  if (index == read->size()) return finding(Code::ballot_unknown, where);

  const auto before = act.contest.corrections.find({key, pass});
  const bool corrected = before != act.contest.corrections.end();
  const std::string old_marks = corrected ? before->second.marks : read->marks(index);
  const Flags old_flags = corrected ? before->second.flags : read->flags(index);
  std::string marks = old_marks;
  if (Findings findings = put_rows(act.contest, where, right.rows, marks); !findings.empty()) return findings;
  const Flags new_flags = right.flags.value_or(old_flags);
  if (marks == old_marks && new_flags == old_flags) return finding(Code::ballot_unchanged, where);

  Json body = Json::object({{"contest", act.contest.contest.id},
                            {"bundle", key.bundle},
                            {"pass", pass},
                            {"ballot", key.ballot},
                            {"marks", marks},
                            {"flags", to_text(new_flags)},
                            {"note", act.note}});
  if (corrected) body.set("replaces", before->second.seq);
  return Act{"correction", std::move(body), act.by};
}

Result<Act> rule_marks(const BoardAct& act, const BallotKey& key, const std::string& marks,
                       const FetchBundle& fetch) {
  if (Findings findings = check_act(act); !findings.empty()) return findings;
  const Result<std::vector<Edit>> readings = readings_of(act.contest, key, fetch);
  if (!readings) return readings.findings();
  const bool fits =
      marks.size() == act.contest.contest.rows.size() && std::all_of(marks.begin(), marks.end(), [&](char c) {
        return c != letter(Mark::unreadable) && mark_of(c, act.contest.contest.ballot);
      });
  if (!fits) {
    return finding(Code::ballot_marks, place_of(act.contest, key),
                   {std::to_string(act.contest.contest.rows.size())});
  }
  return ruling_act(act, key, "marks", marks);
}

Result<Act> rule_rows(const BoardAct& act, const BallotKey& key, const RowMarks& rows,
                      const FetchBundle& fetch) {
  const Result<std::vector<Edit>> readings = readings_of(act.contest, key, fetch);
  if (!readings) return readings.findings();
  const std::string where = place_of(act.contest, key);
  std::vector<std::string> ruled;
  for (const Edit& reading : *readings) {
    std::string marks = reading.marks;
    if (Findings findings = put_rows(act.contest, where, rows, marks); !findings.empty()) return findings;
    ruled.push_back(std::move(marks));
  }
  const bool agree = std::adjacent_find(ruled.begin(), ruled.end(), std::not_equal_to<>()) == ruled.end();
  if (!agree || ruled.front().find(letter(Mark::unreadable)) != std::string::npos) {
    return finding(Code::ruling_row_missing, where);
  }
  return rule_marks(act, key, ruled.front(), fetch);
}

Result<Act> rule_invalid(const BoardAct& act, const BallotKey& key, Verdict reason,
                         const FetchBundle& fetch) {
  if (Findings findings = check_act(act); !findings.empty()) return findings;
  const Result<std::vector<Edit>> readings = readings_of(act.contest, key, fetch);
  if (!readings) return readings.findings();
  return ruling_act(act, key, "invalid", word(reason));
}

Result<std::int64_t> ballots_waiting(const ContestHistory& contest, const FetchBundle& fetch) {
  std::int64_t waiting = 0;
  for (const std::string& bundle : contest.bundles_in_force()) {
    const Result<BundleReading> reading = read_bundle(contest, bundle, fetch);
    if (!reading) return reading.findings();
    const std::vector<Doubt> found = doubts(contest, *reading);
    waiting +=
        std::count_if(found.begin(), found.end(), [](const Doubt& doubt) { return doubt.unconfirmed; });
  }
  return waiting;
}

Result<Act> confirm_flags(const BoardAct& act, std::int64_t waiting) {
  KP_ASSERT(waiting >= 1);
  Findings findings = check_open_to_change(act.contest);
  add(findings, check_two_of_board(act.board, act.by));
  if (!findings.empty()) return findings;
  return Act{"confirmed", Json::object({{"contest", act.contest.contest.id}, {"ballots", waiting}}), act.by};
}

Result<Act> retract(const BoardAct& act, const std::string& bundle, std::int64_t pass) {
  if (Findings findings = check_act(act); !findings.empty()) return findings;
  for (const BundlePass* known : act.contest.passes_in_force(bundle)) {
    if (known->pass != pass) continue;
    return Act{"retracted",
               Json::object({{"contest", act.contest.contest.id},
                             {"bundle", bundle},
                             {"pass", pass},
                             {"seq", known->seq},
                             {"note", act.note}}),
               act.by};
  }
  return finding(Code::bundle_unknown, fmt::format("{}/{}", act.contest.contest.id, bundle));
}

Result<Act> reopen(const BoardAct& act) {
  Findings findings = check_two_of_board(act.board, act.by);
  add(findings, check_note(act.note));
  const ResultEntry* standing = act.contest.standing();
  if (standing == nullptr) findings.push_back(finding(Code::result_none, act.contest.contest.id));
  if (!findings.empty()) return findings;
  return Act{
      "reopened",
      Json::object({{"contest", act.contest.contest.id}, {"result", standing->seq}, {"note", act.note}}),
      act.by};
}

}  // namespace kp
