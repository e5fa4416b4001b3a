#include "sheet/minutes.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "base/text.h"
#include "sheet/minutes_draft.h"

namespace kp {
namespace {

using paper::Align;
using paper::Paragraph;
using paper::Table;
using paper::Words;

constexpr paper::Points kBody = 12.5;
constexpr paper::Points kTitle = 15;
constexpr paper::Points kHead = 13;
constexpr std::size_t kMostBoxesTogether = 9;  // more members than this sign on two pages if need be

std::string title_of(const Draft& draft) {
  if (draft.asks(Question::opinion))
    return draft.say("BIÊN BẢN KIỂM PHIẾU XIN Ý KIẾN", "MINUTES OF THE OPINION POLL");
  if (draft.asks(Question::withdrawal)) {
    return draft.say("BIÊN BẢN KIỂM PHIẾU XIN Ý KIẾN VỀ VIỆC RÚT TÊN", "MINUTES OF THE WITHDRAWAL POLL");
  }
  if (draft.asks(Question::introduction))
    return draft.say("BIÊN BẢN KIỂM PHIẾU GIỚI THIỆU NHÂN SỰ", "MINUTES OF THE INTRODUCTION POLL");
  if (draft.asks(Question::confidence))
    return draft.say("BIÊN BẢN KIỂM PHIẾU LẤY PHIẾU TÍN NHIỆM", "MINUTES OF THE CONFIDENCE VOTE");
  if (draft.asks(Question::rating))
    return draft.say("BIÊN BẢN KIỂM PHIẾU ĐÁNH GIÁ, XẾP LOẠI", "MINUTES OF THE RATING VOTE");
  if (draft.asks(Question::survey))
    return draft.say("BIÊN BẢN KIỂM PHIẾU LẤY Ý KIẾN", "MINUTES OF THE SURVEY");
  return draft.say("BIÊN BẢN KIỂM PHIẾU", "MINUTES OF THE COUNT");
}

// "ngày 05 tháng 02 năm 2025": a zero before days below 10 and months below 3, as papers have it.
std::string date_line(const Draft& draft) {
  const std::string& date = draft.result().at("congress").at("date").string();
  const std::string year = date.substr(0, 4);
  std::string month = date.substr(5, 2);
  if (month[0] == '0' && month[1] > '2') month.erase(0, 1);
  const std::string day = date.substr(8, 2);
  const std::string place = draft.before() == nullptr ? "" : draft.before()->history.congress.place;
  if (draft.language() == Language::en) return place + (place.empty() ? "" : ", ") + date;
  return fmt::format("{} {} tháng {} năm {}", place.empty() ? "Ngày" : place + ", ngày", day, month, year);
}

void write_head(Draft& draft) {
  const std::string superior = draft.before() == nullptr ? "" : draft.before()->history.congress.superior;
  Words unit;
  if (!superior.empty()) unit.push_back({in_capitals(superior) + "\n"});
  unit.push_back({in_capitals(draft.result().at("congress").at("unit").string()), true});
  unit.push_back({"\n*"});
  const Words party = {
      {draft.say("ĐẢNG CỘNG SẢN VIỆT NAM", "COMMUNIST PARTY OF VIET NAM"), true, false, true},
      {"\n\n"},
      {date_line(draft), false, true}};
  Table head;
  head.columns = {{1, Align::center}, {1.15, Align::center}};
  head.rows = {{unit, party}};
  head.size = kHead;
  head.ruled = false;
  draft.add(head);
}

void centred(Draft& draft, Words words, paper::Points size, paper::Points before) {
  draft.add(Paragraph{std::move(words), size, Align::center, 0, 0, before, true});
}

void write_title(Draft& draft) {
  const Json& contest = draft.result().at("contest");
  const Json& congress = draft.result().at("congress");
  centred(draft, {{title_of(draft), true}}, kTitle, 14);
  centred(draft, {{contest.at("title").string(), true}}, kHead, 1);
  centred(draft, {{congress.at("title").string()}}, kBody, 1);
  centred(draft, {{draft.say("Nhiệm kỳ ", "Term ") + congress.at("term").string()}}, kBody, 0);
  const std::int64_t round = contest.at("round").integer();
  if (contest.at("revote").boolean()) {
    centred(draft,
            {{fmt::format(fmt::runtime(draft.say("(Lần thứ {}: bầu lại giữa những người bằng phiếu)",
                                                 "(Round {}: a new vote among the tied)")),
                          round),
              false, true}},
            kBody, 1);
  } else if (round > 1) {
    centred(draft,
            {{fmt::format(fmt::runtime(draft.say("(Bầu lần thứ {})", "(Round {})")), round), false, true}},
            kBody, 1);
  }
}

void write_basis(Draft& draft) {
  const bool old = draft.result().at("regulation").string() == word(Regulation::qd_244_2014);
  if (draft.asks(Question::confidence) || draft.asks(Question::rating) || draft.asks(Question::survey)) {
    draft.text(Words{{draft.say("Căn cứ các quy định ghi ở cuối biên bản này.",
                                "On the rules named at the end of these minutes."),
                      false, true}},
               12);
    return;
  }
  draft.text(
      Words{
          {old ? draft.say("Căn cứ Quy chế bầu cử trong Đảng ban hành kèm theo Quyết định số 244-QĐ/TW ngày "
                           "09/6/2014 của Ban Chấp hành Trung ương.",
                           "On the election regulations of the Party, decision 244-QĐ/TW of 9 June 2014.")
               : draft.say(
                     "Căn cứ Quy chế bầu cử trong Đảng ban hành kèm theo Quyết định số 190-QĐ/TW ngày "
                     "10/10/2024 của Ban Chấp hành Trung ương.",
                     "On the election regulations of the Party, decision 190-QĐ/TW of 10 October 2024."),
           false, true}},
      12);
}

// The team of an opinion poll is not the counting board (190-QĐ/TW guidance, R3.4).
std::string board_name(const Draft& draft) {
  return draft.asks(Question::opinion) ? draft.say("Tổ giúp việc kiểm phiếu", "The team counting the poll")
                                       : draft.say("Ban kiểm phiếu", "The counting board");
}

const Board* board(const Draft& draft) {
  return draft.contest() == nullptr ? nullptr
                                    : &board_of(draft.before()->history.congress, draft.contest()->contest);
}

std::string names_with(const Board& board, Role role) {
  std::string names;
  for (const BoardMember& member : board) {
    if (member.role == role) names += (names.empty() ? "" : ", ") + member.name;
  }
  return names;
}

void write_board(Draft& draft) {
  const Board* people = board(draft);
  if (people == nullptr) {
    draft.text(draft.say(
        "In từ tệp kết quả, chưa đối chiếu với sổ kiểm phiếu: không ghi tên ban kiểm phiếu, số có mặt, "
        "các kết luận về phiếu và các lần sửa.",
        "Printed from the result file, not compared with the record: the board, the attendance, rulings "
        "and corrections are not shown."));
    return;
  }
  std::string text = board_name(draft) + draft.say(" gồm: ", ": ") + names_with(*people, Role::head) +
                     draft.say(" (trưởng ban)", " (head)");
  if (draft.asks(Question::opinion))
    text = board_name(draft) + draft.say(" gồm: ", ": ") + names_with(*people, Role::head) +
           draft.say(" (tổ trưởng)", " (head)");
  const std::string members = names_with(*people, Role::member);
  if (!members.empty()) text += draft.say("; uỷ viên: ", "; members: ") + members;
  const std::string technicians = names_with(*people, Role::technician);
  if (!technicians.empty())
    text += draft.say("; cán bộ kỹ thuật giúp việc: ", "; technicians: ") + technicians;
  draft.text(text + ".");
}

Words signature(const std::string& role, const std::string& hint, const std::string& name) {
  return {{role, true}, {"\n" + hint, false, true}, {"\n\n\n\n"}, {name, true}};
}

void write_signatures(Draft& draft) {
  // Nobody signs a page on which nothing else stands.
  if (auto* last = std::get_if<Paragraph>(&draft.document.body.back())) last->keep_with_next = true;
  draft.add(Paragraph{
      {{draft.say("Biên bản lập xong lúc …… giờ …… phút, ngày …… tháng …… năm ………, thành …… bản, đã đọc để "
                  "những người ký tên cùng nghe.",
                  "Drawn up at …… : ……, on ………………, in …… copies, and read to those who sign.")}},
      kBody,
      Align::justify,
      0,
      0,
      10,
      true});
  const bool opinion = draft.asks(Question::opinion);
  const CongressKind kind =
      named<CongressKind>(draft.contest() == nullptr
                              ? std::string_view(draft.result().at("congress").at("kind").string())
                              : word(kind_of(draft.before()->history.congress, draft.contest()->contest)))
          .value_or(CongressKind::delegates);
  const bool meeting = kind == CongressKind::committee || kind == CongressKind::inspection;
  const std::string chair = meeting ? draft.say("CHỦ TRÌ HỘI NGHỊ", "CHAIR OF THE MEETING")
                                    : draft.say("T/M ĐOÀN CHỦ TỊCH", "FOR THE PRESIDIUM");
  const std::string head_role = opinion ? draft.say("TỔ TRƯỞNG", "HEAD OF THE TEAM")
                                        : draft.say("TRƯỞNG BAN KIỂM PHIẾU", "HEAD OF THE COUNTING BOARD");
  const std::string member_role = draft.say("UỶ VIÊN", "MEMBER");
  const std::string hint = draft.say("(ký, ghi rõ họ tên)", "(signature, full name)");
  const Board* people = board(draft);
  Table table;
  table.columns = {{1, Align::center}, {1, Align::center}};
  table.size = kBody;
  table.ruled = false;
  table.before = 10;
  table.rows = {
      {signature(chair, hint, ""), signature(head_role, hint, people == nullptr ? "" : head_of(*people))}};
  std::vector<Words> boxes;
  for (const BoardMember& member : people == nullptr ? Board() : *people) {
    if (member.role == Role::member)
      boxes.push_back(signature(member_role, draft.say("(ký)", "(signature)"), member.name));
  }
  if (people == nullptr) boxes = {signature(draft.say("CÁC UỶ VIÊN", "MEMBERS"), hint, "")};
  table.keep_with_next = !boxes.empty() && boxes.size() <= kMostBoxesTogether;
  draft.add(table);
  if (boxes.empty()) return;
  // Four stand two by two, many four abreast.
  const std::size_t across = boxes.size() > kMostBoxesTogether ? 4
                             : boxes.size() == 4               ? 2
                                                               : std::min<std::size_t>(boxes.size(), 3);
  Table members;
  members.columns.assign(across, {1, Align::center});
  members.size = 12;
  members.ruled = false;
  members.before = 10;
  members.whole = table.keep_with_next;
  for (std::size_t i = 0; i < boxes.size(); i += across) {
    std::vector<Words> row(boxes.begin() + static_cast<std::ptrdiff_t>(i),
                           boxes.begin() + static_cast<std::ptrdiff_t>(std::min(i + across, boxes.size())));
    row.resize(across, Words{{""}});
    if (i > 0) {
      for (Words& box : row) box.insert(box.begin(), {"\n"});
    }
    members.rows.push_back(std::move(row));
  }
  draft.add(members);
}

void write_edges(Draft& draft) {
  paper::Document& document = draft.document;
  const Json& record = draft.result().at("record");
  const bool practice = draft.result().at("purpose").string() == word(Purpose::practice);
  document.title = title_of(draft) + " – " + draft.result().at("contest").at("title").string();
  document.date = draft.result().at("congress").at("date").string();
  document.page_word = draft.say("Trang", "Page");
  document.later_head = {{document.title, false, true}};
  if (practice) {
    document.watermark = draft.say("BẢN DIỄN TẬP", "PRACTICE");
    const paper::Span banner = {
        draft.say("BẢN DIỄN TẬP – không phải kết quả thật", "PRACTICE – not a real result"), true};
    document.first_head = {banner};
    document.later_head.insert(document.later_head.begin(), {banner, {"\n"}});
  }
  document.foot = {{{draft.say("Mã số kết quả (SHA-256): ", "Digest of the result (SHA-256): ")},
                    {in_groups_of_four(draft.sha256())}},
                   {{draft.say("Gốc của sổ trước kết quả: ", "Root of the record before it: ")},
                    {in_groups_of_four(record.at("root").string())}},
                   {{fmt::format(fmt::runtime(draft.say("Sổ {}, {} mục", "Record {}, {} entries")),
                                 record.at("id").string(), record.at("size").integer())}}};
}

}  // namespace

Draft::Draft(const Json& result, std::string sha256, const BeforeResult* before, Language language)
    : result_(result), sha256_(std::move(sha256)), before_(before), language_(language) {
  if (before_ != nullptr) contest_ = before_->history.find(result_.at("contest").at("id").string());
}

std::string Draft::say(std::string_view vi, std::string_view en) const {
  return std::string(Text{vi, en}.in(language_));
}

bool Draft::asks(Question question) const {
  return result_.at("contest").at("question").string() == word(question);
}

std::int64_t Draft::figure(std::string_view group, std::string_view key) const {
  return result_.at(group).at(key).integer();
}

const Json& Draft::row(const Json& no) const {
  return result_.at("rows").array()[static_cast<std::size_t>(no.integer() - 1)];
}

void Draft::section(const std::string& title) {
  add(Paragraph{{{fmt::format("{}. {}", ++sections_, title), true}}, kBody, Align::left, 0, 0, 9, true});
}

void Draft::text(Words words, paper::Points before) {
  add(Paragraph{std::move(words), kBody, Align::justify, 0, 0, before, false});
}

void Draft::item(const std::string& words, paper::Points size) {
  add(Paragraph{{{"– " + words}}, size, Align::justify, 0, -9, 2, false});
}

paper::Document make_minutes(const Json& result, const std::string& sha256, const BeforeResult* before,
                             Language language) {
  Draft draft(result, sha256, before, language);
  write_edges(draft);
  write_head(draft);
  write_title(draft);
  write_basis(draft);
  write_board(draft);
  write_figures(draft);
  write_votes(draft);
  write_elected(draft);
  write_outcome(draft);
  write_reading(draft);
  write_acts(draft);
  write_rules(draft);
  write_ties(draft);
  write_signatures(draft);
  return std::move(draft.document);
}

}  // namespace kp
