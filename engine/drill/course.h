// The one-day course: which cases of the scenario set are its exercises, and which elections its drills are.
//
// A choice, and nothing besides: what comes of a case is computed when the book is made.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "mock/plants.h"

namespace kp {

enum class CoursePart : std::uint8_t { validity, line, elected, further, polls };
inline constexpr std::size_t kCourseParts = 5;

struct Exercise {
  CoursePart part;
  std::string_view scenario;
};

/// In the order of the book. Those of `validity` are ballots on paper: the last one of each case.
inline constexpr auto kExercises = std::to_array<Exercise>({
    {CoursePart::validity, "untouched"},
    {CoursePart::validity, "one-kept"},
    {CoursePart::validity, "all-struck"},
    {CoursePart::validity, "flag-signed"},
    {CoursePart::validity, "flag-outside-name"},
    {CoursePart::validity, "flag-not-issued"},
    {CoursePart::validity, "flag-marked"},
    {CoursePart::validity, "ruling-reads-a-doubtful-mark"},
    {CoursePart::validity, "one-name-both-boxes"},
    {CoursePart::validity, "one-name-disagree"},
    {CoursePart::validity, "row-both-boxes"},
    {CoursePart::validity, "disagree-with-all"},
    {CoursePart::line, "line-base-10-below"},
    {CoursePart::line, "base-members-absent-excused-below"},
    {CoursePart::line, "base-delegates-absent-unreplaced"},
    {CoursePart::line, "fewer-present"},
    {CoursePart::line, "share-10-of-13"},
    {CoursePart::elected, "one-more-passed"},
    {CoursePart::elected, "tie-above-the-cut"},
    {CoursePart::elected, "tie-at-the-cut-two"},
    {CoursePart::elected, "tie-below-the-line"},
    {CoursePart::elected, "agree-one-fails"},
    {CoursePart::elected, "invalid-ballots-decide"},
    {CoursePart::further, "delegates-short"},
    {CoursePart::further, "second-round-below-the-line"},
    {CoursePart::further, "revote-below-the-line"},
    {CoursePart::further, "revote-one-vote-each"},
    {CoursePart::further, "branch-secretary-third-vote"},
    {CoursePart::polls, "opinion-one-too-many"},
    {CoursePart::polls, "withdrawal-10-over"},
    {CoursePart::polls, "confidence-fifty-34"},
    {CoursePart::polls, "rating-good"},
});

/// An election with planted faults for the afternoon.
struct CourseDrill {
  int number = 1;
  std::string_view title;
  std::string_view about;
  std::uint64_t seed = 1;
  std::string_view preset;
  std::int64_t bundle_size = 10;
  bool on_paper = false;
  std::span<const PlantKind> plants;
};

inline constexpr auto kReadingPlants = std::to_array({PlantKind::doubtful_marks, PlantKind::typist});
inline constexpr auto kFigurePlants =
    std::to_array({PlantKind::wrong_count, PlantKind::duplicate_bundle, PlantKind::altered_after_sealing});
inline constexpr auto kOutcomePlants = std::to_array({PlantKind::tie_at_last_seat, PlantKind::forged_result});

inline constexpr auto kCourseDrills = std::to_array<CourseDrill>({
    {1, "Đọc phiếu giấy, nhập, so, kết luận",
     "Một chi bộ, phiếu in ra giấy. Đội đếm từng xấp, hai người nhập hai lượt từ giấy rồi so với hai lượt "
     "nhập có sẵn trong tài liệu, kết luận "
     "những tờ đọc không rõ.",
     101, "branch", 10, true, kReadingPlants},
    {2, "Các con số không khớp",
     "Một đảng bộ xã. Đội đưa các xấp vào sổ, đọc từng cảnh báo, đối chiếu số phát ra, thu về, số đếm tay, "
     "số đã nhập, và nói rõ phải làm gì.",
     102, "commune", 30, false, kFigurePlants},
    {3, "Kết quả và hồ sơ",
     "Một đảng bộ xã đã kiểm xong, hồ sơ gửi lên cấp trên. Đội xét kết quả, quyết định việc tiếp theo, rồi "
     "kiểm tra hồ sơ bằng chương trình độc lập.",
     103, "commune", 30, false, kOutcomePlants},
});

}  // namespace kp
