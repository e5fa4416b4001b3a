#include "verify/claims.h"

#include "verify/contest_state.h"

namespace kp::verify {
namespace {

RowCounts claimed_row(const BallotRule& rule, const Json& row, std::int64_t valid) {
  RowCounts counts;
  if (rule.form == BallotForm::strike) {
    counts.option[0] = number_in(row, "votes");
    counts.none = valid - counts.option[0];
    return counts;
  }
  counts.none = number_in(row, "none");
  counts.several = number_in(row, "several");
  const Json* options = row.is_object() ? row.find("options") : nullptr;
  if (options == nullptr || !options->is_array()) {
    counts.option[0] = number_in(row, "votes");
    counts.option[1] = number_in(row, "against");
    return counts;
  }
  for (std::size_t o = 0; o < options_of(rule.form) && o < options->array().size(); ++o) {
    counts.option[o] = number_in(Json::object({{"n", options->array()[o]}}), "n");
  }
  return counts;
}

}  // namespace

Counts claimed_counts(const BallotRule& rule, const Json& result) {
  Counts counts = no_counts(rule.rows);
  const Json& ballots = object_in(result, "ballots");
  counts.valid = number_in(ballots, "valid");
  for (std::size_t i = 0; i < kReasons; ++i) {
    counts.invalid[i] = number_in(object_in(ballots, "invalid_by"), word(static_cast<Reason>(i)));
  }
  const Json* rows = result.find("rows");
  if (rows == nullptr || !rows->is_array()) return counts;
  for (std::size_t i = 0; i < rule.rows && i < rows->array().size(); ++i) {
    counts.rows[i] = claimed_row(rule, rows->array()[i], counts.valid);
  }
  return counts;
}

void check_arithmetic(const BallotRule& rule, const Counts& counts, std::int64_t ballots,
                      const std::string& place, Faults& faults) {
  std::int64_t chosen = 0;
  for (std::size_t i = 0; i < counts.rows.size(); ++i) {
    const RowCounts& row = counts.rows[i];
    chosen += row.option[0];
    const std::int64_t sum =
        row.option[0] + row.option[1] + row.option[2] + row.option[3] + row.none + row.several;
    if (sum != counts.valid || row.none < 0) {
      faults.add(Code::verify_result_arithmetic, place + pointer_to("/rows", i));
    }
  }
  const bool strike = rule.form == BallotForm::strike;
  const std::int64_t least = rule.rows >= 2 ? counts.valid : 0;
  if (strike && (chosen < least || chosen > counts.valid * rule.seats)) {
    faults.add(Code::verify_result_arithmetic, place + "/rows");
  }
  if (counts.valid + invalid_of(counts) != ballots)
    faults.add(Code::verify_result_arithmetic, place + "/ballots");
}

}  // namespace kp::verify
