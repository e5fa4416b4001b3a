#include "intake/name_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <map>
#include <optional>

#include "base/text.h"
#include "contest/list_rules.h"
#include "intake/table.h"

namespace kp {
namespace {

constexpr std::size_t kMostRowsAboveHead = 30;
constexpr std::size_t kMostFindings = 20;

/// What a column holds.
enum class Column : std::uint8_t {
  position,  // its number in the file: the ballot is numbered anew
  name,
  family,  // family and middle name, where the given name has a column of its own
  given,
  statement,  // of a survey, whose rows are no persons
  sex,
  women,  // a mark stands for a woman
  born,
  ethnicity,
  joined,
  title,
  degree,
  incumbent,
  nominated,
};

struct Heading {
  std::string_view words;
  Column column;
};

constexpr auto kHeadings = std::to_array<Heading>({
    {"STT", Column::position},
    {"TT", Column::position},
    {"Số TT", Column::position},
    {"Số thứ tự", Column::position},
    {"No", Column::position},
    {"Họ và tên", Column::name},
    {"Họ, tên", Column::name},
    {"Họ tên", Column::name},
    {"Họ và tên khai sinh", Column::name},
    {"Name", Column::name},
    {"Full name", Column::name},
    {"Họ đệm", Column::family},
    {"Họ và đệm", Column::family},
    {"Họ và tên đệm", Column::family},
    {"Họ và chữ đệm", Column::family},
    {"Họ", Column::family},
    {"Tên", Column::given},
    {"Nội dung", Column::statement},
    {"Biểu hiện", Column::statement},
    {"Nội dung biểu hiện", Column::statement},
    {"Câu hỏi", Column::statement},
    {"Statement", Column::statement},
    {"Giới tính", Column::sex},
    {"Giới", Column::sex},
    {"Nam/Nữ", Column::sex},
    {"Nam, nữ", Column::sex},
    {"Sex", Column::sex},
    {"Gender", Column::sex},
    {"Nữ", Column::women},
    {"Ngày sinh", Column::born},
    {"Năm sinh", Column::born},
    {"Ngày tháng năm sinh", Column::born},
    {"Ngày, tháng, năm sinh", Column::born},
    {"Born", Column::born},
    {"Date of birth", Column::born},
    {"Dân tộc", Column::ethnicity},
    {"Ethnicity", Column::ethnicity},
    {"Ngày vào Đảng", Column::joined},
    {"Năm vào Đảng", Column::joined},
    {"Ngày, tháng, năm vào Đảng", Column::joined},
    {"Vào Đảng", Column::joined},
    {"Joined", Column::joined},
    {"Chức vụ", Column::title},
    {"Chức vụ, đơn vị", Column::title},
    {"Chức vụ, đơn vị công tác", Column::title},
    {"Chức vụ hiện nay", Column::title},
    {"Chức danh", Column::title},
    {"Title", Column::title},
    {"Position", Column::title},
    {"Trình độ", Column::degree},
    {"Trình độ chuyên môn", Column::degree},
    {"Trình độ học vấn", Column::degree},
    {"Học vị", Column::degree},
    {"Degree", Column::degree},
    {"Tái cử", Column::incumbent},
    {"Cấp uỷ viên khoá trước", Column::incumbent},
    {"Incumbent", Column::incumbent},
    {"Giới thiệu", Column::nominated},
    {"Nguồn giới thiệu", Column::nominated},
    {"Đề cử, ứng cử", Column::nominated},
    {"Nominated", Column::nominated},
});

// Whether two headings or words are the same to a reader: case, spaces, the place of the tone and trailing
// punctuation aside.
bool same_words(std::string_view left, std::string_view right) {
  while (left.ends_with('.') || left.ends_with(':') || left.ends_with('*')) left.remove_suffix(1);
  return name_key(left) == name_key(right);
}

std::optional<Column> column_named(std::string_view heading) {
  const auto it = std::find_if(kHeadings.begin(), kHeadings.end(),
                               [&](const Heading& known) { return same_words(heading, known.words); });
  return it == kHeadings.end() ? std::nullopt : std::optional(it->column);
}

struct Word {
  std::string_view written;
  std::string_view value;
};

constexpr auto kSexes = std::to_array<Word>({{"Nam", "male"},
                                             {"Nữ", "female"},
                                             {"male", "male"},
                                             {"female", "female"},
                                             {"M", "male"},
                                             {"F", "female"}});
constexpr auto kYesNo = std::to_array<Word>({{"x", "yes"},
                                             {"có", "yes"},
                                             {"tái cử", "yes"},
                                             {"yes", "yes"},
                                             {"true", "yes"},
                                             {"1", "yes"},
                                             {"không", "no"},
                                             {"mới", "no"},
                                             {"lần đầu", "no"},
                                             {"no", "no"},
                                             {"false", "no"},
                                             {"0", "no"},
                                             {"-", "no"},
                                             {"", "no"}});
constexpr auto kNominations = std::to_array<Word>({{"cấp uỷ", "committee"},
                                                   {"cấp uỷ triệu tập", "committee"},
                                                   {"committee", "committee"},
                                                   {"đại hội", "floor"},
                                                   {"đề cử", "floor"},
                                                   {"đề cử tại đại hội", "floor"},
                                                   {"floor", "floor"},
                                                   {"ứng cử", "self"},
                                                   {"tự ứng cử", "self"},
                                                   {"self", "self"}});

template <std::size_t N>
std::optional<std::string_view> value_of(const std::array<Word, N>& words, std::string_view written) {
  const auto it = std::find_if(words.begin(), words.end(),
                               [&](const Word& word) { return same_words(written, word.written); });
  return it == words.end() ? std::nullopt : std::optional(it->value);
}

/// Which column stands where; the head of one table.
struct Head {
  std::size_t line = 0;  // index among the table's lines
  std::map<Column, std::size_t> at;
  std::vector<std::string> unused;
  std::string twice;  // a heading that repeats what another column holds

  [[nodiscard]] bool has(Column column) const { return at.contains(column); }
};

Head head_from(const TableLine& line) {
  Head head;
  for (std::size_t i = 0; i < line.cells.size(); ++i) {
    const std::string& cell = line.cells[i];
    if (cell.empty()) continue;
    const std::optional<Column> column = column_named(cell);
    if (!column) {
      head.unused.push_back(cell);
    } else if (!head.at.emplace(*column, i).second && *column != Column::position) {
      head.twice = cell;
    }
  }
  // "Tên" alone is the whole name; beside "Họ đệm" it is the given name.
  if (head.has(Column::given) && !head.has(Column::family) && !head.has(Column::name)) {
    head.at[Column::name] = head.at[Column::given];
  }
  if (!head.has(Column::statement)) return head;
  if (head.has(Column::name) || head.has(Column::family) || head.has(Column::given)) {
    head.unused.push_back(line.cells[head.at[Column::statement]]);
  } else {
    head.at[Column::name] = head.at[Column::statement];
  }
  return head;
}

std::optional<Head> find_head(const std::vector<TableLine>& lines) {
  for (std::size_t i = 0; i < std::min(lines.size(), kMostRowsAboveHead); ++i) {
    Head head = head_from(lines[i]);
    if (!head.has(Column::name) && !(head.has(Column::family) && head.has(Column::given))) continue;
    head.line = i;
    return head;
  }
  return std::nullopt;
}

/// Where a name was written with a font from before Unicode (TCVN3, VNI), such letters turn up.
enum class Legacy : std::uint8_t { none, letters, signs };

Legacy legacy_in(std::string_view name) {
  constexpr std::string_view kVietnamese = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý";
  constexpr std::string_view kLetters = "ÄÅÆÇËÎÏÐÑÖØÛÜÞßäåæçëîïðñöøûüþÿ";
  Legacy found = Legacy::none;
  for (std::size_t i = 0; i + 1 < name.size(); ++i) {
    const auto lead = static_cast<unsigned char>(name[i]);
    if (lead != 0xC2 && lead != 0xC3) continue;  // U+0080 … U+00FF
    const std::string_view letter = name.substr(i, 2);
    if (kVietnamese.find(letter) != std::string_view::npos) continue;
    if (kLetters.find(letter) == std::string_view::npos) return Legacy::signs;
    found = Legacy::letters;
  }
  return found;
}

/// Reads the lines below a head.
class Reader {
 public:
  Reader(const std::string& file, const Head& head) : file_(file), head_(head) {}

  void read(const TableLine& line) {
    line_ = line.number;
    cells_ = &line.cells;
    Json json = Json::object({});
    const std::string name = take_name();
    if (name.empty()) return note(Code::names_no_name, {line.cells.front()});
    json.set("name", name);
    take_word(json, "sex", Column::sex, kSexes, "Nam, Nữ");
    if (head_.has(Column::women)) json.set("sex", cell(Column::women).empty() ? "male" : "female");
    take_date(json, "born", Column::born);
    take_date(json, "joined", Column::joined);
    take_text(json, "ethnicity", Column::ethnicity);
    take_text(json, "title", Column::title);
    take_text(json, "degree", Column::degree);
    take_word(json, "nominated", Column::nominated, kNominations, "cấp uỷ, đại hội, ứng cử");
    take_incumbent(json);
    Row row;
    row.name = name;
    if (const Json* joined = json.find("joined")) row.joined = joined->string();
    row.json = std::move(json);
    rows_.push_back(std::move(row));
  }

  [[nodiscard]] const Findings& findings() const { return findings_; }
  std::vector<Row> rows() && { return std::move(rows_); }

 private:
  [[nodiscard]] std::string cell(Column column) const {
    const auto it = head_.at.find(column);
    return it == head_.at.end() || it->second >= cells_->size() ? std::string() : (*cells_)[it->second];
  }

  void note(Code code, Args args = {}) {
    if (findings_.size() < kMostFindings) {
      findings_.push_back(finding(code, fmt::format("{}:{}", file_, line_), std::move(args)));
    }
  }

  void check_text(const std::string& text) {
    if (has_hidden_character(text)) note(Code::names_hidden_character, {});
  }

  std::string take_name() {
    std::string name = head_.has(Column::name) ? cell(Column::name)
                                               : tidied(cell(Column::family) + " " + cell(Column::given));
    check_text(name);
    const Legacy legacy = legacy_in(name);
    if (legacy != Legacy::none && !legacy_noted_) {
      legacy_noted_ = true;
      note(Code::names_legacy_font, {name});
      if (legacy == Legacy::letters) findings_.back().severity = Severity::warning;
    }
    return name;
  }

  void take_text(Json& json, std::string_view key, Column column) {
    const std::string text = cell(column);
    if (text.empty()) return;
    check_text(text);
    json.set(key, text);
  }

  template <std::size_t N>
  void take_word(Json& json, std::string_view key, Column column, const std::array<Word, N>& words,
                 std::string_view choices) {
    const std::string text = cell(column);
    if (text.empty()) return;
    const std::optional<std::string_view> value = value_of(words, text);
    if (!value) return note(Code::names_value, {text, std::string(choices)});
    json.set(key, *value);
  }

  void take_incumbent(Json& json) {
    if (!head_.has(Column::incumbent)) return;
    const std::string text = cell(Column::incumbent);
    const std::optional<std::string_view> value = value_of(kYesNo, text);
    if (!value) return note(Code::names_value, {text, "x, có, không"});
    json.set("incumbent", *value == "yes");
  }

  void take_date(Json& json, std::string_view key, Column column) {
    const std::string text = cell(column);
    if (text.empty()) return;
    std::string date = date_from(text);
    if (date.empty()) return note(Code::names_date, {text});
    json.set(key, std::move(date));
  }

  const std::string& file_;
  const Head& head_;
  std::size_t line_ = 0;
  const std::vector<std::string>* cells_ = nullptr;
  bool legacy_noted_ = false;
  Findings findings_;
  std::vector<Row> rows_;
};

/// A file cut with the separator that shows the most of its columns.
struct CutTable {
  std::vector<TableLine> lines;
  Head head;
};

Result<CutTable> cut(std::string_view bytes, const std::string& file) {
  CutTable best;
  Findings unclosed;
  for (const char separator : {',', ';', '\t'}) {
    Result<std::vector<TableLine>> lines = parse_table(bytes, file, separator);
    if (!lines) {
      unclosed = lines.findings();
      continue;
    }
    const std::optional<Head> head = find_head(*lines);
    if (head && head->at.size() > best.head.at.size()) best = {std::move(lines).value(), *head};
  }
  if (!best.head.at.empty()) return best;
  if (!unclosed.empty()) return unclosed;
  return finding(Code::names_no_head, file);
}

}  // namespace

std::string date_from(std::string_view written) {
  if (written.empty() || written.find_last_of("0123456789") != written.size() - 1) return "";
  std::vector<int> parts;
  std::vector<std::size_t> lengths;
  while (!written.empty() && parts.size() < 4) {
    const std::size_t end = std::min(written.find_first_of("/-."), written.size());
    int number = 0;
    const auto [stop, error] = std::from_chars(written.data(), written.data() + end, number);
    if (error != std::errc() || stop != written.data() + end || number < 0) return "";
    parts.push_back(number);
    lengths.push_back(end);
    written.remove_prefix(std::min(written.size(), end + 1));
  }
  if (parts.empty() || parts.size() > 3) return "";
  if (lengths.front() == 4) {  // year first
    std::reverse(parts.begin(), parts.end());
    std::reverse(lengths.begin(), lengths.end());
  }
  constexpr int kFirstYear = 1880;
  constexpr int kLastYear = 2200;
  const int year = parts.back();
  if (lengths.back() != 4 || year < kFirstYear || year > kLastYear) return "";
  if (parts.size() == 1) return fmt::format("{}", year);
  const int month = parts[parts.size() - 2];
  const int day = parts.size() == 3 ? parts[0] : 1;
  const std::chrono::year_month_day date(std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day)));
  if (month > 12 || day > 31 || !date.ok()) return "";
  return parts.size() == 2 ? fmt::format("{}-{:02}", year, month)
                           : fmt::format("{}-{:02}-{:02}", year, month, day);
}

std::vector<Row> in_ballot_order(std::vector<Row> rows, Question question) {
  if (question != Question::survey) std::stable_sort(rows.begin(), rows.end(), comes_before);
  std::uint32_t no = 0;
  for (Row& row : rows) {
    row.no = ++no;
    row.json.set("no", row.no);
  }
  return rows;
}

Result<NameList> parse_name_list(std::string_view bytes, const std::string& file) {
  if (Done text = check_table_text(bytes, file); !text) return text.findings();
  const Result<CutTable> table = cut(bytes, file);
  if (!table) return table.findings();
  const Head& head = table->head;
  const std::size_t head_line = table->lines[head.line].number;
  if (!head.twice.empty()) {
    return finding(Code::names_column_twice, fmt::format("{}:{}", file, head_line), {head.twice});
  }
  Reader reader(file, head);
  for (std::size_t i = head.line + 1; i < table->lines.size(); ++i) reader.read(table->lines[i]);
  NameList list;
  list.notes = reader.findings();
  if (has_error(list.notes)) return list.notes;
  list.rows = std::move(reader).rows();
  if (list.rows.empty()) return finding(Code::names_none, fmt::format("{}:{}", file, head_line));
  if (!head.unused.empty()) {
    list.notes.push_back(finding(Code::names_unused_columns, fmt::format("{}:{}", file, head_line),
                                 {fmt::format("{}", fmt::join(head.unused, ", "))}));
  }
  return list;
}

}  // namespace kp
