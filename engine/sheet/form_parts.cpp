#include "sheet/form_parts.h"

#include <fmt/format.h>

#include "base/text.h"

namespace kp {

using paper::Align;
using paper::Paragraph;
using paper::Table;
using paper::Words;

std::string said(const Text& text, Language language) {
  return std::string(text.in(language));
}

paper::Document empty_form(const Congress& congress, const std::string& title, Language language) {
  paper::Document document;
  document.title = title;
  document.date = congress.date;
  document.page_word = said({"Trang", "Page"}, language);
  document.later_head = {{title, false, true}};
  document.foot = {{{congress.unit + " – " + congress.title}}};
  if (congress.purpose == Purpose::practice) {
    mark_practice(document, {"BẢN DIỄN TẬP – không dùng cho bầu cử thật", "PRACTICE – not for a real vote"},
                  language);
  }
  return document;
}

void mark_practice(paper::Document& document, const Text& banner, Language language) {
  const paper::Span span = {said(banner, language), true};
  document.watermark = said({"BẢN DIỄN TẬP", "PRACTICE"}, language);
  document.first_head = {span};
  document.later_head.insert(document.later_head.begin(), {span, {"\n"}});
}

Table form_head(const Congress& congress, Language language) {
  Words unit;
  if (!congress.superior.empty()) unit.push_back({in_capitals(congress.superior) + "\n"});
  unit.push_back({in_capitals(congress.unit), true});
  unit.push_back({"\n*"});
  Table head;
  head.columns = {{1, Align::center}, {1.15, Align::center}};
  head.rows = {
      {unit,
       {{said({"ĐẢNG CỘNG SẢN VIỆT NAM", "COMMUNIST PARTY OF VIET NAM"}, language), true, false, true}}}};
  head.size = 12.5;
  head.ruled = false;
  return head;
}

Paragraph centred(Words words, paper::Points size, paper::Points before) {
  return {std::move(words), size, Align::center, 0, 0, before, true};
}

std::string title_with_round(const Contest& contest, Language language) {
  if (contest.revote) {
    return contest.title +
           said({" (bầu lại giữa những người bằng phiếu)", " (a new vote among the tied)"}, language);
  }
  if (contest.round == 1) return contest.title;
  return contest.title +
         fmt::format(fmt::runtime(said({" (lần thứ {})", " (round {})"}, language)), contest.round);
}

Table signature_line(const std::vector<std::string>& roles, Language language) {
  Table table;
  table.columns.assign(roles.size(), {1, Align::center});
  table.rows.emplace_back();
  for (const std::string& role : roles) {
    table.rows.back().push_back(
        {{role, true},
         {"\n" + said({"(ký, ghi rõ họ tên)", "(signature, full name)"}, language), false, true},
         {"\n\n\n\n"}});
  }
  table.size = 12;
  table.ruled = false;
  table.whole = true;
  table.before = 12;
  return table;
}

}  // namespace kp
