#include "mock/people.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string_view>

#include "base/check.h"
#include "base/text.h"

namespace kp {
namespace {

using Words = std::span<const std::string_view>;

// Family names about as often as they are borne: the first of them stand more than once.
constexpr auto kKinh = std::to_array<std::string_view>(
    {"Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Trần",
     "Lê",     "Lê",     "Phạm",   "Phạm",   "Hoàng",  "Huỳnh",  "Phan", "Vũ",   "Võ",
     "Đặng",   "Bùi",    "Đỗ",     "Hồ",     "Ngô",    "Dương",  "Lý",   "Đinh", "Mai",
     "Trịnh",  "Đoàn",   "Lâm",    "Tạ",     "Cao",    "Hà",     "Lương"});

constexpr auto kTay =
    std::to_array<std::string_view>({"Nông", "Hoàng", "Lương", "Triệu", "Vi", "Lý", "Bế", "Hứa", "Chu"});
constexpr auto kThai =
    std::to_array<std::string_view>({"Lò", "Cầm", "Quàng", "Hà", "Vi", "Lường", "Tòng", "Cà"});
constexpr auto kMuong = std::to_array<std::string_view>({"Bùi", "Quách", "Hà", "Đinh", "Phùng", "Cao"});
constexpr auto kNung = std::to_array<std::string_view>({"Nông", "Vi", "Hoàng", "Lộc", "Lưu", "Mông"});
constexpr auto kMong = std::to_array<std::string_view>({"Giàng", "Vàng", "Sùng", "Thào", "Vừ", "Mùa", "Lầu"});
constexpr auto kKhmer = std::to_array<std::string_view>({"Thạch", "Danh", "Kim", "Sơn", "Lâm", "Châu"});
constexpr auto kDao = std::to_array<std::string_view>({"Triệu", "Bàn", "Đặng", "Lý", "Phùng"});

struct Ethnicity {
  std::string_view name;
  std::uint64_t of_1000;
  Words families;
};

// The minorities among themselves about as they are in the country; together 148 of 1,000.
const std::array kEthnicities = {Ethnicity{"Kinh", 852, kKinh},  Ethnicity{"Tày", 34, kTay},
                                 Ethnicity{"Thái", 32, kThai},   Ethnicity{"Mường", 26, kMuong},
                                 Ethnicity{"Nùng", 18, kNung},   Ethnicity{"Mông", 15, kMong},
                                 Ethnicity{"Khmer", 14, kKhmer}, Ethnicity{"Dao", 9, kDao}};

constexpr auto kMiddleOfMen =
    std::to_array<std::string_view>({"Văn", "Văn", "Văn", "Hữu", "Đức", "Công", "Quang", "Minh", "Xuân",
                                     "Thanh", "Ngọc", "Đình", "Trọng", "Mạnh", "Bá", "Quốc", "Tiến", "Duy"});
constexpr auto kMiddleOfWomen = std::to_array<std::string_view>(
    {"Thị", "Thị", "Thị", "Thị", "Thuý", "Kim", "Thu", "Hồng", "Bích", "Phương", "Diệu", "Thị Thanh",
     "Thị Ngọc", "Thị Thu", "Thị Minh", "Thị Kim"});
constexpr auto kGivenOfMen = std::to_array<std::string_view>(
    {"An",    "Anh",  "Bách",  "Bảo",   "Bình",  "Cảnh",  "Chiến",  "Cường", "Danh",  "Dũng",  "Duy",
     "Đạt",   "Điệp", "Định",  "Đông",  "Đức",   "Giang", "Hà",     "Hải",   "Hiếu",  "Hoà",   "Hoàn",
     "Hoàng", "Hùng", "Huy",   "Khánh", "Khoa",  "Kiên",  "Lâm",    "Long",  "Lộc",   "Lợi",   "Mạnh",
     "Minh",  "Nam",  "Nghĩa", "Ngọc",  "Phong", "Phúc",  "Phương", "Quân",  "Quang", "Quý",   "Sáng",
     "Sơn",   "Tài",  "Tâm",   "Tân",   "Thái",  "Thành", "Thắng",  "Tiến",  "Toàn",  "Trung", "Tú",
     "Tuấn",  "Tùng", "Việt",  "Vinh",  "Xuân",  "Yên"});
constexpr auto kGivenOfWomen = std::to_array<std::string_view>(
    {"An",   "Anh",  "Ánh",   "Bình",  "Chi",   "Diệp",  "Dung",   "Giang", "Hà",   "Hạnh",
     "Hằng", "Hiền", "Hoà",   "Hồng",  "Huệ",   "Hương", "Khánh",  "Lan",   "Linh", "Loan",
     "Mai",  "Minh", "Nga",   "Ngọc",  "Nhung", "Oanh",  "Phương", "Quyên", "Tâm",  "Thanh",
     "Thảo", "Thuỷ", "Trang", "Tuyết", "Tú",    "Vân",   "Xuân",   "Yến"});

std::string_view one_of(Random& random, Words words) {
  return words[random.below(words.size())];
}

const Ethnicity& draw_ethnicity(Random& random) {
  std::uint64_t drawn = random.below(1000);
  for (const Ethnicity& ethnicity : kEthnicities) {
    if (drawn < ethnicity.of_1000) return ethnicity;
    drawn -= ethnicity.of_1000;
  }
  return kEthnicities.front();
}

std::uint64_t draw_age(Random& random) {
  const std::uint64_t band = random.below(1000);
  if (band < 108) return 31 + random.below(9);
  if (band < 588) return 40 + random.below(11);
  return 51 + random.below(9);
}

// A day in the first nine months, so that the years between it and 15 October are full ones.
std::string day_in(Random& random, std::uint64_t year) {
  const std::uint64_t month = 1 + random.below(9);
  return fmt::format("{:04}-{:02}-{:02}", year, month, 1 + random.below(28));
}

MockPerson draw_person(Random& random) {
  MockPerson person;
  person.woman = random.per_mille(173);
  const Ethnicity& ethnicity = draw_ethnicity(random);
  person.ethnicity = ethnicity.name;
  const std::string_view family = one_of(random, ethnicity.families);
  const std::string_view middle = one_of(random, person.woman ? Words(kMiddleOfWomen) : Words(kMiddleOfMen));
  std::string_view given = family;
  while (given == family || middle.ends_with(given)) {
    given = one_of(random, person.woman ? Words(kGivenOfWomen) : Words(kGivenOfMen));
  }
  person.name.append(family).append(" ").append(middle).append(" ").append(given);
  const std::uint64_t born = 2025 - draw_age(random);
  person.born = day_in(random, born);
  person.joined = day_in(random, std::min<std::uint64_t>(born + 20 + random.below(15), 2024));
  person.incumbent = random.per_mille(749);
  return person;
}

}  // namespace

std::vector<MockPerson> mock_people(Random& random, std::size_t count) {
  KP_ASSERT(count <= kMostMockPeople);
  std::vector<MockPerson> people;
  std::set<std::string> taken;
  while (people.size() < count) {
    MockPerson person = draw_person(random);
    if (taken.insert(name_key(person.name)).second) people.push_back(std::move(person));
  }
  return people;
}

Json::Array rows_of(std::vector<MockPerson> people) {
  std::sort(people.begin(), people.end(), [](const MockPerson& left, const MockPerson& right) {
    return compare_names(left.name, right.name) < 0;
  });
  Json::Array rows;
  for (const MockPerson& person : people) {
    rows.push_back(Json::object({{"no", static_cast<std::int64_t>(rows.size() + 1)},
                                 {"name", person.name},
                                 {"sex", person.woman ? "female" : "male"},
                                 {"born", person.born},
                                 {"joined", person.joined},
                                 {"ethnicity", person.ethnicity},
                                 {"incumbent", person.incumbent}}));
  }
  return rows;
}

}  // namespace kp
