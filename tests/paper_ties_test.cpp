// What ties a paper to its result: the line of digits, written by the engine and read by the verifier's own
// code, and the text of the QR code.
#include <algorithm>
#include <string>
#include <vector>

#include "base/digest.h"
#include "catch.h"
#include "sheet/paper_ties.h"
#include "verify/typed_line.h"

using namespace kp;
using kp::verify::digits_in;
using kp::verify::typed_line;
using kp::verify::TypedLine;

namespace {

using Places = std::vector<std::size_t>;

std::string joined(const std::vector<std::string>& groups) {
  std::string line;
  for (const std::string& group : groups) line += (line.empty() ? "" : " ") + group;
  return line;
}

Places wrong_in(const std::string& line) {
  const std::optional<TypedLine> typed = typed_line(line);
  REQUIRE(typed.has_value());
  CHECK(typed->start.empty() != typed->wrong.empty());
  return typed->wrong;
}

std::string digest_of(int n) {
  return sha256_hex(std::to_string(n));
}

}  // namespace

TEST_CASE("formats.md §10: the worked example of the line of digits") {
  const std::string digest = "26e50d20bf6d599a82755831039399ab17a7196ad863c5bc6eb3f580afc7741d";
  const std::string line = "082717 994577 380812 855293 037353 175651 809875 603699";
  CHECK(joined(digit_groups(digest)) == line);
  CHECK(typed_line(line)->start == digest.substr(0, 33));
}

TEST_CASE("the verifier reads from a line just the beginning of the digest that it was made of") {
  for (int n = 0; n < 500; ++n) {
    const std::string digest = digest_of(n);
    const std::optional<TypedLine> typed = typed_line(joined(digit_groups(digest)));
    REQUIRE(typed.has_value());
    CHECK(typed->wrong.empty());
    CHECK(typed->start == digest.substr(0, 33));
  }
  CHECK(typed_line(joined(digit_groups(std::string(64, '0'))))->start == std::string(33, '0'));
  CHECK(typed_line(joined(digit_groups(std::string(64, 'f'))))->start == std::string(33, 'f'));
}

TEST_CASE("every wrong digit is found, in its group") {
  for (int n = 0; n < 20; ++n) {
    const std::string line = joined(digit_groups(digest_of(n)));
    for (std::size_t at = 0; at < line.size(); ++at) {
      for (char digit = '0'; digit <= '9'; ++digit) {
        if (line[at] == ' ' || line[at] == digit) continue;
        std::string typed = line;
        typed[at] = digit;
        CHECK(wrong_in(typed) == Places{at / 7 + 1});
      }
    }
  }
}

TEST_CASE("two neighbours exchanged within a group are found, and so are two groups exchanged") {
  for (int n = 0; n < 50; ++n) {
    const std::vector<std::string> groups = digit_groups(digest_of(n));
    for (std::size_t g = 0; g < groups.size(); ++g) {
      for (std::size_t at = 0; at + 1 < groups[g].size(); ++at) {
        std::vector<std::string> typed = groups;
        std::swap(typed[g][at], typed[g][at + 1]);
        CHECK(wrong_in(joined(typed)) == (groups[g][at] == groups[g][at + 1] ? Places{} : Places{g + 1}));
      }
      for (std::size_t other = g + 1; other < groups.size(); ++other) {
        std::vector<std::string> typed = groups;
        std::swap(typed[g], typed[other]);
        CHECK(wrong_in(joined(typed)) == Places{g + 1, other + 1});
      }
    }
  }
}

TEST_CASE("a line is taken however it is spaced, and only whole") {
  const std::string line = joined(digit_groups(digest_of(1)));
  std::string tight = line;
  std::erase(tight, ' ');
  std::string hyphened = line;
  std::replace(hyphened.begin(), hyphened.end(), ' ', '-');
  for (const std::string& same : {tight, hyphened, "\n " + line + "\r\n"}) {
    REQUIRE(typed_line(same).has_value());
    CHECK(typed_line(same)->start == typed_line(line)->start);
  }
  CHECK_FALSE(typed_line(line.substr(1)));
  CHECK_FALSE(typed_line(line + "1"));
  CHECK_FALSE(typed_line("O" + line.substr(1)));
  CHECK_FALSE(typed_line(""));
  CHECK(digits_in(line.substr(1)) == 47);
}

TEST_CASE("a line whose check digits fit but which no digest gives begins none") {
  // 40 nines are more than 132 bits hold.
  std::vector<std::string> groups(8, "99999");
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (char check = '0'; check <= '9'; ++check) {
      std::vector<std::string> typed(8, "000000");
      typed[g] = groups[g].substr(0, 5) + check;
      const Places wrong = wrong_in(joined(typed));
      if (std::find(wrong.begin(), wrong.end(), g + 1) == wrong.end()) groups[g] = typed[g];
    }
    REQUIRE(groups[g].size() == 6);
  }
  const std::optional<TypedLine> typed = typed_line(joined(groups));
  REQUIRE(typed.has_value());
  CHECK(typed->wrong.empty());
  CHECK(typed->start.size() == 34);
}

TEST_CASE("formats.md §10: what the QR code says, with capitals only, so that it stays small") {
  const Json ballots = Json::object({{"issued", 60}, {"returned", 59}, {"valid", 57}, {"invalid", 2}});
  const auto text_of = [&](const char* purpose) {
    return qr_text(Json::object({{"ballots", ballots},
                                 {"contest", Json::object({{"id", "bi-thu-r2"}})},
                                 {"outcome", "filled"},
                                 {"purpose", purpose}}),
                   std::string(64, 'a'));
  };
  CHECK(text_of("official") == "KP1:BI-THU-R2:" + std::string(64, 'A') + ":60:59:57:2:FILLED");
  CHECK(text_of("practice") == "KP1-PRACTICE:BI-THU-R2:" + std::string(64, 'A') + ":60:59:57:2:FILLED");
}
