// Minutes: their head in the form of the Party's papers, title, legal basis, the board that counts.
//
// The form is the one of guidance 36-HD/VPTW (2018) on the layout of documents of the Party.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "sheet/form_parts.h"
#include "sheet/minutes_draft.h"

namespace kp {
namespace {

using paper::Align;
using paper::Paragraph;
using paper::Table;
using paper::Words;

constexpr paper::Points kTitle = 15;
constexpr paper::Points kHead = 13;
constexpr paper::Points kBasis = 11.5;

// "ngày 05 tháng 02 năm 2025": a zero before days below 10 and months below 3, as papers have it.
std::string spoken_date(const Draft& draft) {
  const std::string& date = draft.result().at("congress").at("date").string();
  if (draft.language() == Language::en) return date;
  std::string month = date.substr(5, 2);
  if (month[0] == '0' && month[1] > '2') month.erase(0, 1);
  return fmt::format("ngày {} tháng {} năm {}", date.substr(8, 2), month, date.substr(0, 4));
}

std::string place_of(const Draft& draft) {
  return draft.before() == nullptr ? std::string() : draft.before()->history.congress.place;
}

// From the widest to who draws the paper up; a congress's title often names its unit already.
Words issuers(const Draft& draft) {
  const Json& congress = draft.result().at("congress");
  const std::string superior = draft.before() == nullptr ? "" : draft.before()->history.congress.superior;
  const std::string unit = in_capitals(congress.at("unit").string());
  const std::string title = in_capitals(congress.at("title").string());
  Words words;
  if (!superior.empty()) words.push_back({in_capitals(superior) + "\n"});
  if (title.find(unit) == std::string::npos) words.push_back({unit + "\n"});
  words.push_back({title + "\n", true});
  // The team of an opinion poll is not the counting board (190-QĐ/TW guidance, R3.4).
  const std::string board = draft.asks(Question::opinion)
                                ? draft.say("TỔ GIÚP VIỆC KIỂM PHIẾU", "TEAM COUNTING THE POLL")
                                : draft.say("BAN KIỂM PHIẾU", "COUNTING BOARD");
  words.push_back({board, true});
  words.push_back({"\n*\n"});
  words.push_back({draft.say("Số ………", "No. ………")});
  return words;
}

// What a basis names: a document, the articles of it, and whether each was compared with the signed text.
struct Basis {
  std::string document;
  bool unverified = false;                             ///< of the document as a whole
  std::vector<std::pair<std::string, bool>> articles;  ///< each with whether it is unverified
};

class Bases {
 public:
  void add(std::string_view document, std::string_view articles, bool unverified) {
    if (document == "-") return;
    auto basis =
        std::find_if(all_.begin(), all_.end(), [&](const Basis& b) { return b.document == document; });
    if (basis == all_.end()) basis = all_.insert(all_.end(), Basis{std::string(document), false, {}});
    if (articles == "-") {
      basis->unverified = basis->unverified || unverified;
      return;
    }
    while (!articles.empty()) {
      const std::size_t comma = articles.find(", ");
      // "Phụ lục 2, mẫu 5" is one place, "30(2), 30(3)" are two.
      const bool two = comma != std::string_view::npos && is_number(articles.substr(comma + 2));
      add_article(*basis, std::string(articles.substr(0, two ? comma : articles.size())), unverified);
      articles.remove_prefix(two ? comma + 2 : articles.size());
    }
  }

  // The regulation itself first, then as the steps came.
  [[nodiscard]] std::vector<Basis> sorted() && {
    for (Basis& basis : all_) {
      std::stable_sort(basis.articles.begin(), basis.articles.end(), [](const auto& one, const auto& other) {
        return std::pair(number_of(one.first), one.first) < std::pair(number_of(other.first), other.first);
      });
    }
    return std::move(all_);
  }

 private:
  static bool is_number(std::string_view text) {
    return !text.empty() && '0' <= text.front() && text.front() <= '9';
  }

  static int number_of(std::string_view article) {
    int number = 1000;  // what has no number stands last
    std::from_chars(article.data(), article.data() + article.size(), number);
    return number;
  }

  static void add_article(Basis& basis, std::string article, bool unverified) {
    for (auto& [name, marked] : basis.articles) {
      if (name != article) continue;
      marked = marked || unverified;
      return;
    }
    basis.articles.emplace_back(std::move(article), unverified);
  }

  std::vector<Basis> all_;
};

// Documents by the name that papers give them; one that is not here is named as it is cited.
std::string name_of(const Draft& draft, const std::string& document) {
  struct Known {
    std::string_view cited;
    Text name;
  };
  constexpr auto kKnown = std::to_array<Known>({
      {"190-QĐ/TW",
       {"Quy chế bầu cử trong Đảng ban hành kèm theo Quyết định số 190-QĐ/TW ngày 10/10/2024 của Ban Chấp "
        "hành "
        "Trung ương",
        "the election regulations of the Party, decision 190-QĐ/TW of 10 October 2024"}},
      {"244-QĐ/TW",
       {"Quy chế bầu cử trong Đảng ban hành kèm theo Quyết định số 244-QĐ/TW ngày 09/6/2014 của Ban Chấp "
        "hành "
        "Trung ương",
        "the election regulations of the Party, decision 244-QĐ/TW of 9 June 2014"}},
      {"04-HD/TW (2024)", {"Hướng dẫn số 04-HD/TW ngày 31/12/2024", "guidance 04-HD/TW of 31 December 2024"}},
      {"03-HD/TW (2020)", {"Hướng dẫn số 03-HD/TW ngày 20/3/2020", "guidance 03-HD/TW of 20 March 2020"}},
      {"24-QĐ/TW",
       {"Quy định số 24-QĐ/TW ngày 30/7/2021 về thi hành Điều lệ Đảng",
        "rules 24-QĐ/TW of 30 July 2021 on applying the Party's statutes"}},
      {"294-QĐ/TW",
       {"Quy định số 294-QĐ/TW ngày 26/5/2025 về thi hành Điều lệ Đảng",
        "rules 294-QĐ/TW of 26 May 2025 on applying the Party's statutes"}},
      {"Đại hội XII", {"cách làm tại Đại hội XII của Đảng", "the practice of the Party's 12th congress"}},
      {"96-QĐ/TW", {"Quy định số 96-QĐ/TW (2023)", "rules 96-QĐ/TW (2023)"}},
      {"366-QĐ/TW", {"Quy định số 366-QĐ/TW (2025)", "rules 366-QĐ/TW (2025)"}},
  });
  for (const Known& known : kKnown) {
    if (known.cited == document) return std::string(known.name.in(draft.language()));
  }
  return document;
}

std::string sentence_of(const Draft& draft, const Basis& basis) {
  constexpr std::string_view kMark = "*";  // hangs on what it marks, so that no line breaks between
  std::string text = draft.say("Căn cứ ", "On ") + name_of(draft, basis.document);
  if (basis.unverified) text += kMark;
  bool numbered = false;
  for (const auto& [article, unverified] : basis.articles) {
    text += ", ";
    const bool number = '0' <= article.front() && article.front() <= '9';
    if (number && !numbered) text += draft.say("điều ", "article ");
    numbered = numbered || number;
    text += article;
    if (unverified) text += kMark;
  }
  return text;
}

std::vector<Basis> bases_of(const Draft& draft) {
  Bases bases;
  const auto regulation = regulation_named(draft.result().at("regulation").string());
  const auto add_rule = [&](RuleId id) {
    const Rule rule = rule_row(*regulation, id);
    bases.add(rule.document, rule.article, rule.grade == Grade::unverified);
  };
  const bool elects =
      !draft.asks(Question::confidence) && !draft.asks(Question::rating) && !draft.asks(Question::survey);
  if (regulation && elects) add_rule(RuleId::board_duties);
  if (regulation && draft.asks(Question::opinion)) add_rule(RuleId::poll_minutes);
  for (const Json& step : draft.result().at("steps").array()) {
    bases.add(step.at("document").string(), step.at("article").string(),
              step.at("grade").string() == word(Grade::unverified));
  }
  return std::move(bases).sorted();
}

std::string names_with(const Board& board, Role role) {
  std::string names;
  for (const BoardMember& member : board) {
    if (member.role == role) names += (names.empty() ? "" : ", ") + member.name;
  }
  return names;
}

}  // namespace

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

const Board* board(const Draft& draft) {
  return draft.contest() == nullptr ? nullptr
                                    : &board_of(draft.before()->history.congress, draft.contest()->contest);
}

void write_head(Draft& draft) {
  const std::string place = place_of(draft);
  const std::string date =
      place.empty() ? in_sentence_case(spoken_date(draft)) : place + ", " + spoken_date(draft);
  const Words party = {
      {draft.say("ĐẢNG CỘNG SẢN VIỆT NAM", "COMMUNIST PARTY OF VIET NAM"), true, false, true},
      {"\n\n"},
      {date, false, true}};
  Table head;
  head.columns = {{1, Align::center}, {1.15, Align::center}};
  head.rows = {{issuers(draft), party}};
  head.size = kHead;
  head.ruled = false;
  draft.add(head);
}

void write_title(Draft& draft) {
  const Json& contest = draft.result().at("contest");
  draft.add(centred({{title_of(draft), true}}, kTitle, 14));
  draft.add(centred({{contest.at("title").string(), true}}, kHead, 1));
  draft.add(centred({{draft.say("Nhiệm kỳ ", "Term ") + draft.result().at("congress").at("term").string()}},
                    kBody, 1));
  const std::int64_t round = contest.at("round").integer();
  if (contest.at("revote").boolean()) {
    draft.add(
        centred({{fmt::format(fmt::runtime(draft.say("(Lần thứ {}: bầu lại giữa những người bằng phiếu)",
                                                     "(Round {}: a new vote among the tied)")),
                              round),
                  false, true}},
                kBody, 1));
  } else if (round > 1) {
    draft.add(centred(
        {{fmt::format(fmt::runtime(draft.say("(Bầu lần thứ {})", "(Round {})")), round), false, true}}, kBody,
        1));
  }
  draft.add(centred({{"-----"}}, kBody, 0));
}

void write_basis(Draft& draft) {
  bool marked = false;
  const std::vector<Basis> bases = bases_of(draft);
  for (const Basis& basis : bases) {
    const bool first = &basis == &bases.front();
    std::string text = sentence_of(draft, basis);
    marked = marked || text.find('*') != std::string::npos;
    draft.add(Paragraph{{{"– " + text + (&basis == &bases.back() ? "." : ";"), false, true}},
                        kBasis,
                        Align::justify,
                        0,
                        -9,
                        first ? 4.0 : 1.0,
                        false});
  }
  if (!marked) return;
  draft.add(Paragraph{
      {{draft.say("(*) Chưa đối chiếu với văn bản đã ký: phải đối chiếu trước khi dùng. Từng quy định "
                  "ghi ở cuối biên bản.",
                  "(*) Not verified against the signed text: check it before use. Each rule stands at "
                  "the end of these minutes."),
        false, true}},
      10,
      Align::justify,
      0,
      0,
      1,
      false});
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
  const std::string place = place_of(draft);
  std::string text = in_sentence_case(draft.say("", "on ") + spoken_date(draft));
  if (!place.empty()) text += draft.say(", tại ", ", at ") + place;
  text +=
      ", " + draft.say(draft.asks(Question::opinion) ? "tổ giúp việc kiểm phiếu" : "ban kiểm phiếu",
                       draft.asks(Question::opinion) ? "the team counting the poll" : "the counting board");
  text += draft.say(" gồm: ", ": ") + names_with(*people, Role::head) +
          draft.say(draft.asks(Question::opinion) ? " (tổ trưởng)" : " (trưởng ban)", " (head)");
  const std::string members = names_with(*people, Role::member);
  if (!members.empty()) text += draft.say("; uỷ viên: ", "; members: ") + members;
  const std::string technicians = names_with(*people, Role::technician);
  if (!technicians.empty())
    text += draft.say("; cán bộ kỹ thuật giúp việc: ", "; technicians: ") + technicians;
  draft.text(text + ".");
}

}  // namespace kp
