#include "sheet/words.h"

#include <array>
#include <utility>

#include "contest/congress.h"
#include "outcome/election.h"
#include "outcome/polls.h"

namespace kp {
namespace {

template <class Enum>
std::string spoken_word(std::string_view file_word, Language language, std::initializer_list<Enum> values) {
  for (const Enum value : values) {
    if (word(value) == file_word) return std::string(spoken(value).in(language));
  }
  return std::string(file_word);
}

}  // namespace

std::string spoken_outcome(std::string_view outcome, Language language) {
  return spoken_word(
      outcome, language,
      {Outcome::filled, Outcome::short_, Outcome::tied, Outcome::exhausted, Outcome::void_, Outcome::done});
}

std::string spoken_action(std::string_view action, Language language) {
  return spoken_word(action, language,
                     {Action::none, Action::revote, Action::vote_again, Action::presiding_body_decides,
                      Action::superior_appoints});
}

std::string spoken_decision(std::string_view action, Language language) {
  constexpr auto kDecisions = std::to_array<std::pair<std::string_view, Text>>({
      {"revote", {"bầu lại giữa những người bằng phiếu", "a new vote among the tied"}},
      {"vote-again", {"bầu tiếp", "vote again"}},
      {"accept-short", {"dừng, không bầu thêm", "end with open seats"}},
      {"void", {"không công nhận lần bỏ phiếu này", "declare this vote void"}},
      {"accept-excess",
       {"chấp nhận kết quả dù phiếu thu về nhiều hơn phiếu phát ra", "accept the excess of ballots"}},
      {"list", {"chốt danh sách", "settle the list"}},
      {"alternates",
       {"lấy những người kế tiếp làm đại biểu dự khuyết", "take the runners-up as alternate delegates"}},
  });
  for (const auto& [file_word, text] : kDecisions) {
    if (file_word == action) return std::string(text.in(language));
  }
  return std::string(action);
}

std::string spoken_standing(std::string_view standing, Language language) {
  constexpr auto kPolls = std::to_array<std::pair<std::string_view, Text>>({
      {"listed", {"đưa vào danh sách", "listed"}},
      {"dropped", {"không đưa vào danh sách", "dropped"}},
      {"not-supported", {"không quá 30%", "not supported"}},
      {"stays", {"ở lại danh sách", "stays"}},
      {"withdrawn", {"được rút", "withdrawn"}},
  });
  for (const auto& [file_word, text] : kPolls) {
    if (file_word == standing) return std::string(text.in(language));
  }
  return spoken_word(standing, language, {Standing::elected, Standing::tied, Standing::not_elected});
}

std::string spoken_band(std::string_view band, Language language) {
  constexpr auto kBands = std::to_array<std::pair<Band, Text>>({
      {Band::none, {"", ""}},
      {Band::low_over_half, {"thấp quá một nửa", "low over one half"}},
      {Band::low_two_thirds, {"thấp từ hai phần ba", "low two thirds or more"}},
      {Band::excellent, {"xuất sắc", "excellent"}},
      {Band::good, {"tốt", "good"}},
      {Band::satisfactory, {"hoàn thành", "satisfactory"}},
      {Band::failed, {"không hoàn thành", "failed"}},
  });
  for (const auto& [value, text] : kBands) {
    if (word(value) == band) return std::string(text.in(language));
  }
  return std::string(band);
}

std::vector<Text> option_names(std::string_view ballot) {
  if (ballot == word(BallotForm::confidence))
    return {{"Cao", "High"}, {"Tín nhiệm", "Normal"}, {"Thấp", "Low"}};
  if (ballot == word(BallotForm::rating)) {
    return {
        {"Xuất sắc", "Excellent"}, {"Tốt", "Good"}, {"Hoàn thành", "Satisfactory"}, {"Không HT", "Failed"}};
  }
  return {{"Đồng ý", "Agree"}, {"Không", "Disagree"}};
}

}  // namespace kp
