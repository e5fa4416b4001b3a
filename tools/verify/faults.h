// What a verification found, bounded: a hostile folder may be wrong in a million places, a report may not.
//
// Every fault is counted; of each code the first hundred are kept, and one last finding says how many are not
// listed. Order is the order of discovery.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "base/finding.h"

namespace kp::verify {

class Faults {
 public:
  /// Purpose: keeps a finding, or only counts it when there are a hundred of its code already.
  void add(Finding finding);
  void add(Findings findings);
  /// Purpose: a finding of its code's usual severity.
  void add(Code code, std::string where, Args args = {});

  [[nodiscard]] bool has_error() const { return errors_ > 0; }
  /// Purpose: the number of errors so far, so that a caller can see whether its own step found one.
  [[nodiscard]] std::size_t errors() const { return errors_; }

  /// Purpose: what is to be reported: the kept findings and, if need be, findings/more.
  [[nodiscard]] Findings listed() const;

 private:
  Findings kept_;
  std::map<Code, std::size_t> seen_;
  std::size_t errors_ = 0;
  std::size_t unlisted_ = 0;
  bool unlisted_error_ = false;
};

}  // namespace kp::verify
