// The afternoon of the book: what to type for each drill, and what a good team notices.
#include <fmt/format.h>

#include <array>

#include "drill/book_draft.h"
#include "drill/course.h"
#include "mock/plants.h"
#include "rules/ruleset.h"

namespace kp {
namespace {

using paper::Align;
using paper::Table;
using paper::Words;

// A line that would be cut by the edge of the page goes on behind a backslash, as a shell takes it.
constexpr std::string_view kGoesOn = " \\\n    ";

std::string mock_command(const CourseDrill& drill) {
  std::string plants;
  for (const PlantKind kind : drill.plants) plants += fmt::format(" --plant {}", plant_row(kind).word);
  return fmt::format(
      "kiemphieu mock --seed {0} --preset {1} --passes 2 --bundle-size {2}{3}{4}{3}-o bai-{5} --answers "
      "dap-an/bai-{5}.json",
      drill.seed, drill.preset, drill.bundle_size, kGoesOn, plants.substr(1), drill.number);
}

}  // namespace

void write_drills(BookDraft& draft) {
  draft.heading("3. Bài thực hành buổi chiều (giữ lại, không phát)");
  draft.text(
      "Mỗi bài là một cuộc bầu diễn tập có lỗi cài sẵn. Cùng hạt giống thì máy nào cũng ra cùng một bài; đổi "
      "số hạt giống để có bài mới. Lập bài "
      "và giao bài ở máy của người hướng dẫn:");
  for (const CourseDrill& drill : kCourseDrills) {
    draft.subheading(fmt::format("Bài {}. {}", drill.number, drill.title));
    draft.text(std::string(drill.about), true);
    draft.command(mock_command(drill));
    if (drill.on_paper)
      draft.command(fmt::format("kiemphieu drill print bai-{0} --answers dap-an/bai-{0}.json -o giay-{0}",
                                drill.number));
    draft.command(
        fmt::format("kiemphieu drill start bai-{0} --answers dap-an/bai-{0}.json --team \"Đội 1\"{1}"
                    "--trainer nguoi-huong-dan -o doi-1-bai-{0}",
                    drill.number, kGoesOn));
  }
  draft.text("Đội làm xong thì nộp, người hướng dẫn chấm; mỗi lần chấm được ghi vào sổ theo dõi của đội:",
             true);
  draft.command("kiemphieu drill answer doi-1-bai-1");
  draft.command("kiemphieu drill score doi-1-bai-1 --trainer nguoi-huong-dan");
  draft.text(
      "Cách chấm: mỗi lỗi cài sẵn 10 điểm khi đúng loại và đúng chỗ, 5 khi chỉ đúng loại, 3 khi chỉ đúng "
      "chỗ; mỗi phiếu nghi ngờ kết luận đúng "
      "ý người bầu 5 điểm; mỗi cuộc bầu 10 điểm (kết luận 3, người trúng cử 4, số hợp lệ và không hợp lệ 3); "
      "báo một lỗi không có trừ 2.");
}

void write_plants(BookDraft& draft) {
  draft.heading("4. Đội giỏi nhận ra điều gì");
  Table table;
  table.columns = {{1.7, Align::left}, {2, Align::left}, {3.6, Align::left}, {3.6, Align::left}};
  table.head = {{{"Lỗi"}}, {{"Lúc nào"}}, {{"Nhận ra"}}, {{"Việc phải làm, căn cứ"}}};
  for (const Plant& plant : plants()) {
    const Rule rule = rule_row(Regulation::qd_190_2024, plant.rule);
    table.rows.push_back({Words{{std::string(plant.word), true}},
                          {{std::string(spoken(plant.stage).vi)}},
                          {{std::string(plant.notice.vi)}},
                          {{std::string(plant.then.vi)},
                           {fmt::format(" ({}{})", citation(rule.document, rule.article, Language::vi),
                                        rule.grade == Grade::unverified ? ", chưa kiểm chứng" : ""),
                            false, true}}});
  }
  table.size = 10;
  table.before = 4;
  draft.table(std::move(table));
}

}  // namespace kp
