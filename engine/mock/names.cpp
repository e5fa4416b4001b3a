#include "mock/names.h"

#include <array>
#include <set>
#include <string_view>

#include "base/check.h"
#include "base/text.h"

namespace kp {
namespace {

// Family names about as often as they are borne: the first of them stand more than once.
constexpr auto kFamily = std::to_array<std::string_view>(
    {"Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần",  "Trần", "Lê",
     "Lê",     "Phạm",   "Phạm",   "Hoàng",  "Huỳnh",  "Phan",   "Vũ",   "Võ",    "Đặng", "Bùi",
     "Đỗ",     "Hồ",     "Ngô",    "Dương",  "Lý",     "Đinh",   "Mai",  "Trịnh", "Đoàn", "Lâm",
     "Tạ",     "Cao",    "Hà",     "Lương",  "Nông",   "Triệu",  "Vi",   "Lò"});

constexpr auto kMiddle = std::to_array<std::string_view>(
    {"Văn",  "Văn",   "Hữu",  "Đức",    "Công", "Quang",     "Minh",     "Xuân",   "Thanh", "Ngọc",
     "Đình", "Trọng", "Mạnh", "Bá",     "Anh",  "Thị",       "Thị",      "Thị",    "Thuý",  "Kim",
     "Thu",  "Hồng",  "Bích", "Phương", "Diệu", "Thị Thanh", "Thị Ngọc", "Thị Thu"});

constexpr auto kGiven = std::to_array<std::string_view>(
    {"An",     "Anh",   "Ánh",   "Bách", "Bảo",   "Bình",  "Cảnh",  "Chi",   "Chiến", "Cường", "Danh",
     "Diệp",   "Dũng",  "Duy",   "Đạt",  "Điệp",  "Định",  "Đông",  "Đức",   "Giang", "Hà",    "Hải",
     "Hạnh",   "Hằng",  "Hiền",  "Hiếu", "Hoà",   "Hoàn",  "Hoàng", "Hồng",  "Huệ",   "Hùng",  "Huy",
     "Hương",  "Khánh", "Khoa",  "Kiên", "Lan",   "Lâm",   "Linh",  "Loan",  "Long",  "Lộc",   "Lợi",
     "Mai",    "Mạnh",  "Minh",  "Nam",  "Nga",   "Nghĩa", "Ngọc",  "Nhung", "Oanh",  "Phong", "Phúc",
     "Phương", "Quân",  "Quang", "Quý",  "Quyên", "Sáng",  "Sơn",   "Tài",   "Tâm",   "Tân",   "Thái",
     "Thành",  "Thảo",  "Thắng", "Thuỷ", "Tiến",  "Toàn",  "Trang", "Trung", "Tú",    "Tuấn",  "Tùng",
     "Tuyết",  "Vân",   "Việt",  "Vinh", "Xuân",  "Yên",   "Yến"});

template <class List>
std::string_view one_of(Random& random, const List& list) {
  return list[random.below(list.size())];
}

}  // namespace

std::vector<std::string> mock_names(Random& random, std::size_t count) {
  KP_ASSERT(count <= kMostMockNames);
  std::vector<std::string> names;
  std::set<std::string> taken;
  while (names.size() < count) {
    std::string name(one_of(random, kFamily));
    name.append(" ").append(one_of(random, kMiddle)).append(" ").append(one_of(random, kGiven));
    if (taken.insert(name_key(name)).second) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace kp
