// Minutes: what only the record tells, and the rules that were applied.
#include <fmt/format.h>

#include <map>
#include <set>
#include <tuple>

#include "ballots/validity.h"
#include "base/digest.h"
#include "sheet/minutes_draft.h"
#include "sheet/paper_ties.h"
#include "sheet/words.h"

namespace kp {
namespace {

constexpr paper::Points kSmall = 10;
constexpr paper::Points kQrSide = 34 * paper::kMillimetre;
constexpr paper::Points kDigits = 13;

std::string spoken_method(const Draft& draft, const std::string& method) {
  if (method == "keyed") return draft.say("nhập tay", "keyed");
  if (method == "scanned") return draft.say("máy quét", "scanned");
  return draft.say("nhập từ tệp", "imported");
}

std::string text_of(const Entry& entry, std::string_view key) {
  const Json* value = entry.body.find(key);
  return value != nullptr && value->is_string() ? value->string() : "";
}

std::int64_t number_of(const Entry& entry, std::string_view key) {
  const Json* value = entry.body.find(key);
  return value != nullptr && value->is_integer() ? value->integer() : 0;
}

/// One act after the other, as a numbered list; the heading comes with the first.
class Acts {
 public:
  Acts(Draft& draft, std::string heading) : draft_(draft), heading_(std::move(heading)) {}

  // `what`, with the entry's note and the people who answer for it.
  void add(const Entry& entry, const std::string& what) {
    if (count_ == 0) draft_.section(heading_);
    std::string text = fmt::format("{}) {}.", ++count_, what);
    if (const std::string note = text_of(entry, "note"); !note.empty())
      text += draft_.say(" Ghi: «", " Note: \"") + note + draft_.say("».", "\".");
    text += entry.by.size() < 2 ? draft_.say(" Người ghi: ", " By: ") + entry.by.front()
                                : draft_.say(" Hai người ghi: ", " By two: ") + entry.by.front() +
                                      draft_.say(" và ", " and ") + entry.by.back();
    text += ".";
    draft_.add(paper::Paragraph{{{text}}, 11.5, paper::Align::justify, 0, 0, 2, false});
  }

 private:
  Draft& draft_;
  std::string heading_;
  int count_ = 0;
};

std::string box_figures(const Draft& draft, const Entry& entry) {
  return fmt::format(fmt::runtime(draft.say("phát ra {}, thu về {}", "issued {}, returned {}")),
                     number_of(entry, "issued"), number_of(entry, "returned"));
}

std::string box_text(const Draft& draft, const Entry& entry, const Entry* replaced) {
  std::string text = draft.say("Mở hòm phiếu: ", "Box opened: ") + box_figures(draft, entry);
  if (replaced != nullptr) {
    text = draft.say("Sửa số phiếu: trước ghi ", "Figures of the box corrected: first ") +
           box_figures(draft, *replaced) + draft.say("; nay ghi ", "; now ") + box_figures(draft, entry);
  }
  if (entry.body.find("spoiled") != nullptr)
    text += draft.say(", phiếu hỏng đổi lại ", ", spoiled ") + std::to_string(number_of(entry, "spoiled"));
  if (const std::string seal = text_of(entry, "seal"); !seal.empty())
    text += draft.say(", niêm phong số ", ", seal ") + seal;
  return text;
}

std::string ballot_place(const Draft& draft, const Entry& entry) {
  return fmt::format(fmt::runtime(draft.say("phiếu {} xấp {}", "ballot {} of bundle {}")),
                     number_of(entry, "ballot"), text_of(entry, "bundle"));
}

// The marks stay off paper: a ballot can be known by them.
std::string ruling_text(const Draft& draft, const Entry& entry) {
  const std::string invalid = text_of(entry, "invalid");
  std::string verdict =
      draft.say("tính theo dấu mà ban kiểm phiếu đã kết luận", "counted as the board read it");
  for (const Verdict reason : kRuledReasons) {
    if (word(reason) != invalid) continue;
    verdict = draft.say("không hợp lệ", "invalid");
    // That the board ruled so is said already.
    if (reason != Verdict::ruled_invalid) verdict += ", " + std::string(spoken(reason).in(draft.language()));
  }
  return draft.say("Kết luận về ", "Ruling on ") + ballot_place(draft, entry) + ": " + verdict;
}

std::string decision_text(const Draft& draft, const Entry& entry) {
  return fmt::format(
      fmt::runtime(draft.say("Đại hội (hội nghị) quyết định {}: {} trên {} người biểu quyết đồng ý",
                             "The congress or meeting decided to {}: {} of {} in favour")),
      spoken_decision(text_of(entry, "action"), draft.language()), number_of(entry, "votes_for"),
      number_of(entry, "of"));
}

// The entries of corrections and rulings that are in force.
std::set<std::int64_t> in_force(const ContestHistory& contest) {
  std::set<std::int64_t> seqs;
  for (const auto& [key, correction] : contest.corrections) seqs.insert(correction.seq);
  for (const auto& [key, ruling] : contest.rulings) seqs.insert(ruling.seq);
  return seqs;
}

bool opens(const Entry& entry, const std::string& contest) {
  const Json* opened = entry.body.find("opens");
  const Json* id = opened != nullptr && opened->is_object() ? opened->find("id") : nullptr;
  return id != nullptr && id->is_string() && id->string() == contest;
}

// What an entry about this contest says on paper; "" when it stands elsewhere on it or is no longer in force.
std::string act_text(const Draft& draft, const Entry& entry, const std::set<std::int64_t>& standing) {
  const auto whole = [&](std::string_view vi, std::string_view en, auto... figures) {
    return fmt::format(fmt::runtime(draft.say(vi, en)), figures...);
  };
  if (entry.kind == "box") {
    const auto replaced = static_cast<std::size_t>(number_of(entry, "replaces"));  // 0 is never a box
    const bool again = replaced > 0 && replaced < draft.before()->entries.size();
    return box_text(draft, entry, again ? &draft.before()->entries[replaced] : nullptr);
  }
  if (entry.kind == "electorate" && !text_of(entry, "note").empty()) {
    const Json& electorate = entry.body.at("electorate");
    return whole("Ghi lại số người: triệu tập {}, có mặt {}", "Attendance set right: summoned {}, present {}",
                 electorate.at("summoned").integer(), electorate.at("present").integer());
  }
  if (entry.kind == "retracted") {
    return whole("Rút lượt nhập {} của xấp {}", "Pass {} of bundle {} retracted", number_of(entry, "pass"),
                 text_of(entry, "bundle"));
  }
  if (entry.kind == "correction" && standing.contains(entry.seq)) {
    return whole("Sửa lỗi nhập lượt {}, {}", "Typing error of pass {} set right, {}",
                 number_of(entry, "pass"), ballot_place(draft, entry));
  }
  if (entry.kind == "ruling" && standing.contains(entry.seq)) return ruling_text(draft, entry);
  if (entry.kind == "confirmed") {
    return whole("Xác nhận ghi chú của người đọc trên {} phiếu", "Readers' flags confirmed on {} ballots",
                 number_of(entry, "ballots"));
  }
  if (entry.kind == "reopened") {
    return draft.say("Mở lại kết quả đã lập trước đó", "The earlier result was reopened");
  }
  return "";
}

}  // namespace

void write_reading(Draft& draft) {
  if (draft.contest() == nullptr) return;
  const ContestHistory& contest = *draft.contest();
  const std::vector<std::string> bundles = contest.bundles_in_force();
  if (bundles.empty()) return;
  struct Sum {
    std::size_t bundles = 0;
    std::int64_t ballots = 0;
  };
  std::map<std::tuple<std::int64_t, std::string, std::string, std::string>, Sum> passes;
  for (const std::string& bundle : bundles) {
    for (const BundlePass* pass : contest.passes_in_force(bundle)) {
      Sum& sum = passes[{pass->pass, pass->station, pass->by, pass->method}];
      ++sum.bundles;
      sum.ballots += pass->ballots;
    }
  }
  draft.section(
      fmt::format(fmt::runtime(draft.say("Đọc và nhập phiếu: {} xấp", "Reading of the ballots: {} bundles")),
                  bundles.size()));
  for (const auto& [key, sum] : passes) {
    const auto& [pass, station, by, method] = key;
    std::string who = by.empty() ? "" : draft.say(", người nhập ", ", by ") + by;
    draft.item(fmt::format(fmt::runtime(draft.say("Lượt {}, máy {}{} ({}): {} xấp, {} phiếu.",
                                                  "Pass {}, station {}{} ({}): {} bundles, {} ballots.")),
                           pass, station, who, spoken_method(draft, method), sum.bundles, sum.ballots),
               11.5);
  }
}

void write_decisions(Draft& draft) {
  if (draft.contest() == nullptr) return;
  const std::string& id = draft.contest()->contest.id;
  Acts decisions(draft, draft.say("Quyết định của đại hội (hội nghị) về lần bỏ phiếu này",
                                  "Decisions of the congress or meeting about this vote"));
  for (const Entry& entry : draft.before()->entries) {
    if (entry.kind != "decision" || (text_of(entry, "contest") != id && !opens(entry, id))) continue;
    decisions.add(entry, decision_text(draft, entry));
  }
}

void write_acts(Draft& draft) {
  if (draft.contest() == nullptr) return;
  const std::string& id = draft.contest()->contest.id;
  const std::set<std::int64_t> standing = in_force(*draft.contest());
  Acts acts(draft, draft.say("Những việc đã ghi trong sổ về lần bỏ phiếu này",
                             "What the record holds about this vote"));
  for (const Entry& entry : draft.before()->entries) {
    if (text_of(entry, "contest") != id) continue;
    if (const std::string what = act_text(draft, entry, standing); !what.empty()) acts.add(entry, what);
  }
  draft.item(fmt::format(fmt::runtime(
                             draft.say("Phiếu có kết luận của ban kiểm phiếu: {}; phiếu có sửa lỗi nhập: {}.",
                                       "Ballots with a ruling: {}; ballots with a correction: {}.")),
                         draft.figure("ballots", "rulings"), draft.figure("ballots", "corrections")),
             11.5);
  if (const Json* replaces = draft.result().find("replaces")) {
    draft.item(draft.say("Biên bản này thay cho biên bản có mã số: ",
                         "These minutes replace those with the digest: ") +
                   in_groups_of_four(replaces->string()) + ".",
               11.5);
  }
}

void write_rules(Draft& draft) {
  const Json::Array& steps = draft.result().at("steps").array();
  if (steps.empty()) return;
  draft.section(draft.say("Quy định đã áp dụng", "Rules applied"));
  bool unverified = false;
  for (const Json& step : steps) {
    const bool marked = step.at("grade").string() == word(Grade::unverified);
    unverified = unverified || marked;
    draft.item((marked ? "(*) " : "") +
                   step.at(draft.language() == Language::vi ? "text_vi" : "text_en").string() + " [" +
                   citation(step.at("document").string(), step.at("article").string(), draft.language()) +
                   "]",
               kSmall);
  }
  if (!unverified) return;
  draft.add(paper::Paragraph{
      {{draft.say("(*) Quy định chưa đối chiếu với văn bản đã ký: phải đối chiếu trước khi dùng.",
                  "(*) Not verified against the signed text: check it before use."),
        true}},
      kSmall,
      paper::Align::justify,
      0,
      0,
      3,
      false});
}

// Kept with the signatures: nobody signs a page on which nothing says what was signed.
void write_ties(Draft& draft) {
  const std::vector<std::string> groups = digit_groups(draft.sha256());
  std::string digits;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    digits += groups[i] + (i + 1 == groups.size() ? "" : i + 1 == groups.size() / 2 ? "\n" : "  ");
  }
  draft.add(paper::QrCode{
      qr_text(draft.result(), draft.sha256()),
      kQrSide,
      {{draft.say("Dãy số kiểm tra của kết quả này\n", "Line of digits of this result\n"), true},
       {digits, true, false, false, kDigits},
       {draft.say(
            "\nGõ đủ tám nhóm sau --line của kiemphieu-verify: chương trình nói hồ sơ có đúng là của tờ "
            "biên bản này không, và gõ nhầm ở nhóm nào. Mã QR bên trái ghi mã số kết quả và số phiếu.",
            "\nType all eight groups after --line of kiemphieu-verify: it says whether a dossier is that "
            "of this paper, and in which group a digit is wrong. The QR code holds digest and totals."),
        false, true}},
      9.5,
      10,
      true});
}

}  // namespace kp
