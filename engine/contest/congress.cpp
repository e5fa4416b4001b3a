#include "contest/congress.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace kp {
namespace {

struct Words {
  std::string_view file;
  Text spoken;
};

// One row a value, in the order of the enumeration.
template <class Enum>
struct Vocabulary;

template <>
struct Vocabulary<CongressKind> {
  static constexpr auto rows =
      std::to_array<Words>({{"delegates", {"đại hội đại biểu", "delegates' congress"}},
                            {"members", {"đại hội đảng viên", "members' congress"}},
                            {"committee", {"hội nghị cấp uỷ", "committee meeting"}},
                            {"inspection", {"hội nghị uỷ ban kiểm tra", "inspection committee meeting"}}});
};

template <>
struct Vocabulary<Level> {
  static constexpr auto rows =
      std::to_array<Words>({{"branch", {"chi bộ", "branch"}},
                            {"base", {"đảng bộ cơ sở", "grass-roots level"}},
                            {"upper-base", {"trên cơ sở", "above grass-roots level"}},
                            {"province", {"tỉnh, thành phố", "province"}},
                            {"central", {"Trung ương", "central"}}});
};

template <>
struct Vocabulary<Purpose> {
  static constexpr auto rows = std::to_array<Words>(
      {{"official", {"chính thức", "official"}}, {"practice", {"diễn tập", "practice"}}});
};

template <>
struct Vocabulary<Role> {
  static constexpr auto rows = std::to_array<Words>({{"head", {"trưởng ban", "head"}},
                                                     {"member", {"uỷ viên", "member"}},
                                                     {"technician", {"kỹ thuật", "technician"}}});
};

template <>
struct Vocabulary<Question> {
  static constexpr auto rows =
      std::to_array<Words>({{"election", {"bầu cử", "election"}},
                            {"opinion", {"xin ý kiến", "opinion poll"}},
                            {"withdrawal", {"xin ý kiến cho rút", "withdrawal poll"}},
                            {"introduction", {"phiếu giới thiệu", "introduction poll"}},
                            {"confidence", {"lấy phiếu tín nhiệm", "confidence vote"}},
                            {"rating", {"xếp loại", "rating"}},
                            {"survey", {"khảo sát", "survey"}}});
};

template <>
struct Vocabulary<Office> {
  static constexpr auto rows = std::to_array<Words>(
      {{"committee", {"ban chấp hành", "committee"}},
       {"standing-committee", {"ban thường vụ", "standing committee"}},
       {"secretary", {"bí thư", "secretary"}},
       {"deputy-secretary", {"phó bí thư", "deputy secretary"}},
       {"inspection", {"uỷ ban kiểm tra", "inspection committee"}},
       {"inspection-head", {"chủ nhiệm uỷ ban kiểm tra", "head of inspection"}},
       {"inspection-deputy", {"phó chủ nhiệm uỷ ban kiểm tra", "deputy head of inspection"}},
       {"delegates", {"đại biểu dự đại hội cấp trên", "delegates to the higher congress"}},
       {"alternate-delegates", {"đại biểu dự khuyết", "alternate delegates"}},
       {"other", {"khác", "other"}}});
};

template <>
struct Vocabulary<BallotForm> {
  static constexpr auto rows =
      std::to_array<Words>({{"strike", {"gạch tên (hai cột)", "strike out (two columns)"}},
                            {"agree", {"đồng ý / không đồng ý (bốn cột)", "agree / disagree (four columns)"}},
                            {"confidence", {"ba mức tín nhiệm", "three levels of confidence"}},
                            {"rating", {"bốn mức xếp loại", "four levels of rating"}}});
};

template <>
struct Vocabulary<FractionOf> {
  static constexpr auto rows = std::to_array<Words>({{"base", {"tổng số để tính kết quả", "base"}},
                                                     {"returned", {"số phiếu thu về", "returned"}},
                                                     {"valid", {"số phiếu hợp lệ", "valid"}}});
};

template <class Enum>
const Words& words(Enum value) {
  return Vocabulary<Enum>::rows[static_cast<std::size_t>(value)];
}

}  // namespace

template <class Enum>
std::optional<Enum> named(std::string_view text) {
  const auto& rows = Vocabulary<Enum>::rows;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].file == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

template std::optional<CongressKind> named(std::string_view);
template std::optional<Level> named(std::string_view);
template std::optional<Purpose> named(std::string_view);
template std::optional<Role> named(std::string_view);
template std::optional<Question> named(std::string_view);
template std::optional<Office> named(std::string_view);
template std::optional<BallotForm> named(std::string_view);
template std::optional<FractionOf> named(std::string_view);

std::string_view word(CongressKind value) {
  return words(value).file;
}
std::string_view word(Level value) {
  return words(value).file;
}
std::string_view word(Purpose value) {
  return words(value).file;
}
std::string_view word(Role value) {
  return words(value).file;
}
std::string_view word(Question value) {
  return words(value).file;
}
std::string_view word(Office value) {
  return words(value).file;
}
std::string_view word(BallotForm value) {
  return words(value).file;
}
std::string_view word(FractionOf value) {
  return words(value).file;
}

Text spoken(CongressKind value) {
  return words(value).spoken;
}
Text spoken(Level value) {
  return words(value).spoken;
}
Text spoken(Purpose value) {
  return words(value).spoken;
}
Text spoken(Role value) {
  return words(value).spoken;
}
Text spoken(Question value) {
  return words(value).spoken;
}
Text spoken(Office value) {
  return words(value).spoken;
}
Text spoken(BallotForm value) {
  return words(value).spoken;
}

Text spoken_reason(std::string_view deduction_reason) {
  constexpr auto kReasons = std::to_array<Words>({
      {"committee-absent",
       {"cấp uỷ viên vắng mặt suốt thời gian đại hội", "committee members absent throughout"}},
      {"absent-unreplaced",
       {"đại biểu vắng mặt suốt thời gian đại hội, không có dự khuyết thay thế",
        "absent throughout, not replaced"}},
      {"transferred",
       {"được giới thiệu sinh hoạt tạm thời nơi khác", "introduced to another organisation for a time"}},
      {"exempt-absent", {"được miễn công tác, sinh hoạt và không dự", "exempt and not present"}},
      {"suspended", {"bị đình chỉ sinh hoạt", "suspended"}},
      {"charged", {"bị khởi tố, truy tố, tạm giam", "charged, prosecuted or detained"}},
      {"absent-excused",
       {"vắng mặt suốt thời gian đại hội, có lý do được chấp nhận", "absent throughout, excused"}},
      {"declared", {"không tính theo khai báo của hội nghị", "left out as the meeting declared"}},
  });
  for (const Words& reason : kReasons) {
    if (reason.file == deduction_reason) return reason.spoken;
  }
  return {deduction_reason, deduction_reason};
}

CongressKind kind_of(const Congress& congress, const Contest& contest) {
  return contest.kind.value_or(congress.kind);
}

const Electorate& electorate_of(const Congress& congress, const Contest& contest) {
  return contest.electorate ? *contest.electorate : congress.electorate;
}

const Board& board_of(const Congress& congress, const Contest& contest) {
  return contest.board ? *contest.board : congress.board;
}

std::int64_t surplus_cap(std::int64_t seats) {
  return std::max<std::int64_t>(1, 30 * seats / 100);
}

BallotForm required_form(Question question, std::size_t rows, std::int64_t seats) {
  switch (question) {
    case Question::election:
      return static_cast<std::int64_t>(rows) > seats ? BallotForm::strike : BallotForm::agree;
    case Question::introduction:
      return BallotForm::strike;
    case Question::confidence:
      return BallotForm::confidence;
    case Question::rating:
      return BallotForm::rating;
    case Question::opinion:
    case Question::withdrawal:
    case Question::survey:
      break;
  }
  return BallotForm::agree;
}

bool has_seats(Question question) {
  return question == Question::election || question == Question::opinion ||
         question == Question::introduction;
}

const BoardMember* find_member(const Board& board, std::string_view name) {
  const std::string key = name_key(name);
  const auto it = std::find_if(board.begin(), board.end(),
                               [&](const BoardMember& member) { return name_key(member.name) == key; });
  return it == board.end() ? nullptr : &*it;
}

std::string text_of(const Row& row, std::string_view key) {
  const Json* value = row.json.find(key);
  return value != nullptr && value->is_string() ? value->string() : std::string();
}

std::string head_of(const Board& board) {
  const auto it = std::find_if(board.begin(), board.end(),
                               [](const BoardMember& member) { return member.role == Role::head; });
  return it == board.end() ? std::string() : it->name;
}

std::string first_round_id(const Contest& contest) {
  const std::string suffix = "-r" + std::to_string(contest.round);
  if (contest.round > 1 && contest.id.size() > suffix.size() && contest.id.ends_with(suffix)) {
    return contest.id.substr(0, contest.id.size() - suffix.size());
  }
  return contest.id;
}

}  // namespace kp
