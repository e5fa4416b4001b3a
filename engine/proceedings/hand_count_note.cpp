#include "proceedings/hand_count_note.h"

#include "base/canon.h"

namespace kp {
namespace {

constexpr std::string_view kHandCount = "hand-count ";

bool has_text(const Json* json, std::string_view key) {
  return json != nullptr && json->is_object() && json->find(key) != nullptr && json->at(key).is_string();
}

}  // namespace

Result<Act> enter_hand_count(const ContestHistory& contest, const Board& board, const Json& document,
                             People by) {
  Findings findings = check_open_to_change(contest);
  add(findings, check_two_of_board(board, by));
  add(findings, check_note(document.at("hand").at("reason").string()));
  if (!findings.empty()) return findings;
  return Act{"note", Json::object({{"text", std::string(kHandCount) + canonical(document)}}), std::move(by)};
}

std::optional<Json> hand_count_in_note(const Entry& entry) {
  const Json* text = entry.body.find("text");
  if (entry.by.size() != 2 || text == nullptr || !text->is_string()) return std::nullopt;
  if (!text->string().starts_with(kHandCount)) return std::nullopt;
  Result<Json> document = parse_json(std::string_view(text->string()).substr(kHandCount.size()), {});
  if (!document || !has_text(&*document, "format") || !has_text(document->find("contest"), "id") ||
      !has_text(document->find("hand"), "reason")) {
    return std::nullopt;
  }
  const Json* teams = document->at("hand").find("teams");
  if (!document->at("format").string().ends_with("hand-count@1") || teams == nullptr || !teams->is_integer())
    return std::nullopt;
  return std::move(document).value();
}

}  // namespace kp
