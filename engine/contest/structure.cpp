#include "contest/structure.h"

#include <charconv>

#include "base/share.h"
#include "base/text.h"

namespace kp {
namespace {

constexpr std::string_view kMajority = "kinh";

std::int64_t number(std::string_view text, std::size_t from, std::size_t length) {
  std::int64_t value = 0;
  std::from_chars(text.data() + from, text.data() + from + length, value);
  return value;
}

// The text at `key` of a row, "" when it is not stated.
std::string stated(const Row& row, std::string_view key) {
  const Json* value = row.json.find(key);
  return value != nullptr && value->is_string() ? tidied(value->string()) : std::string();
}

void add_age(Structure& structure, const std::string& born, std::string_view day) {
  constexpr std::int64_t kYoung = 40;
  constexpr std::int64_t kMiddle = 50;
  const std::int64_t age = born.empty() ? -1 : age_on(born, day);
  if (age < 0) {
    ++structure.age_not_stated;
    return;
  }
  structure.ages += age;
  ++(age < kYoung ? structure.under_40 : age <= kMiddle ? structure.from_40_to_50 : structure.over_50);
}

}  // namespace

std::int64_t age_on(std::string_view born, std::string_view day) {
  constexpr std::size_t kYear = 4;  // "YYYY-MM-DD": what follows the year compares as text
  const std::int64_t years = number(day, 0, kYear) - number(born, 0, kYear);
  return born.substr(kYear) > day.substr(kYear) ? years - 1 : years;
}

Structure structure_of(std::span<const Row> people, std::string_view day) {
  Structure structure;
  structure.people = static_cast<std::int64_t>(people.size());
  for (const Row& row : people) {
    const std::string sex = stated(row, "sex");
    structure.women += sex == "female" ? 1 : 0;
    structure.sex_not_stated += sex.empty() ? 1 : 0;
    add_age(structure, stated(row, "born"), day);
    const std::string ethnicity = stated(row, "ethnicity");
    if (ethnicity.empty()) {
      ++structure.ethnicity_not_stated;
    } else if (name_key(ethnicity) != name_key(kMajority)) {
      ++structure.minorities;
    }
    const Json* incumbent = row.json.find("incumbent");
    if (incumbent == nullptr) {
      ++structure.term_not_stated;
    } else {
      ++(*incumbent == Json(true) ? structure.re_elected : structure.first_time);
    }
    const std::string degree = stated(row, "degree");
    ++(degree.empty() ? structure.degree_not_stated : structure.degrees[degree]);
  }
  return structure;
}

std::string mean_age(const Structure& structure) {
  const std::int64_t known = structure.people - structure.age_not_stated;
  return known == 0 ? std::string() : percent(structure.ages, 100 * known);
}

}  // namespace kp
