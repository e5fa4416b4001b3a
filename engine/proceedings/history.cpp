#include "proceedings/history.h"

#include <algorithm>
#include <array>
#include <functional>

#include "ballots/ballots.h"
#include "base/digest.h"
#include "base/text.h"
#include "contest/definition.h"
#include "proceedings/ballot_proof.h"
#include "proceedings/hand_count_note.h"
#include "proceedings/setup.h"

namespace kp {
namespace {

constexpr auto kActions = std::to_array<std::string_view>(
    {"revote", "vote-again", "accept-short", "void", "accept-excess", "list", "alternates"});

/// Applies entries one after the other. Each step returns whether the entry fits what came before.
class Replay {
 public:
  explicit Replay(History& history) : history_(history) {}

  bool apply(const Entry& entry) {
    if (history_.closed || entry.at < history_.last_at) return false;
    history_.last_at = entry.at;
    history_.size = entry.seq + 1;
    if (entry.kind == "opened") return entry.seq == 0;
    if (entry.kind == "note") return note(entry);
    if (entry.kind == "closed") {
      history_.closed = true;
      return true;
    }
    Fields fields(entry.body);
    if (entry.kind == "contest") return contest(fields);
    contest_ = history_.find(fields.text("contest"));
    if (contest_ == nullptr) return false;
    // A count by hand rests on these as they were, and steps aside for a result.
    if (entry.kind == "electorate" || entry.kind == "box" || entry.kind == "decision" ||
        entry.kind == "result")
      contest_->by_hand.reset();
    using Step = bool (Replay::*)(const Entry&, Fields&);
    constexpr auto kSteps = std::to_array<std::pair<std::string_view, Step>>({
        {"electorate", &Replay::electorate},
        {"box", &Replay::box},
        {"bundle", &Replay::bundle},
        {"retracted", &Replay::retracted},
        {"correction", &Replay::correction},
        {"ruling", &Replay::ruling},
        {"confirmed", &Replay::confirmed},
        {"decision", &Replay::decision},
        {"result", &Replay::result},
        {"reopened", &Replay::reopened},
        {"signed", &Replay::signed_result},
    });
    for (const auto& [kind, step] : kSteps) {
      if (kind == entry.kind) return (this->*step)(entry, fields);
    }
    return false;
  }

 private:
  // Free text, unless it has one of the forms that mean something.
  bool note(const Entry& entry) {
    if (const auto proof = proof_in_note(entry)) {
      if (ContestHistory* contest = history_.find(proof->first)) contest->proofed = proof->second;
    }
    if (std::optional<Json> document = hand_count_in_note(entry)) {
      ContestHistory* contest = history_.find(document->at("contest").at("id").string());
      if (contest != nullptr) contest->by_hand = {entry.seq, entry.by, std::move(*document)};
    }
    return true;
  }

  bool add_contest(const Json& json, bool by_decision) {
    Result<Contest> parsed = parse_contest(json);
    if (!parsed) return false;
    const Electorate electorate = electorate_of(history_.congress, *parsed);
    ContestHistory* known = history_.find(parsed->id);
    if (known == nullptr) {
      history_.contests.emplace_back();
      known = &history_.contests.back();
    }
    known->electorate_entered = known->electorate_entered && !parsed->electorate && !by_decision;
    if (!known->electorate_entered) known->electorate = electorate;
    known->contest = std::move(parsed).value();
    known->rulings.clear();  // they were about another list
    known->by_hand.reset();
    known->opened_by_decision = known->opened_by_decision || by_decision;
    return true;
  }

  bool contest(Fields& fields) {
    const Json json = fields.object("contest");
    return fields.good() && add_contest(json, false);
  }

  bool electorate(const Entry&, Fields& fields) {
    const Json json = fields.object("electorate");
    if (fields.has("note")) fields.text("note");
    if (!fields.good()) return false;
    // The contest's own electorate is held to the schema like one that came in a file.
    Json whole = contest_->contest.json;
    whole.set("electorate", json);
    Result<Contest> parsed = parse_contest(whole);
    if (!parsed) return false;
    contest_->electorate = *parsed->electorate;
    contest_->electorate_entered = true;
    return true;
  }

  bool box(const Entry& entry, Fields& fields) {
    Box box;
    box.seq = entry.seq;
    box.issued = fields.integer("issued");
    box.returned = fields.integer("returned");
    if (fields.has("spoiled")) box.spoiled = fields.integer("spoiled");
    if (fields.has("seal")) box.seal = fields.text("seal");
    if (fields.has("replaces")) fields.integer("replaces");
    if (fields.has("note")) fields.text("note");
    contest_->boxes.push_back(std::move(box));
    return fields.good();
  }

  bool bundle(const Entry& entry, Fields& fields) {
    BundlePass pass;
    pass.seq = entry.seq;
    pass.bundle = fields.text("bundle");
    pass.pass = fields.integer("pass");
    pass.sha256 = fields.text("sha256");
    pass.ballots = fields.integer("ballots");
    pass.station = fields.text("station");
    if (fields.has("by")) pass.by = fields.text("by");
    pass.method = fields.text("method");
    if (fields.has("counted")) pass.counted = fields.integer("counted");
    pass.manifest = fields.text("manifest");
    fields.texts("signers");
    if (!fields.good()) return false;
    auto& passes = contest_->bundles[pass.bundle];
    return passes.emplace(pass.pass, std::move(pass)).second;
  }

  BundlePass* pass_in_force(const std::string& bundle, std::int64_t pass) {
    const auto passes = contest_->bundles.find(bundle);
    if (passes == contest_->bundles.end()) return nullptr;
    const auto it = passes->second.find(pass);
    return it == passes->second.end() || it->second.retracted ? nullptr : &it->second;
  }

  bool retracted(const Entry&, Fields& fields) {
    const std::string bundle = fields.text("bundle");
    const std::int64_t number = fields.integer("pass");
    fields.integer("seq");
    fields.text("note");
    BundlePass* pass = pass_in_force(bundle, number);
    if (!fields.good() || pass == nullptr) return false;
    pass->retracted = true;
    std::erase_if(contest_->corrections, [&](const auto& item) {
      return item.first.first.bundle == bundle && item.first.second == number;
    });
    return true;
  }

  bool correction(const Entry& entry, Fields& fields) {
    const std::string bundle = fields.text("bundle");
    const std::int64_t pass = fields.integer("pass");
    const std::int64_t ballot = fields.integer("ballot");
    Correction correction;
    correction.seq = entry.seq;
    correction.marks = fields.text("marks");
    FlagFault fault;
    const bool flags = parse_flags(fields.text("flags"), correction.flags, fault);
    fields.text("note");
    if (fields.has("replaces")) fields.integer("replaces");
    if (!fields.good() || !flags || !fits_form(correction.marks, true) || !is_number(ballot)) return false;
    if (pass_in_force(bundle, pass) == nullptr) return false;
    put_in_force(std::move(correction), {{bundle, static_cast<std::uint32_t>(ballot)}, pass});
    return true;
  }

  void put_in_force(Correction correction, const std::pair<BallotKey, std::int64_t>& place) {
    const auto before = contest_->corrections.find(place);
    const bool again = before != contest_->corrections.end();
    correction.first = again ? before->second.first : correction.seq;
    for (std::size_t i = 0; i < kFlagCount; ++i) {
      const bool kept = again && before->second.flags.has(static_cast<Flag>(i));
      correction.since[i] = kept ? before->second.since[i] : correction.seq;
    }
    contest_->corrections[place] = std::move(correction);
  }

  bool ruling(const Entry& entry, Fields& fields) {
    const std::string bundle = fields.text("bundle");
    const std::int64_t ballot = fields.integer("ballot");
    Ruling ruling;
    ruling.seq = entry.seq;
    if (fields.has("marks")) {
      ruling.marks = fields.text("marks");
      if (!fits_form(ruling.marks, false)) return false;
    } else {
      const std::string reason = fields.text("invalid");
      for (const Verdict verdict : kRuledReasons) {
        if (word(verdict) == reason) ruling.invalid = verdict;
      }
      if (!ruling.invalid) return false;
    }
    fields.text("note");
    if (fields.has("replaces")) fields.integer("replaces");
    if (!fields.good() || !is_number(ballot)) return false;
    contest_->rulings[{bundle, static_cast<std::uint32_t>(ballot)}] = std::move(ruling);
    return true;
  }

  bool confirmed(const Entry& entry, Fields& fields) {
    fields.integer("ballots");
    contest_->confirmed_seq = entry.seq;
    return fields.good();
  }

  bool decision(const Entry& entry, Fields& fields) {
    const std::optional<DecisionAction> action = decision_named(fields.text("action"));
    fields.integer("votes_for");
    fields.integer("of");
    fields.text("note");
    const Json opens = fields.has("opens") ? fields.object("opens") : Json();
    const std::int64_t alternates = fields.has("alternates") ? fields.integer("alternates") : 0;
    if (!fields.good() || !action) return false;
    Decision decision{entry.seq, *action, {}, alternates};
    if (*action == DecisionAction::void_ || *action == DecisionAction::accept_excess) {
      contest_->before_result = decision;
      return true;
    }
    if (contest_->results.empty() || contest_->reopened) return false;
    if (!opens.is_null()) {
      const Json* id = opens.find("id");
      if (id == nullptr || !id->is_string()) return false;
      const ContestHistory* known = history_.find(id->string());
      if (known != nullptr && (known->begun() || !known->opened_by_decision)) return false;
      decision.opens = id->string();
    }
    contest_->results.back().decision = decision;
    if (opens.is_null()) return true;
    // Adding a contest may move all of them: contest_ is not used any more.
    const OpenedOn on{contest_->contest.id, contest_->results.back().seq};
    if (!add_contest(opens, true)) return false;
    history_.find(decision.opens)->opened_on = on;
    return true;
  }

  bool result(const Entry& entry, Fields& fields) {
    ResultEntry result;
    result.seq = entry.seq;
    result.sha256 = fields.text("sha256");
    result.result = fields.object("result");
    if (fields.has("replaces")) fields.integer("replaces");
    if (!fields.good() || !is_result(result.result)) return false;
    contest_->results.push_back(std::move(result));
    contest_->reopened = false;
    return true;
  }

  // Whether the object has what later acts read from a result: its outcome, what comes next, and who is
  // elected.
  [[nodiscard]] bool is_result(const Json& result) const {
    const auto are_rows = [&](const Json* rows) {
      return rows != nullptr && rows->is_array() &&
             std::all_of(rows->array().begin(), rows->array().end(), [&](const Json& no) {
               return no.is_integer() && no.integer() >= 1 &&
                      no.integer() <= static_cast<std::int64_t>(contest_->contest.rows.size());
             });
    };
    const Json* outcome = result.find("outcome");
    const Json* elected = result.find("elected");
    const Json* next = result.find("next");
    if (outcome == nullptr || !outcome->is_string() || next == nullptr || !next->is_object()) return false;
    const Json* seats = next->find("seats");
    const Json* action = next->find("action");
    return action != nullptr && action->is_string() && seats != nullptr && seats->is_integer() &&
           are_rows(next->find("rows")) && (elected == nullptr || are_rows(elected));
  }

  bool reopened(const Entry&, Fields& fields) {
    const std::int64_t seq = fields.integer("result");
    fields.text("note");
    if (!fields.good() || contest_->standing() == nullptr || contest_->standing()->seq != seq) return false;
    contest_->reopened = true;
    contest_->before_result.reset();
    return true;
  }

  bool signed_result(const Entry& entry, Fields& fields) {
    const std::int64_t seq = fields.integer("result");
    fields.text("sha256");
    SignedResult signature{entry.at, fields.text("certificate"), fields.text("p7s")};
    if (!fields.good() || contest_->standing() == nullptr || contest_->standing()->seq != seq) return false;
    contest_->results.back().signatures.push_back(std::move(signature));
    return true;
  }

  [[nodiscard]] bool fits_form(const std::string& marks, bool may_be_unreadable) const {
    const Contest& contest = contest_->contest;
    return marks.size() == contest.rows.size() && std::all_of(marks.begin(), marks.end(), [&](char c) {
             return mark_of(c, contest.ballot).has_value() && (may_be_unreadable || c != '?');
           });
  }

  static bool is_number(std::int64_t ballot) { return ballot >= 1 && ballot <= kMostBallotNumber; }

  History& history_;
  ContestHistory* contest_ = nullptr;
};

bool is_round_of(const Contest& contest, std::string_view first) {
  return contest.id == first || first_round_id(contest) == first;
}

void add_elected(const ContestHistory& contest, std::set<std::string>& names) {
  const ResultEntry* standing = contest.standing();
  const Json* elected = standing == nullptr ? nullptr : standing->result.find("elected");
  if (elected == nullptr) return;
  for (const Json& no : elected->array()) {
    names.insert(name_key(contest.contest.rows[static_cast<std::size_t>(no.integer() - 1)].name));
  }
}

}  // namespace

std::string_view word(DecisionAction action) {
  return kActions[static_cast<std::size_t>(action)];
}

std::optional<DecisionAction> decision_named(std::string_view text) {
  const auto it = std::find(kActions.begin(), kActions.end(), text);
  if (it == kActions.end()) return std::nullopt;
  return static_cast<DecisionAction>(it - kActions.begin());
}

const ResultEntry* ContestHistory::standing() const {
  return results.empty() || reopened ? nullptr : &results.back();
}

std::vector<const BundlePass*> ContestHistory::passes_in_force(const std::string& bundle) const {
  std::vector<const BundlePass*> passes;
  const auto it = bundles.find(bundle);
  if (it == bundles.end()) return passes;
  for (const auto& [number, pass] : it->second) {
    if (!pass.retracted) passes.push_back(&pass);
  }
  return passes;
}

bool ContestHistory::is_proofed() const {
  return !proofed.empty() && proofed == ballot_digest(contest);
}

std::vector<std::string> ContestHistory::bundles_in_force() const {
  std::vector<std::string> names;
  for (const auto& [name, passes] : bundles) {
    if (!passes_in_force(name).empty()) names.push_back(name);
  }
  return names;
}

bool ContestHistory::begun() const {
  return box() != nullptr || !bundles_in_force().empty() || !results.empty();
}

ContestHistory* History::find(std::string_view contest) {
  const auto it = std::find_if(contests.begin(), contests.end(),
                               [&](const ContestHistory& known) { return known.contest.id == contest; });
  return it == contests.end() ? nullptr : &*it;
}

const ContestHistory* History::find(std::string_view contest) const {
  return const_cast<History*>(this)->find(contest);  // NOLINT: one search for both
}

std::vector<Contest> History::definitions() const {
  std::vector<Contest> definitions;
  for (const ContestHistory& known : contests) definitions.push_back(known.contest);
  return definitions;
}

std::vector<const ContestHistory*> History::rounds_on_older_result(const ContestHistory& contest) const {
  std::vector<const ContestHistory*> rounds;
  for (const ContestHistory& known : contests) {
    if (known.opened_on.contest != contest.contest.id || !known.begun()) continue;
    const bool stands = contest.standing() != nullptr && contest.standing()->seq == known.opened_on.result;
    const ResultEntry* result = known.standing();
    const bool is_void = result != nullptr && result->result.at("outcome") == Json("void");
    if (!stands && !is_void) rounds.push_back(&known);
  }
  return rounds;
}

std::set<std::string> History::elected_in(std::string_view contest) const {
  std::set<std::string> names;
  for (const ContestHistory& known : contests) {
    if (is_round_of(known.contest, contest)) add_elected(known, names);
  }
  return names;
}

std::set<std::string> History::may_be_elected_in(std::string_view contest) const {
  const ContestHistory* first = find(contest);
  const bool settled = first != nullptr && first->standing() != nullptr;
  std::set<std::string> names;
  for (const ContestHistory& known : contests) {
    if (!is_round_of(known.contest, contest)) continue;
    if (settled && known.standing() != nullptr) {
      add_elected(known, names);
    } else {
      for (const Row& row : known.contest.rows) names.insert(name_key(row.name));
    }
  }
  return names;
}

std::vector<std::vector<std::uint32_t>> runners_up(const Json& result) {
  std::map<std::int64_t, std::vector<std::uint32_t>, std::greater<>> by_votes;
  const Json* rows = result.find("rows");
  if (rows == nullptr || !rows->is_array()) return {};
  for (std::size_t i = 0; i < rows->array().size(); ++i) {
    const Json& row = rows->array()[i];
    if (!row.is_object()) continue;
    const Json* standing = row.find("standing");
    const Json* votes = row.find("votes");
    const Json* to_line = row.find("to_line");
    const bool whole = standing != nullptr && votes != nullptr && votes->is_integer() && to_line != nullptr;
    if (!whole || *standing != Json("not-elected") || !to_line->is_integer() || to_line->integer() < 0)
      continue;
    by_votes[votes->integer()].push_back(static_cast<std::uint32_t>(i + 1));
  }
  std::vector<std::vector<std::uint32_t>> groups;
  for (auto& [votes, equal] : by_votes) groups.push_back(std::move(equal));
  return groups;
}

std::vector<std::uint32_t> alternates_of(const ResultEntry& result) {
  std::vector<std::uint32_t> rows;
  if (!result.decision) return rows;
  for (const std::vector<std::uint32_t>& equal : runners_up(result.result)) {
    for (const std::uint32_t no : equal) {
      if (static_cast<std::int64_t>(rows.size()) < result.decision->alternates) rows.push_back(no);
    }
  }
  return rows;
}

std::string make_record_id(const Congress& congress, const std::string& congress_sha256) {
  return congress.id + "-" + congress_sha256.substr(0, 16);
}

Result<std::string> congress_digest_of(const std::vector<std::string>& entries) {
  const Finding no_entry = finding(Code::record_entry, {}, {"0"});
  if (entries.empty()) return no_entry;
  const Result<Entry> opened = parse_entry(entries.front(), 0);
  if (!opened || opened->kind != "opened") return no_entry;
  Fields fields(opened->body);
  std::string sha256 = fields.text("sha256");
  for (const char* key : {"congress", "purpose", "record"}) fields.text(key);
  if (!fields.good() || !is_digest(sha256)) return no_entry;
  return sha256;
}

Result<History> replay(const std::vector<std::string>& entries, const std::string& congress_bytes) {
  const Result<std::string> congress_sha256 = congress_digest_of(entries);
  if (!congress_sha256) return congress_sha256.findings();
  if (sha256_hex(congress_bytes) != *congress_sha256) return finding(Code::record_other_congress_file);
  Result<Congress> congress = parse_congress(congress_bytes, "congress.json");
  if (!congress) return congress.findings();

  History history = unbegun(std::move(congress).value());
  history.congress_sha256 = *congress_sha256;
  history.record_id = make_record_id(history.congress, history.congress_sha256);
  Replay steps(history);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto seq = static_cast<std::int64_t>(i);
    const Result<Entry> entry = parse_entry(entries[i], seq);
    if (!entry || !steps.apply(*entry)) return finding(Code::record_entry, {}, {std::to_string(seq)});
  }
  return history;
}

}  // namespace kp
