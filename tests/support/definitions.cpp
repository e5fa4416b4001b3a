#include "support/definitions.h"

#include "base/canon.h"
#include "contest/definition.h"

namespace kp::test {
namespace {

Contest make(Json json, std::size_t names) {
  Json::Array rows;
  for (std::size_t i = 0; i < names; ++i) {
    rows.push_back(Json::object({{"no", static_cast<std::int64_t>(i + 1)},
                                 {"name", "Nguyễn Văn " + std::string(1, static_cast<char>('A' + i % 26)) +
                                              std::to_string(i / 26)}}));
  }
  json.set("rows", std::move(rows));
  return std::move(parse_contest(json)).value();
}

}  // namespace

Contest election(std::size_t names, std::int64_t seats, Office office) {
  return make(Json::object({{"id", "committee"},
                            {"title", "Bầu"},
                            {"question", "election"},
                            {"office", word(office)},
                            {"ballot", word(required_form(Question::election, names, seats))},
                            {"seats", seats}}),
              names);
}

Contest poll(Question question, std::size_t names, std::int64_t seats) {
  Json json = Json::object({{"id", "poll"},
                            {"title", "Lấy phiếu"},
                            {"question", word(question)},
                            {"office", "committee"},
                            {"ballot", word(required_form(question, names, seats))}});
  if (seats > 0) json.set("seats", seats);
  return make(std::move(json), names);
}

std::string bytes_of(const Contest& contest, std::int64_t summoned) {
  return canonical(Json::object(
      {{"format", "kiemphieu/congress@1"},
       {"id", "thu-nghiem"},
       {"title", "Đại hội thử nghiệm"},
       {"unit", "Đảng bộ thử nghiệm"},
       {"term", "2025-2030"},
       {"date", "2025-10-15"},
       {"kind", "delegates"},
       {"level", "base"},
       {"regulation", "190-QD/TW"},
       {"purpose", "practice"},
       {"electorate",
        Json::object({{"summoned", summoned}, {"deductions", Json::Array()}, {"present", summoned}})},
       {"board", Json::Array{Json::object({{"name", "Lê Văn Trưởng"}, {"role", "head"}}),
                             Json::object({{"name", "Trần Thị Uỷ"}, {"role", "member"}}),
                             Json::object({{"name", "Phạm Văn Hai"}, {"role", "member"}}),
                             Json::object({{"name", "Ngô Kỹ Thuật"}, {"role", "technician"}})}},
       {"signatures_required", 0},
       {"passes_required", 1},
       {"contests", Json::Array{contest.json}}}));
}

Congress congress_of(const Contest& contest, std::int64_t summoned) {
  return std::move(parse_congress(bytes_of(contest, summoned), "congress.json")).value();
}

}  // namespace kp::test
