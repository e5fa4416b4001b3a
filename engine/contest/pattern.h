// The patterns of our JSON Schemas, by PCRE2.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct pcre2_real_code_8;  // PCRE2

namespace kp {

/// What a schema calls "pattern", compiled once; copies share it.
class Pattern {
 public:
  /// In: a pattern of our own schemas; one that PCRE2 cannot compile ends the program.
  explicit Pattern(const std::string& pattern);

  /// Purpose: whether `text`, UTF-8, holds a match anywhere (JSON Schema Validation draft-07, 6.3.3).
  /// $ is its very end, not a line break before it.
  bool is_found_in(std::string_view text) const;

 private:
  std::shared_ptr<pcre2_real_code_8> compiled_;
};

}  // namespace kp
