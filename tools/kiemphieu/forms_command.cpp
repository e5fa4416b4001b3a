// forms: paper for an evening without machines.
#include <fmt/format.h>

#include "kiemphieu/commands.h"
#include "kiemphieu/history_source.h"
#include "kiemphieu/paper_file.h"
#include "proceedings/act.h"
#include "sheet/fallback_forms.h"

namespace kp {
namespace {

constexpr std::int64_t kUsualBundle = 50;

Reply forms(const Arguments& arguments) {
  const Result<History> history = history_of(arguments.path("SOURCE"));
  if (!history) return history.findings();
  const Result<const ContestHistory*> contest = find_contest(*history, arguments.text("CONTEST"));
  if (!contest) return contest.findings();
  PaperPlan plan{(*contest)->electorate.present, arguments.integer_if("bundle-size").value_or(kUsualBundle),
                 history->congress.passes_required};
  if (plan.bundle_size < kLeastInBundle || plan.bundle_size > kMostInBundle)
    arguments.refuse("bundle-size", {"từ 5 đến 100 phiếu", "5 to 100 ballots"});
  const Language language = arguments.language();
  Reply reply = print_to(arguments.path("o"),
                         make_fallback_forms(history->congress, (*contest)->contest, plan, language));
  if (!reply.ok()) return reply;
  const std::int64_t bundles = bundles_of(plan);
  reply.json.emplace_back("bundles", bundles);
  reply.json.emplace_back("teams", plan.teams);
  reply.text = fmt::format(
      fmt::runtime(
          language == Language::vi
              ? "Mẫu giấy kiểm phiếu bằng tay: {}\n  {} phiếu, mỗi xấp {}: {} xấp, {} tổ; in một "
                "mặt, cắt theo đường kẻ.\n"
              : "Forms for counting by hand: {}\n  {} ballots, {} in a bundle: {} bundles, {} teams; "
                "print on one side, cut along the lines.\n"),
      arguments.path("o"), plan.ballots, plan.bundle_size, bundles, plan.teams);
  return reply;
}

}  // namespace

std::vector<Command> forms_commands() {
  return {
      {{"forms",
        {"mẫu giấy dự phòng để kiểm tay: tờ kiểm, tờ cộng, bìa xấp, niêm phong (PDF)",
         "forms for counting by hand: count sheets, sums, bundle covers, seals (PDF)"},
        {{"SOURCE", {"sổ kiểm phiếu, hồ sơ hoặc tệp định nghĩa", "a record, a dossier or a definition"}},
         contest_position()},
        {{"o", Takes::one, true, {"tệp PDF sẽ ghi", "PDF file to write"}},
         {"bundle-size", Takes::one, false, {"số phiếu mỗi xấp (50)", "ballots in a bundle (50)"}}}},
       forms},
  };
}

}  // namespace kp
