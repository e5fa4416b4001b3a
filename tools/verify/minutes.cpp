#include "verify/minutes.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "verify/encoding.h"
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

// The first `length` bytes of a DER value that zeros were put behind; all of `padded` when it is none.
std::string_view without_padding(std::string_view padded) {
  constexpr unsigned kShort = 0x80;
  constexpr std::size_t kMostLengthBytes = 4;
  if (padded.size() < 2) return padded;
  const auto first = static_cast<unsigned char>(padded[1]);
  std::size_t length = first;
  std::size_t head = 2;
  if (first >= kShort) {
    const std::size_t bytes = first - kShort;
    if (bytes > kMostLengthBytes || padded.size() < head + bytes) return padded;
    length = 0;
    for (std::size_t i = 0; i < bytes; ++i)
      length = length << 8U | static_cast<unsigned char>(padded[head + i]);
    head += bytes;
  }
  const std::string_view value = padded.substr(0, std::min(padded.size(), head + length));
  // Something hidden in the padding would be covered by no signature.
  const bool zeros = padded.find_first_not_of('\0', value.size()) == std::string_view::npos;
  return zeros ? value : padded;
}

std::string in_hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string digits;
  for (const char c : bytes) {
    digits.push_back(kDigits[static_cast<unsigned char>(c) / 16]);
    digits.push_back(kDigits[static_cast<unsigned char>(c) % 16]);
  }
  return digits;
}

// Whether a signature covers the file from its first byte without a gap but the digits that hold it.
bool covers_all_but_itself(const std::string& pdf, const SignatureField& field) {
  const auto [start, length, rest, rest_length] = field.range;
  if (start != 0 || length > pdf.size() || rest > pdf.size() || rest < length + 2) return false;
  if (rest_length > pdf.size() - rest) return false;
  std::string gap = pdf.substr(length, rest - length);
  std::transform(gap.begin(), gap.end(), gap.begin(),
                 [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c; });
  return gap == "<" + in_hex(field.contents) + ">";
}

std::size_t count_of(std::string_view text, std::string_view what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

// "D:20251015083000Z" as seconds.
std::optional<std::int64_t> seconds_in(const std::string& moment) {
  constexpr std::size_t kLength = 17;
  if (moment.size() != kLength || !moment.starts_with("D:")) return std::nullopt;
  const auto part = [&](std::size_t at, std::size_t size) { return moment.substr(at, size); };
  return seconds_of(part(2, 4) + "-" + part(6, 2) + "-" + part(8, 2) + "T" + part(10, 2) + ":" + part(12, 2) +
                    ":" + part(14, 3));
}

}  // namespace

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

std::vector<MinutesSigner> check_signatures(const std::string& pdf, const PdfAsRead& read,
                                            const Printed& printed, const std::string& library,
                                            const std::string& place, Faults& faults) {
  std::vector<MinutesSigner> signers;
  std::vector<SignatureField> fields = read.signatures;
  const auto end_of = [](const SignatureField& field) { return field.range[2] + field.range[3]; };
  std::stable_sort(fields.begin(), fields.end(),
                   [&](const SignatureField& a, const SignatureField& b) { return end_of(a) < end_of(b); });
  for (const SignatureField& field : fields) {
    if (!covers_all_but_itself(pdf, field)) {
      faults.add(Code::verify_minutes_signature, place, {"ByteRange"});
      continue;
    }
    const std::string covered = pdf.substr(0, field.range[1]) + pdf.substr(field.range[2], field.range[3]);
    const std::string_view der = without_padding(field.contents);
    const Result<Envelope> envelope = open_envelope(der, covered, place);
    if (!envelope) {
      faults.add(Code::verify_minutes_signature, place, envelope.findings().front().args);
      continue;
    }
    if (!names_its_certificate(der, *envelope)) {
      faults.add(Code::verify_minutes_signature, place, {"signing-certificate-v2"});
      continue;
    }
    signers.push_back({envelope->signers.front(), *envelope, seconds_in(field.moment)});
    if (end_of(field) == pdf.size()) continue;
    // Whoever signed before others saw less than what is there now: that must have said the same.
    const std::string then = pdf.substr(0, end_of(field));
    if (const std::optional<PdfAsRead> old = read_pdf(then, library, place, faults))
      check_words(*old, printed, place, faults);
  }
  // One that no field leads to any more was cut loose from the document.
  if (count_of(pdf, "/ByteRange") != fields.size())
    faults.add(Code::verify_minutes_signature, place, {"field"});
  if (!fields.empty() && end_of(fields.back()) != pdf.size()) faults.add(Code::verify_minutes_changed, place);
  return signers;
}

}  // namespace kp::verify
