#include "drill/book.h"

#include <array>
#include <string_view>
#include <vector>

#include "drill/book_draft.h"

namespace kp {
namespace {

using paper::Align;
using paper::Paragraph;
using paper::Table;
using paper::Words;

constexpr paper::Points kBody = 12;

struct Hour {
  std::string_view from;
  std::string_view what;
  std::string_view with;
};

constexpr auto kHours = std::to_array<Hour>({
    {"7.30",
     "Mở đầu: ban kiểm phiếu làm gì, vì sao có hai lượt nhập, hai người kết luận; chia đội (4–5 người một "
     "đội)",
     "phần 1"},
    {"8.00", "Phiếu hợp lệ, không hợp lệ: cả lớp xem phiếu in, từng đội giơ thẻ", "phần 2, nhóm A"},
    {"9.00", "Tổng số để tính kết quả, mức quá bán, tỷ lệ phần trăm: từng người làm trên giấy", "nhóm B"},
    {"9.45", "Nghỉ", ""},
    {"10.00",
     "Ai trúng cử; bằng phiếu; bầu tiếp, bầu lại: làm theo đội, một đội trình bày, đội khác phản biện",
     "nhóm C, D"},
    {"11.00", "Phiếu xin ý kiến, rút tên, tín nhiệm, xếp loại", "nhóm E"},
    {"11.30", "Nghỉ trưa; người hướng dẫn giao bài thực hành cho các đội", "drill start"},
    {"13.30", "Thực hành 1: đếm, nhập hai lượt từ phiếu giấy, so, kết luận phiếu nghi ngờ", "phần 3, bài 1"},
    {"14.45", "Thực hành 2: các con số không khớp", "bài 2"},
    {"15.30", "Nghỉ", ""},
    {"15.45", "Thực hành 3: kết quả và hồ sơ nhận từ nơi khác", "bài 3"},
    {"16.30", "Chấm, rút kinh nghiệm: đội giỏi nhận ra điều gì, điều gì chưa nhận ra", "drill score, phần 4"},
    {"17.00", "Kết thúc: tiêu huỷ giấy diễn tập, xoá thư mục bài tập", ""},
});

void write_front(BookDraft& draft) {
  draft.title("SỔ TAY NGƯỜI HƯỚNG DẪN\nTẬP HUẤN KIỂM PHIẾU");
  draft.text(Words{{"Một ngày, cho ban kiểm phiếu và cán bộ kỹ thuật", false, true}});
  draft.heading("1. Chuẩn bị và thời gian biểu", false);
  draft.text(
      "Sổ tay này do chương trình lập. Bài tập buổi sáng lấy từ bộ tình huống của chương trình; lời giải ở "
      "phần 5 do chính bộ phận đếm và "
      "xét kết quả của chương trình tính ra lúc lập sổ, không ai gõ vào. Mọi tên người là tên đặt ra. Sao "
      "phần 2 cho học viên, giữ lại "
      "phần 3, 4, 5.");
  draft.item(
      "Phòng có bàn cho từng đội, mỗi đội hai máy tính có chương trình, bút hai màu, một bộ phiếu giấy của "
      "bài thực hành 1.");
  draft.item(
      "In phiếu giấy từ hôm trước (lệnh drill print ở phần 3), khổ A4 đúng cỡ, cắt theo đường chấm, giữ "
      "nguyên thứ tự, kẹp từng xấp với bìa.");
  draft.item("Đáp án để trong thư mục riêng của người hướng dẫn; máy của đội không có thư mục ấy.");
  draft.item(
      "Mọi tờ giấy, mọi tệp của buổi tập đều ghi DIỄN TẬP. Không dùng danh sách, con dấu, phiếu thật.");
  Table hours;
  hours.columns = {{1, Align::center}, {7, Align::left}, {2.4, Align::left}};
  hours.head = {{{"Giờ"}}, {{"Nội dung"}}, {{"Dùng"}}};
  for (const Hour& hour : kHours) {
    hours.rows.push_back(
        {Words{{std::string(hour.from)}}, {{std::string(hour.what)}}, {{std::string(hour.with)}}});
  }
  hours.size = 11;
  hours.before = 8;
  draft.table(std::move(hours));
}

void write_end(BookDraft& draft) {
  draft.heading("6. Câu hỏi để rút kinh nghiệm", false);
  for (const char* question : {
           "Đội nhận ra điều bất thường đầu tiên lúc nào? Có thể nhận ra sớm hơn ở bước nào?",
           "Con số nào đã được đếm bằng tay trước khi nhìn vào máy? Con số nào chỉ tin máy?",
           "Có lúc nào một người tự sửa, tự kết luận một mình không? Vì sao quy định cần hai người?",
           "Có ai nói số phiếu của người nào trước khi có kết quả không?",
           "Nếu chuyện này xảy ra ở đại hội thật, ai phải được báo, bằng lời nào, trước khi làm gì tiếp?",
           "Đội đã báo lỗi nào mà thật ra không có? Điều gì làm đội nghĩ vậy?",
       })
    draft.item(question);
}

}  // namespace

void BookDraft::title(const std::string& text) {
  add(Paragraph{{{text, true}}, 22, Align::center, 0, 0, 30, true});
}

void BookDraft::heading(const std::string& text, bool new_page) {
  add(Paragraph{{{text, true}}, 15, Align::left, 0, 0, 18, true, new_page});
}

void BookDraft::subheading(const std::string& text) {
  add(Paragraph{{{text, true}}, kBody, Align::left, 0, 0, 10, true});
}

void BookDraft::text(Words words, bool keep) {
  add(Paragraph{std::move(words), kBody, Align::justify, 0, 0, 5, keep});
}

void BookDraft::item(const std::string& words) {
  add(Paragraph{{{"– " + words}}, kBody, Align::justify, 0, -9, 2, false});
}

void BookDraft::command(const std::string& words) {
  add(Paragraph{{{words, true}}, 10.5, Align::left, 18, -18, 2, false});
}

void BookDraft::table(Table table) {
  document.body.emplace_back(std::move(table));
}

paper::Document make_book() {
  BookDraft draft;
  paper::Document& document = draft.document;
  document.title = "Sổ tay người hướng dẫn tập huấn kiểm phiếu";
  document.date = "2025-10-15";  // of every case of the scenario set
  document.watermark = "DIỄN TẬP";
  document.first_head = {{"TÀI LIỆU DIỄN TẬP – không phải kết quả thật", true}};
  document.later_head = {{"TÀI LIỆU DIỄN TẬP – không phải kết quả thật", true},
                         {"\nSổ tay người hướng dẫn tập huấn kiểm phiếu", false, true}};
  document.foot = {
      {{"Lời giải do chương trình tính từ bộ tình huống; căn cứ ghi «chưa kiểm chứng» phải xem lại văn bản "
        "gốc trước khi dùng"}}};
  write_front(draft);
  write_exercises(draft);
  write_drills(draft);
  write_plants(draft);
  write_answers(draft);
  write_end(draft);
  return std::move(draft.document);
}

}  // namespace kp
