// base: canonical JSON, strict reading, digests, Vietnamese text, exact shares, files.
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <functional>
#include <limits>
#include <optional>
#include <span>

#include "base/canon.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/json.h"
#include "base/share.h"
#include "base/text.h"
#include "catch.h"

using namespace kp;

namespace {

std::string again(std::string_view text) {
  const Result<Json> json = parse_json(text, "x.json");
  REQUIRE(json.ok());
  return canonical(*json);
}

std::vector<std::string> refused(std::string_view text) {
  const Result<Json> json = parse_json(text, "x.json");
  REQUIRE(!json.ok());
  std::vector<std::string> said;
  for (const Finding& finding : json.findings()) {
    said.push_back(std::string(finding_row(finding.code).code) + " " + finding.where);
  }
  return said;
}

// Whether `work` ends its process instead of coming to an end.
bool ends_the_program(const std::function<void()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    for (const int number : {SIGILL, SIGTRAP, SIGABRT}) ::signal(number, SIG_DFL);
    ::close(STDERR_FILENO);
    work();
    ::_exit(0);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return !WIFEXITED(status) || WEXITSTATUS(status) != 0;
}

}  // namespace

TEST_CASE("canonical JSON sorts keys by byte, drops space and escapes only what JSON requires (contract 2)") {
  CHECK(again("{ \"b\" : 1 , \"a\" : [ true , null , -5 ] }") == R"({"a":[true,null,-5],"b":1})");
  CHECK(again("{\"\xC4\x91\":1,\"d\":2,\"Z\":3}") == "{\"Z\":3,\"d\":2,\"\xC4\x91\":1}");
  CHECK(again(R"("\u0041\/\"\\")") == R"("A/\"\\")");
  CHECK(again("9007199254740991") == "9007199254740991");
  CHECK(again("-0") == "0");
  CHECK(again("[]") == "[]");
  CHECK(again("{}") == "{}");
  // Control characters are refused on reading, yet writing must still be right.
  CHECK(canonical(Json(std::string("\b\f\n\r\t\x01\x1f"))) == R"("\b\f\n\r\t\u0001\u001f")");
}

TEST_CASE("what is refused in a JSON input, with its place (contract 2)") {
  using Said = std::vector<std::string>;
  CHECK(refused("") == Said{"json/empty x.json"});
  CHECK(refused("\xEF\xBB\xBF{}") == Said{"json/bom x.json:1:1"});
  CHECK(refused("\"\xFF\"") == Said{"json/utf-8 x.json:1:2"});
  CHECK(refused("\"\xED\xA0\x80\"") == Said{"json/utf-8 x.json:1:2"});
  CHECK(refused("{}x") == Said{"json/syntax x.json:1:3"});
  CHECK(refused("{\n  \"a\": 01}") == Said{"json/syntax x.json:2:9"});
  CHECK(refused(R"(["\ud800"])").front().starts_with("json/surrogate"));
  CHECK(refused(R"({"a":{"b":1,"b":1}})") == Said{"json/duplicate-key /a/b"});
  CHECK(refused(R"({"a/b~c":[0,1.0]})") == Said{"json/not-integer /a~1b~0c/1"});
  CHECK(refused("[1e2,-9007199254740992,18446744073709551616]") ==
        Said{"json/not-integer /0", "json/integer-range /1", "json/integer-range /2"});
  CHECK(refused("\"e\xCC\x81\"") == Said{"json/not-nfc "});
  CHECK(refused("{\"a\":\"\xE2\x80\xAE\"}") == Said{"json/control-character /a"});
  CHECK(refused(std::string(33, '[') + std::string(33, ']')).front().starts_with("json/depth"));
  CHECK(parse_json(std::string(32, '[') + std::string(32, ']'), "x").ok());
  CHECK(refused("// remark\n1").front().starts_with("json/syntax"));
  // Found by fuzzing: a zero byte was taken for the end, with anything behind it unread.
  CHECK(refused(std::string("{}\n\0", 4)) == Said{"json/syntax x.json:2:1"});
  CHECK(refused(std::string("{}\0{\"a\":1}", 10)) == Said{"json/syntax x.json:1:3"});
}

TEST_CASE("digests are SHA-256 in lower-case hex; base64 goes there and back (FIPS 180-4, RFC 4648)") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(is_digest(sha256_hex("abc")));
  CHECK_FALSE(is_digest("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"));
  CHECK_FALSE(is_digest("ba78"));
  CHECK(in_groups_of_four("0123456789") == "0123 4567 89");
  for (const char* text : {"", "f", "fo", "foo", "foob", "fooba", "foobar"}) {
    CHECK(from_base64(base64(std::string_view(text))) == std::string(text));
  }
  CHECK(base64(std::string_view("fooba")) == "Zm9vYmE=");
  CHECK_FALSE(from_base64("Zm9vYmE"));
  CHECK_FALSE(from_base64("Zm9vYmF="));  // stray bits
  CHECK_FALSE(from_base64("Zm9 YmE="));
}

TEST_CASE("names on a list: given name, then family name, then middle name (R4.1, R4.2, D-21)") {
  const std::vector<std::string> right = {"Nguyễn Văn An", "Trần Thị An", "Nguyễn Thị Anh", "Lê Thị Bình",
                                          "Đỗ Đức Cường"};
  for (std::size_t i = 0; i < right.size(); ++i) {
    for (std::size_t j = 0; j < right.size(); ++j) {
      CAPTURE(right[i], right[j]);
      CHECK((compare_names(right[i], right[j]) < 0) == (i < j));
    }
  }
  CHECK(compare_names("Lê Anh Tú", "Lê Văn Tú") < 0);
}

TEST_CASE(
    "letters and tones in Vietnamese order: a ă â … d đ e ê …; ngang huyền hỏi ngã sắc nặng (R4.6, D-22)") {
  const std::vector<std::string> letters = {"A", "Ă", "Â", "B", "C", "D", "Đ", "E", "Ê", "G",
                                            "H", "I", "K", "L", "M", "N", "O", "Ô", "Ơ", "P",
                                            "Q", "R", "S", "T", "U", "Ư", "V", "X", "Y"};
  for (std::size_t i = 1; i < letters.size(); ++i) {
    CAPTURE(letters[i]);
    CHECK(compare_names(letters[i - 1], letters[i]) < 0);
  }
  const std::vector<std::string> tones = {"Lê Hoa", "Lê Hoà", "Lê Hoả", "Lê Hoã", "Lê Hoá", "Lê Hoạ"};
  for (std::size_t i = 1; i < tones.size(); ++i) CHECK(compare_names(tones[i - 1], tones[i]) < 0);
  CHECK(compare_names("Nguyễn Văn Cường", "Nguyễn Văn Dũng") < 0);
  CHECK(compare_names("Nguyễn Văn Dũng", "Nguyễn Văn Đức") < 0);
  CHECK(compare_names("Lê Hòa", "Lê Hoà") == 0);
}

TEST_CASE("one person's name however it is spelt: case, spaces, place of the tone mark") {
  CHECK(name_key("Trần Thị  Hoà") == name_key("TRẦN THỊ HÒA"));
  CHECK(tidied("  Trần   Thị\u00a0 Uỷ ") == "Trần Thị Uỷ");
  CHECK(tidied(" \u00a0\u3000 ").empty());
  CHECK(name_key("Trần Thị Uỷ") == name_key("Trần Thị Ủy"));
  CHECK(name_key("Trần Thị Hoà") != name_key("Trần Thị Hoả"));
  CHECK(name_key("Trần Hoà") != name_key("Trần Thị Hoà"));
  CHECK(name_key("Đào") != name_key("Dào"));
}

TEST_CASE("columns are counted as a terminal shows them") {
  CHECK(display_width("Nguyễn Thị Ửng") == 14);
  CHECK(display_width("e\xCC\x81") == 1);
  CHECK(display_width("投票") == 4);
  CHECK(pad_right("Đỗ", 4) == "Đỗ  ");
  CHECK(pad_left("9", 3) == "  9");
}

TEST_CASE("text that hides or steers is recognised") {
  CHECK(has_hidden_character("a\x07"));
  CHECK(has_hidden_character("a\xE2\x80\x8B"));  // zero width space
  CHECK_FALSE(has_hidden_character("Nguyễn Văn Ất – 2025"));
  CHECK(first_bad_utf8("ab\xC3").value() == 2);
  CHECK_FALSE(first_bad_utf8("Ất"));
}

TEST_CASE(
    "percentages: n × 100 / base, exact, half up, two decimals (contract 7; field.md rows 3, 7, 8, 10)") {
  CHECK(percent(546, 550) == "99.27");
  CHECK(percent(26, 44) == "59.09");
  CHECK(percent(468, 480) == "97.50");
  CHECK(percent(10, 13) == "76.92");
  CHECK(percent(400, 2468) == "16.21");
  CHECK(percent(1, 8) == "12.50");
  CHECK(percent(1, 16) == "6.25");
  CHECK(percent(1, 32) == "3.13");  // 3.125: half goes up
  CHECK(percent(0, 7) == "0.00");
  CHECK(percent(7, 7) == "100.00");
  CHECK(percent(3, 0) == "0.00");
  CHECK(percent(9007199254740991, 9007199254740991) == "100.00");
}

TEST_CASE("a property of percentages: never off by more than half a hundredth, never not monotone") {
  for (std::int64_t base = 1; base <= 120; ++base) {
    std::int64_t before = -1;
    for (std::int64_t n = 0; n <= base; ++n) {
      const std::string text = percent(n, base);
      const std::int64_t hundredths =
          std::stoll(text.substr(0, text.find('.'))) * 100 + std::stoll(text.substr(text.find('.') + 1));
      // |hundredths − 10000 n / base| ≤ 1/2, and exactly one half is rounded up.
      const std::int64_t off = 2 * (hundredths * base - 10000 * n);
      CHECK((-base < off && off <= base));
      CHECK(before <= hundredths);
      before = hundredths;
    }
  }
}

TEST_CASE("more than a fraction is strict and exact") {
  CHECK_FALSE(is_more_than(30, 100, 3, 10));
  CHECK(is_more_than(31, 100, 3, 10));
  CHECK_FALSE(is_more_than(0, 0, 1, 2));
}

TEST_CASE("a file is written whole or not at all") {
  const std::string folder =
      std::filesystem::temp_directory_path() / ("kp-base-" + std::to_string(::getpid()));
  REQUIRE(make_folder(folder + "/a/b").ok());
  const std::string path = folder + "/a/b/x";
  REQUIRE(write_file(path, "one").ok());
  CHECK(read_file(path, 100).value() == "one");
  const Result<std::string> too_large = read_file(path, 2);
  REQUIRE(!too_large.ok());
  CHECK(too_large.findings().front().code == Code::file_too_large);
  {
    Result<PendingFile> pending = PendingFile::write(path, "two");
    REQUIRE(pending.ok());
    CHECK(read_file(path, 100).value() == "one");
  }  // dropped before it was put in place
  CHECK(read_file(path, 100).value() == "one");
  CHECK_FALSE(std::filesystem::exists(path + ".part"));
  CHECK(write_file(folder + "/nowhere/x", "y").findings().front().code == Code::file_not_written);
  CHECK(read_file(folder, 100).findings().front().code == Code::file_not_regular);
  CHECK(read_file(folder + "/none", 100).findings().front().code == Code::file_missing);
  CHECK(make_folder(path + "/below").findings().front().code == Code::file_not_written);
  CHECK(write_failure("x", 28 /* ENOSPC */).code == Code::file_disk_full);
  std::filesystem::remove_all(folder);
}

TEST_CASE("in every build an overflow or a step beyond the end ends the program instead of giving a number") {
  volatile std::int64_t most = std::numeric_limits<std::int64_t>::max();
  volatile std::size_t beyond = 4;
  int plain[4] = {1, 2, 3, 4};
  const std::array<int, 4> fixed = {1, 2, 3, 4};
  const std::vector<int> grown = {1, 2, 3, 4};
  const std::string_view text = "1234";
  volatile std::int64_t result = 0;
  CHECK_FALSE(ends_the_program([&] { result = most - 1; }));
  CHECK(ends_the_program([&] { result = most + 1; }));
  CHECK(ends_the_program([&] { result = most * 2; }));
  CHECK(ends_the_program([&] { result = plain[beyond]; }));
  CHECK(ends_the_program([&] { result = fixed[beyond]; }));
  CHECK(ends_the_program([&] { result = grown[beyond]; }));
  CHECK(ends_the_program([&] { result = text[beyond]; }));
  CHECK(ends_the_program([&] { result = std::span<const int>(grown)[beyond]; }));
  CHECK(ends_the_program([&] { result = *std::optional<int>(); }));
  CHECK(ends_the_program([&] { KP_ASSERT(result == 7); }));
}
