// A list of names as spreadsheets save it: separators, heads, dates, marks; what cannot be told apart is
// said. The golden case list-files shows every finding.
#include "intake/name_list.h"
#include "catch.h"

using namespace kp;

namespace {

Result<NameList> parse(std::string_view text) {
  return parse_name_list(text, "ds.csv");
}

std::vector<std::string> names_in(std::string_view text) {
  const Result<NameList> list = parse(text);
  REQUIRE(list.ok());
  std::vector<std::string> names;
  for (const Row& row : in_ballot_order(list->rows, Question::election)) {
    CHECK(row.no == names.size() + 1);
    CHECK(row.json.at("no").integer() == row.no);
    CHECK(row.json.at("name").string() == row.name);
    names.push_back(row.name);
  }
  return names;
}

std::string first_fault(std::string_view text) {
  const Result<NameList> list = parse(text);
  if (list.ok()) return "accepted";
  const Finding& finding = list.findings().front();
  return std::string(finding_row(finding.code).code) + " " + finding.where;
}

const std::vector<std::string> kTwo = {"Nguyễn Văn An", "Lê Thị Bình"};

}  // namespace

TEST_CASE("a list is read whatever separator, line end, mark or title it was saved with") {
  for (const std::string_view text :
       {"Họ và tên\nLê Thị Bình\nNguyễn Văn An",
        "Họ và tên;Giới tính\r\nLê Thị Bình;Nữ\r\nNguyễn Văn An;Nam\r\n",
        "\xEF\xBB\xBFSTT\tHọ và tên\n1\tLê Thị Bình\n2\tNguyễn Văn An\n",
        "sep=;\nDANH SÁCH BẦU CỬ;\n;\nSTT;HỌ VÀ TÊN\n1;Lê Thị Bình\n2;Nguyễn Văn An\n;\n",
        "\"Họ và tên\"\r\"Lê  Thị\nBình\"\r\"Nguyễn Văn An\"\r", "Họ đệm,Tên\nLê Thị,Bình\nNguyễn Văn,An\n",
        "Tên\nLê Thị Bình\nNguyễn Văn An\n",
        "Name,Title\n\"Lê Thị Bình\",\"Bí thư, \"\"Xóm\"\" 2\"\nNguyễn Văn An,\n"}) {
    CAPTURE(text);
    CHECK(names_in(text) == kTwo);
  }
}

TEST_CASE("names stand by given name, family name, middle name; equal names by Party admission (R4.1-R4.4)") {
  CHECK(
      names_in("Họ và tên,Ngày vào Đảng\nĐỗ Đức Cường,\nLê Thị Bình,\nTrần Thị An,3/2/2001\nNguyễn Thị Anh,\n"
               "Trần Thị An,3/2/1999\nNguyễn Văn An,\n") ==
      std::vector<std::string>{"Nguyễn Văn An", "Trần Thị An", "Trần Thị An", "Nguyễn Thị Anh", "Lê Thị Bình",
                               "Đỗ Đức Cường"});
  const Result<NameList> list = parse("Họ và tên,Vào Đảng\nTrần An,3/2/2001\nTrần An,3/2/1999\n");
  CHECK(in_ballot_order(list->rows, Question::election).front().joined == "1999-02-03");
}

TEST_CASE("each column of a row comes through in the words of the definition") {
  const Result<NameList> list = parse(
      "Họ và tên;Ngày sinh;Giới tính;Dân tộc;Ngày vào Đảng;Chức vụ, đơn vị công tác;Trình độ;Tái cử;Giới "
      "thiệu\n"
      "Lò Thị Mai;3/2/1980;NỮ;Thái;19.5.2005;\"Chủ tịch; Hội\";Thạc sĩ;x;đại hội\n"
      "Vàng A Páo;1975;nam;Mông;;;;;\n");
  REQUIRE(list.ok());
  CHECK(list->notes.empty());
  const std::vector<Row> rows = in_ballot_order(list->rows, Question::election);
  CHECK(rows[0].json == Json::object({{"no", 1},
                                      {"name", "Lò Thị Mai"},
                                      {"born", "1980-02-03"},
                                      {"sex", "female"},
                                      {"ethnicity", "Thái"},
                                      {"joined", "2005-05-19"},
                                      {"title", "Chủ tịch; Hội"},
                                      {"degree", "Thạc sĩ"},
                                      {"incumbent", true},
                                      {"nominated", "floor"}}));
  CHECK(rows[1].json == Json::object({{"no", 2},
                                      {"name", "Vàng A Páo"},
                                      {"born", "1975"},
                                      {"sex", "male"},
                                      {"ethnicity", "Mông"},
                                      {"incumbent", false}}));
  CHECK(parse("Họ tên,Nữ\nLò Thị Mai,x\n")->rows[0].json.at("sex").string() == "female");
}

TEST_CASE("the statements of a survey stay in the order in which they were written (R16.6)") {
  const Result<NameList> list = parse("TT,Nội dung\n1,Phai nhạt lý tưởng\n2,Xa dân\n10,Bè phái\n");
  REQUIRE(list.ok());
  CHECK(list->notes.empty());
  const std::vector<Row> rows = in_ballot_order(list->rows, Question::survey);
  REQUIRE(rows.size() == 3);
  CHECK(rows[1].name == "Xa dân");
  CHECK(rows[2].json == Json::object({{"no", 3}, {"name", "Bè phái"}}));
  // Beside names such a column is only a remark.
  const Result<NameList> people = parse("Họ và tên,Nội dung\nLê An,x\n");
  REQUIRE(people.ok());
  CHECK(people->rows[0].name == "Lê An");
  CHECK(people->notes.size() == 1);
}

TEST_CASE("dates are read as Vietnamese write them, and only when they are days of the calendar") {
  CHECK(date_from("03/02/1970") == "1970-02-03");
  CHECK(date_from("3-2-1970") == "1970-02-03");
  CHECK(date_from("3.2.1970") == "1970-02-03");
  CHECK(date_from("1970-02-03") == "1970-02-03");
  CHECK(date_from("2/1970") == "1970-02");
  CHECK(date_from("1970") == "1970");
  for (const char* wrong : {"", "70", "3/2/70", "29/02/1970", "12/25/1975", "0/1/1970", "1/0/1970", "27485",
                            "x", "1/2/3/1970", "1970-", "-1970", "3/2/99999", "3//1970"}) {
    CAPTURE(wrong);
    CHECK(date_from(wrong).empty());
  }
}

TEST_CASE("what is no list, or cannot be told apart, is a finding with its line") {
  CHECK(first_fault("") == "names/empty ds.csv");
  CHECK(first_fault(" \r\n;;\n") == "names/no-head ds.csv");
  CHECK(first_fault("PK\x03\x04zip") == "names/workbook ds.csv");
  CHECK(first_fault("\xD0\xCF\x11\xE0xls") == "names/workbook ds.csv");
  CHECK(first_fault("H\xF4 t\xEAn\n") == "names/encoding ds.csv:1:2");
  CHECK(first_fault(std::string_view("\xFF\xFEH\0", 4)) == "names/encoding ds.csv:1:1");
  CHECK(first_fault(std::string_view("a\nH\0", 4)) == "names/encoding ds.csv:2:2");
  CHECK(first_fault("Họ và tên\n\"Lê Thị\nBình\n") == "names/quote ds.csv:2");
  CHECK(first_fault("Lê Thị Bình\nNguyễn Văn An\n") == "names/no-head ds.csv");
  CHECK(first_fault("Họ và tên,Họ tên\na,b\n") == "names/column-twice ds.csv:1");
  CHECK(first_fault("Họ và tên\n") == "names/none ds.csv:1");
  CHECK(first_fault("STT,Họ và tên\n1,Lê Thị Bình\n\nCộng: 1 người,\n") == "names/no-name ds.csv:4");
  CHECK(first_fault("Họ và tên\nLê Thị\xE2\x80\x8B Bình\n") == "names/hidden-character ds.csv:2");
  CHECK(first_fault("Họ và tên\nNguyÔn V¨n An\n") == "names/legacy-font ds.csv:2");
  CHECK(first_fault("Họ và tên,Giới tính\nLê An,đàn ông\n") == "names/value ds.csv:2");
  CHECK(first_fault("Họ và tên,Ngày sinh\nLê An,31/2/1970\n") == "names/date ds.csv:2");
}

TEST_CASE("letters that only look foreign are a warning, and unused columns are named once") {
  const Result<NameList> list = parse("Họ và tên,Ghi chú,Quê quán\nÑoã An,x,y\n");
  REQUIRE(list.ok());
  REQUIRE(list->notes.size() == 2);
  CHECK(list->notes[0] == warning(Code::names_legacy_font, "ds.csv:2", {"Ñoã An"}));
  CHECK(list->notes[1] == warning(Code::names_unused_columns, "ds.csv:1", {"Ghi chú, Quê quán"}));
}
