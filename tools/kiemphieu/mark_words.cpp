#include "kiemphieu/mark_words.h"

#include <fmt/format.h>

#include <array>

#include "base/text.h"

namespace kp {

Text spoken(Mark mark, BallotForm form) {
  static constexpr auto kOptions = std::to_array<std::array<Text, kMostOptions>>({
      {{{"để lại", "left"}}},
      {{{"đồng ý", "agree"}, {"không đồng ý", "disagree"}}},
      {{{"tín nhiệm cao", "high"}, {"tín nhiệm", "normal"}, {"tín nhiệm thấp", "low"}}},
      {{{"xuất sắc", "excellent"},
        {"tốt", "good"},
        {"hoàn thành", "satisfactory"},
        {"không hoàn thành", "failed"}}},
  });
  switch (mark) {
    case Mark::none:
      return form == BallotForm::strike ? Text{"gạch", "struck"} : Text{"bỏ trống", "no mark"};
    case Mark::several:
      return {"nhiều ô", "several"};
    case Mark::unreadable:
      return {"không đọc rõ", "unreadable"};
    default:
      break;
  }
  return kOptions[static_cast<std::size_t>(form)][static_cast<std::size_t>(mark) - 1];
}

std::string legend_of(BallotForm form, Language language) {
  std::string text;
  for (const Mark mark : {Mark::a, Mark::b, Mark::c, Mark::d, Mark::none, Mark::several}) {
    if (!mark_of(letter(mark), form)) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", letter(mark), spoken(mark, form).in(language));
  }
  return text;
}

std::string spoken_station(const std::string& station, Language language) {
  const std::string word(language == Language::vi ? "máy" : "station");
  return name_key(station).starts_with(name_key(word)) ? station : word + " " + station;
}

}  // namespace kp
