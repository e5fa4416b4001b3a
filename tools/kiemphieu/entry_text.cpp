#include "kiemphieu/entry_text.h"

#include <fmt/format.h>

#include <array>

#include "ballots/validity.h"
#include "base/digest.h"
#include "contest/definition.h"
#include "contest/majority.h"
#include "proceedings/ballot_proof.h"
#include "proceedings/hand_count_note.h"
#include "sheet/hand_count.h"
#include "sheet/words.h"

namespace kp {

Text spoken_kind(std::string_view kind) {
  constexpr auto kKinds = std::to_array<std::pair<std::string_view, Text>>({
      {"opened", {"mở sổ", "opened"}},
      {"contest", {"danh sách bầu", "contest"}},
      {"electorate", {"số triệu tập, có mặt", "electorate"}},
      {"box", {"phát ra, thu về", "box"}},
      {"bundle", {"nhập xấp phiếu", "bundle"}},
      {"retracted", {"rút lượt nhập", "retracted"}},
      {"correction", {"sửa lỗi nhập", "correction"}},
      {"ruling", {"kết luận về phiếu", "ruling"}},
      {"confirmed", {"xác nhận ghi chú", "flags confirmed"}},
      {"decision", {"quyết định", "decision"}},
      {"result", {"kết quả", "result"}},
      {"reopened", {"mở lại kết quả", "reopened"}},
      {"signed", {"ký số", "signed"}},
      {"note", {"ghi chú", "note"}},
      {"closed", {"khoá sổ", "closed"}},
  });
  for (const auto& [word, text] : kKinds) {
    if (word == kind) return text;
  }
  return {"?", "?"};
}

std::string entry_detail(const Entry& entry, Language language) {
  const bool vi = language == Language::vi;
  std::string detail;
  const auto add = [&](std::string_view key, const Text& label) {
    const Json* value = entry.body.find(key);
    if (value == nullptr || (!value->is_string() && !value->is_integer())) return;
    const std::string shown = value->is_string() ? value->string() : std::to_string(value->integer());
    if (!shown.empty())
      detail += fmt::format("{}{} {}", detail.empty() ? "" : ", ", label.in(language), shown);
  };
  const Json* contest = entry.body.find("contest");
  if (contest != nullptr) {
    const Json* id = contest->is_object() ? contest->find("id") : contest;
    if (id != nullptr && id->is_string()) detail = id->string();
  }
  // A view was replayed before it is shown, so the entry has the form it must have.
  if (entry.kind == "electorate") {
    const Electorate electorate = parse_electorate(entry.body.at("electorate"));
    detail += fmt::format(
        fmt::runtime(vi ? ", triệu tập {}, trừ {}, có mặt {}" : ", summoned {}, less {}, present {}"),
        electorate.summoned, base_of(electorate).deductions, electorate.present);
  }
  add("record", {"sổ", "record"});
  add("bundle", {"xấp", "bundle"});
  add("pass", {"lượt", "pass"});
  add("ballot", {"phiếu", "ballot"});
  add("ballots", {"số phiếu", "ballots"});
  add("station", {"máy", "station"});
  add("by", {"người nhập", "keyed by"});
  add("issued", {"phát ra", "issued"});
  add("returned", {"thu về", "returned"});
  add("spoiled", {"hỏng", "spoiled"});
  add("seal", {"niêm phong", "seal"});
  for (const Verdict reason : kRuledReasons) {
    const Json* invalid = entry.body.find("invalid");
    if (invalid != nullptr && invalid->is_string() && invalid->string() == word(reason))
      detail += fmt::format("{}: {}", vi ? ", không hợp lệ" : ", invalid", spoken(reason).in(language));
  }
  if (const Json* action = entry.body.find("action"); action != nullptr && action->is_string())
    detail += ", " + spoken_decision(action->string(), language);
  add("alternates", {"dự khuyết", "alternates"});
  add("votes_for", {"đồng ý", "in favour"});
  add("of", {"trên", "of"});
  if (const auto proof = proof_in_note(entry)) {
    detail +=
        fmt::format("{}: {}, {} {}", vi ? "đã soát mẫu phiếu" : "the ballot's proof was read", proof->first,
                    vi ? "mã số danh sách" : "digest of the list", in_groups_of_four(proof->second));
  } else if (const auto by_hand = hand_count_in_note(entry)) {
    // Of a count by hand the log says that it is there; its figures are for its paper.
    detail += fmt::format("{}: {} — {}", by_hand->at("contest").at("id").string(),
                          hand_count_mark().in(language), by_hand->at("hand").at("reason").string());
  } else {
    add("text", {"", ""});
  }
  if (entry.kind == "result" || entry.kind == "signed")
    detail += (vi ? ", mã số " : ", digest ") + in_groups_of_four(entry.body.at("sha256").string());
  const Json* note = entry.body.find("note");
  if (note != nullptr && note->is_string()) detail += " — " + note->string();
  return detail;
}

}  // namespace kp
