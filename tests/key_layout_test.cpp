// The keyer's screen: names shortened, texts broken and lists spread so that nothing sticks out or is lost.
#include "kiemphieu/key_layout.h"

#include "base/text.h"
#include "catch.h"

using namespace kp;

TEST_CASE("a name that is too long keeps its last word, which tells people apart") {
  CHECK(shortened("Nguyễn Văn An", 20) == "Nguyễn Văn An");
  CHECK(shortened("Nguyễn Văn An", 13) == "Nguyễn Văn An");
  CHECK(shortened("Nguyễn Văn An", 12) == "N.Văn An");
  CHECK(shortened("Đặng Thị Ánh Nguyệt", 13) == "Đ.T.Á.Nguyệt");
  CHECK(shortened("Đặng Thị Ánh Nguyệt", 9) == "Đ.T.Á.Ngu");
  CHECK(shortened("Nguyễn", 3) == "Ngu");
  CHECK(shortened("", 3) == "");
}

TEST_CASE("no name is wider than its place, whatever the place") {
  for (const std::string name :
       {"Nguyễn Thị Thuý Hằng", "Ơ", "Lò Văn Ư", "Tên  hai  cách", "Quách Đình Ưỡn"}) {
    for (std::size_t width = 0; width < 24; ++width) {
      CAPTURE(name, width);
      CHECK(display_width(shortened(name, width)) <= width);
    }
  }
}

TEST_CASE("a text is broken between words and loses none") {
  const std::string text = "phiếu để lại 56 người, chỉ bầu 55: sẽ không hợp lệ → nếu đúng thì Enter lần nữa";
  for (std::size_t width = 10; width < 100; ++width) {
    std::string joined;
    for (const std::string& line : wrapped(text, width)) {
      CAPTURE(width, line);
      CHECK(display_width(line) <= width);
      joined += (joined.empty() ? "" : " ") + line;
    }
    CHECK(joined == text);
  }
  CHECK(wrapped("", 10).empty());
  CHECK(wrapped("ắắắắắ", 2) == std::vector<std::string>{"ắắ", "ắắ", "ắ"});
}

TEST_CASE("every row is on the page that is shown for it, on every screen") {
  for (const std::size_t rows : {1U, 4U, 60U, 99U, 230U}) {
    for (std::size_t width = 1; width < 140; width += 7) {
      for (std::size_t height = 1; height < 50; height += 3) {
        for (std::size_t focus = 0; focus < rows; ++focus) {
          const Grid grid = grid_for(rows, focus, width, height, 24);
          REQUIRE(grid.first <= focus);
          REQUIRE(focus < grid.first + grid.per_page());
          REQUIRE(grid.page < grid.pages);
          REQUIRE(grid.lines <= height);
          REQUIRE((grid.columns == 1 || grid.columns * grid.cell <= width));
        }
      }
    }
  }
  CHECK(grid_for(60, 0, 79, 17, 22).pages == 1);
  CHECK(grid_for(60, 59, 59, 12, 22).pages == 2);
}
