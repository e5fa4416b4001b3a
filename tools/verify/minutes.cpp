#include "verify/minutes.h"

#include <algorithm>
#include <utility>

#include "base/digest.h"
#include "verify/minutes_text.h"

namespace kp::verify {
namespace {

constexpr std::string_view kNothing = "–";

/// A row as it must stand on the paper.
struct WantedRow {
  std::string number;
  std::string name;
  std::vector<std::string> figures;

  [[nodiscard]] std::string in_words() const { return ShownRow{0, 0, number, name, figures}.in_words(); }
  [[nodiscard]] bool is(const ShownRow& shown) const {
    return shown.number == number && shown.figures == figures &&
           without_spaces(shown.name) == without_spaces(name);
  }
};

std::string figure(const Json& row, std::string_view key) {
  return std::to_string(row.at(key).integer());
}

std::string lost(const Json& row) {
  return std::to_string(row.at("none").integer() + row.at("several").integer());
}

bool is_agree(const Json& result) {
  return result.at("contest").at("ballot").string() == "agree";
}

RowForm form_of(const Json& result) {
  const Json::Array& rows = result.at("rows").array();
  if (!rows.empty() && rows.front().find("options") != nullptr)
    return {true, rows.front().at("options").array().size() + 1};
  return {false, is_agree(result) ? std::size_t{4} : std::size_t{2}};
}

WantedRow wanted_row(const Json& result, const Json& row) {
  WantedRow wanted{figure(row, "no"), row.at("name").string(), {}};
  if (const Json* options = row.find("options")) {
    for (const Json& votes : options->array()) wanted.figures.push_back(std::to_string(votes.integer()));
    wanted.figures.push_back(lost(row));
    for (const Json& share : row.at("shares").array()) wanted.figures.push_back(share.string() + "%");
    return wanted;
  }
  wanted.figures = {figure(row, "votes"), row.at("percent").string()};
  if (is_agree(result)) {
    wanted.figures.push_back(figure(row, "against"));
    wanted.figures.push_back(lost(row));
  }
  return wanted;
}

std::vector<WantedRow> wanted_list(const Json& result) {
  std::vector<WantedRow> wanted;
  for (const Json& row : result.at("rows").array()) wanted.push_back(wanted_row(result, row));
  return wanted;
}

std::vector<WantedRow> wanted_elected(const Json& result) {
  std::vector<WantedRow> wanted;
  const Json* elected = result.find("elected");
  if (elected == nullptr) return wanted;
  for (const Json& no : elected->array()) {
    const Json& row = result.at("rows").array()[static_cast<std::size_t>(no.integer() - 1)];
    WantedRow one = wanted_row(result, row);
    one.number = std::to_string(wanted.size() + 1);
    one.figures.resize(2);  // votes and share, whatever the ballot was like
    wanted.push_back(std::move(one));
  }
  return wanted;
}

// What is wanted and not shown, each with what stands under its number instead; then what is shown beyond
// that.
void compare(const std::vector<WantedRow>& wanted, std::vector<ShownRow> shown, Code code,
             const std::string& place, Faults& faults) {
  std::vector<const WantedRow*> missing;
  for (const WantedRow& one : wanted) {
    const auto it =
        std::find_if(shown.begin(), shown.end(), [&](const ShownRow& row) { return one.is(row); });
    if (it == shown.end()) {
      missing.push_back(&one);
    } else {
      shown.erase(it);
    }
  }
  for (const WantedRow* one : missing) {
    const auto it = std::find_if(shown.begin(), shown.end(),
                                 [&](const ShownRow& row) { return row.number == one->number; });
    faults.add(code, place,
               {one->number, one->in_words(), it == shown.end() ? std::string(kNothing) : it->in_words()});
    if (it != shown.end()) shown.erase(it);
  }
  for (const ShownRow& row : shown)
    faults.add(code, place, {row.number, std::string(kNothing), row.in_words()});
}

void check_rows(const PdfAsRead& read, const Json& result, const std::string& place, Faults& faults) {
  const RowForm form = form_of(result);
  std::vector<ShownRow> list = rows_shown(read.pages, form);
  std::vector<ShownRow> elected;
  // Whoever is elected is numbered from 1 again, below the list.
  const auto is_first = [](const ShownRow& row) { return row.number == "1"; };
  const auto split_off = [&](const std::vector<ShownRow>& rows) {
    const auto first = std::find_if(rows.begin(), rows.end(), is_first);
    return first == rows.end() ? first : std::find_if(first + 1, rows.end(), is_first);
  };
  if (!is_agree(result) || form.graded) {
    const auto second = split_off(list);
    elected.assign(second, static_cast<std::vector<ShownRow>::const_iterator>(list.end()));
    list.erase(second, static_cast<std::vector<ShownRow>::const_iterator>(list.end()));
  } else {
    // There the list has four figures and the elected have two, so that each is read for itself.
    const auto is_of_list = [&](const ShownRow& row) {
      return std::any_of(list.begin(), list.end(), [&](const ShownRow& other) {
        return other.page == row.page && other.top == row.top;
      });
    };
    elected = rows_shown(read.pages, {});
    std::erase_if(elected, is_of_list);
  }
  compare(wanted_list(result), std::move(list), Code::verify_minutes_row, place, faults);
  compare(wanted_elected(result), std::move(elected), Code::verify_minutes_elected, place, faults);
}

void check_figures(const PdfAsRead& read, const Json& result, const std::string& place, Faults& faults) {
  const ShownFigures shown = figures_shown(read.pages);
  const bool judged = result.at("outcome").string() != "void";
  const Json& ballots = result.at("ballots");
  const auto check = [&](std::string_view key, std::string wanted) {
    const auto it = shown.find(key);
    const std::string found = it == shown.end() ? std::string("?") : it->second;
    if (found != wanted)
      faults.add(Code::verify_minutes_figure, place, {std::string(key), std::move(wanted), found});
  };
  check("issued", figure(ballots, "issued"));
  check("returned", figure(ballots, "returned"));
  check("valid", judged ? figure(ballots, "valid") : std::string(kNothing));
  check("invalid", judged ? figure(ballots, "invalid") : std::string(kNothing));
}

// The sentence states base, deductions and line; it stands there in Vietnamese, in English, or in both.
void check_base(const std::string& body, const Json& result, const std::string& place, Faults& faults) {
  const Json& base = result.at("base");
  for (const char* key : {"sentence_vi", "sentence_en"}) {
    if (body.find(without_spaces(base.at(key).string())) != std::string::npos) return;
  }
  faults.add(Code::verify_minutes_figure, place,
             {"base, line", figure(base, "count") + ", " + figure(base, "line"), "?"});
}

// Each page bears its number "2/3" of as many as there are.
bool is_whole(const PdfAsRead& read) {
  for (std::size_t i = 0; i < read.pages.size(); ++i) {
    const std::string number = std::to_string(i + 1) + "/" + std::to_string(read.pages.size());
    if (std::none_of(read.pages[i].begin(), read.pages[i].end(),
                     [&](const PlacedWord& word) { return word.text == number; }))
      return false;
  }
  return true;
}

}  // namespace

std::optional<std::size_t> end_as_made(const std::string& pdf) {
  constexpr std::string_view kEnd = "%%EOF\n";
  constexpr std::string_view kDigest = "%sha256 ";
  const std::size_t found = pdf.find(std::string(kEnd) + std::string(kDigest));
  if (found == std::string::npos) return std::nullopt;
  const std::size_t covered = found + kEnd.size();
  const std::string line = std::string(kDigest) + sha256_hex(std::string_view(pdf).substr(0, covered)) + "\n";
  if (pdf.compare(covered, line.size(), line) != 0) return std::nullopt;
  return covered + line.size();
}

void check_words(const PdfAsRead& read, const Printed& printed, const std::string& place, Faults& faults) {
  for (std::size_t i = 0; i < read.pages.size(); ++i) {
    if (text_of(read.pages[i]).find(printed.sha256) == std::string::npos)
      return faults.add(Code::verify_minutes_other_result, place, {std::to_string(i + 1)});
  }
  if (!is_whole(read))
    faults.add(Code::verify_minutes_page_missing, place, {std::to_string(read.pages.size())});
  check_figures(read, printed.result, place, faults);
  check_base(body_of(read.pages, printed.sha256), printed.result, place, faults);
  check_rows(read, printed.result, place, faults);
}

}  // namespace kp::verify
