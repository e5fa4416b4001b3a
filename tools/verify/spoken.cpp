#include "verify/spoken.h"

#include <algorithm>
#include <array>

namespace kp::verify {
namespace {

struct Word {
  std::string_view file;
  Text text;
};

// A word that stands for two things ("tied" of a result and of a row) reads the same for both.
constexpr auto kWords = std::to_array<Word>({
    // outcomes
    {"filled", {"bầu đủ", "filled"}},
    {"short", {"bầu thiếu", "short"}},
    {"tied", {"bằng phiếu ở mức cuối", "tied at the last place"}},
    {"exhausted", {"đã bầu đến lần thứ ba, cấp trên chỉ định", "exhausted, the superior appoints"}},
    {"void", {"huỷ kết quả", "void"}},
    {"done", {"đã tổng hợp", "done"}},
    // what comes next, and what was decided
    {"revote", {"bầu lại giữa những người bằng phiếu", "a new vote among the tied"}},
    {"vote-again", {"bầu tiếp", "vote again"}},
    {"presiding-body-decides", {"đại hội quyết định", "the congress decides"}},
    {"superior-appoints", {"cấp trên chỉ định", "the superior appoints"}},
    {"accept-short", {"chấp nhận số đã trúng cử, không bầu tiếp", "the short election stands"}},
    {"accept-excess",
     {"chấp nhận kiểm phiếu dù số phiếu thu về nhiều hơn phát ra", "more ballots than issued, accepted"}},
    {"list", {"chốt danh sách", "the list is settled"}},
    // rows
    {"elected", {"trúng cử", "elected"}},
    {"not-elected", {"không trúng cử", "not elected"}},
    {"listed", {"đưa vào danh sách", "listed"}},
    {"dropped", {"không đưa vào danh sách", "dropped"}},
    {"not-supported", {"không quá 30%", "not supported"}},
    {"stays", {"ở lại danh sách", "stays"}},
    {"withdrawn", {"được rút", "withdrawn"}},
    {"low-over-half", {"tín nhiệm thấp quá một nửa", "low, over one half"}},
    {"low-two-thirds", {"tín nhiệm thấp từ hai phần ba", "low, two thirds or more"}},
    {"excellent", {"hoàn thành xuất sắc", "excellent"}},
    {"good", {"hoàn thành tốt", "good"}},
    {"satisfactory", {"hoàn thành", "satisfactory"}},
    {"failed", {"không hoàn thành", "failed"}},
    // reasons
    {"not-issued", {"không phải phiếu do ban kiểm phiếu phát ra", "not issued by the board"}},
    {"outside-name", {"ghi tên người ngoài danh sách", "a name outside the list"}},
    {"marked", {"ký tên, viết thêm hoặc đánh dấu riêng", "signed, written on or marked"}},
    {"ruled-invalid", {"ban kiểm phiếu kết luận không hợp lệ", "invalid by ruling"}},
    {"too-many", {"bầu quá số lượng", "too many names"}},
    {"nobody", {"không bầu cho ai", "nobody"}},
    {"one-name-box", {"phiếu một người không đánh đúng một ô", "one name, not just one box"}},
    // how a bundle was read
    {"keyed", {"gõ tay", "keyed"}},
    {"scanned", {"quét ảnh", "scanned"}},
    {"imported", {"nhập từ nơi khác", "imported"}},
});

}  // namespace

std::string_view spoken(std::string_view word, Language language) {
  const auto* const it =
      std::find_if(kWords.begin(), kWords.end(), [&](const Word& one) { return one.file == word; });
  return it == kWords.end() ? word : it->text.in(language);
}

}  // namespace kp::verify
