// What the hall settles before ballots are read: contests, electorates, the box, the bundles.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "intake/manifest.h"
#include "proceedings/act.h"

namespace kp {

/// Purpose: a definition, as an evening on which nothing has happened yet.
History unbegun(Congress congress);

/// Purpose: opens a record: its first act.
/// In: a congress that passed check_congress. Rules: docs/formats.md §4.
Act opened(const Congress& congress, const std::string& congress_sha256, People by);

/// Purpose: a contest with the electorate that it will have once it is entered: one that an entry of its own
/// set stays when the contest brings none.
Contest as_it_will_stand(const History& history, Contest contest);

/// Purpose: what is to be said of a contest that is to be added, or to replace one whose box was not counted
/// yet, whoever does it. Errors (as findings, beside warnings of the list rules): contest/already-begun
/// contest/opened-by-decision list/… board/… electorate/… (list/not-among also of a name that the result of
/// the contest it stands among has not elected)
Findings check_new_list(const History& history, const Contest& contest);

/// Purpose: adds a contest, or replaces one.
/// In: `notes` takes the warnings: of an official list that one person replaces alone also
/// contest/replaced-by-one. Errors: those of check_new_list
Result<Act> add_contest(const History& history, const Contest& contest, People by, Findings& notes);

/// Purpose: another electorate for a contest.
/// Errors: electorate/… result/stands; after the box also people/two-needed note/missing
Result<Act> change_electorate(const History& history, const ContestHistory& contest,
                              const Electorate& electorate, People by, const std::string& note);

/// Figures as they were counted in the hall.
struct BoxFigures {
  std::int64_t issued = 0;
  std::int64_t returned = 0;
  std::optional<std::int64_t> spoiled;
  std::string seal;
  std::string note;
};

/// Purpose: records the box. Any figures are recorded; what the gate will say about them is for the caller to
/// show. Errors: result/stands; for a second box also people/two-needed note/missing
Result<Act> count_box(const ContestHistory& contest, const BoxFigures& figures, People by);

/// A bundle that was read and may be entered.
struct ReadBundle {
  ManifestBundle stated;
  std::string manifest;              ///< digest
  std::vector<std::string> signers;  ///< digests, sorted
};

/// How a bundle and pass that is to be entered stands to the record.
enum class BundleStatus : std::uint8_t {
  fresh,        ///< may be entered
  there,        ///< entered before, same bytes: nothing to do
  retracted,    ///< taken back; its number is used up
  other_bytes,  ///< entered before with other bytes
};
BundleStatus bundle_status(const ContestHistory& contest, const ManifestBundle& bundle);

/// Purpose: enters a fresh bundle.
Act enter_bundle(const ContestHistory& contest, const ReadBundle& bundle, People by);

}  // namespace kp
