// What a ballot kept apart, or the rest of a bundle, adds to the totals (see ledger.h).
#include <algorithm>
#include <iterator>

#include "verify/ledger.h"

namespace kp::verify {
namespace {

bool is_unreadable(std::string_view marks) {
  return marks.find('?') != std::string_view::npos;
}

std::vector<std::uint32_t> united(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  std::vector<std::uint32_t> out;
  out.reserve(std::max(a.size(), b.size()));
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

}  // namespace

// The flags that no confirmation has followed; those a correction found on the ballot keep what they were.
std::uint8_t Ledger::waiting_flags(const PassState& pass, std::uint32_t ballot,
                                   const Reading& reading) const {
  const auto corrected = pass.corrections.find(ballot);
  if (corrected == pass.corrections.end()) return pass.entry.seq > confirmed_seq_ ? reading.flags : 0;
  return corrected->second.seq > confirmed_seq_ ? corrected->second.waiting : 0;
}

Ledger::Share Ledger::share_of_ballot(const Bundle& bundle, std::size_t slot) const {
  const std::uint32_t ballot = (*bundle.apart)[slot];
  const auto ruled = bundle.rulings.find(ballot);
  const Ruling* ruling = ruled == bundle.rulings.end() ? nullptr : &ruled->second.ruling;
  Share share;
  const Reading* first = nullptr;
  bool absent = false;
  bool retracted = false;
  bool unknown = false;
  bool unlike = false;
  for (const auto& [number, pass] : bundle.passes) {
    retracted = retracted || !pass.in_force;
    if (!pass.in_force) continue;
    const auto corrected = pass.corrections.find(ballot);
    const bool is_corrected = corrected != pass.corrections.end();
    share.corrected = share.corrected || is_corrected;
    const bool read = pass.entry.facts != nullptr && pass.entry.facts->apart[slot].has_value();
    if (!read) {
      (pass.entry.facts == nullptr ? unknown : absent) = true;
      continue;
    }
    const Reading& reading = is_corrected ? corrected->second.reading : *pass.entry.facts->apart[slot];
    const bool unconfirmed = waiting_flags(pass, ballot, reading) != 0;
    if (ruling == nullptr && unconfirmed) share.waiting = 1;
    if (ruling == nullptr && (unconfirmed || is_unreadable(reading.marks))) share.doubtful = true;
    if (first == nullptr) first = &reading;
    unlike = unlike || !(reading == *first);
  }
  share.ruled = ruling != nullptr && (first != nullptr || unknown);
  share.ruled_perhaps = share.ruled && first == nullptr && retracted;
  share.ruled_not_issued = share.ruled && ruling->invalid == Reason::not_issued;
  if (first == nullptr) return share;
  // A ruling settles the ballot in every pass; that a pass does not have it at all is not settled by it.
  share.differing = absent || (unlike && ruling == nullptr);
  const bool remarked = ruling != nullptr && !ruling->invalid;
  if (remarked && !marks_fit(ruling->marks, rule_)) share.doubtful = true;
  if (share.doubtful) return share;
  share.counted = true;
  share.invalid = judge(rule_, {first->marks, first->flags, ruling});
  share.marks = remarked ? ruling->marks : first->marks;
  return share;
}

std::int64_t Ledger::waiting_in_rest(const Bundle& bundle) const {
  std::vector<std::uint32_t> flagged;
  const BundleFacts* last = nullptr;
  std::int64_t waiting = 0;
  for (const auto& [number, pass] : bundle.passes) {
    const BundleFacts* facts = pass.entry.facts.get();
    if (!pass.in_force || facts == nullptr || pass.entry.seq <= confirmed_seq_ || facts == last) continue;
    // Where passes have files of their own, the numbers were kept; else every pass flags the same ballots.
    flagged = united(flagged, facts->rest_flagged_ballots);
    waiting = std::max({waiting, facts->rest_flagged, static_cast<std::int64_t>(flagged.size())});
    last = facts;
  }
  return waiting;
}

Ledger::Share Ledger::share_of_rest(const Bundle& bundle) const {
  Share share;
  const PassState* first = first_in_force(bundle);
  if (first == nullptr) return share;
  share.waiting = waiting_in_rest(bundle);
  share.doubtful = share.waiting > 0;
  const BundleFacts* compared = nullptr;
  for (const auto& [number, pass] : bundle.passes) {
    const BundleFacts* facts = pass.entry.facts.get();
    if (!pass.in_force || facts == nullptr) continue;
    share.doubtful = share.doubtful || facts->rest_unreadable;
    if (compared == nullptr) compared = facts;
    share.differing = share.differing || (facts != compared && facts->rest_digest != compared->rest_digest);
  }
  share.rest = first->entry.facts;
  share.counted = share.rest != nullptr;
  return share;
}

void Ledger::book(const BallotPlace& place, const Share& share, std::int64_t times) {
  if (share.counted && share.rest != nullptr) {
    add_counts(counts_, share.rest->rest, times);
  } else if (share.counted) {
    count_ballot(counts_, share.marks, share.invalid, times);
  }
  waiting_ += times * share.waiting;
  rulings_ += share.ruled ? times : 0;
  rulings_perhaps_ += share.ruled_perhaps ? times : 0;
  corrections_ += share.corrected ? times : 0;
  ruled_not_issued_ += share.ruled_not_issued ? times : 0;
  const auto mark = [&](std::set<BallotPlace>& places, bool holds) {
    if (times < 0) {
      places.erase(place);
    } else if (holds) {
      places.insert(place);
    }
  };
  mark(doubtful_, share.doubtful);
  mark(differing_, share.differing);
  mark(waiting_places_, share.waiting > 0);
}

}  // namespace kp::verify
