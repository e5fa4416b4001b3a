#include "kiemphieu/draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/canon.h"
#include "base/text.h"
#include "contest/definition.h"
#include "contest/list_rules.h"
#include "contest/majority.h"
#include "intake/name_list.h"
#include "sheet/spoken_time.h"

namespace kp {
namespace {

constexpr std::int64_t kMostPeople = 1'000'000'000;
constexpr std::int64_t kMostSeats = 4096;

template <class Enum>
std::vector<Choice> choices_of(std::initializer_list<Enum> values) {
  std::vector<Choice> choices;
  for (const Enum value : values) choices.push_back({word(value), spoken(value)});
  return choices;
}

template <class Enum>
Enum chosen(const std::string& answer, Enum otherwise) {
  return named<Enum>(answer).value_or(otherwise);
}

std::string first_error(const Findings& findings, Language language) {
  const auto it = std::find_if(findings.begin(), findings.end(),
                               [](const Finding& found) { return found.severity == Severity::error; });
  return it == findings.end() ? "" : message(*it, language);
}

std::string with_capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

CheckAnswer id_of(std::size_t least, std::size_t most, Language language) {
  return [=](std::string& answer) -> std::string {
    const bool good = answer.size() >= least && answer.size() <= most &&
                      answer.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
    if (good) return "";
    return fmt::format(
        fmt::runtime(language == Language::vi ? "mã gồm {} đến {} chữ thường không dấu, chữ số, gạch nối"
                                              : "an id is {} to {} lower-case letters, digits, hyphens"),
        least, most);
  };
}

/// Asks what a meeting is: its kind, electorate and board, of the congress or of one contest.
class Meeting {
 public:
  Meeting(Questions& questions, const Arguments& arguments) : questions_(questions), arguments_(arguments) {}

  CongressKind kind(CongressKind otherwise) {
    const std::string answer = questions_.choice(
        {"kind", {"Loại đại hội, hội nghị", "Kind of meeting"}, std::string(word(otherwise))},
        choices_of({CongressKind::delegates, CongressKind::members, CongressKind::committee,
                    CongressKind::inspection}));
    return chosen(answer, otherwise);
  }

  Electorate electorate(CongressKind kind) {
    Electorate electorate;
    electorate.summoned =
        questions_.number({"summoned", {"Số được triệu tập", "How many were summoned"}}, 1, kMostPeople);
    electorate.deductions =
        arguments_.has("deduct") ? deductions_given(arguments_) : deductions_asked(kind, electorate.summoned);
    const std::int64_t base = base_of(electorate).count;
    Ask present = {"present", {"Số có mặt", "How many are present"}, std::to_string(base)};
    present.rule = [&](std::string& answer) {
      Electorate with = electorate;
      std::from_chars(answer.data(), answer.data() + answer.size(), with.present);
      return first_error(check_electorate(kind, with, ""), arguments_.language());
    };
    electorate.present = questions_.number(present, 0, kMostPeople);
    return electorate;
  }

  Json board(const Json& rows) {
    for (const Json& row : rows.array()) standing_.push_back(row.at("name").string());
    Ask head = {"board", {"Trưởng ban kiểm phiếu (họ và tên)", "Head of the counting board (full name)"}};
    head.rule = [this](std::string& answer) { return not_for_board(answer); };
    Ask technician = {"technician", {"Cán bộ kỹ thuật (không kết luận về phiếu)", "Technician"}};
    technician.may_be_empty = true;
    technician.rule = head.rule;
    Json::Array board;
    for (const std::string& name :
         questions_.lines(head, {"Uỷ viên ban kiểm phiếu", "Member of the board"})) {
      board.push_back(Json::object({{"name", name}, {"role", board.empty() ? "head" : "member"}}));
    }
    for (const std::string& name : questions_.lines(technician, technician.text)) {
      board.push_back(Json::object({{"name", name}, {"role", "technician"}}));
    }
    return board;
  }

 private:
  std::vector<Deduction> deductions_asked(CongressKind kind, std::int64_t summoned) {
    std::vector<Deduction> asked;
    if (!questions_.talks()) return asked;
    std::int64_t left = summoned - 1;
    for (const std::string_view reason : deduction_reasons(kind)) {
      const std::string label =
          fmt::format("  {}: {}", arguments_.language() == Language::vi ? "trừ" : "less",
                      spoken_reason(reason).in(arguments_.language()));
      const std::int64_t count = questions_.number({"deduct", {label, label}, "0"}, 0, left);
      left -= count;
      if (count > 0) asked.push_back({std::string(reason), count});
    }
    return asked;
  }

  // Said while it is typed; what is given as an option is judged with the whole definition.
  std::string not_for_board(const std::string& name) {
    const std::string key = name_key(name);
    const auto is_it = [&](const std::string& known) { return name_key(known) == key; };
    if (std::any_of(standing_.begin(), standing_.end(), is_it))
      return message(finding(Code::board_candidate_on_board, "", {name}), arguments_.language());
    if (std::any_of(board_.begin(), board_.end(), is_it))
      return message(finding(Code::board_duplicate_name, "", {name}), arguments_.language());
    board_.push_back(name);
    return "";
  }

  Questions& questions_;
  const Arguments& arguments_;
  std::vector<std::string> standing_;
  std::vector<std::string> board_;
};

const Contest* find_contest(const std::vector<Contest>& known, const std::string& id) {
  const auto it =
      std::find_if(known.begin(), known.end(), [&](const Contest& other) { return other.id == id; });
  return it == known.end() ? nullptr : &*it;
}

// What a contest is called in commands: Vietnamese without its marks, since people will type it all evening.
std::string_view usual_id(const Contest& contest) {
  constexpr auto kOffices = std::to_array<std::pair<Office, std::string_view>>({
      {Office::committee, "ban-chap-hanh"},
      {Office::standing_committee, "ban-thuong-vu"},
      {Office::secretary, "bi-thu"},
      {Office::deputy_secretary, "pho-bi-thu"},
      {Office::inspection, "uy-ban-kiem-tra"},
      {Office::inspection_head, "chu-nhiem-ubkt"},
      {Office::inspection_deputy, "pho-chu-nhiem-ubkt"},
      {Office::delegates, "dai-bieu"},
      {Office::alternate_delegates, "dai-bieu-du-khuyet"},
  });
  constexpr auto kQuestions = std::to_array<std::pair<Question, std::string_view>>({
      {Question::election, "bau-cu"},
      {Question::opinion, "xin-y-kien"},
      {Question::withdrawal, "cho-rut"},
      {Question::introduction, "gioi-thieu"},
      {Question::confidence, "tin-nhiem"},
      {Question::rating, "xep-loai"},
      {Question::survey, "lay-y-kien"},
  });
  for (const auto& [office, id] : kOffices) {
    if (contest.question == Question::election && office == contest.office) return id;
  }
  for (const auto& [question, id] : kQuestions) {
    if (question == contest.question) return id;
  }
  return "bau-cu";
}

// A contest that was not yet thought of: its usual id, with a number when that is taken.
std::string free_id(std::string_view wanted, const std::vector<Contest>& known) {
  std::string id(wanted);
  for (int n = 2; find_contest(known, id) != nullptr; ++n) id = fmt::format("{}-{}", wanted, n);
  return id;
}

// What the rules of lists say to this many seats, in the words of the finding.
CheckAnswer seats_rule(const Contest& contest, const Congress& congress, Language language) {
  return [=](std::string& answer) {
    Contest with = contest;
    with.json = Json::object({});
    std::from_chars(answer.data(), answer.data() + answer.size(), with.seats);
    with.ballot = required_form(with.question, with.rows.size(), with.seats);
    return first_error(check_contest(congress, with, "", {}), language);
  };
}

/// Asks one contest together.
class ContestDraft {
 public:
  ContestDraft(Questions& questions, const Arguments& arguments, const DraftFor& draft_for)
      : questions_(questions), arguments_(arguments), for_(draft_for), language_(arguments.language()) {}

  Json make(const std::vector<Row>& rows) {
    Contest contest;
    const Contest* was = find_contest(for_.known, arguments_.text("contest"));
    ask_question(contest, was);
    contest.rows = in_ballot_order(rows, contest.question);
    if (has_seats(contest.question)) ask_seats(contest, was);
    const std::string id = ask_id(contest, was);
    const std::string title = ask_title(contest, was);
    Json::Array list;
    for (const Row& row : contest.rows) list.push_back(row.json);
    Json json = Json::object({{"id", id},
                              {"title", title},
                              {"question", word(contest.question)},
                              {"office", word(contest.office)},
                              {"ballot", word(required_form(contest.question, rows.size(), contest.seats))},
                              {"rows", std::move(list)}});
    if (has_seats(contest.question)) json.set("seats", contest.seats);
    if (arguments_.has("prepared")) json.set("prepared", arguments_.integer("prepared"));
    if (arguments_.has("fraction-of")) json.set("fraction_of", arguments_.text("fraction-of"));
    if (arguments_.has("among")) json.set("among", arguments_.text("among"));
    if (was != nullptr) keep(json, *was);
    if (for_.congress != nullptr) add_own_meeting(json);
    return json;
  }

 private:
  void ask_question(Contest& contest, const Contest* was) {
    if (arguments_.has("question")) {
      const std::optional<Question> question = named<Question>(arguments_.text("question"));
      if (!question) {
        constexpr std::string_view kWords =
            "election opinion withdrawal introduction confidence rating survey";
        arguments_.refuse("question", {kWords, kWords});
      }
      contest.question = *question;
    } else if (was != nullptr) {
      contest.question = was->question;
    }
    const bool to_office = has_seats(contest.question);
    const std::string_view usual = was != nullptr ? word(was->office) : to_office ? "" : "other";
    contest.office =
        chosen(questions_.choice({"office", {"Bầu chức danh nào", "Which office"}, std::string(usual)},
                                 choices_of({Office::committee, Office::standing_committee, Office::secretary,
                                             Office::deputy_secretary, Office::inspection,
                                             Office::inspection_head, Office::inspection_deputy,
                                             Office::delegates, Office::alternate_delegates, Office::other})),
               Office::other);
  }

  void ask_seats(Contest& contest, const Contest* was) {
    const std::string text =
        fmt::format(fmt::runtime(language_ == Language::vi ? "Số lượng cần bầu (danh sách có {} người)"
                                                           : "Seats (the list has {} names)"),
                    contest.rows.size());
    Ask question = {"seats", {text, text}, was == nullptr ? "" : std::to_string(was->seats)};
    question.rule = seats_rule(contest, for_.congress == nullptr ? Congress{} : *for_.congress, language_);
    contest.seats = questions_.number(question, 1, kMostSeats);
  }

  std::string ask_id(const Contest& contest, const Contest* was) {
    Ask question = {"contest",
                    {"Mã cuộc bầu (để gõ trong các lệnh)", "Id of the contest (to type in commands)"},
                    was != nullptr ? was->id : free_id(usual_id(contest), for_.known)};
    constexpr std::size_t kMostId = 28;
    question.check = id_of(1, was == nullptr ? kMostId : was->id.size(), language_);
    return questions_.line(question);
  }

  std::string ask_title(const Contest& contest, const Contest* was) {
    std::string usual = contest.office == Office::other ? "" : std::string(spoken(contest.office).vi);
    usual = contest.question == Question::election ? "Bầu " + usual
                                                   : with_capital(std::string(spoken(contest.question).vi)) +
                                                         (usual.empty() ? "" : ": " + usual);
    return questions_.line({"contest-title",
                            {"Tên cuộc bầu (in trên biên bản)", "Title of the contest (on the minutes)"},
                            was != nullptr ? was->title : tidied(usual)});
  }

  // What a list that is only replaced has beside its list.
  void keep(Json& json, const Contest& was) const {
    for (const std::string_view key :
         {"round", "revote", "prepared", "among", "kind", "electorate", "board", "fraction_of"}) {
      const Json* value = was.json.find(key);
      if (value != nullptr && json.find(key) == nullptr) json.set(key, *value);
    }
  }

  // Its own kind, electorate and board, where it is not the congress that votes.
  void add_own_meeting(Json& json) {
    const bool own_voters = arguments_.has("kind") || arguments_.has("summoned") ||
                            arguments_.has("present") || arguments_.has("deduct");
    const bool own_board = arguments_.has("board") || arguments_.has("technician");
    bool all_own = false;
    if (!own_voters && !own_board && json.find("electorate") == nullptr) {
      const std::vector<Choice> who = {{"congress",
                                        {"vẫn người dự, số có mặt và ban kiểm phiếu của đại hội",
                                         "the congress, with its counting board"}},
                                       {"own",
                                        {"hội nghị khác (ví dụ hội nghị lần thứ nhất của cấp uỷ mới)",
                                         "another meeting (as the new committee's first)"}}};
      all_own = questions_.choice({"voters", {"Ai bầu", "Who votes"}, "congress"}, who) == "own";
    }
    Meeting meeting(questions_, arguments_);
    if (!own_voters && !all_own && for_.now && json.find("electorate") == nullptr) {
      json.set("electorate", to_json(*for_.now));
    }
    if (own_voters || all_own) {
      const CongressKind kind = meeting.kind(all_own ? CongressKind::committee : for_.congress->kind);
      if (kind != for_.congress->kind) json.set("kind", word(kind));
      json.set("electorate", to_json(meeting.electorate(kind)));
    }
    if (own_board || all_own) json.set("board", meeting.board(json.at("rows")));
  }

  Questions& questions_;
  const Arguments& arguments_;
  const DraftFor& for_;
  Language language_;
};

// What stands on one line: anything that holds nothing but single values.
bool is_flat(const Json& json) {
  const auto single = [](const Json& value) { return !value.is_array() && !value.is_object(); };
  if (json.is_array()) return std::all_of(json.array().begin(), json.array().end(), single);
  return !json.is_object() || std::all_of(json.members().begin(), json.members().end(),
                                          [&](const Json::Member& member) { return single(member.second); });
}

std::string lines_of(const Json& json, std::size_t depth) {
  if (depth > 0 && is_flat(json)) return canonical(json);
  const std::string start = "\n" + std::string(2 * depth + 2, ' ');
  std::string text;
  const auto add = [&](const std::string& key, const Json& value) {
    text += (text.empty() ? "" : ",") + start + key + lines_of(value, depth + 1);
  };
  if (json.is_array()) {
    for (const Json& value : json.array()) add("", value);
    return "[" + text + "\n" + std::string(2 * depth, ' ') + "]";
  }
  for (const auto& [key, value] : json.members()) add(canonical(key) + ": ", value);
  return "{" + text + "\n" + std::string(2 * depth, ' ') + "}";
}

/// Asks what the congress around a contest is.
class CongressDraft {
 public:
  CongressDraft(Questions& questions, const Arguments& arguments)
      : questions_(questions), arguments_(arguments), language_(arguments.language()) {}

  Json make(const Json& contest, const std::string& today) {
    Json json = Json::object({{"format", "kiemphieu/congress@1"}, {"contests", Json::Array{contest}}});
    const std::string unit =
        questions_.line({"unit", {"Tên chi bộ, đảng bộ", "Name of the Party organisation"}});
    set_if(json, "superior", {"Cấp trên trực tiếp", "Its superior"});
    const bool is_branch = name_key(unit).starts_with(name_key("Chi bộ"));
    const std::string level = questions_.choice(
        {"level", {"Cấp", "Level"}, is_branch ? "branch" : "base"},
        choices_of({Level::branch, Level::base, Level::upper_base, Level::province, Level::central}));
    Meeting meeting(questions_, arguments_);
    const CongressKind kind =
        meeting.kind(level == "branch" ? CongressKind::members : CongressKind::delegates);
    json.set("title",
             questions_.line(
                 {"title", {"Tên đại hội, hội nghị", "Title of the congress"}, title_of(kind) + " " + unit}));
    Ask date = {
        "date", {"Ngày họp (ngày/tháng/năm)", "Date (day/month/year)"}, spoken_date(today, Language::vi)};
    date.check = [this](std::string& answer) { return whole_date(answer); };
    const std::string day = questions_.line(date);
    json.set("date", day);
    json.set("term", questions_.line({"term", {"Nhiệm kỳ", "Term"}, term_from(day)}));
    set_if(json, "place", {"Địa điểm", "Place"});
    json.set("regulation",
             questions_.choice(
                 {"regulation", {"Theo quy chế bầu cử", "Regulation"}, "190-QD/TW"},
                 std::vector<Choice>{{"190-QD/TW", {"Quyết định 190-QĐ/TW (2024)", "190-QĐ/TW (2024)"}},
                                     {"244-QD/TW", {"Quyết định 244-QĐ/TW (2014)", "244-QĐ/TW (2014)"}}}));
    json.set("purpose", questions_.choice({"purpose", {"Dùng để làm gì", "What it is for"}, "practice"},
                                          choices_of({Purpose::practice, Purpose::official})));
    json.set("electorate", to_json(meeting.electorate(kind)));
    json.set("board", meeting.board(contest.at("rows")));
    json.set(
        "passes_required",
        questions_.number(
            {"passes", {"Mỗi xấp phiếu mấy người nhập độc lập", "Independent passes a bundle"}, "2"}, 1, 3));
    json.set("signatures_required",
             questions_.number(
                 {"signatures", {"Kết quả cần mấy chữ ký số", "Digital signatures a result must have"}, "0"},
                 0, 200));
    Ask id = {"id", {"Mã đại hội", "Id of the congress"}, id_from(unit, day)};
    id.check = id_of(3, 64, language_);
    json.set("id", questions_.line(id));
    json.set("kind", word(kind));
    json.set("level", level);
    json.set("unit", unit);
    return json;
  }

 private:
  void set_if(Json& json, std::string_view key, const Text& text) {
    Ask question = {key, text};
    question.may_be_empty = true;
    if (const std::string answer = questions_.line(question); !answer.empty()) json.set(key, answer);
  }

  static std::string title_of(CongressKind kind) {
    switch (kind) {
      case CongressKind::delegates:
        return "Đại hội đại biểu";
      case CongressKind::members:
        return "Đại hội";
      case CongressKind::committee:
      case CongressKind::inspection:
        break;
    }
    return "Hội nghị";
  }

  [[nodiscard]] std::string whole_date(std::string& answer) const {
    const std::string date = date_from(answer);
    constexpr std::size_t kWhole = std::string_view("2026-11-25").size();
    if (date.size() != kWhole)
      return language_ == Language::vi ? "ghi ngày/tháng/năm, ví dụ 25/11/2026"
                                       : "write day/month/year, as 25/11/2026";
    answer = date;
    return "";
  }

  static std::string term_from(const std::string& day) {
    int year = 0;
    std::from_chars(day.data(), day.data() + day.size(), year);
    return fmt::format("{}-{}", year, year + 5);
  }

  static std::string id_from(const std::string& unit, const std::string& day) {
    constexpr std::size_t kMostWords = 50;
    return ascii_words(unit).substr(0, kMostWords) + "-" + day.substr(0, 4);
  }

  Questions& questions_;
  const Arguments& arguments_;
  Language language_;
};

}  // namespace

Json draft_contest(Questions& questions, const Arguments& arguments, const std::vector<Row>& rows,
                   const DraftFor& draft_for) {
  return ContestDraft(questions, arguments, draft_for).make(rows);
}

Json draft_congress(Questions& questions, const Arguments& arguments, const Json& contest,
                    const std::string& today) {
  return CongressDraft(questions, arguments).make(contest, today);
}

std::string indented(const Json& json) {
  return lines_of(json, 0) + "\n";
}

std::vector<Deduction> deductions_given(const Arguments& arguments) {
  std::vector<Deduction> deductions;
  for (const std::string& deduction : arguments.texts("deduct")) {
    const std::size_t equals = deduction.find('=');
    const std::string count = equals == std::string::npos ? "" : deduction.substr(equals + 1);
    const bool digits =
        !count.empty() && count.size() <= 9 && count.find_first_not_of("0123456789") == std::string::npos;
    if (!digits)
      arguments.refuse("deduct", {"phải viết LÝ_DO=SỐ, ví dụ absent-unreplaced=2",
                                  "write REASON=COUNT, as in absent-unreplaced=2"});
    deductions.push_back({deduction.substr(0, equals), std::stoll(count)});
  }
  return deductions;
}

}  // namespace kp
