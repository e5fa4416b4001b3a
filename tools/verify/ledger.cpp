#include "verify/ledger.h"

#include <algorithm>

namespace kp::verify {
void Ledger::redefine(const BallotRule& rule) {
  rule_ = rule;
  counts_ = no_counts(rule.rows);
  for (auto& [name, bundle] : bundles_) bundle.rulings.clear();
}

Ledger::Bundle* Ledger::find(std::string_view bundle) {
  const auto it = bundles_.find(bundle);
  return it == bundles_.end() ? nullptr : &it->second;
}

const Ledger::Bundle* Ledger::find(std::string_view bundle) const {
  const auto it = bundles_.find(bundle);
  return it == bundles_.end() ? nullptr : &it->second;
}

std::optional<std::size_t> Ledger::slot_of(const Bundle& bundle, std::uint32_t ballot) {
  if (bundle.apart == nullptr) return std::nullopt;
  const auto it = std::lower_bound(bundle.apart->begin(), bundle.apart->end(), ballot);
  if (it == bundle.apart->end() || *it != ballot) return std::nullopt;
  return static_cast<std::size_t>(it - bundle.apart->begin());
}

const Ledger::PassState* Ledger::first_in_force(const Bundle& bundle) {
  for (const auto& [number, pass] : bundle.passes) {
    if (pass.in_force) return &pass;
  }
  return nullptr;
}

bool Ledger::was_entered(std::string_view bundle, std::int64_t pass) const {
  const Bundle* found = find(bundle);
  return found != nullptr && found->passes.contains(pass);
}

const PassEntry* Ledger::in_force(std::string_view bundle, std::int64_t pass) const {
  const Bundle* found = find(bundle);
  if (found == nullptr) return nullptr;
  const auto it = found->passes.find(pass);
  return it != found->passes.end() && it->second.in_force ? &it->second.entry : nullptr;
}

std::vector<const PassEntry*> Ledger::passes_of(std::string_view name) const {
  std::vector<const PassEntry*> passes;
  const Bundle* bundle = find(name);
  if (bundle == nullptr) return passes;
  for (const auto& [number, pass] : bundle->passes) {
    if (pass.in_force) passes.push_back(&pass.entry);
  }
  return passes;
}

void Ledger::enter(PassEntry entry) {
  const std::string name = entry.bundle;
  Bundle& bundle = bundles_[name];
  if (bundle.apart == nullptr && entry.apart != nullptr) {
    bundle.apart = entry.apart;
    bundle.shares.resize(bundle.apart->size());
  }
  // Facts of another list than this one (a fault reported elsewhere) are as good as none.
  if (entry.facts != nullptr && !(entry.facts->rule == rule_)) entry.facts = nullptr;
  ++passes_in_force_;
  if (entry.facts == nullptr) ++passes_without_facts_;
  const std::int64_t number = entry.pass;
  bundle.passes[number].entry = std::move(entry);
  refresh(name, bundle);
}

void Ledger::retract(std::string_view name, std::int64_t pass) {
  Bundle* bundle = find(name);
  if (bundle == nullptr) return;
  const auto it = bundle->passes.find(pass);
  if (it == bundle->passes.end() || !it->second.in_force) return;
  it->second.in_force = false;
  it->second.corrections.clear();
  --passes_in_force_;
  if (it->second.entry.facts == nullptr) --passes_without_facts_;
  refresh(std::string(name), *bundle);
}

std::optional<bool> Ledger::has_ballot(std::string_view name, std::int64_t pass, std::uint32_t ballot) const {
  const PassEntry* entry = in_force(name, pass);
  if (entry == nullptr) return false;
  const Bundle* bundle = find(name);
  const std::optional<std::size_t> slot = slot_of(*bundle, ballot);
  if (entry->facts == nullptr || !slot) return std::nullopt;
  return entry->facts->apart[*slot].has_value();
}

std::optional<bool> Ledger::has_ballot(std::string_view name, std::uint32_t ballot) const {
  const Bundle* bundle = find(name);
  if (bundle == nullptr) return false;
  std::optional<bool> any = false;
  for (const auto& [number, pass] : bundle->passes) {
    if (!pass.in_force) continue;
    const std::optional<bool> here = has_ballot(name, number, ballot);
    if (here == true) return true;
    if (!here) any = std::nullopt;
  }
  return any;
}

std::int64_t Ledger::correction_of(std::string_view name, std::int64_t pass, std::uint32_t ballot) const {
  const Bundle* bundle = find(name);
  if (bundle == nullptr) return -1;
  const auto it = bundle->passes.find(pass);
  if (it == bundle->passes.end()) return -1;
  const auto found = it->second.corrections.find(ballot);
  return found == it->second.corrections.end() ? -1 : found->second.seq;
}

std::int64_t Ledger::ruling_of(std::string_view name, std::uint32_t ballot) const {
  const Bundle* bundle = find(name);
  if (bundle == nullptr) return -1;
  const auto it = bundle->rulings.find(ballot);
  return it == bundle->rulings.end() ? -1 : it->second.seq;
}

void Ledger::correct(std::string_view name, std::int64_t pass, std::uint32_t ballot, Reading reading,
                     std::int64_t seq) {
  Bundle* bundle = find(name);
  if (bundle == nullptr) return;
  const auto it = bundle->passes.find(pass);
  const std::optional<std::size_t> slot = slot_of(*bundle, ballot);
  if (it == bundle->passes.end() || !it->second.in_force || !slot) return;
  PassState& state = it->second;
  Reading before;
  if (const auto corrected = state.corrections.find(ballot); corrected != state.corrections.end()) {
    before = corrected->second.reading;
  } else if (state.entry.facts != nullptr) {
    before = state.entry.facts->apart[*slot].value_or(Reading());
  }
  const unsigned brought = reading.flags & ~unsigned{before.flags};
  const unsigned waiting = brought | (reading.flags & waiting_flags(state, ballot, before));
  state.corrections[ballot] = {std::move(reading), seq, static_cast<std::uint8_t>(waiting)};
  refresh_ballot(std::string(name), *bundle, *slot);
}

void Ledger::rule(std::string_view name, std::uint32_t ballot, Ruling ruling, std::int64_t seq) {
  Bundle* bundle = find(name);
  if (bundle == nullptr) return;
  const std::optional<std::size_t> slot = slot_of(*bundle, ballot);
  if (!slot) return;
  bundle->rulings[ballot] = {std::move(ruling), seq};
  refresh_ballot(std::string(name), *bundle, *slot);
}

void Ledger::confirm(std::int64_t seq) {
  confirmed_seq_ = seq;
  const std::set<BallotPlace> places = std::move(waiting_places_);
  waiting_places_.clear();
  for (const auto& [name, ballot] : places) {
    Bundle* bundle = find(name);
    if (bundle == nullptr) continue;
    if (ballot == 0) {
      refresh_rest(name, *bundle);
    } else if (const std::optional<std::size_t> slot = slot_of(*bundle, ballot)) {
      refresh_ballot(name, *bundle, *slot);
    }
  }
}

void Ledger::refresh_ballot(const std::string& name, Bundle& bundle, std::size_t slot) {
  const BallotPlace place{name, (*bundle.apart)[slot]};
  book(place, bundle.shares[slot], -1);
  bundle.shares[slot] = share_of_ballot(bundle, slot);
  book(place, bundle.shares[slot], 1);
}

void Ledger::refresh_rest(const std::string& name, Bundle& bundle) {
  const BallotPlace place{name, 0};
  book(place, bundle.rest, -1);
  bundle.rest = share_of_rest(bundle);
  book(place, bundle.rest, 1);
}

void Ledger::refresh(const std::string& name, Bundle& bundle) {
  ballots_ -= bundle.ballots;
  const PassState* first = first_in_force(bundle);
  bundle.ballots = first == nullptr ? 0 : first->entry.ballots;
  ballots_ += bundle.ballots;
  const std::vector<const PassEntry*> passes = passes_of(name);
  const bool counted = std::all_of(passes.begin(), passes.end(), [](const PassEntry* pass) {
    return pass->counted < 0 || pass->counted == pass->ballots;
  });
  const bool enough = static_cast<std::int64_t>(passes.size()) >= passes_required_;
  if (passes.empty() || (enough && counted && are_independent(passes))) {
    unsound_.erase(name);
  } else {
    unsound_.insert(name);
  }
  refresh_rest(name, bundle);
  for (std::size_t slot = 0; slot < bundle.shares.size(); ++slot) refresh_ballot(name, bundle, slot);
}

bool are_independent(const std::vector<const PassEntry*>& passes) {
  std::set<std::string_view> people;
  std::set<std::string_view> stations;
  return std::all_of(passes.begin(), passes.end(), [&](const PassEntry* pass) {
    return (pass->keyed_by.empty() || people.insert(pass->keyed_by).second) &&
           stations.insert(pass->station).second;
  });
}

}  // namespace kp::verify
