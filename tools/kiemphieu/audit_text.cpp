#include "kiemphieu/audit_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/digest.h"

namespace kp {
namespace {

// The sentence of a language with its figures put in.
template <class... Figures>
std::string say(Language language, const Text& text, const Figures&... figures) {
  return fmt::format(fmt::runtime(text.in(language)), figures...);
}

std::string heading(const AuditPlan& plan, const Contest& contest, Language language) {
  std::string text;
  if (plan.purpose == Purpose::practice) {
    text += say(language,
                {"*** DIỄN TẬP — không phải kết quả thật ***\n", "*** PRACTICE — not a real result ***\n"});
  }
  text += say(language, {"Đối chiếu phiếu giấy: {} — {}\n", "Spot check of the paper: {} — {}\n"}, contest.id,
              contest.title);
  text += say(language, {"Sổ {}, {} mục; gốc của sổ:\n  {}\n", "Record {}, {} entries; root:\n  {}\n"},
              plan.record.id, plan.record.size, in_groups_of_four(plan.record.root));
  text += say(language, {"Cho phép mở niêm phong: {}\n", "Opening of the seals allowed by: {}\n"},
              plan.allowed_by);
  return text;
}

// Why that many ballots: the same sentence before and after they are read.
std::string reason_text(const AuditPlan& plan, Language language) {
  const Doubted& doubted = plan.doubted;
  const auto sample = static_cast<std::int64_t>(plan.drawn.size());
  const std::string met =
      doubted.tolerated == 0
          ? std::string(Text{"không gặp phiếu sai nào", "none of them"}.in(language))
          : say(language, {"chỉ gặp nhiều nhất {} phiếu sai", "at most {} of them"}, doubted.tolerated);
  return say(
      language,
      {"Trong {} phiếu phải có ít nhất {} phiếu bị đọc sai thì mới có người đổi kết quả (trúng cử, bằng "
       "phiếu, không trúng cử).\n"
       "Rút {} phiếu: nếu có từ {} phiếu sai trở lên thì khả năng {} là {} % (chấp nhận {} %).\n",
       "Of {} ballots at least {} must have been misread to change anyone's standing (elected, tied, not "
       "elected).\n"
       "{} ballots are drawn: were {} or more misread, the chance of meeting {} is {} % (accepted: {} %).\n"},
      doubted.population, doubted.misread, sample, doubted.misread, met,
      percent_of_hundredths(chance_of_missing(doubted, sample)), percent_of_hundredths(plan.risk));
}

std::string drawn_text(const AuditPlan& plan, Language language) {
  Table table({{std::string(Text{"Xấp", "Bundle"}.in(language))},
               {std::string(Text{"Rút", "Drawn"}.in(language)), Table::Align::right},
               {std::string(Text{"Phiếu số", "Ballots"}.in(language))}});
  for (std::size_t i = 0; i < plan.drawn.size();) {
    const std::string& bundle = plan.drawn[i].bundle;
    std::vector<std::uint32_t> numbers;
    for (; i < plan.drawn.size() && plan.drawn[i].bundle == bundle; ++i)
      numbers.push_back(plan.drawn[i].ballot);
    table.add({bundle, std::to_string(numbers.size()), fmt::format("{}", fmt::join(numbers, " "))});
  }
  return table.text();
}

std::string discrepancies_text(const AuditReport& report, Language language) {
  if (report.discrepancies.empty()) return {};
  const auto in = [&](const Text& text) { return std::string(text.in(language)); };
  Table table({{in({"Xấp", "Bundle"})},
               {in({"Phiếu", "Ballot"}), Table::Align::right},
               {in({"Dòng khác", "Rows"})},
               {in({"Ảnh hưởng", "Effect"})}});
  for (const Discrepancy& differs : report.discrepancies) {
    const Text effect = differs.missing ? Text{"không có tờ này trong xấp", "no such sheet in the bundle"}
                        : differs.counts
                            ? Text{"khác số phiếu", "other votes"}
                            : Text{"chỉ khác lý do không hợp lệ", "only another reason of invalidity"};
    table.add({differs.ballot.bundle, std::to_string(differs.ballot.ballot),
               fmt::format("{}", fmt::join(differs.rows, " ")), in(effect)});
  }
  return table.text();
}

std::string conclusion_text(const AuditPlan& plan, const AuditReport& report, Language language) {
  const std::string chance = percent_of_hundredths(report.chance);
  const std::string risk = percent_of_hundredths(plan.risk);
  switch (report.conclusion) {
    case Conclusion::unfinished:
      return say(language, {"Chưa kết luận: chưa đọc hết các phiếu đã rút.\n",
                            "No conclusion: not all drawn ballots are read.\n"});
    case Conclusion::shown:
      return say(language,
                 {"KẾT LUẬN: phiếu giấy xác nhận kết quả. Nếu kết quả sai vì đọc sai phiếu (từ {} phiếu trở "
                  "lên) thì khả "
                  "năng chỉ gặp {} phiếu sai như đã gặp là không quá {} %.\n",
                  "CONCLUSION: the paper bears the result out. Were it wrong because ballots were misread "
                  "({} or more), "
                  "the chance of meeting only {} as here is at most {} %.\n"},
                 plan.doubted.misread, report.misread, chance);
    case Conclusion::not_shown:
      break;
  }
  if (!report.next_sample) {
    return say(
        language,
        {"KẾT LUẬN: đã gặp {} phiếu sai, bằng hoặc hơn số {} phiếu có thể làm đổi kết quả.\n",
         "CONCLUSION: {} misread ballots were met, no fewer than the {} that can change a standing.\n"},
        report.misread, plan.doubted.misread);
  }
  if (report.chance > plan.risk) {
    return say(language,
               {"KẾT LUẬN: chưa xác nhận được. Đã gặp {} phiếu sai; dù có tới {} phiếu sai thì khả năng gặp "
                "không quá "
                "chừng ấy vẫn là {} %, hơn mức {} %.\n",
                "CONCLUSION: not borne out. {} misread ballots were met; even with {} of them the chance of "
                "meeting no "
                "more is {} %, above {} %.\n"},
               report.misread, plan.doubted.misread, chance, risk);
  }
  return say(language, {"KẾT LUẬN: chưa xác nhận được, vì số tờ trong xấp không khớp với sổ.\n",
                        "CONCLUSION: not borne out, since sheets and record do not agree.\n"});
}

std::string next_step_text(const AuditPlan& plan, const ReportShown& shown, Language language) {
  const AuditReport& report = shown.report;
  std::string text;
  if (report.conclusion == Conclusion::unfinished) {
    return say(language, {"Việc tiếp theo: đọc nốt rồi nhập bằng audit enter.\n",
                          "Next: read the rest and enter it with audit enter.\n"});
  }
  if (report.conclusion == Conclusion::shown && report.discrepancies.empty()) {
    return say(language, {"Việc tiếp theo: niêm phong lại các xấp đã mở, lập biên bản.\n",
                          "Next: seal the bundles again and take minutes.\n"});
  }
  if (report.conclusion == Conclusion::shown) {
    return say(language, {"Việc tiếp theo: ghi các phiếu khác vào biên bản, niêm phong lại; kết quả vẫn đứng "
                          "vững. Muốn sửa số phiếu "
                          "thì ban kiểm phiếu mở lại kết quả (reopen).\n",
                          "Next: put the discrepancies into the minutes, seal the bundles again; who is "
                          "elected stands. To mend the "
                          "votes the board reopens the result (reopen).\n"});
  }
  if (!report.sheets.empty()) {
    text += say(language, {"Việc tiếp theo: đếm lại số tờ của các xấp nêu trên.\n",
                           "Next: count the sheets of the bundles above again.\n"});
  }
  if (!shown.next || shown.next->recount_is_cheaper) {
    return text + say(language,
                      {"Việc tiếp theo: báo đoàn chủ tịch (cấp uỷ); đọc lại toàn bộ {} phiếu. Đối chiếu thêm "
                       "không nhanh hơn.\n",
                       "Next: tell the presidium; read all {} ballots again. A further check would not be "
                       "quicker.\n"},
                      plan.doubted.population);
  }
  return text + say(language,
                    {"Việc tiếp theo: gieo số mới, lập kế hoạch mới với --expect {} (rút {} phiếu), hoặc đọc "
                     "lại toàn bộ {} "
                     "phiếu. Rủi ro của hai lần đối chiếu cộng lại.\n",
                     "Next: roll anew and plan a new check with --expect {} ({} ballots), or read all {} "
                     "again. The risks of "
                     "both checks add up.\n"},
                    report.misread, *report.next_sample, plan.doubted.population);
}

}  // namespace

std::optional<std::int64_t> hundredths_in(std::string_view typed) {
  const std::size_t point = typed.find('.');
  const std::string_view whole = typed.substr(0, point);
  std::string decimals(point == std::string_view::npos ? "" : typed.substr(point + 1));
  const bool shaped = !whole.empty() && whole.size() <= 3 && decimals.size() <= 2 &&
                      (point == std::string_view::npos || !decimals.empty());
  decimals.resize(2, '0');
  const std::string digits = std::string(whole) + decimals;
  if (!shaped || digits.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  return std::stoll(digits);
}

std::string percent_of_hundredths(std::int64_t hundredths) {
  return fmt::format("{}.{:02}", hundredths / 100, hundredths % 100);
}

Json audit_head_json(const Tree& tree) {
  return Json::object({{"size", static_cast<std::int64_t>(tree.size())}, {"root", hex(tree.root())}});
}

std::string audit_head_text(const Tree& tree, Language language) {
  return say(language,
             {"\nSổ đối chiếu có {} mục; gốc của sổ đối chiếu:\n  {}\n",
              "\nThe check's own record has {} entries; root:\n  {}\n"},
             tree.size(), in_groups_of_four(hex(tree.root())));
}

Json::Object plan_json(const AuditPlan& plan, const Effort& effort) {
  Json::Array drawn;
  for (const BallotKey& key : plan.drawn) {
    drawn.push_back(Json::object({{"bundle", key.bundle}, {"ballot", key.ballot}}));
  }
  return {{"purpose", word(plan.purpose)},
          {"record",
           Json::object({{"id", plan.record.id}, {"size", plan.record.size}, {"root", plan.record.root}})},
          {"contest", plan.contest},
          {"result", plan.result},
          {"ballots", plan.doubted.population},
          {"least_misread", plan.doubted.misread},
          {"tolerated", plan.doubted.tolerated},
          {"risk", percent_of_hundredths(plan.risk)},
          {"sample", static_cast<std::int64_t>(plan.drawn.size())},
          {"drawn", std::move(drawn)},
          {"bundles", effort.bundles},
          {"leafed", effort.leafed},
          {"recount_is_cheaper", effort.recount_is_cheaper}};
}

std::string plan_text(const AuditPlan& plan, const Contest& contest, const Effort& effort,
                      Language language) {
  std::string text = heading(plan, contest, language) + reason_text(plan, language);
  text += say(language,
              {"Mở {} xấp, lật chừng {} tờ, đọc {} phiếu.\n",
               "Open {} bundles, leaf through some {} sheets, read {} ballots.\n"},
              effort.bundles, effort.leafed, plan.drawn.size());
  if (effort.recount_is_cheaper) {
    text += say(language,
                {"Đọc lại toàn bộ {} phiếu không lâu hơn: nên đọc lại toàn bộ.\n",
                 "Reading all {} ballots again takes no longer: better do that.\n"},
                plan.doubted.population);
  }
  return text + "\n" + drawn_text(plan, language) +
         say(language, {"\nViệc tiếp theo: đếm số tờ từng xấp đã mở; hai người cùng đọc các phiếu trên từ "
                        "giấy, không nhìn số liệu "
                        "đã nhập; ghi ra tệp ballot,marks,flags rồi nhập bằng audit enter.\n",
                        "\nNext: count the sheets of each bundle that is opened; two people read these "
                        "ballots from the paper, without "
                        "looking at what was entered; write them as ballot,marks,flags and enter them with "
                        "audit enter.\n"});
}

Json::Object report_json(const AuditPlan& plan, const AuditReport& report,
                         const std::optional<Effort>& next) {
  Json::Array discrepancies;
  for (const Discrepancy& differs : report.discrepancies) {
    Json::Array rows;
    for (const std::uint32_t row : differs.rows) rows.emplace_back(row);
    discrepancies.push_back(Json::object({{"bundle", differs.ballot.bundle},
                                          {"ballot", differs.ballot.ballot},
                                          {"missing", differs.missing},
                                          {"other_votes", differs.counts},
                                          {"rows", std::move(rows)}}));
  }
  Json::Object json = {
      {"purpose", word(plan.purpose)},
      {"record",
       Json::object({{"id", plan.record.id}, {"size", plan.record.size}, {"root", plan.record.root}})},
      {"contest", plan.contest},
      {"result", plan.result},
      {"ballots", plan.doubted.population},
      {"least_misread", plan.doubted.misread},
      {"risk", percent_of_hundredths(plan.risk)},
      {"sample", static_cast<std::int64_t>(plan.drawn.size())},
      {"read", report.read},
      {"misread", report.misread},
      {"discrepancies", std::move(discrepancies)},
      {"chance", percent_of_hundredths(report.chance)},
      {"conclusion", word(report.conclusion)},
      {"recount_is_cheaper", !next || next->recount_is_cheaper}};
  if (report.next_sample) json.emplace_back("next_sample", *report.next_sample);
  return json;
}

std::string report_text(const AuditPlan& plan, const Contest& contest, const ReportShown& shown,
                        Language language) {
  const AuditReport& report = shown.report;
  return heading(plan, contest, language) + reason_text(plan, language) +
         say(language,
             {"Đã đọc {}/{} phiếu được rút; {} phiếu đọc sai.\n",
              "{} of {} drawn ballots are read; {} misread.\n"},
             report.read, plan.drawn.size(), report.misread) +
         discrepancies_text(report, language) + "\n" + conclusion_text(plan, report, language) +
         next_step_text(plan, shown, language);
}

}  // namespace kp
