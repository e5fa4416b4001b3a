#include "drill/ballot_slip.h"

#include <fmt/format.h>

#include "drill/pen.h"

namespace kp {
namespace {

using paper::kA4Height;
using paper::Slip;

constexpr std::size_t kNameColumn = 1;
constexpr std::size_t kFirstOption = 2;

bool is_half(const SlipSize& size) {
  return size.height < kA4Height - 1;
}

/// Fills in one row as the voter did.
void fill_in(Pen& pen, Slip& slip, std::size_t row, char mark, BallotForm form) {
  if (form == BallotForm::strike) {
    if (mark == '.') pen.strike(slip, row, kNameColumn);
    if (mark == '?') pen.doubtful_strike(slip, row, kNameColumn);
    return;
  }
  const std::size_t options = option_count(form);
  if (mark == '?') pen.doubtful_cross(slip, row, kFirstOption, options);
  if (mark == '*') {
    pen.cross(slip, row, kFirstOption);
    pen.cross(slip, row, kFirstOption + 1);
  }
  if ('a' <= mark && mark <= 'd') pen.cross(slip, row, kFirstOption + static_cast<std::size_t>(mark - 'a'));
}

void put_flags(Pen& pen, std::vector<Slip>& slips, Flags flags, const SlipSize& size) {
  // Beside the title, where the paper is empty: as far from the upper edge on every size.
  const std::int32_t beside_title = is_half(size) ? 130 : 65;
  const std::size_t last_row = std::get<paper::Table>(slips.back().body[slips.back().list]).rows.size() - 1;
  if (flags.has(Flag::marked)) pen.secret_sign(slips.front(), beside_title);
  if (flags.has(Flag::outside_name)) pen.outside_name(slips.back(), last_row, kNameColumn);
  if (flags.has(Flag::written_on)) pen.remark(slips.back(), beside_title);
  if (flags.has(Flag::signed_by_voter)) pen.signature(slips.back());
}

}  // namespace

std::vector<Slip> ballot_slips(const Congress& congress, const Contest& contest, const SeenBallot& ballot,
                               Random& random) {
  KP_ASSERT(congress.purpose == Purpose::practice && ballot.marks.size() == contest.rows.size());
  std::vector<Slip> slips = printed_ballot(congress, contest);
  Pen pen(random);
  std::size_t row = 0;
  for (std::size_t i = 0; i < slips.size(); ++i) {
    Slip& slip = slips[i];
    if (!ballot.flags.has(Flag::not_issued)) slip.stamp = "DẤU\nDIỄN TẬP";
    const std::string sheet = slips.size() > 1 ? fmt::format(", tờ {}/{}", i + 1, slips.size()) : "";
    slip.edge = {{"PHIẾU DIỄN TẬP – không phải phiếu thật", true}, {" · " + ballot.place + sheet}};
    const std::size_t rows = std::get<paper::Table>(slip.body[slip.list]).rows.size();
    for (std::size_t at = 0; at < rows; ++at) fill_in(pen, slip, at, ballot.marks[row++], contest.ballot);
  }
  put_flags(pen, slips, ballot.flags, slip_size(contest));
  return slips;
}

}  // namespace kp
