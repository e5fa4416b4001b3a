#include "contest/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <cstdint>

#include "base/check.h"

namespace kp {
namespace {

PCRE2_SPTR units(std::string_view text) {
  return reinterpret_cast<PCRE2_SPTR>(text.data());
}

}  // namespace

Pattern::Pattern(const std::string& pattern) {
  int error = 0;
  PCRE2_SIZE at = 0;
  constexpr std::uint32_t kOptions = PCRE2_UTF | PCRE2_DOLLAR_ENDONLY;
  compiled_.reset(pcre2_compile(units(pattern), pattern.size(), kOptions, &error, &at, nullptr),
                  pcre2_code_free);
  KP_ASSERT(compiled_ != nullptr);
}

bool Pattern::is_found_in(std::string_view text) const {
  const std::unique_ptr<pcre2_match_data, decltype(&pcre2_match_data_free)> match(
      pcre2_match_data_create_from_pattern(compiled_.get(), nullptr), pcre2_match_data_free);
  return pcre2_match(compiled_.get(), units(text), text.size(), 0, 0, match.get(), nullptr) > 0;
}

}  // namespace kp
