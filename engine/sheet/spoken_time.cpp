#include "sheet/spoken_time.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

namespace kp {
namespace {

constexpr std::string_view kDay = "2026-11-25";
constexpr std::string_view kMonth = "2026-11";
constexpr std::string_view kInstant = "2026-11-25T12:30:00Z";
constexpr std::chrono::hours kEastOfGreenwich{7};

// Whether `text` has digits where `like` has them and its other characters where those are.
bool has_form(std::string_view text, std::string_view like) {
  if (text.size() != like.size()) return false;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t i = 0; i < like.size(); ++i) {
    if (is_digit(like[i]) ? !is_digit(text[i]) : text[i] != like[i]) return false;
  }
  return true;
}

int number(std::string_view text, std::size_t from, std::size_t digits) {
  int value = 0;
  std::from_chars(text.data() + from, text.data() + from + digits, value);
  return value;
}

std::chrono::year_month_day day_of(std::string_view date) {
  return std::chrono::year(number(date, 0, 4)) / number(date, 5, 2) / number(date, 8, 2);
}

std::string shown(std::chrono::year_month_day day, Language language) {
  const int year = int{day.year()};
  const unsigned month = unsigned{day.month()};
  return language == Language::vi ? fmt::format("{:02}/{:02}/{:04}", unsigned{day.day()}, month, year)
                                  : fmt::format("{:04}-{:02}-{:02}", year, month, unsigned{day.day()});
}

}  // namespace

std::string spoken_date(std::string_view date, Language language) {
  if (language == Language::en) return std::string(date);
  if (has_form(date, kDay)) return shown(day_of(date), language);
  if (has_form(date, kMonth)) return fmt::format("{}/{}", date.substr(5, 2), date.substr(0, 4));
  return std::string(date);
}

std::string spoken_time(std::string_view at, Language language) {
  if (!has_form(at, kInstant) || !day_of(at).ok()) return std::string(at);
  const auto instant = std::chrono::sys_days(day_of(at)) + std::chrono::hours(number(at, 11, 2)) +
                       std::chrono::minutes(number(at, 14, 2)) + std::chrono::seconds(number(at, 17, 2)) +
                       kEastOfGreenwich;
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss time(instant - day);
  return fmt::format("{} {:02}:{:02}:{:02}", shown(std::chrono::year_month_day(day), language),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

}  // namespace kp
