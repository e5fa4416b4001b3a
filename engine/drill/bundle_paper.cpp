#include "drill/bundle_paper.h"

#include <fmt/format.h>

#include <algorithm>

#include "ballots/validity.h"
#include "base/text.h"
#include "drill/ballot_slip.h"

namespace kp {
namespace {

using paper::Align;
using paper::Document;
using paper::Paragraph;
using paper::Table;
using paper::Words;

constexpr paper::Points kBody = 12.5;

void paragraph(Document& document, Words words, paper::Points size, Align align, paper::Points before) {
  document.body.emplace_back(Paragraph{std::move(words), size, align, 0, 0, before, true});
}

// Title and the edges that every page of practice paper has.
Document sheet(const Congress& congress, const Contest& contest, const std::string& title) {
  Document document;
  document.title = title + " – " + contest.title;
  document.date = congress.date;
  document.watermark = "DIỄN TẬP";
  const paper::Span banner = {"BẢN DIỄN TẬP – không phải phiếu thật, không phải kết quả thật", true};
  document.first_head = document.later_head = {banner};
  document.foot = {{{congress.id + " · " + contest.id}}};
  return document;
}

void head(Document& document, const Congress& congress, const Contest& contest, const std::string& title) {
  paragraph(document, {{in_capitals(congress.unit), true}}, kBody, Align::left, 0);
  paragraph(document, {{congress.title}}, kBody, Align::left, 0);
  paragraph(document, {{title, true}}, 20, Align::center, 24);
  paragraph(document, {{contest.title, true}}, 14, Align::center, 4);
}

void signatures(Document& document, const std::string& left, const std::string& right) {
  Table table;
  table.columns = {{1, Align::center}, {1, Align::center}};
  table.rows = {{Words{{left, true}, {"\n(ký, ghi rõ họ tên)\n\n\n\n", false, true}},
                 Words{{right, true}, {"\n(ký, ghi rõ họ tên)\n\n\n\n", false, true}}}};
  table.ruled = false;
  table.before = 18;
  document.body.emplace_back(std::move(table));
}

void write_cover(Document& document, const Congress& congress, const Contest& contest,
                 const PaperBundle& bundle) {
  head(document, congress, contest, "BÌA XẤP PHIẾU");
  paragraph(document, {{"Xấp " + bundle.bundle, true}}, 40, Align::center, 20);
  const std::string counted = bundle.counted ? std::to_string(*bundle.counted) : "……";
  paragraph(document, {{"Số tờ đếm tay ở hội trường: "}, {counted, true}}, 15, Align::center, 8);
  Table passes;
  passes.columns = {
      {2, Align::center}, {2, Align::center}, {4, Align::left}, {2, Align::center}, {3, Align::center}};
  passes.head = {{{"Lượt nhập"}}, {{"Máy"}}, {{"Người nhập"}}, {{"Số tờ"}}, {{"Ký"}}};
  for (std::int64_t pass = 1; pass <= congress.passes_required; ++pass)
    passes.rows.push_back({Words{{std::to_string(pass)}}, {{""}}, {{""}}, {{""}}, {{""}}});
  passes.before = 28;
  passes.spread = 7;
  document.body.emplace_back(std::move(passes));
  document.body.emplace_back(Paragraph{{{"Đếm lại số tờ trước khi nhập; khác số trên bìa thì dừng lại, báo "
                                         "trưởng ban. Giữ nguyên thứ tự các tờ: số phiếu "
                                         "trong xấp là thứ tự từ trên xuống (phiếu diễn tập in sẵn số ấy ở "
                                         "mép dưới để so đáp án; phiếu thật không có)."}},
                                       kBody,
                                       Align::justify,
                                       0,
                                       0,
                                       20,
                                       false});
  signatures(document, "NGƯỜI GIAO XẤP", "NGƯỜI NHẬN XẤP");
}

// What two people fill in who count without a machine.
void write_count_sheet(Document& document, const Congress& congress, const Contest& contest,
                       const PaperBundle& bundle) {
  head(document, congress, contest, "PHIẾU ĐẾM – XẤP " + bundle.bundle);
  const bool strike = contest.ballot == BallotForm::strike;
  Table totals;
  totals.columns = {{5, Align::left}, {4, Align::left}, {1.5, Align::right}};
  totals.head = {{{"Phiếu"}}, {{"Gạch từng năm"}}, {{"Cộng"}}};
  const auto row = [&](const std::string& what) { totals.rows.push_back({Words{{what}}, {{""}}, {{""}}}); };
  row("Số tờ trong xấp");
  row("Hợp lệ");
  for (const Verdict reason :
       {Verdict::not_issued, Verdict::outside_name, Verdict::marked, Verdict::ruled_invalid,
        Verdict::too_many, Verdict::nobody, Verdict::one_name_box}) {
    const bool never =
        strike ? reason == Verdict::one_name_box : reason == Verdict::too_many || reason == Verdict::nobody;
    if (!never) row("Không hợp lệ: " + std::string(spoken(reason).vi));
  }
  totals.before = 12;
  totals.spread = 2;
  document.body.emplace_back(std::move(totals));

  Table votes;
  votes.columns = {{1, Align::center}, {5, Align::left}};
  votes.head = {{{"STT"}}, {{"Họ và tên"}}};
  std::vector<std::string_view> heads = option_heads(contest.ballot);
  if (strike) heads = {"Gạch từng năm (mỗi phiếu để lại tên: một vạch)", "Số phiếu"};
  for (const std::string_view option : heads) {
    votes.columns.push_back({strike && votes.columns.size() == 2 ? 6.0 : 2.5, Align::center});
    votes.head.push_back({{std::string(option)}});
  }
  for (const Row& person : contest.rows) {
    std::vector<Words> cells = {{{std::to_string(person.no)}}, {{person.name}}};
    cells.resize(votes.columns.size(), Words{{""}});
    votes.rows.push_back(std::move(cells));
  }
  votes.before = 12;
  votes.spread = 2;
  document.body.emplace_back(std::move(votes));
  signatures(document, "NGƯỜI ĐẾM", "NGƯỜI KIỂM");
}

// FNV-1a: only to give each bundle handwriting of its own.
std::uint64_t hand_of(std::uint64_t seed, const std::string& contest, const std::string& bundle) {
  std::uint64_t hash = 0xCBF29CE484222325U ^ seed;
  for (const char byte : contest + "/" + bundle) {
    hash ^= static_cast<unsigned char>(byte);
    hash *= 0x100000001B3U;
  }
  return hash;
}

}  // namespace

Document bundle_document(const Congress& congress, const Contest& contest, const PaperBundle& bundle,
                         std::uint64_t seed) {
  Document document = sheet(congress, contest, "Xấp phiếu diễn tập " + bundle.bundle);
  write_cover(document, congress, contest, bundle);
  const SlipSize size = slip_size(contest);
  paper::Slips slips{size.width, size.height, {}};
  Random random(hand_of(seed, contest.id, bundle.bundle));
  for (std::size_t i = 0; i < bundle.ballots.size(); ++i) {
    const SeenBallot seen{fmt::format("xấp {}, phiếu {}", bundle.bundle, bundle.ballots.numbers()[i]),
                          bundle.ballots.marks(i), bundle.ballots.flags(i)};
    std::ranges::move(ballot_slips(congress, contest, seen, random), std::back_inserter(slips.slips));
  }
  document.body.emplace_back(std::move(slips));
  write_count_sheet(document, congress, contest, bundle);
  return document;
}

Document box_document(const Congress& congress, const Contest& contest, std::int64_t issued,
                      std::int64_t returned, const std::vector<PaperBundle>& bundles) {
  Document document = sheet(congress, contest, "Phiếu báo số phiếu phát ra, thu về");
  head(document, congress, contest, "PHIẾU BÁO SỐ PHIẾU");
  Table box;
  box.columns = {{3, Align::left}, {1, Align::right}};
  box.rows = {{Words{{"Có mặt"}}, {{std::to_string(electorate_of(congress, contest).present)}}},
              {Words{{"Số phiếu phát ra"}}, {{std::to_string(issued)}}},
              {Words{{"Số phiếu thu về, đếm khi mở hòm"}}, {{std::to_string(returned)}}}};
  box.before = 16;
  box.spread = 4;
  document.body.emplace_back(std::move(box));
  Table list;
  list.columns = {{2, Align::center}, {3, Align::center}, {3, Align::center}, {4, Align::center}};
  list.head = {{{"Xấp"}}, {{"Số tờ ghi trên bìa"}}, {{"Số tờ đếm lại"}}, {{"Người nhận ký"}}};
  for (const PaperBundle& bundle : bundles) {
    list.rows.push_back(
        {Words{{bundle.bundle}}, {{bundle.counted ? std::to_string(*bundle.counted) : ""}}, {{""}}, {{""}}});
  }
  list.before = 16;
  list.spread = 4;
  document.body.emplace_back(std::move(list));
  signatures(document, "TRƯỞNG BAN KIỂM PHIẾU", "NGƯỜI NHẬN PHIẾU");
  return document;
}

}  // namespace kp
