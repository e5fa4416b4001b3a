#include "verify/gate.h"

#include <algorithm>
#include <set>
#include <string>

namespace kp::verify {
namespace {

constexpr std::size_t kMostPlaces = 10;

std::string place_of_ballot(const std::string& contest, const BallotPlace& place) {
  const std::string bundle = contest + "/" + place.first;
  return place.second == 0 ? bundle : bundle + "/" + std::to_string(place.second);
}

void add_places(Code code, const std::string& contest, const std::set<BallotPlace>& places, Faults& faults) {
  std::size_t named = 0;
  for (const BallotPlace& place : places) {
    if (++named > kMostPlaces) return;
    faults.add(code, place_of_ballot(contest, place));
  }
}

void check_box(const ContestState& state, std::int64_t present, Faults& faults) {
  const std::string& id = state.contest.id;
  const std::int64_t issued = state.box->box.issued;
  const std::int64_t returned = state.box->box.returned;
  if (issued > present) {
    faults.add(Code::verify_gate_issued, id, {std::to_string(issued), std::to_string(present)});
  }
  if (returned > issued && state.verdict != Verdict::excess_accepted) {
    faults.add(Code::verify_gate_returned, id, {std::to_string(returned), std::to_string(issued)});
  } else if (returned > issued && state.ledger.ruled_not_issued() < returned - issued) {
    faults.add(Code::verify_gate_excess, id,
               {std::to_string(returned - issued), std::to_string(state.ledger.ruled_not_issued())});
  }
  if (state.ledger.ballots() != returned) {
    faults.add(Code::verify_gate_sum, id, {std::to_string(state.ledger.ballots()), std::to_string(returned)});
  }
}

void check_bundle(const std::string& place, const std::vector<const PassEntry*>& passes,
                  std::int64_t required, Faults& faults) {
  const auto have = static_cast<std::int64_t>(passes.size());
  if (have < required)
    faults.add(Code::verify_gate_passes, place, {std::to_string(have), std::to_string(required)});
  for (const PassEntry* pass : passes) {
    if (pass->counted < 0 || pass->counted == pass->ballots) continue;
    faults.add(Code::verify_gate_counted, place,
               {std::to_string(pass->pass), std::to_string(pass->counted), std::to_string(pass->ballots)});
  }
  if (!are_independent(passes)) faults.add(Code::verify_gate_not_independent, place);
}

}  // namespace

bool check_gate(const Congress& congress, const Contests& contests, const ContestState& state,
                Faults& faults) {
  const std::string& id = state.contest.id;
  if (state.box) {
    check_box(state, electorate_of(congress, state.contest).present, faults);
  } else {
    faults.add(Code::verify_gate_no_box, id);
  }
  std::size_t named = 0;
  for (const std::string& bundle : state.ledger.unsound()) {
    if (++named > kMostPlaces) break;
    check_bundle(id + "/" + bundle, state.ledger.passes_of(bundle), congress.passes_required, faults);
  }
  add_places(Code::verify_gate_differ, id, state.ledger.differing(), faults);
  add_places(Code::verify_gate_doubtful, id, state.ledger.doubtful(), faults);
  if (const std::int64_t row = first_not_among(contests, state, true); row >= 0) {
    faults.add(Code::verify_gate_not_elected, id,
               {state.contest.rows[static_cast<std::size_t>(row)].name, state.contest.among});
  }
  return state.ledger.differing().empty() && state.ledger.doubtful().empty();
}

}  // namespace kp::verify
