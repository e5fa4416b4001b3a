// Two people found on paper, before the ballots were printed, what the congress approved.
//
// The record has no kind of entry for it, and its kinds are closed: the confirmation is a `note` by two
// people whose text is "ballot-proof <contest> <digest>" (docs/formats.md §17). To a program that does not
// know the form it is a note.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "proceedings/act.h"

namespace kp {

/// Purpose: what a proof is of: SHA-256 of the contest's canonical JSON, as the record has it.
std::string ballot_digest(const Contest& contest);

/// Which groups of four digits, counted from 1, the first and the second person type from the paper.
inline constexpr std::array<std::array<std::size_t, 2>, 2> kGroupsToType = {{{3, 11}, {6, 14}}};
inline constexpr std::size_t kDigestGroups = 16;

/// Purpose: one group of a digest. In: `number` from 1 to kDigestGroups.
std::string_view digest_group(std::string_view digest, std::size_t number);

/// Purpose: the confirmation of a proof.
/// In: `typed`, what each of `by` read from the paper, in their order: two groups with anything but digits
///     and letters between them.
/// Errors: people/two-needed · proof/too-late (the box was counted, or bundles are in) · proof/other-list
///         (where = who typed it)
Result<Act> confirm_proof(const ContestHistory& contest, const People& by,
                          const std::array<std::string, 2>& typed);

/// Purpose: contest and digest that the text of a note by two people confirms; nothing when it is another
/// note.
std::optional<std::pair<std::string, std::string>> proof_in_note(const Entry& entry);

}  // namespace kp
