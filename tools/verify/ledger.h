// What one contest's ballots stand at, after every entry (formats.md §6).
//
// Bundles come and go, ballots are corrected and ruled on, flags are confirmed; after each such act the
// totals are right again without any bundle being read or counted twice. Ballots that the record ever
// corrects or rules on are kept one by one ("apart"); the rest of a bundle moves as a block. Judges no person
// and no order of events: that an act is allowed is replay.h.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "verify/bundle_parser.h"
#include "verify/recount.h"

namespace kp::verify {

using BallotNumbers = std::shared_ptr<const std::vector<std::uint32_t>>;

/// A pass as its entry states it.
struct PassEntry {
  std::string bundle;
  std::int64_t pass = 0;
  std::int64_t seq = 0;
  std::int64_t ballots = 0;
  std::int64_t counted = -1;  ///< −1 when the sheets were not counted before
  std::string station;
  std::string keyed_by;  ///< name_key of who keyed it, "" when not given
  BallotNumbers apart;
  std::shared_ptr<const BundleFacts> facts;  ///< null when the file is not there or not readable
};

/// A ballot of a bundle; number 0 stands for the ballots not kept apart.
using BallotPlace = std::pair<std::string, std::uint32_t>;

class Ledger {
 public:
  /// In: how many passes the congress asks of every bundle.
  Ledger(const BallotRule& rule, std::int64_t passes_required)
      : rule_(rule), passes_required_(passes_required), counts_(no_counts(rule.rows)) {}

  /// Purpose: another list takes the place of this one, and rulings about the old one go with it. In: no
  /// bundle in force.
  void redefine(const BallotRule& rule);

  // Passes.
  [[nodiscard]] bool was_entered(std::string_view bundle, std::int64_t pass) const;
  /// Purpose: the pass in force of that bundle and number, or null.
  [[nodiscard]] const PassEntry* in_force(std::string_view bundle, std::int64_t pass) const;
  [[nodiscard]] bool has_any_in_force() const { return passes_in_force_ > 0; }
  void enter(PassEntry entry);
  void retract(std::string_view bundle, std::int64_t pass);

  // Single ballots. `ballot` is among the bundle's apart.
  /// Purpose: whether the file of this pass has that ballot; nothing when the file cannot be asked.
  [[nodiscard]] std::optional<bool> has_ballot(std::string_view bundle, std::int64_t pass,
                                               std::uint32_t ballot) const;
  /// Purpose: the same of any pass in force.
  [[nodiscard]] std::optional<bool> has_ballot(std::string_view bundle, std::uint32_t ballot) const;
  /// Purpose: the seq of the correction or ruling in force, −1 when there is none.
  [[nodiscard]] std::int64_t correction_of(std::string_view bundle, std::int64_t pass,
                                           std::uint32_t ballot) const;
  [[nodiscard]] std::int64_t ruling_of(std::string_view bundle, std::uint32_t ballot) const;
  void correct(std::string_view bundle, std::int64_t pass, std::uint32_t ballot, Reading reading,
               std::int64_t seq);
  void rule(std::string_view bundle, std::uint32_t ballot, Ruling ruling, std::int64_t seq);

  // Flags.
  [[nodiscard]] std::int64_t waiting() const { return waiting_; }
  void confirm(std::int64_t seq);

  // What it all comes to.
  /// Purpose: whether every pass in force could be read, so that the counts below mean something.
  [[nodiscard]] bool is_complete() const { return passes_without_facts_ == 0; }
  [[nodiscard]] const Counts& counts() const { return counts_; }
  /// Purpose: the ballots of all bundles, as their entries state them.
  [[nodiscard]] std::int64_t ballots() const { return ballots_; }
  /// Purpose: the ballots with a ruling in force; without the files, at most and at least so many.
  [[nodiscard]] std::int64_t rulings() const { return rulings_; }
  [[nodiscard]] std::int64_t least_rulings() const { return rulings_ - rulings_perhaps_; }
  [[nodiscard]] std::int64_t corrections() const { return corrections_; }
  [[nodiscard]] std::int64_t ruled_not_issued() const { return ruled_not_issued_; }
  [[nodiscard]] const std::set<BallotPlace>& doubtful() const { return doubtful_; }
  [[nodiscard]] const std::set<BallotPlace>& differing() const { return differing_; }

  /// Purpose: the bundles whose passes in force are too few, not independent, or not as many as counted by
  /// hand.
  [[nodiscard]] const std::set<std::string>& unsound() const { return unsound_; }
  /// Purpose: the passes in force of a bundle, by number.
  [[nodiscard]] std::vector<const PassEntry*> passes_of(std::string_view bundle) const;

 private:
  struct Correction {
    Reading reading;
    std::int64_t seq = 0;
    std::uint8_t waiting = 0;  ///< flags that waited for a confirmation when it was made
  };
  struct PassState {
    PassEntry entry;
    bool in_force = true;
    std::map<std::uint32_t, Correction> corrections;
  };
  /// What a ballot kept apart, or the rest of a bundle, adds to the totals right now.
  struct Share {
    bool counted = false;
    std::string marks;  ///< of a single ballot
    std::optional<Reason> invalid;
    std::shared_ptr<const BundleFacts> rest;  ///< of the rest
    std::int64_t waiting = 0;
    bool ruled = false;
    bool ruled_perhaps = false;  ///< ruled, but no file tells whether a pass still has the ballot
    bool corrected = false;
    bool ruled_not_issued = false;
    bool doubtful = false;
    bool differing = false;
  };
  struct RulingInForce {
    Ruling ruling;
    std::int64_t seq = 0;
  };
  struct Bundle {
    std::map<std::int64_t, PassState> passes;
    BallotNumbers apart;
    std::map<std::uint32_t, RulingInForce> rulings;
    std::vector<Share> shares;  ///< of the ballots apart
    Share rest;
    std::int64_t ballots = 0;
  };

  [[nodiscard]] Bundle* find(std::string_view bundle);
  [[nodiscard]] const Bundle* find(std::string_view bundle) const;
  [[nodiscard]] static std::optional<std::size_t> slot_of(const Bundle& bundle, std::uint32_t ballot);
  [[nodiscard]] static const PassState* first_in_force(const Bundle& bundle);
  [[nodiscard]] std::uint8_t waiting_flags(const PassState& pass, std::uint32_t ballot,
                                           const Reading& reading) const;
  [[nodiscard]] Share share_of_ballot(const Bundle& bundle, std::size_t slot) const;
  [[nodiscard]] Share share_of_rest(const Bundle& bundle) const;
  [[nodiscard]] std::int64_t waiting_in_rest(const Bundle& bundle) const;
  void book(const BallotPlace& place, const Share& share, std::int64_t times);
  void refresh_ballot(const std::string& name, Bundle& bundle, std::size_t slot);
  void refresh_rest(const std::string& name, Bundle& bundle);
  void refresh(const std::string& name, Bundle& bundle);

  BallotRule rule_;
  std::int64_t passes_required_;
  std::map<std::string, Bundle, std::less<>> bundles_;
  std::int64_t confirmed_seq_ = -1;
  std::set<BallotPlace> waiting_places_;

  Counts counts_;
  std::int64_t ballots_ = 0;
  std::int64_t passes_in_force_ = 0;
  std::int64_t passes_without_facts_ = 0;
  std::int64_t waiting_ = 0;
  std::int64_t rulings_ = 0;
  std::int64_t rulings_perhaps_ = 0;
  std::int64_t corrections_ = 0;
  std::int64_t ruled_not_issued_ = 0;
  std::set<BallotPlace> doubtful_;
  std::set<BallotPlace> differing_;
  std::set<std::string> unsound_;
};

/// Purpose: whether two of these passes are by one person or from one station.
bool are_independent(const std::vector<const PassEntry*>& passes);

}  // namespace kp::verify
