// How voters' pens move: lines that look drawn by hand, all of them following from a seed.
//
// The folder is for training: mock ballots on paper, what a team found held against the answers, the
// trainer's book. It prints and scores practice material only and counts nothing that is announced. Its only
// source of chance is mock/random.h, so that the same seed gives the same paper for ever.
#pragma once

#include <vector>

#include "mock/random.h"
#include "paper/document.h"

namespace kp {

/// One voter: the ink, and a habit for each kind of mark.
class Pen {
 public:
  explicit Pen(Random& random);

  // Marks that leave no doubt.
  /// Purpose: a line through all that is printed in a cell, in this voter's manner.
  void strike(paper::Slip& slip, std::size_t row, std::size_t column);
  /// Purpose: an X in the middle of a cell.
  void cross(paper::Slip& slip, std::size_t row, std::size_t column);

  // Marks that nobody can be sure of.
  /// Purpose: a line through a part of the name, under it, a ring around it, or a faint pencil line.
  void doubtful_strike(paper::Slip& slip, std::size_t row, std::size_t column);
  /// Purpose: an X on the line between two cells, a dot, or an X scribbled over; `columns` ≥ 1 cells from
  /// `first` on.
  void doubtful_cross(paper::Slip& slip, std::size_t row, std::size_t first, std::size_t columns);

  // What a flag stands for.
  void signature(paper::Slip& slip);
  /// Purpose: a few words, or a small drawing, `y` thousandths below the upper edge.
  void remark(paper::Slip& slip, std::int32_t y);
  void secret_sign(paper::Slip& slip, std::int32_t y);
  /// Purpose: one more name, written under the last row of the list.
  void outside_name(paper::Slip& slip, std::size_t last_row, std::size_t column);

 private:
  std::int32_t about(std::int32_t value, std::int32_t give);
  void line(paper::Slip& slip, const paper::PenPlace& place, std::vector<paper::PenPoint> points);
  void cross_at(paper::Slip& slip, const paper::PenPlace& place, std::int32_t x, std::int32_t half);
  void through(paper::Slip& slip, std::size_t row, std::size_t column, std::int32_t to);

  Random& random_;
  paper::Ink ink_ = paper::Ink::blue;
  std::uint64_t manner_ = 0;  ///< of striking
};

}  // namespace kp
