// drill print: mock ballots on paper, filled in as voters do, a PDF a bundle.
#include <fmt/format.h>

#include <filesystem>

#include "base/digest.h"
#include "base/file.h"
#include "drill/bundle_paper.h"
#include "kiemphieu/commands.h"
#include "kiemphieu/placed_file.h"
#include "kiemphieu/practice_folder.h"
#include "kiemphieu/progress.h"
#include "paper/render.h"

namespace kp {
namespace {

struct PaperJob {
  std::string file;
  paper::Document document;
};

/// Everything that is printed, one file after the other.
class PaperPress {
 public:
  PaperPress(std::string folder, std::uint64_t seed) : folder_(std::move(folder)), seed_(seed) {}

  Done print(const Congress& congress, const PracticeContest& material, const std::string& only) {
    const Contest& contest = material.contest;
    const std::string inner = folder_ + "/" + contest.id;
    if (Done made = make_folder(inner); !made) return made;
    std::vector<PaperBundle> bundles;
    for (const PracticeBundle& bundle : material.bundles)
      bundles.push_back({bundle.stated.bundle, bundle.stated.counted, bundle.ballots});
    if (only.empty()) {
      const paper::Document box =
          box_document(congress, contest, material.issued, material.returned, bundles);
      if (Done put_there = put(inner + "/box.pdf", box); !put_there) return put_there;
    }
    const Progress progress = progress_on_terminal("drill print");
    for (std::size_t i = 0; i < bundles.size(); ++i) {
      if (!only.empty() && bundles[i].bundle != only) continue;
      const std::string path = inner + "/" + bundles[i].bundle + ".pdf";
      if (Done put_there = put(path, bundle_document(congress, contest, bundles[i], seed_)); !put_there)
        return put_there;
      ballots_ += bundles[i].ballots.size();
      if (progress) progress(i + 1, bundles.size());
    }
    return done();
  }

  [[nodiscard]] Reply reply(Findings notes, Language language) {
    Reply reply(std::move(notes));
    add(reply.findings, std::move(notes_));
    const auto number = [](std::size_t value) { return static_cast<std::int64_t>(value); };
    reply.text = fmt::format(
        fmt::runtime(language == Language::vi ? "Đã in {} phiếu diễn tập, {} tệp, {} trang, vào {}\n"
                                                "In trên giấy A4 đúng khổ (100%), cắt theo đường chấm, để "
                                                "nguyên thứ tự số phiếu ở mép dưới.\n"
                                              : "Printed {} practice ballots, {} files, {} pages, to {}\n"
                                                "Print on A4 at full size (100%), cut along the dashed "
                                                "lines, keep the order of the numbers at the "
                                                "lower edge.\n"),
        ballots_, files_.size(), pages_, folder_);
    reply.json = {{"ballots", number(ballots_)}, {"pages", number(pages_)}, {"files", std::move(files_)}};
    return reply;
  }

 private:
  Done put(const std::string& path, const paper::Document& document) {
    Result<paper::Rendered> pages = paper::render(document, paper::pages_library());
    if (!pages) return pages.findings();
    if (Done written = put_new(path, pages->pdf); !written) return written;
    pages_ += pages->pages;
    for (Finding& note : pages.value().notes) {
      if (std::find(notes_.begin(), notes_.end(), note) == notes_.end()) notes_.push_back(std::move(note));
    }
    files_.push_back(Json::object({{"file", path},
                                   {"pages", static_cast<std::int64_t>(pages->pages)},
                                   {"sha256", sha256_hex(pages->pdf)}}));
    return done();
  }

  std::string folder_;
  std::uint64_t seed_;
  Findings notes_;
  Json::Array files_;
  std::size_t pages_ = 0;
  std::size_t ballots_ = 0;
};

// Without answers the paper is what the first pass read.
Result<std::vector<Planted>> planted_in(const Arguments& arguments) {
  const std::string path = answers_path(arguments, arguments.path("MATERIAL"));
  std::error_code error;
  if (!arguments.has("answers") && !std::filesystem::exists(path, error)) return std::vector<Planted>();
  const Result<AnswersFile> answers = read_answers(path);
  if (!answers) return answers.findings();
  return parse_planted(answers->json, path);
}

Reply drill_print(const Arguments& arguments) {
  Findings notes;
  const std::string only = arguments.text("contest");
  const std::string bundle = arguments.text("bundle");
  PaperPress press(arguments.path("o"), arguments.has("seed") ? arguments.seed("seed") : 1);
  const Result<std::vector<Planted>> planted = planted_in(arguments);
  if (!planted) return planted.findings();
  const Result<PracticeFolder> material =
      read_practice_folder(arguments.path("MATERIAL"), only, *planted, notes);
  if (!material) return material.findings();
  const auto is_named = [&](const PracticeContest& contest) {
    return std::any_of(contest.bundles.begin(), contest.bundles.end(),
                       [&](const PracticeBundle& known) { return known.stated.bundle == bundle; });
  };
  if (!bundle.empty() && std::none_of(material->contests.begin(), material->contests.end(), is_named))
    return finding(Code::drill_no_bundle, bundle, {bundle});
  for (const PracticeContest& contest : material->contests) {
    if (!bundle.empty() && !is_named(contest)) continue;
    if (Done printed = press.print(material->congress, contest, bundle); !printed) return printed.findings();
  }
  return press.reply(std::move(notes), arguments.language());
}

}  // namespace

std::vector<Command> drill_print_commands() {
  return {
      {{"drill print",
        {"in phiếu diễn tập đã đánh dấu ra giấy (PDF)", "print filled-in practice ballots (PDF)"},
        {{"MATERIAL", {"thư mục do lệnh mock lập", "a folder that mock made"}}},
        {{"o", Takes::one, true, {"thư mục ghi các tệp PDF", "folder for the PDF files"}},
         {"answers",
          Takes::one,
          false,
          {"tệp đáp án: giấy là phiếu thật, không có lỗi gõ của lượt nhập",
           "the answers file: the paper is then what was voted, without typing errors"}},
         {"contest", Takes::one, false, {"chỉ cuộc bầu này", "only this contest"}},
         {"bundle", Takes::one, false, {"chỉ xấp này", "only this bundle"}},
         {"seed",
          Takes::one,
          false,
          {"nét bút khác: cùng số thì cùng nét (mặc định 1)",
           "other handwriting: the same number, the same hand (1)"}}}},
       drill_print},
  };
}

}  // namespace kp
