#include "sheet/minutes.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "base/text.h"
#include "sheet/bilingual.h"
#include "sheet/form_parts.h"
#include "sheet/minutes_draft.h"

namespace kp {
namespace {

using paper::Align;
using paper::Paragraph;
using paper::Table;
using paper::Words;

constexpr std::size_t kMostBoxesTogether = 9;  // more members than this sign on two pages if need be

Words signature(const std::string& role, const std::string& hint, const std::string& name) {
  return {{role, true}, {"\n" + hint, false, true}, {"\n\n\n\n"}, {name, true}};
}

// One line to be filled in by hand, never on another page than the signatures.
void write_line(Draft& draft, const std::string& words, paper::Points before) {
  draft.add(Paragraph{{{words}}, kBody, Align::justify, 0, 0, before, true});
}

void write_closing(Draft& draft) {
  write_line(
      draft,
      draft.say("Phiếu đã kiểm được niêm phong (số niêm phong ………………) và bàn giao cho đoàn chủ tịch (chủ "
                "trì hội nghị).",
                "The ballots were sealed (seal ………………) and handed to the presidium (the chair)."),
      10);
  write_line(
      draft,
      draft.say("Biên bản lập xong lúc …… giờ …… phút, ngày …… tháng …… năm ………, thành …… bản, đã đọc để "
                "những người ký tên cùng nghe.",
                "Drawn up at …… : ……, on ………………, in …… copies, and read to those who sign."),
      3);
}

void write_signatures(Draft& draft) {
  const bool opinion = draft.asks(Question::opinion);
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
  table.rows = {{signature(chair_of(draft), hint, ""),
                 signature(head_role, hint, people == nullptr ? "" : head_of(*people))}};
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
  document.title = title_of(draft) + " – " + draft.result().at("contest").at("title").string();
  document.date = draft.result().at("congress").at("date").string();
  document.page_word = draft.say("Trang", "Page");
  document.later_head = {{document.title, false, true}};
  if (draft.result().at("purpose").string() == word(Purpose::practice)) {
    mark_practice(document, {"BẢN DIỄN TẬP – không phải kết quả thật", "PRACTICE – not a real result"},
                  draft.language());
  }
  document.foot = {
      {{draft.say("Mã số kết quả (SHA-256): ", "Digest (SHA-256): ")}, {in_groups_of_four(draft.sha256())}},
      {{draft.say("Gốc của sổ trước kết quả: ", "Root of the record before it: ")},
       {in_groups_of_four(record.at("root").string())}},
      {{fmt::format(fmt::runtime(draft.say("Sổ {}, {} mục", "Record {}, {} entries")),
                    record.at("id").string(), record.at("size").integer())}}};
}

}  // namespace

std::string chair_of(const Draft& draft) {
  const CongressKind kind =
      named<CongressKind>(draft.contest() == nullptr
                              ? std::string_view(draft.result().at("congress").at("kind").string())
                              : word(kind_of(draft.before()->history.congress, draft.contest()->contest)))
          .value_or(CongressKind::delegates);
  const bool meeting = kind == CongressKind::committee || kind == CongressKind::inspection;
  return meeting ? draft.say("CHỦ TRÌ HỘI NGHỊ", "CHAIR OF THE MEETING")
                 : draft.say("T/M ĐOÀN CHỦ TỊCH", "FOR THE PRESIDIUM");
}

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

namespace {

paper::Document minutes_in(const Json& result, const std::string& sha256, const BeforeResult* before,
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
  write_decisions(draft);
  write_reading(draft);
  write_acts(draft);
  write_rules(draft);
  write_ties(draft);
  write_closing(draft);
  write_signatures(draft);
  return std::move(draft.document);
}

}  // namespace

PaperLanguage paper_language(Language language) {
  return language == Language::vi ? PaperLanguage::vi : PaperLanguage::en;
}

paper::Document make_minutes(const Json& result, const std::string& sha256, const BeforeResult* before,
                             PaperLanguage language) {
  if (language == PaperLanguage::en) return minutes_in(result, sha256, before, Language::en);
  paper::Document vietnamese = minutes_in(result, sha256, before, Language::vi);
  if (language == PaperLanguage::vi) return vietnamese;
  return laid_together(std::move(vietnamese), minutes_in(result, sha256, before, Language::en));
}

}  // namespace kp
