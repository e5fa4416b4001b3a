#include "proceedings/setup.h"

#include <algorithm>

#include "base/text.h"
#include "contest/definition.h"
#include "contest/list_rules.h"
#include "proceedings/gate.h"
#include "proceedings/list_building.h"

namespace kp {
namespace {

bool keeps_what_was_decided(const Contest& was, const Contest& now) {
  return was.question == now.question && was.office == now.office && was.seats == now.seats &&
         was.round == now.round && was.revote == now.revote;
}

}  // namespace

History unbegun(Congress congress) {
  History history;
  history.congress = std::move(congress);
  for (const Contest& contest : history.congress.contests) {
    ContestHistory& known = history.contests.emplace_back();
    known.contest = contest;
    known.electorate = electorate_of(history.congress, contest);
  }
  return history;
}

Act opened(const Congress& congress, const std::string& congress_sha256, People by) {
  return {"opened",
          Json::object({{"congress", congress.id},
                        {"purpose", word(congress.purpose)},
                        {"record", make_record_id(congress, congress_sha256)},
                        {"sha256", congress_sha256}}),
          std::move(by)};
}

Contest as_it_will_stand(const History& history, Contest contest) {
  const ContestHistory* known = history.find(contest.id);
  if (known != nullptr && known->electorate_entered && !contest.electorate) {
    contest.electorate = known->electorate;
  }
  return contest;
}

Findings check_new_list(const History& history, const Contest& contest) {
  Findings findings;
  if (const ContestHistory* known = history.find(contest.id)) {
    if (known->begun()) {
      findings.push_back(finding(Code::contest_already_begun, contest.id));
    }
    if (known->opened_by_decision && !keeps_what_was_decided(known->contest, contest)) {
      findings.push_back(finding(Code::contest_opened_by_decision, contest.id));
    }
  }
  const Contest standing = as_it_will_stand(history, contest);
  add(findings, check_contest(history.congress, standing, {}, history.definitions()));
  if (!has_error(findings)) add(findings, check_may_stand(history, contest));
  if (!has_error(findings)) add(findings, check_against_polls(history, standing));
  return findings;
}

Result<Act> add_contest(const History& history, const Contest& contest, People by, Findings& notes) {
  Findings findings = check_new_list(history, contest);
  if (has_error(findings)) return findings;
  const bool replaces = history.find(contest.id) != nullptr;
  if (replaces && by.size() < 2 && history.congress.purpose == Purpose::official) {
    findings.push_back(finding(Code::contest_replaced_by_one, contest.id));
  }
  add(notes, std::move(findings));
  return Act{"contest", Json::object({{"contest", contest.json}}), std::move(by)};
}

Result<Act> change_electorate(const History& history, const ContestHistory& contest,
                              const Electorate& electorate, People by, const std::string& note) {
  Findings findings = check_open_to_change(contest);
  add(findings, check_electorate(kind_of(history.congress, contest.contest), electorate, {}));
  if (contest.box() != nullptr) {
    add(findings, check_two(by));
    add(findings, check_note(note));
  }
  if (!findings.empty()) return findings;
  Json body = Json::object({{"contest", contest.contest.id}, {"electorate", to_json(electorate)}});
  if (!tidied(note).empty()) body.set("note", note);
  return Act{"electorate", std::move(body), std::move(by)};
}

Result<Act> count_box(const ContestHistory& contest, const BoxFigures& figures, People by) {
  Findings findings = check_open_to_change(contest);
  if (contest.box() != nullptr) {
    add(findings, check_two(by));
    add(findings, check_note(figures.note));
  }
  if (!findings.empty()) return findings;
  Json body = Json::object(
      {{"contest", contest.contest.id}, {"issued", figures.issued}, {"returned", figures.returned}});
  if (figures.spoiled) body.set("spoiled", *figures.spoiled);
  if (!figures.seal.empty()) body.set("seal", figures.seal);
  if (!tidied(figures.note).empty()) body.set("note", figures.note);
  if (contest.box() != nullptr) body.set("replaces", contest.box()->seq);
  return Act{"box", std::move(body), std::move(by)};
}

BundleStatus bundle_status(const ContestHistory& contest, const ManifestBundle& bundle) {
  const auto passes = contest.bundles.find(bundle.bundle);
  if (passes == contest.bundles.end()) return BundleStatus::fresh;
  const auto pass = passes->second.find(bundle.pass);
  if (pass == passes->second.end()) return BundleStatus::fresh;
  if (pass->second.retracted) return BundleStatus::retracted;
  return pass->second.sha256 == bundle.sha256 ? BundleStatus::there : BundleStatus::other_bytes;
}

Act enter_bundle(const ContestHistory& contest, const ReadBundle& bundle, People by) {
  const ManifestBundle& stated = bundle.stated;
  Json::Array signers;
  for (const std::string& signer : bundle.signers) signers.emplace_back(signer);
  Json body = Json::object({{"contest", contest.contest.id},
                            {"bundle", stated.bundle},
                            {"pass", stated.pass},
                            {"sha256", stated.sha256},
                            {"ballots", stated.ballots},
                            {"station", stated.station},
                            {"method", stated.method},
                            {"manifest", bundle.manifest},
                            {"signers", std::move(signers)}});
  if (!stated.by.empty()) body.set("by", stated.by);
  if (stated.counted) body.set("counted", *stated.counted);
  return {"bundle", std::move(body), std::move(by)};
}

}  // namespace kp
