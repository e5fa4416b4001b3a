#include "sheet/printed_ballot.h"

#include <fmt/format.h>

#include <algorithm>

#include "ballots/marks.h"
#include "base/text.h"

namespace kp {
namespace {

using paper::Align;
using paper::kA4Height;
using paper::kA4Width;
using paper::Paragraph;
using paper::Points;
using paper::Slip;
using paper::Words;

std::string_view title_of(Question question) {
  switch (question) {
    case Question::election:
      return "PHIẾU BẦU CỬ";
    case Question::opinion:
      return "PHIẾU XIN Ý KIẾN";
    case Question::withdrawal:
      return "PHIẾU XIN Ý KIẾN VỀ VIỆC RÚT TÊN";
    case Question::introduction:
      return "PHIẾU GIỚI THIỆU NHÂN SỰ";
    case Question::confidence:
      return "PHIẾU TÍN NHIỆM";
    case Question::rating:
      return "PHIẾU ĐÁNH GIÁ, XẾP LOẠI";
    case Question::survey:
      break;
  }
  return "PHIẾU LẤY Ý KIẾN";
}

std::string how_to_vote(const Contest& contest) {
  std::string text;
  if (contest.seats > 0)
    text = fmt::format("Số lượng cần bầu: {}; danh sách: {} người. ", contest.seats, contest.rows.size());
  if (contest.ballot == BallotForm::strike) {
    text += fmt::format(
        "Không chọn ai thì gạch ngang cả họ và tên người đó; để lại nhiều nhất {} người, ít nhất một người. ",
        contest.seats);
  } else if (contest.ballot == BallotForm::agree) {
    text += "Ở mỗi dòng, đánh dấu X vào một trong hai ô. ";
  } else {
    text += "Ở mỗi dòng, đánh dấu X vào một ô. ";
  }
  return text + "Không ký tên, không viết thêm, không làm dấu riêng.";
}

bool is_small(const SlipSize& size) {
  return size.width < kA4Width - 1;
}

void write_head(Slip& slip, const Congress& congress, const Contest& contest, const SlipSize& size) {
  const Points small = is_small(size) ? 7.5 : 11;
  Words unit;
  if (!congress.superior.empty()) unit.push_back({in_capitals(congress.superior) + "\n"});
  unit.push_back({in_capitals(congress.unit), true});
  unit.push_back({"\n*"});
  paper::Table head;
  head.columns = {{1, Align::center}, {1.1, Align::center}};
  head.rows = {{unit, Words{{"ĐẢNG CỘNG SẢN VIỆT NAM", true, false, true}}}};
  head.size = small;
  head.ruled = false;
  slip.body.emplace_back(std::move(head));
  const auto centred = [&](std::string text, Points points, bool bold, Points before) {
    slip.body.emplace_back(
        Paragraph{{{std::move(text), bold, !bold}}, points, Align::center, 0, 0, before, false});
  };
  centred(std::string(title_of(contest.question)), is_small(size) ? 12 : 15, true, 3);
  centred(in_capitals(contest.title), is_small(size) ? 9.5 : 12.5, true, 0);
  centred("Nhiệm kỳ " + congress.term + (contest.round > 1 ? fmt::format(", lần {}", contest.round) : ""),
          small + 1, false, 0);
}

paper::Table list_of(const Contest& contest, const SlipSize& size, std::size_t from, std::size_t to) {
  paper::Table list;
  list.columns = {{contest.ballot == BallotForm::strike ? 1 : 1.5, Align::center}, {5, Align::left}};
  list.head = {{{"STT"}}, {{contest.question == Question::survey ? "Nội dung" : "Họ và tên"}}};
  for (const std::string_view option : option_heads(contest.ballot)) {
    list.columns.push_back({contest.ballot == BallotForm::agree ? 2.2 : 2.5, Align::center});
    list.head.push_back({{std::string(option)}});
  }
  for (std::size_t row = from; row < to; ++row) {
    std::vector<Words> cells = {{{std::to_string(contest.rows[row].no)}}, {{contest.rows[row].name}}};
    cells.resize(list.columns.size(), Words{{""}});
    list.rows.push_back(std::move(cells));
  }
  list.size = is_small(size) ? 11 : 12;
  list.spread = is_small(size) ? 3 : 2.2;
  list.before = 5;
  list.abreast = size.lanes;
  return list;
}

}  // namespace

std::vector<std::string_view> option_heads(BallotForm form) {
  switch (form) {
    case BallotForm::strike:
      break;
    case BallotForm::agree:
      return {"Đồng ý", "Không đồng ý"};
    case BallotForm::confidence:
      return {"Tín nhiệm cao", "Tín nhiệm", "Tín nhiệm thấp"};
    case BallotForm::rating:
      return {"Xuất sắc", "Tốt", "Hoàn thành", "Không hoàn thành"};
  }
  return {};
}

SlipSize slip_size(const Contest& contest) {
  const std::size_t rows = contest.rows.size();
  const bool narrow = option_count(contest.ballot) <= 2;
  constexpr std::size_t kShort = 10;  // rows on half the height of A4
  constexpr std::size_t kLong = 31;   // rows on all of it
  if (narrow && rows <= kShort) return {kA4Width / 2, kA4Height / 2, kShort, 1};
  if (narrow && rows <= 2 * kShort) return {kA4Width, kA4Height / 2, 2 * kShort, 2};
  if (!narrow && rows <= kShort) return {kA4Width, kA4Height / 2, kShort, 1};
  const std::size_t lanes = narrow ? 2 : 1;
  return {kA4Width, kA4Height, lanes * kLong, rows <= kLong ? 1 : lanes};
}

std::vector<Slip> printed_ballot(const Congress& congress, const Contest& contest) {
  const SlipSize size = slip_size(contest);
  const std::size_t rows = contest.rows.size();
  const std::size_t sheets = (rows + size.rows - 1) / size.rows;
  const std::size_t each = (rows + sheets - 1) / sheets;
  std::vector<Slip> slips;
  for (std::size_t from = 0; from < rows; from += each) {
    Slip& slip = slips.emplace_back();
    write_head(slip, congress, contest, size);
    slip.list = slip.body.size();
    slip.body.emplace_back(list_of(contest, size, from, std::min(from + each, rows)));
    // Room for a name written under the list.
    slip.body.emplace_back(Paragraph{{{how_to_vote(contest), false, true}},
                                     is_small(size) ? 7.5 : 10,
                                     Align::justify,
                                     0,
                                     0,
                                     is_small(size) ? 20.0 : 30.0,
                                     false});
  }
  return slips;
}

}  // namespace kp
