#include "drill/pen.h"

#include <array>
#include <string_view>
#include <utility>

namespace kp {
namespace {

using paper::Anchor;
using paper::PenPlace;
using paper::PenPoint;
using paper::Slip;

constexpr std::int32_t kMiddle = 570;  // of small letters, in the height of a printed line

constexpr auto kRemarks = std::to_array<std::string_view>(
    {"Nhất trí", "Rất tốt", "Đề nghị xem lại", "Trẻ quá", "Không ý kiến", "Tín nhiệm"});

// Names that mock gives to nobody.
constexpr auto kStrangers = std::to_array<std::string_view>(
    {"Nguyễn Văn Tám", "Trần Thị Mười", "Lê Văn Út", "Phạm Thị Chín", "Hoàng Văn Sáu"});

}  // namespace

Pen::Pen(Random& random) : random_(random) {
  ink_ = random_.below(5) == 0 ? paper::Ink::black : paper::Ink::blue;
  manner_ = random_.below(10);
}

std::int32_t Pen::about(std::int32_t value, std::int32_t give) {
  return value - give + static_cast<std::int32_t>(random_.below(2 * static_cast<std::uint64_t>(give) + 1));
}

void Pen::line(Slip& slip, const PenPlace& place, std::vector<PenPoint> points) {
  slip.strokes.push_back({place, std::move(points), ink_});
}

// From before the first letter to `to` thousandths of what is printed.
void Pen::through(Slip& slip, std::size_t row, std::size_t column, std::int32_t to) {
  const std::int32_t from = about(-25, 15);
  const std::int32_t slope = about(0, 60);
  std::vector<PenPoint> points;
  constexpr std::int32_t kParts = 5;
  for (std::int32_t i = 0; i <= kParts; ++i) {
    points.push_back({from + (to - from) * i / kParts, about(kMiddle - slope / 2 + slope * i / kParts, 30)});
  }
  line(slip, {Anchor::text, row, column}, std::move(points));
}

void Pen::strike(Slip& slip, std::size_t row, std::size_t column) {
  if (manner_ == 9) {  // one wave
    std::vector<PenPoint> points;
    for (std::int32_t i = 0; i <= 14; ++i)
      points.push_back({-30 + i * 76, about(kMiddle + (i % 2 == 0 ? -130 : 130), 30)});
    line(slip, {Anchor::text, row, column}, std::move(points));
    return;
  }
  through(slip, row, column, about(1030, 15));
  if (manner_ >= 7) through(slip, row, column, about(1020, 15));
}

void Pen::cross_at(Slip& slip, const PenPlace& place, std::int32_t x, std::int32_t half) {
  const auto leg = [&](std::int32_t from_y, std::int32_t to_y) {
    line(slip, place,
         {{about(x - half, 40), about(from_y, 40)},
          {about(x, 25), about((from_y + to_y) / 2, 30)},
          {about(x + half, 40), about(to_y, 40)}});
  };
  leg(220, 780);
  leg(790, 210);
}

void Pen::cross(Slip& slip, std::size_t row, std::size_t column) {
  cross_at(slip, {Anchor::square, row, column}, about(500, 40), 290);
}

void Pen::doubtful_strike(Slip& slip, std::size_t row, std::size_t column) {
  const PenPlace name{Anchor::text, row, column};
  switch (random_.below(4)) {
    case 0:  // a part of the name only
      through(slip, row, column, about(400, 60));
      break;
    case 1:  // under the name, not through it
      line(slip, name,
           {{about(0, 20), about(1010, 30)},
            {about(500, 60), about(1030, 30)},
            {about(1000, 20), about(1010, 30)}});
      break;
    case 2: {  // a ring around it
      constexpr auto kRing = std::to_array<std::pair<std::int32_t, std::int32_t>>({{500, -40},
                                                                                   {120, 20},
                                                                                   {-45, 400},
                                                                                   {0, 850},
                                                                                   {300, 1060},
                                                                                   {700, 1070},
                                                                                   {1010, 880},
                                                                                   {1050, 450},
                                                                                   {880, 40},
                                                                                   {450, -70}});
      std::vector<PenPoint> points;
      for (const auto& [x, y] : kRing) points.push_back({about(x, 12), about(y, 40)});
      line(slip, name, std::move(points));
      break;
    }
    default:  // hardly to be seen
      through(slip, row, column, about(1020, 15));
      slip.strokes.back().ink = paper::Ink::pencil;
      break;
  }
}

void Pen::doubtful_cross(Slip& slip, std::size_t row, std::size_t first, std::size_t columns) {
  const std::size_t column = first + random_.below(columns);
  switch (random_.below(columns > 1 ? 3 : 2)) {
    case 0:  // a dot: a mark, or a pen put down?
      line(slip, {Anchor::square, row, column},
           {{about(450, 60), about(480, 60)}, {about(540, 40), about(540, 40)}});
      break;
    case 1: {  // an X scribbled over, and nothing else
      cross(slip, row, column);
      std::vector<PenPoint> points;
      for (std::int32_t i = 0; i < 9; ++i)
        points.push_back({about(140 + i * 90, 20), about(i % 2 == 0 ? 200 : 800, 60)});
      line(slip, {Anchor::square, row, column}, std::move(points));
      break;
    }
    default:  // on the line between two cells
      cross_at(slip, {Anchor::cell, row, first + random_.below(columns - 1)}, 1000, 150);
      break;
  }
}

void Pen::signature(Slip& slip) {
  constexpr auto kShape = std::to_array<std::pair<std::int32_t, std::int32_t>>({{0, 10},
                                                                                {14, -16},
                                                                                {22, 12},
                                                                                {34, -22},
                                                                                {40, 14},
                                                                                {58, -6},
                                                                                {66, 8},
                                                                                {80, -8},
                                                                                {92, 6},
                                                                                {128, -4},
                                                                                {150, -14},
                                                                                {60, 16},
                                                                                {10, 22},
                                                                                {170, 10}});
  const std::int32_t x = about(620, 30);
  const std::int32_t y = about(880, 8);
  std::vector<PenPoint> points;
  for (const auto& [right, down] : kShape)
    points.push_back({x + about(right * 3 / 2, 4), y + about(down, 2)});
  line(slip, {}, std::move(points));
}

void Pen::remark(Slip& slip, std::int32_t y) {
  const std::string_view text = kRemarks[random_.below(kRemarks.size())];
  slip.words.push_back({{}, {about(700, 15), about(y, 8)}, std::string(text), 14, about(6, 5), ink_});
}

void Pen::secret_sign(Slip& slip, std::int32_t at) {
  const std::int32_t x = about(860, 25);
  const std::int32_t y = about(at, 8);
  // In thousandths of an upright slip about 20 across are as long as 14 down.
  constexpr auto kStar = std::to_array<std::pair<std::int32_t, std::int32_t>>(
      {{0, -20}, {17, 16}, {-28, -6}, {28, -6}, {-17, 16}, {0, -20}});
  constexpr auto kTriangle =
      std::to_array<std::pair<std::int32_t, std::int32_t>>({{0, -18}, {24, 14}, {-24, 14}, {0, -18}});
  const auto draw = [&](const auto& shape) {
    for (std::size_t i = 0; i + 1 < shape.size(); ++i) {
      line(slip, {},
           {{x + shape[i].first, y + shape[i].second}, {x + shape[i + 1].first, y + shape[i + 1].second}});
    }
  };
  switch (random_.below(3)) {
    case 0:
      draw(kStar);
      break;
    case 1:
      draw(kTriangle);
      break;
    default:
      for (const std::int32_t dot : {-24, 0, 24})
        line(slip, {}, {{x + dot, y}, {x + dot + 6, y + 3}, {x + dot, y + 3}});
      break;
  }
}

void Pen::outside_name(Slip& slip, std::size_t last_row, std::size_t column) {
  const std::string_view name = kStrangers[random_.below(kStrangers.size())];
  slip.words.push_back({{Anchor::cell, last_row, column},
                        {about(30, 15), about(1750, 60)},
                        std::string(name),
                        12,
                        about(1, 2),
                        ink_});
}

}  // namespace kp
