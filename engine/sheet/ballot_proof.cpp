#include "sheet/ballot_proof.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "base/text.h"
#include "proceedings/ballot_proof.h"
#include "sheet/form_parts.h"
#include "sheet/printed_ballot.h"
#include "sheet/spoken_time.h"

namespace kp {
namespace {

using paper::Align;
using paper::Paragraph;
using paper::Points;
using paper::Table;
using paper::Words;

/// What the list tells of a person besides the name, where it does.
struct Detail {
  std::string_view key;
  Text head;
  Points share;
};
constexpr auto kDetails = std::to_array<Detail>({{"sex", {"Giới", "Sex"}, 1},
                                                 {"born", {"Ngày sinh", "Born"}, 2},
                                                 {"ethnicity", {"Dân tộc", "Ethnicity"}, 1.3},
                                                 {"joined", {"Vào Đảng", "Joined"}, 2},
                                                 {"degree", {"Trình độ", "Degree"}, 2},
                                                 {"title", {"Chức vụ, đơn vị", "Title"}, 3.4}});

/// Writes the sheet of one contest, part by part.
class Sheet {
 public:
  Sheet(const Congress& congress, const Contest& contest, Language language)
      : congress_(congress),
        contest_(contest),
        language_(language),
        document_(empty_form(congress, title(), language)) {}

  paper::Document make(const std::string& congress_sha256) && {
    const std::string digest = ballot_digest(contest_);
    document_.watermark = congress_.purpose == Purpose::practice
                              ? say("DIỄN TẬP – BẢN IN THỬ", "PRACTICE – PROOF")
                              : say("BẢN IN THỬ", "PROOF");
    document_.body.emplace_back(form_head(congress_, language_));
    document_.body.emplace_back(centred({{title(), true}}, 15, 12));
    document_.body.emplace_back(centred({{title_with_round(contest_, language_), true}}, 13, 2));
    document_.body.emplace_back(centred({{congress_.title}}, 12.5, 1));
    text(terms(), 8);
    section(say("Danh sách, theo thứ tự trên phiếu", "The list, in ballot order"));
    document_.body.emplace_back(list());
    add_rules();
    section(say("Mã số của danh sách và mẫu phiếu này (SHA-256), mười sáu nhóm",
                "The digest of this list and ballot (SHA-256), sixteen groups"));
    document_.body.emplace_back(groups(digest));
    add_what_to_do();
    document_.body.emplace_back(signature_line(
        {say("NGƯỜI SOÁT THỨ NHẤT", "FIRST READER"), say("NGƯỜI SOÁT THỨ HAI", "SECOND READER")}, language_));
    add_ballot();
    document_.foot.push_back(
        {{say("Tệp định nghĩa đại hội (SHA-256): ", "The congress's definition (SHA-256): ") +
          in_groups_of_four(congress_sha256)}});
    return std::move(document_);
  }

 private:
  [[nodiscard]] std::string say(std::string_view vi, std::string_view en) const {
    return said({vi, en}, language_);
  }
  [[nodiscard]] std::string title() const {
    return say("BẢN SOÁT PHIẾU TRƯỚC KHI IN", "PROOF OF THE BALLOT BEFORE PRINTING");
  }
  void section(const std::string& words) {
    document_.body.emplace_back(Paragraph{{{words, true}}, 12.5, Align::left, 0, 0, 9, true});
  }
  void text(const std::string& words, Points before) {
    document_.body.emplace_back(Paragraph{{{words}}, 12, Align::justify, 0, 0, before});
  }

  [[nodiscard]] std::string terms() const {
    const bool persons = contest_.question != Question::survey;
    std::string text = fmt::format(
        fmt::runtime(persons ? say("{}. Danh sách: {} người.", "{}. On the list: {}.")
                             : say("{}. Nội dung trên phiếu: {}.", "{}. Questions on the ballot: {}.")),
        in_sentence_case(spoken(contest_.question).in(language_)), contest_.rows.size());
    if (has_seats(contest_.question))
      text += fmt::format(fmt::runtime(say(" Số lượng cần bầu: {}.", " To be elected: {}.")), contest_.seats);
    return text + fmt::format(fmt::runtime(say(" Mẫu phiếu: {}.", " Ballot: {}.")),
                              spoken(contest_.ballot).in(language_));
  }

  [[nodiscard]] std::string shown(const Row& row, std::string_view key) const {
    std::string value = text_of(row, key);
    if (key == "born" || key == "joined") return spoken_date(value, language_);
    if (key != "sex" || value.empty()) return value;
    return value == "female" ? say("nữ", "female") : say("nam", "male");
  }

  [[nodiscard]] Table list() const {
    Table table;
    table.columns = {{0.8, Align::center}, {4, Align::left}};
    table.head = {
        {{say("Số", "No.")}},
        {{contest_.question == Question::survey ? say("Nội dung", "Question") : say("Họ và tên", "Name")}}};
    std::vector<std::string_view> keys;
    for (const Detail& detail : kDetails) {
      const bool used = std::any_of(contest_.rows.begin(), contest_.rows.end(),
                                    [&](const Row& row) { return !text_of(row, detail.key).empty(); });
      if (!used) continue;
      keys.push_back(detail.key);
      table.columns.push_back({detail.share, Align::left});
      table.head.push_back({{said(detail.head, language_)}});
    }
    for (const Row& row : contest_.rows) {
      std::vector<Words> cells = {{{std::to_string(row.no)}}, {{row.name, true}}};
      for (const std::string_view key : keys) cells.push_back({{shown(row, key)}});
      table.rows.push_back(std::move(cells));
    }
    table.size = keys.size() > 3 ? 10.5 : 11.5;
    table.before = 4;
    return table;
  }

  // How it is marked, and where its stamp goes, by article.
  void add_rules() {
    if (contest_.ballot != BallotForm::strike && contest_.ballot != BallotForm::agree) return;
    section(say("Mẫu phiếu và cách ghi phiếu theo quy chế", "The form of the ballot, by the regulations"));
    for (const RuleId id :
         {contest_.ballot == BallotForm::strike ? RuleId::ballot_strike : RuleId::ballot_agree,
          RuleId::ballot_stamp}) {
      const Rule rule = rule_row(congress_.regulation, id);
      std::string line =
          fmt::format("– {} [{}]", rule.text.in(language_), citation(rule.document, rule.article, language_));
      if (const std::string note = unverified_note(rule, language_); !note.empty()) line += " " + note;
      text(line, 2);
    }
  }

  [[nodiscard]] Table groups(const std::string& digest) const {
    constexpr std::size_t kAcross = 8;
    Table table;
    table.columns.assign(kAcross, {1, Align::center});
    for (std::size_t number = 1; number <= kDigestGroups; ++number) {
      if (number % kAcross == 1) table.rows.emplace_back();
      table.rows.back().push_back({{fmt::format("{}{}\n", number, reader_of(number)), false, true},
                                   {std::string(digest_group(digest, number)), true}});
    }
    table.size = 12.5;
    table.before = 4;
    table.whole = true;
    table.keep_with_next = true;
    return table;
  }

  // Who types a group, behind its number.
  [[nodiscard]] static std::string reader_of(std::size_t number) {
    for (std::size_t reader = 0; reader < kGroupsToType.size(); ++reader) {
      const auto& [one, two] = kGroupsToType[reader];
      if (number == one || number == two) return reader == 0 ? " (I)" : " (II)";
    }
    return "";
  }

  void add_what_to_do() {
    document_.body.emplace_back(Paragraph{
        {{say("Hai người đối chiếu từng dòng trên giấy này với danh sách đại hội (hội nghị) đã thông qua: đủ "
              "người, đúng thứ tự, đúng từng chữ, từng dấu; đúng số lượng cần bầu. Đúng cả rồi mới đọc từ "
              "giấy mà gõ vào máy: ",
              "Two people read every line of this paper against the list that was approved: everyone is "
              "there, in the right order, every letter and accent right; the number to be elected is right. "
              "Only then they type from the paper: ")},
         {fmt::format(fmt::runtime(say(
                          "người thứ nhất nhóm {} và nhóm {} (I), người thứ hai nhóm {} và nhóm {} (II). ",
                          "the first reader groups {} and {} (I), the second one groups {} and {} (II). ")),
                      kGroupsToType[0][0], kGroupsToType[0][1], kGroupsToType[1][0], kGroupsToType[1][1]),
          true},
         {say("Máy ghi vào sổ rồi mới in phiếu.", "When that is in the record, the ballots are printed.")}},
        12,
        Align::justify,
        0,
        0,
        6});
  }

  void add_ballot() {
    const SlipSize size = slip_size(contest_);
    paper::Slips slips{size.width, size.height, printed_ballot(congress_, contest_)};
    for (std::size_t i = 0; i < slips.slips.size(); ++i) {
      slips.slips[i].stamp = "CHỖ\nĐÓNG DẤU";
      slips.slips[i].edge = {{"BẢN IN THỬ – không phải phiếu, không bỏ vào hòm", true}};
      if (slips.slips.size() > 1)
        slips.slips[i].edge.push_back({fmt::format(" · tờ {}/{}", i + 1, slips.slips.size())});
    }
    document_.body.emplace_back(std::move(slips));
  }

  const Congress& congress_;
  const Contest& contest_;
  Language language_;
  paper::Document document_;
};

}  // namespace

paper::Document make_ballot_proof(const Congress& congress, const Contest& contest,
                                  const std::string& congress_sha256, Language language) {
  return Sheet(congress, contest, language).make(congress_sha256);
}

}  // namespace kp
