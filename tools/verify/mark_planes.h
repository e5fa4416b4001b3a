// Counting marks row by row, sixteen rows at a time.
//
// A ballot's marks lie side by side, so that sixteen of them are compared and added in a few instructions;
// sums are kept in bytes and emptied into wide counters before they can overflow. The compiler's portable
// vectors are used and no instruction set is assumed: every machine gives the same figures.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "verify/recount.h"

namespace kp::verify {

/// What a glance over one ballot's marks shows.
struct MarkScan {
  bool admissible = true;   ///< every mark may stand on this form
  bool unreadable = false;  ///< some mark is `?`
  std::int64_t chosen = 0;  ///< how many `a`
};

class MarkPlanes {
 public:
  /// In: a rule with at least one row.
  explicit MarkPlanes(const BallotRule& rule);

  /// Purpose: looks over the marks of one ballot. In: `marks` of the rule's length.
  [[nodiscard]] MarkScan look(std::string_view marks) const;

  /// Purpose: whether marks that look like this make a valid ballot, when it has no flags: form `strike` with
  ///          as many `a` as it may have, or another form where no marks make a ballot invalid. Where it is
  ///          false, judge() tells. In: admissible.
  [[nodiscard]] bool show_validity(const MarkScan& scan) const {
    return !scan.unreadable && least_ <= scan.chosen && scan.chosen <= most_;
  }

  /// Purpose: counts the marks of one valid ballot. In: admissible, without `?`.
  void add(std::string_view marks);

  /// Purpose: puts what was added into `counts`: the number of valid ballots and each row's figures.
  void settle(Counts& counts);

 private:
  /// Sixteen marks, or a number for each of them.
  using Lanes = std::uint8_t __attribute__((vector_size(16)));

  [[nodiscard]] Lanes last_block(std::string_view marks) const;
  [[nodiscard]] Lanes usual(Lanes block) const;
  void flush();

  BallotRule rule_;
  std::int64_t least_ = 0;            ///< how many `a` a plain ballot must have to be valid
  std::int64_t most_ = -1;            ///< and may have; −1 where marks alone do not show it
  std::vector<char> options_;         ///< the marks that have a plane: a b c d as the form has them, and `*`
  Lanes offered_{};                   ///< how many options
  Lanes star_{};                      ///< the mark for several, or again none where there is no such mark
  std::size_t blocks_ = 0;            ///< of sixteen rows; the last one may overlap the one before it
  std::size_t last_start_ = 0;        ///< the first row of the last block
  Lanes fresh_{};                     ///< of the last block: 255 for the rows that are not in the one before
  std::vector<std::uint8_t> bytes_;   ///< one plane after the other, block by block
  std::vector<std::int64_t> totals_;  ///< the same places, wide
  unsigned pending_ = 0;
  std::int64_t valid_ = 0;
};

}  // namespace kp::verify
