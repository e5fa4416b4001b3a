// Hostile files: what each reader may take in memory and time, as a multiple of what it was given.
//
// Memory is what passes through operator new, at its peak. Time is the processor's; growth is compared
// between a file and one sixteen times as long, so that only a quadratic reader stands out, not a busy
// machine.
#include <malloc.h>
#include <sys/resource.h>

#include <atomic>
#include <cstdlib>
#include <functional>
#include <new>
#include <string>

#include "catch.h"
#include "contest/definition.h"
#include "intake/csv.h"
#include "intake/manifest.h"
#include "intake/packed_rows.h"
#include "proceedings/entry.h"
#include "verify/bundle_parser.h"
#include "verify/entry.h"
#include "verify/reader.h"

namespace {

std::atomic<std::size_t> live = 0;
std::atomic<std::size_t> peak = 0;

void* taken(std::size_t size) {
  void* const at = std::malloc(size == 0 ? 1 : size);
  if (at == nullptr) throw std::bad_alloc();
  const std::size_t now = live += malloc_usable_size(at);
  std::size_t most = peak;
  while (now > most && !peak.compare_exchange_weak(most, now)) {
  }
  return at;
}

void given_back(void* at) {
  if (at != nullptr) live -= malloc_usable_size(at);
  std::free(at);
}

}  // namespace

void* operator new(std::size_t size) {
  return taken(size);
}
void* operator new[](std::size_t size) {
  return taken(size);
}
void operator delete(void* at) noexcept {
  given_back(at);
}
void operator delete[](void* at) noexcept {
  given_back(at);
}
void operator delete(void* at, std::size_t) noexcept {
  given_back(at);
}
void operator delete[](void* at, std::size_t) noexcept {
  given_back(at);
}

namespace {

using Reader = std::function<void(const std::string&)>;
using Maker = std::function<std::string(std::size_t)>;

double processor_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
         static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

struct Cost {
  double seconds = 0;
  double multiple = 0;  ///< peak memory over the length of the input
};

Cost cost_of(const Reader& read, const std::string& bytes) {
  const std::size_t before = live;
  peak = before;
  const double start = processor_seconds();
  read(bytes);
  return {processor_seconds() - start,
          static_cast<double>(peak - before) / static_cast<double>(bytes.size())};
}

std::string repeated(const std::string& head, const std::string& piece, const std::string& tail,
                     std::size_t size) {
  std::string text = head;
  while (text.size() < size) text += piece;
  return text + tail;
}

// Pieces that differ in a number: "#" in the piece.
std::string numbered(const std::string& head, const std::string& piece, const std::string& tail,
                     std::size_t size) {
  std::string text = head;
  const std::size_t at = piece.find('#');
  for (std::size_t i = 1; text.size() < size; ++i)
    text += piece.substr(0, at) + std::to_string(i) + piece.substr(at + 1);
  return text + tail;
}

const std::vector<std::pair<std::string, Maker>> kHostileJson = {
    {"brackets", [](std::size_t n) { return std::string(n, '['); }},
    {"numbers", [](std::size_t n) { return repeated("[0", ",0", "]", n); }},
    {"empty objects", [](std::size_t n) { return repeated("[{}", ",{}", "]", n); }},
    {"empty texts", [](std::size_t n) { return repeated("[\"\"", ",\"\"", "]", n); }},
    {"members", [](std::size_t n) { return numbered("{\"k\":0", ",\"k#\":0", "}", n); }},
    {"one key", [](std::size_t n) { return repeated("{\"k\":0", ",\"k\":0", "}", n); }},
    {"one text", [](std::size_t n) { return repeated("[\"", "ạ", "\"]", n); }},
    {"escapes", [](std::size_t n) { return repeated("[\"", "\\u1ea1", "\"]", n); }},
    {"unclosed text", [](std::size_t n) { return repeated("[\"", "a", "", n); }},
    {"marks on one letter in falling order",
     [](std::size_t n) {
       return "[\"a" + repeated("", "\u0301", "", n / 2) + repeated("", "\u0323", "", n / 2) + "\"]";
     }},
    {"decomposed", [](std::size_t n) { return repeated("[\"", "a\xcc\xa3", "\"]", n); }},
    {"bundles",
     [](std::size_t n) {
       return numbered(R"({"format":"kiemphieu/manifest@1","congress":"abc","contest":"c","bundles":[{})",
                       R"(,{"bundle":"#","file":"a"})", "]}", n);
     }},
    {"contests",
     [](std::size_t n) {
       return numbered(R"({"format":"kiemphieu/congress@1","contests":[{})", R"(,{"id":"#","rows":[]})", "]}",
                       n);
     }},
};

const std::vector<std::pair<std::string, Maker>> kHostileCsv = {
    {"one line", [](std::size_t n) { return std::string(n, 'a'); }},
    {"line ends", [](std::size_t n) { return repeated("ballot,marks,flags\n", "\n", "", n); }},
    {"bad lines", [](std::size_t n) { return repeated("ballot,marks,flags\n", "x\n", "", n); }},
    {"one number", [](std::size_t n) { return repeated("ballot,marks,flags\n", "1,a.,\n", "", n); }},
    {"descending",
     [](std::size_t n) {
       std::string text = "ballot,marks,flags\n";
       for (std::size_t i = 999999999; text.size() < n; --i) text += std::to_string(i) + ",a.,\n";
       return text;
     }},
    {"ballots", [](std::size_t n) { return numbered("ballot,marks,flags\n", "#,a.,\n", "", n); }},
    {"flags",
     [](std::size_t n) {
       return numbered("ballot,marks,flags\n", "#,a.,not-issued|outside-name|signed|written-on|marked\n", "",
                       n);
     }},
    {"quotes", [](std::size_t n) { return repeated("ballot,marks,flags\n", "\"\"", "", n); }},
};

constexpr std::size_t kSmall = 64U << 10U;
constexpr std::size_t kLarge = 1U << 20U;

void hold(const std::string& reader, const Reader& read, const std::pair<std::string, Maker>& hostile,
          double most_multiple) {
  read(hostile.second(16));  // what is made once, like compiled schemas, is made now
  const Cost small = cost_of(read, hostile.second(kSmall));
  const Cost large = cost_of(read, hostile.second(kLarge));
  INFO(reader << ", " << hostile.first << ": " << large.multiple << " times its size, " << small.seconds
              << " s, then " << large.seconds << " s");
  CHECK(large.multiple < most_multiple);
  // Linear is 16 times as long; quadratic would be 256 times.
  CHECK(large.seconds < 64 * (small.seconds + 0.005));
}

}  // namespace

TEST_CASE("no hostile JSON costs a reader more than its multiple, or more than linear time") {
  for (const auto& hostile : kHostileJson) {
    hold(
        "parse_json", [](const std::string& b) { (void)kp::parse_json(b, "f").ok(); }, hostile, 80);
    hold(
        "parse_congress", [](const std::string& b) { (void)kp::parse_congress(b, "f").ok(); }, hostile, 96);
    hold(
        "parse_manifest", [](const std::string& b) { (void)kp::parse_manifest(b, "f").ok(); }, hostile, 96);
    hold(
        "parse_entry", [](const std::string& b) { (void)kp::parse_entry(b, 0).ok(); }, hostile, 80);
    hold(
        "read_json",
        [](const std::string& b) {
          (void)kp::verify::read_json(b, {"f", 1}, kp::verify::Form::any).ok();
        },
        hostile, 32);
    hold(
        "verify::parse_entry", [](const std::string& b) { (void)kp::verify::parse_entry(b, 0).ok(); },
        hostile, 32);
  }
}

constexpr std::uint32_t kMostBlank = 900'000'000;

// Blank ballots of one row, a byte each: the most ballots that so many bytes of packed rows can hold.
std::string blank_rows(std::size_t n) {
  kp::Ballots ballots(kp::BallotForm::rating, 1);
  for (std::uint32_t number = 1; number == 1 || ballots.size() + 16 < n; ++number)
    ballots.append(number, ".", {});
  return kp::pack_rows(ballots);
}

// The same, and a second part that claims a ballot and lacks its last byte.
std::string cut_part(std::size_t n) {
  kp::Ballots one(kp::BallotForm::rating, 1);
  one.append(kMostBlank, "?", {});
  std::string bytes = blank_rows(n) + kp::pack_rows(one);
  bytes.pop_back();
  return bytes;
}

// A head alone, that claims a ballot a byte behind it.
std::string bold_head(std::size_t n) {
  std::string bytes = blank_rows(n);
  bytes[3] = '\x7F';
  return bytes;
}

TEST_CASE("no hostile packed rows cost a reader more than their multiple, or more than linear time") {
  hold(
      "unpack_rows",
      [](const std::string& b) {
        CHECK(kp::unpack_rows(b, {kp::BallotForm::rating, 1}));
      },
      {"blank ballots", blank_rows}, 64);
  const auto refused = [](const std::string& b) {
    CHECK_FALSE(kp::unpack_rows(b, {kp::BallotForm::rating, 1}));
  };
  hold("unpack_rows", refused, {"a cut part", cut_part}, 64);
  hold("unpack_rows", refused, {"a bold head", bold_head}, 64);
}

TEST_CASE("no hostile bundle costs a reader more than its multiple, or more than linear time") {
  for (const auto& hostile : kHostileCsv) {
    hold(
        "parse_ballots",
        [](const std::string& b) {
          (void)kp::parse_ballots(b, "f", {kp::BallotForm::strike, 2}).ok();
        },
        hostile, 20);
    hold(
        "BundleParser",
        [](const std::string& b) {
          kp::verify::BundleParser parser({{kp::BallotForm::strike, 2, 1, true}, nullptr, true});
          parser.feed(b);
          (void)parser.finish();
        },
        hostile, 6);
  }
}
